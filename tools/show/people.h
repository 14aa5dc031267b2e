/* tools/show/people.h - who did what, in each form. */
#ifndef BC_TOOLS_SHOW_PEOPLE_H
#define BC_TOOLS_SHOW_PEOPLE_H

#include "projections/activity/people.h"
#include "tools/ask/basis.h"

struct people_shown {
    const struct basis *basis; /* has one date */
    const struct bc_people_ask *ask;
    const struct bc_people *people;
};

/* "actor", "source", by enum bc_people_by; "forward", ... */
extern const char *const people_by[2], *const people_moves[BC_PERSON_MOVE_N];

void people_show_json(const struct cmd_env *env, const struct people_shown *shown);
void people_show_csv(const struct cmd_env *env, const struct people_shown *shown);
/* The table, with the basis below. */
void people_show(const struct cmd_env *env, const struct people_shown *shown);

#endif
