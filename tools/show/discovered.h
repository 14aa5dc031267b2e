/* tools/show/discovered.h - what --discover found in a table, and what it could not decide. */
#ifndef BC_TOOLS_SHOW_DISCOVERED_H
#define BC_TOOLS_SHOW_DISCOVERED_H

#include "tools/cli/cmd.h"
#include "tools/discover/discover.h"

struct discovered_shown {
    const struct discovered *found;
    const char *word;        /* of the import: "csv" */
    const char *map, *table; /* the files */
    bool no_ledger;          /* none is named: how one is made is said, too */
    bool tried;              /* the map was tried on the whole table: */
    uint64_t events;         /* it makes these, */
    const char *refused;     /* or this is why it is not taken; NULL: it is */
};

void discovered_show(const struct cmd_env *env, const struct discovered_shown *shown, bool json);

#endif
