#include "tests/support/still_clock.h"

static int64_t now(void *state)
{
    return *(int64_t *)state;
}

static int64_t leap(void *state)
{
    return *(int64_t *)state += INT64_C(60000000);
}

static void sleep_for(void *state, int64_t us)
{
    *(int64_t *)state += us;
}

static double even_chance(void *state)
{
    (void)state;
    return 0.5;
}

struct http_clock still_clock(int64_t *now_us)
{
    return (struct http_clock){ now, sleep_for, even_chance, now_us };
}

struct http_clock leaping_clock(int64_t *now_us)
{
    return (struct http_clock){ leap, sleep_for, even_chance, now_us };
}
