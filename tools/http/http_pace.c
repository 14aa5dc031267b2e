/* tools/http/http_pace.c - sliding windows: the n-th request before the next one must be a whole
 * period ago. */
#include "tools/http/http_pace.h"

#define SEARCH_N     4 /* five are allowed */
#define SEARCH_US    INT64_C(1000000)
#define LIMIT_US_MAX INT64_C(60000000)

static unsigned within(int64_t limit_n)
{
    int64_t n = limit_n * 9 / 10;

    return n < 1 ? 1 : n > HTTP_PACE_MAX ? HTTP_PACE_MAX : (unsigned)n;
}

void http_pace_init(struct http_pace *pace, unsigned limit_n, int64_t limit_us)
{
    *pace = (struct http_pace){ 0 };
    pace->lanes[HTTP_ORDINARY].limit_n = within(limit_n);
    pace->lanes[HTTP_ORDINARY].limit_us = limit_us;
    pace->lanes[HTTP_SEARCH].limit_n = SEARCH_N;
    pace->lanes[HTTP_SEARCH].limit_us = SEARCH_US;
}

static int64_t lane_due(const struct http_pace_lane *lane, int64_t now_us)
{
    int64_t due = now_us > lane->held_until_us ? now_us : lane->held_until_us;

    if (lane->sent >= lane->limit_n) {
        uint64_t nth = lane->sent - lane->limit_n;
        int64_t free_us = lane->sent_us[nth % HTTP_PACE_MAX] + lane->limit_us;

        due = free_us > due ? free_us : due;
    }
    return due;
}

int64_t http_pace_due(const struct http_pace *pace, enum http_lane lane, int64_t now_us)
{
    int64_t due = lane_due(&pace->lanes[HTTP_ORDINARY], now_us);

    /* A search counts under both limits. */
    return lane == HTTP_ORDINARY ? due : lane_due(&pace->lanes[lane], due);
}

static void lane_sent(struct http_pace_lane *lane, int64_t now_us)
{
    lane->sent_us[lane->sent++ % HTTP_PACE_MAX] = now_us;
}

void http_pace_sent(struct http_pace *pace, enum http_lane lane, int64_t now_us)
{
    lane_sent(&pace->lanes[HTTP_ORDINARY], now_us);
    if (lane != HTTP_ORDINARY)
        lane_sent(&pace->lanes[lane], now_us);
}

void http_pace_told(struct http_pace *pace, int64_t limit_n, int64_t left, int64_t limit_us,
                    int64_t now_us)
{
    struct http_pace_lane *lane = &pace->lanes[HTTP_ORDINARY];

    if (limit_us > 0 && limit_us <= LIMIT_US_MAX)
        lane->limit_us = limit_us;
    if (limit_n <= 0)
        return;
    lane->limit_n = within(limit_n);
    /* More was used than we sent: somebody else uses the limit, too. */
    if (left >= 0 && left <= limit_n / 20)
        http_pace_hold(pace, HTTP_ORDINARY, now_us + lane->limit_us);
}

void http_pace_hold(struct http_pace *pace, enum http_lane lane, int64_t until_us)
{
    if (pace->lanes[lane].held_until_us < until_us)
        pace->lanes[lane].held_until_us = until_us;
}
