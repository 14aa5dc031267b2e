/* tools/show/log.h - events of the log, one after the other, as people read them or as JSONL. */
#ifndef BC_TOOLS_SHOW_LOG_H
#define BC_TOOLS_SHOW_LOG_H

#include "ledger/log/log.h"
#include "tools/cli/cmd.h"

/* The events to show: count of them, from `next` up or down. */
struct log_range {
    uint64_t next, count;
    bool down;
};

/* In memory that does not grow with the range: people see so many lines lined up together. */
bc_status log_show(const struct cmd_env *env, bc_log *log, const struct log_range *range, bool json,
                   struct bc_err *err);

#endif
