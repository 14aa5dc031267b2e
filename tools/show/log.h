/* tools/show/log.h - events of the log, one after the other, as people read them or as JSONL. */
#ifndef BC_TOOLS_SHOW_LOG_H
#define BC_TOOLS_SHOW_LOG_H

#include "tools/cli/cmd.h"
#include "tools/show/log_filter.h"

/* What they are counted by. */
enum log_by { LOG_BY_NOTHING, LOG_BY_SOURCE, LOG_BY_ACTOR, LOG_BY_KIND };

/* The events to show: of those from `first` to `last` that the filter lets through, `most`. */
struct log_range {
    uint64_t first, last; /* none where first > last */
    uint64_t most;
    bool down;  /* the last ones first */
    bool proof; /* to programs: each with its bytes, and the proof that it is in the log */
    enum log_by by;
    struct log_filter filter;
};

/* In memory that does not grow with the range: people see so many lines lined up together, and at
 * an event that is taken back by which one. Where the filter lets nothing through that is said: to
 * programs on standard error. */
bc_status log_show(const struct cmd_env *env, bc_log *log, const struct log_range *range, bool json,
                   struct bc_err *err);

#endif
