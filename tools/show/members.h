/* tools/show/members.h - the members that have a contract, in each form. */
#ifndef BC_TOOLS_SHOW_MEMBERS_H
#define BC_TOOLS_SHOW_MEMBERS_H

#include "projections/revenue/members.h"
#include "tools/ask/basis.h"

struct members_shown {
    const struct basis *basis; /* has one date */
    unsigned slice;
    bool list; /* deals are named */
    const struct bc_members *members;
};

/* As JSON or CSV, or as a table with the basis below. */
void members_show(const struct cmd_env *env, const struct members_shown *shown, bool json,
                  bool csv);

#endif
