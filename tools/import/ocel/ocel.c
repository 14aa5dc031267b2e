/* tools/import/ocel/ocel.c - an object-centric event log as a source of events: a table that a map
 * reads. */
#include "ledger/base/mem.h"
#include "tools/import/csv/csv_map.h"
#include "tools/import/csv/csv_table.h"
#include "tools/import/importers.h"
#include "tools/import/ocel/ocel_table.h"

#include <stdlib.h>

static void ocel_tell(const void *from, importer_say *say, void *to)
{
    const struct ocel_table *table = from;

    csv_times_tell(&table->between, "between_objects",
                   "relationship between objects was passed over",
                   "relationships between objects were passed over", "", say, to);
    csv_times_tell(&table->lost, "no_object",
                   "relationship to an object that the log does not have was left out",
                   "relationships to objects that the log does not have were left out", "", say,
                   to);
    csv_times_tell(&table->unknown, "unknown_key", "key that OCEL does not have was passed over",
                   "keys that OCEL does not have were passed over", "", say, to);
    csv_times_tell(&table->split, "id_with_semicolon",
                   "id has a `;` in it, and cannot be told apart in a list of ids",
                   "ids have a `;` in them, and cannot be told apart in a list of ids", "", say,
                   to);
    csv_times_tell(&table->no_zone, "no_zone",
                   "time without a zone was taken as UTC, to find what an object was then",
                   "times without a zone were taken as UTC, to find what an object was then", "",
                   say, to);
}

static void free_table(void *from)
{
    ocel_table_release(from);
    free(from);
}

/* The type of the objects that are the cases, as the map says. */
static bc_status read_cases(char **out, const char *map_path, struct bc_err *err)
{
    csv_map *map = NULL;
    bc_status rc = csv_map_open(&map, map_path, err);

    if (rc == BC_OK)
        *out = bc_strdup(bc_str_of(map->objects ? map->objects : "deal"));
    csv_map_free(map);
    return rc;
}

static bc_status make(struct ocel_table *table, const char *path, struct bc_str cases,
                      struct bc_err *err)
{
    struct source_twice source;
    bc_status rc = source_twice_open(&source, path, err);

    if (rc < 0)
        return rc;
    rc = ocel_table_make(table, &source, path, cases, err);
    source_twice_close(&source);
    return rc;
}

bc_status importer_ocel(struct importer **out, const char *path, const char *map_path,
                        struct bc_err *err)
{
    struct ocel_table *table = bc_calloc(1, sizeof(*table));
    char *cases = NULL;
    bc_status rc;

    table->fd = -1;
    rc = read_cases(&cases, map_path, err);
    if (rc == BC_OK)
        rc = make(table, path, bc_str_of(cases), err);
    if (rc == BC_OK) {
        const struct csv_table rows = { .fd = table->fd,
                                        .rows = table->making.rows,
                                        .names = table->making.names,
                                        .system = "ocel",
                                        .objects = true,
                                        .tell = ocel_tell,
                                        .free = free_table,
                                        .from = table };

        rc = csv_table_importer(out, &rows, path, map_path, err);
    }
    if (rc < 0)
        free_table(table);
    free(cases);
    return rc;
}

const struct importer_row importer_ocel_row = {
    .word = "ocel",
    .by_map = true,
    .open = importer_ocel,
};
