/* tools/cmd/import_discover.h - `import csv --discover` and `import sheet --discover`: writes a
 * first map, and imports nothing. */
#ifndef BC_TOOLS_CMD_IMPORT_DISCOVER_H
#define BC_TOOLS_CMD_IMPORT_DISCOVER_H

#include "tools/cli/cmd.h"

struct import_discover {
    const char *word;           /* of the import: "csv" */
    const char *file;           /* or the sheet's address */
    const struct bc_str *sheet; /* its text; NULL: it is a file */
    const char *map; /* where it is written; NULL: named after the file, in the current folder */
    const char *dir; /* the ledger whose rules say which words there are; NULL: $BACKCAST_LEDGER's,
                        or where that is not set the built-in ones */
    bool json;
};

/* BC_E_INPUT: it is no table, or the map is there already. */
bc_status import_discover_check(const char *map, struct bc_err *err); /* only the latter */
bc_status import_discover(const struct cmd_env *env, const struct import_discover *args,
                          struct bc_err *err);

#endif
