/* tools/byhand/record_check.h - what somebody who types an event may have mistyped. */
#ifndef BC_TOOLS_BYHAND_RECORD_CHECK_H
#define BC_TOOLS_BYHAND_RECORD_CHECK_H

#include "projections/rules/rules.h"
#include "projections/timelines/timelines.h"
#include "tools/cli/cmd.h"

struct record_check {
    const struct bc_event *event;
    bool options; /* its fields are options of the command, and are named so */
    const bc_rules *rules;
    bool first;  /* it is the deal's first */
    bool anyway; /* words, numbers and dates are taken as they are */
};

/* BC_E_USAGE: a field says a word that the rules do not know, or a number or date that is none. */
bc_status record_check_field(const struct record_check *check, unsigned number, struct bc_err *err);
/* BC_E_USAGE: the event is about a deal of which the ledger has no event, or names one. */
bc_status record_check_deals(const struct record_check *check, bc_timelines *timelines,
                             struct bc_err *err);
/* Warns on standard error of what happens after now. */
void record_check_ahead(const struct record_check *check, const struct cmd_env *env);

#endif
