/* tools/cmd/import_kept.h - the run of an import from a service, as it is kept: while it goes on,
 * when it has failed, and when it is done. */
#ifndef BC_TOOLS_CMD_IMPORT_KEPT_H
#define BC_TOOLS_CMD_IMPORT_KEPT_H

#include "tools/cli/cmd.h"
#include "tools/connect/record.h"

/* Fills in *record as the last run left it, and as one begins now, at begun_us. The texts are
 * borrowed. Its state and basis are those of the last run; BC_DONE: there was none. */
bc_status import_kept_begin(struct connect_record *record, bc_log *log, const char *source,
                            const char *system, int64_t begun_us, struct bc_err *err);
/* Adds it to an append: of a run that is not done, `error` says why. */
void import_kept_put(struct connect_record *record, bc_append *append, const struct cmd_env *env,
                     const char *error);
/* It was read to its end. */
void import_kept_done(struct connect_record *record, uint64_t read, struct bc_appended sum);
/* After a run failed, whatever the reason: adds to *err how many events were kept, and keeps the
 * run with the reason. */
void import_kept_failed(struct connect_record *record, bc_log *log, const struct cmd_env *env,
                        uint64_t kept, struct bc_err *err);

#endif
