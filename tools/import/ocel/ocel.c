/* tools/import/ocel/ocel.c - an object-centric event log as a source of events: a table that a map
 * reads. */
#include "ledger/base/mem.h"
#include "tools/import/csv/csv_map.h"
#include "tools/import/csv/csv_table.h"
#include "tools/import/importers.h"
#include "tools/import/ocel/ocel_database.h"
#include "tools/import/ocel/ocel_table.h"
#include "tools/import/source.h"

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
    csv_times_tell(&table->bare, "no_row",
                   "event without a row in the table of its type was left out",
                   "events without a row in the table of their type were left out", "", say, to);
    csv_times_tell(&table->untyped, "no_table", "object of a type that has no table was left out",
                   "objects of types that have no table were left out", "", say, to);
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

/* --- as JSON --- */

struct json_source {
    struct source_twice source;
    const char *path;
};

static bc_status read_json(void *from, bool again, const struct ocel_takers *takers,
                           uint64_t *bytes, struct bc_err *err)
{
    struct json_source *json = from;
    gunzip *gz;
    bc_status rc;

    if (!again)
        return ocel_read(json->source.first, json->path, takers, bytes, err);
    rc = source_twice_again(&json->source, json->path, err);
    if (rc < 0)
        return rc;
    gz = gunzip_new(json->source.fd, json->path);
    rc = ocel_read(gz, json->path, takers, bytes, err);
    gunzip_free(gz);
    return rc;
}

static bc_status make_of_json(struct ocel_table *table, const char *path, struct bc_str cases,
                              struct bc_err *err)
{
    struct json_source json = { .path = path };
    const struct ocel_source source = { read_json, &json };
    bc_status rc = source_twice_open(&json.source, path, err);

    if (rc < 0)
        return rc;
    rc = ocel_table_make(table, &source, path, cases, err);
    source_twice_close(&json.source);
    return rc;
}

/* --- as a database --- */

static bc_status read_database(void *from, bool again, const struct ocel_takers *takers,
                               uint64_t *bytes, struct bc_err *err)
{
    (void)again;
    return ocel_database_read(from, takers, bytes, err);
}

static bc_status make_of_database(struct ocel_table *table, const char *path, struct bc_str cases,
                                  struct bc_err *err)
{
    ocel_database *database = NULL;
    struct ocel_source source = { .read = read_database };
    bc_status rc = ocel_database_open(&database, path, err);

    if (rc < 0)
        return rc;
    source.from = database;
    rc = ocel_table_make(table, &source, path, cases, err);
    if (rc == BC_OK) {
        table->bare = (struct csv_times){ ocel_database_left(database).events, 1 };
        table->untyped = (struct csv_times){ ocel_database_left(database).objects, 1 };
    }
    ocel_database_close(database);
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
        rc = ocel_database_is(path) ? make_of_database(table, path, bc_str_of(cases), err)
                                    : make_of_json(table, path, bc_str_of(cases), err);
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
