/* tools/show/history.h - what happened to one deal: its events, its visits to stages, findings. */
#ifndef BC_TOOLS_SHOW_HISTORY_H
#define BC_TOOLS_SHOW_HISTORY_H

#include "projections/audit/history.h"
#include "tools/ask/basis.h"

struct history_shown {
    const struct basis *basis; /* has one date */
    const char *deal;
    const struct bc_history *history;
    bool ids;            /* for people: of the events, too */
    struct names *names; /* for the title of a drawing; may be NULL */
};

void history_json(const struct cmd_env *env, const struct history_shown *shown);
void history_print(const struct cmd_env *env, const struct history_shown *shown);

#endif
