/* tools/cmd/record_check.h - what somebody who types an event may have mistyped. */
#ifndef BC_TOOLS_CMD_RECORD_CHECK_H
#define BC_TOOLS_CMD_RECORD_CHECK_H

#include "ledger/log/log.h"
#include "projections/rules/rules.h"
#include "tools/cli/cmd.h"

#define RECORD_OPTION_LEN 48 /* of the name of a field's option */

struct record_check {
    const struct bc_event *event;
    const char (*option)[RECORD_OPTION_LEN]; /* of each field of its body, by number */
    const bc_rules *rules;
    bool first;  /* --new: it is the deal's first */
    bool anyway; /* --anyway: words, numbers and dates are taken as they are */
};

/* BC_E_USAGE: a word that the rules do not know, a number or date that is none, a deal that the
 * ledger does not know. A date after now is warned of on standard error. */
bc_status record_check(const struct record_check *check, bc_log *log, const struct cmd_env *env,
                       struct bc_err *err);

#endif
