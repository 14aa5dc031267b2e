/* tools/show/log_by.h - how many events of the log there are of each source, actor or kind, and the
 * newest of each. */
#ifndef BC_TOOLS_SHOW_LOG_BY_H
#define BC_TOOLS_SHOW_LOG_BY_H

#include "tools/show/log.h"

extern const char *const log_by_words[]; /* by enum log_by */

/* Of those in the range that the filter lets through, in one walk. */
bc_status log_by_show(const struct cmd_env *env, bc_log *log, const struct log_range *range,
                      bool json, struct bc_err *err);

#endif
