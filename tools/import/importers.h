/* tools/import/importers.h - every importer, each described in its own file. A new one is a file
 * and a word here: `import NAME FILE` is there, with its help. */
#ifndef BC_TOOLS_IMPORT_IMPORTERS_H
#define BC_TOOLS_IMPORT_IMPORTERS_H

#include "tools/import/importer.h"

#define IMPORTERS(X)                                                                               \
    X(jsonl)                                                                                       \
    X(csv)                                                                                         \
    X(xes)                                                                                         \
    X(ocel)                                                                                        \
    X(proto)

struct importer_row {
    const char *word; /* "jsonl": of the command, whose page is tools/cmd/import_WORD.scd */
    /* It takes --map, and a row gives any number of events; else events come one a line, and may
     * bring recorded times of their own (--keep-recorded-at). */
    bool by_map;
    bool discovers; /* --discover writes a first map: its files are delimited text */
    /* As the functions of importer.h; `map_path` is NULL unless it takes a map. */
    bc_status (*open)(struct importer **out, const char *path, const char *map_path,
                      struct bc_err *err);
};

#define IMPORTER_DECLARE(name) extern const struct importer_row importer_##name##_row;
IMPORTERS(IMPORTER_DECLARE)
#undef IMPORTER_DECLARE

#endif
