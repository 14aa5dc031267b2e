/* tools/import/xes/xes.c - an XES log as a source of events: a table that a map reads. */
#include "ledger/base/mem.h"
#include "tools/import/csv/csv_table.h"
#include "tools/import/importers.h"
#include "tools/import/source.h"
#include "tools/import/xes/xes_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void xes_tell(const void *from, importer_say *say, void *to)
{
    const struct xes_table *table = from;
    char rest[128];

    (void)snprintf(rest, sizeof(rest), ", \"%s\"", table->step);
    csv_times_tell(&table->passed.no_trace, "no_trace", "event outside of a trace was left out",
                   "events outside of a trace were left out", "", say, to);
    csv_times_tell(&table->lacks[XES_NO_CASE], "no_case",
                   "event of a case without concept:name was left out",
                   "events of cases without concept:name were left out", "", say, to);
    csv_times_tell(&table->lacks[XES_NO_NAME], "no_name", "event without concept:name was left out",
                   "events without concept:name were left out", "", say, to);
    csv_times_tell(&table->lacks[XES_NO_TIME], "no_time",
                   "event without time:timestamp was left out",
                   "events without time:timestamp were left out", "", say, to);
    csv_times_tell(&table->other_steps, "own_step",
                   "event has a lifecycle:transition that XES does not name, and is taken with it",
                   "events have a lifecycle:transition that XES does not name, and are taken with "
                   "it",
                   rest, say, to);
    csv_times_tell(&table->passed.nested, "nested",
                   "attribute within another, or list of some, was passed over",
                   "attributes within others, or lists of some, were passed over", "", say, to);
}

static void free_table(void *from)
{
    xes_table_release(from);
    free(from);
}

static bc_status make(struct xes_table *table, const char *path, struct bc_err *err)
{
    struct source_twice source;
    bc_status rc = source_twice_open(&source, path, err);

    if (rc < 0)
        return rc;
    rc = xes_table_make(table, &source, path, err);
    source_twice_close(&source);
    return rc;
}

/* A snapshot takes back what it has not, and what is left out here may well be in it. */
static bc_status check_whole(const struct xes_table *table, const char *path, struct bc_err *err)
{
    const struct csv_times *first = &table->passed.no_trace;

    for (size_t i = 0; i < XES_LACK_N; i++)
        if (table->lacks[i].n > 0 && (first->n == 0 || table->lacks[i].line < first->line))
            first = &table->lacks[i];
    if (first->n == 0)
        return BC_OK;
    bc_err_set(
        err, BC_E_INPUT,
        "an event that is left out, with a map of `table: snapshot`, which would take it for "
        "one that is gone");
    return bc_err_in(err, BC_E_INPUT, "%s:%" PRIu64 ":1", path, first->line);
}

/* Where *out is set it owns the table, also on a failure. */
static bc_status open_table(struct importer **out, struct xes_table *table, const char *path,
                            const char *map_path, struct bc_err *err)
{
    const struct csv_table rows = { .fd = table->fd,
                                    .rows = table->making.rows,
                                    .names = table->making.names,
                                    .system = "xes",
                                    .tell = xes_tell,
                                    .free = free_table,
                                    .from = table };
    bc_status rc = csv_table_importer(out, &rows, path, map_path, err);

    if (rc == BC_OK && (*out)->whole)
        rc = check_whole(table, path, err);
    return rc;
}

bc_status importer_xes(struct importer **out, const char *path, const char *map_path,
                       struct bc_err *err)
{
    struct xes_table *table = bc_calloc(1, sizeof(*table));
    struct importer *importer = NULL;
    bc_status rc;

    table->fd = -1;
    rc = make(table, path, err);
    if (rc == BC_OK)
        rc = open_table(&importer, table, path, map_path, err);
    if (rc == BC_OK)
        *out = importer;
    else if (importer) /* which owns the table */
        importer_free(importer);
    else
        free_table(table);
    return rc;
}

const struct importer_row importer_xes_row = {
    .word = "xes",
    .by_map = true,
    .open = importer_xes,
};
