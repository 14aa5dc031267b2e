/* tools/show/log_filter.h - which events of the log are shown. */
#ifndef BC_TOOLS_SHOW_LOG_FILTER_H
#define BC_TOOLS_SHOW_LOG_FILTER_H

#include "ledger/log/log.h"

/* All of it must hold; empty texts and LOG_FILTER_ALL ask for nothing. */
struct log_filter {
    struct bc_str deal, actor, source; /* is that one; the source is a system */
    struct bc_str grep;                /* is part of any text of the event; A to Z are a to z */
    uint64_t kinds;                    /* is one of these: LOG_FILTER_KIND of its body; 0: any */
    int64_t since_us, until_us;        /* happened then or between */
};
#define LOG_FILTER_ALL                                                                             \
    {                                                                                              \
        .since_us = INT64_MIN, .until_us = INT64_MAX                                               \
    }
#define LOG_FILTER_KIND(body) (UINT64_C(1) << (body))

/* Does it let every event through? */
bool log_filter_is_open(const struct log_filter *filter);
/* Is the event to be shown? A retraction that names no deal is about the deal of the event that it
 * takes back, which is looked up in the log. */
bc_status log_filter_lets(bool *out, const struct log_filter *filter, bc_log *log,
                          const struct bc_event *event, struct bc_err *err);

#endif
