/* tools/http/http_pace.h - when the next request may be sent.
 *
 * Of each lane's requests at most nine tenths of the limit go out in any period of its length: the
 * service counts by its own clock, and others may use the same limit. */
#ifndef BC_TOOLS_HTTP_HTTP_PACE_H
#define BC_TOOLS_HTTP_HTTP_PACE_H

#include "tools/http/http.h"

#define HTTP_PACE_MAX 1024 /* a higher limit is cut to that */

struct http_pace_lane {
    unsigned limit_n;
    int64_t limit_us, held_until_us;
    uint64_t sent;
    int64_t sent_us[HTTP_PACE_MAX]; /* a ring: the n-th is at n % HTTP_PACE_MAX */
};
struct http_pace {
    struct http_pace_lane lanes[HTTP_LANE_N];
};

void http_pace_init(struct http_pace *pace, unsigned limit_n, int64_t limit_us);
/* The first instant, not before now_us, at which the lane lets a request out. */
int64_t http_pace_due(const struct http_pace *pace, enum http_lane lane, int64_t now_us);
void http_pace_sent(struct http_pace *pace, enum http_lane lane, int64_t now_us);
/* What the service says of the ordinary limit; -1: it does not. */
void http_pace_told(struct http_pace *pace, int64_t limit_n, int64_t left, int64_t limit_us,
                    int64_t now_us);
/* Nothing goes out on the lane before then; on no lane, if it is the ordinary one. */
void http_pace_hold(struct http_pace *pace, enum http_lane lane, int64_t until_us);

#endif
