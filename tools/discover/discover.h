/* tools/discover/discover.h - a first map of a table, from the table itself. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_H
#define BC_TOOLS_DISCOVER_DISCOVER_H

#include "tools/discover/discover_draft.h"

/* `{ 0 }` is empty. Everything in it lives until discover_release. */
struct discovered {
    struct discover_survey survey;
    struct discover_guess guess;
    struct discover_draft draft; /* the map, and the remarks about it */
};

/* Reads the table twice or three times. The map covers it: where nothing is to be decided,
 * the import takes the map as it is. Borrows the rules and the table's texts. BC_E_INPUT: it is no
 * table. */
bc_status discover(struct discovered *out, const struct discover_table *table,
                   const bc_rules *rules, struct bc_err *err);
void discover_release(struct discovered *found);
/* How many remarks there are of a kind. */
size_t discover_count(const struct discovered *found, enum discover_kind kind);

#endif
