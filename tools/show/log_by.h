/* tools/show/log_by.h - how many events of the log there are of each source, actor or kind, and the
 * newest of each. */
#ifndef BC_TOOLS_SHOW_LOG_BY_H
#define BC_TOOLS_SHOW_LOG_BY_H

#include "tools/show/log.h"

extern const char *const log_by_words[]; /* by enum log_by */

/* How many events of one source, actor or kind there are, and the newest of them. */
struct log_group {
    struct bc_str of; /* empty: none is given */
    uint64_t n, seq;  /* seq and times of the newest, in the order of the log */
    int64_t occurred_us, recorded_us;
};
struct log_groups {
    struct log_group *at; /* in byte order */
    size_t n, cap;
    uint64_t events;
    bc_arena *arena;
};
/* Of all events of the log. The caller releases *out, also after a failure. */
bc_status log_groups_count(struct log_groups *out, bc_log *log, enum log_by by, struct bc_err *err);
void log_groups_release(struct log_groups *groups);

/* Of those in the range that the filter lets through, in one walk. */
bc_status log_by_show(const struct cmd_env *env, bc_log *log, const struct log_range *range,
                      bool json, struct bc_err *err);

#endif
