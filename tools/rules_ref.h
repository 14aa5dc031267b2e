/* tools/rules_ref.h - the rules that `--rules REF` names. */
#ifndef BC_TOOLS_RULES_REF_H
#define BC_TOOLS_RULES_REF_H

#include "ledger/log.h"
#include "projections/rules/rules.h"

#define RULES_REF_HELP "latest, default, or a file (default: latest)"

/* `latest` (or NULL): the last rules published among the events up to `last_seq`, less what was
 * retracted by then; where there are none, the built-in ones. `default`: the built-in ones. Else
 * the path of a file, for rules that are not published. `log` is needed for `latest` alone. */
bc_status rules_ref_read(bc_rules **out, const char *ref, bc_log *log, uint64_t last_seq,
                         struct bc_err *err);

/* Rules from a file. */
bc_status rules_ref_file(bc_rules **out, const char *path, struct bc_err *err);

#endif
