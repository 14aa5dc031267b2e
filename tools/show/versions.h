/* tools/show/versions.h - what was published, in each form. */
#ifndef BC_TOOLS_SHOW_VERSIONS_H
#define BC_TOOLS_SHOW_VERSIONS_H

#include "projections/walk/versions.h"
#include "tools/ask/basis.h"

struct versions_shown {
    const struct basis *basis; /* has one date */
    unsigned slice;            /* of the rules; nothing depends on it */
    int64_t since_us;
    const struct bc_versions *versions;
};

/* The cells of the i-th of them, for other answers that have it, too. */
void versions_cells(struct row *row, const void *versions_shown, size_t i);
/* As a table with the basis below, or in the form asked for. */
void versions_show(const struct cmd_env *env, const struct versions_shown *shown, bool json,
                   bool csv);

#endif
