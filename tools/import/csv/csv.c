/* tools/import/csv/csv.c - a table as a source of events.
 *
 *   csv_read (rows and places) ──> csv_order (if need be) ──> csv_row (by the map: events, checked)
 * ──> one event a call
 *
 * A row gives all its events or none. At the first word that a crosswalk lacks, the whole file is
 * searched for others, so that one error lists them all. */
#include "tools/import/csv/csv_delimiter.h"
#include "tools/import/csv/csv_gaps.h"
#include "tools/import/csv/csv_order.h"
#include "tools/import/csv/csv_row.h"
#include "tools/import/csv/csv_sheet.h"
#include "tools/import/csv/csv_table.h"
#include "tools/import/importers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct csv {
    struct importer importer;
    char *path;
    csv_map *map;
    csv_reader *reader;
    csv_order *order; /* NULL: the rows as they stand */
    struct csv_row row;
    struct csv_rows rows;
    struct csv_table table; /* where it is no CSV */
    bool sheet;             /* of a spreadsheet that people work in */
    size_t next;            /* of rows.made, to be handed out */
    bool any;               /* a row was there, good or bad */
    struct bc_buf note;     /* how it is read, where that was found; ends with a NUL */
    bool listed;            /* the crosswalks' gaps were told */
};

static bc_status read_row(struct csv *csv, struct bc_err *err)
{
    bc_status rc;

    do
        rc = csv->order ? csv_order_next(csv->order, &csv->row, err)
                        : csv_reader_next(csv->reader, &csv->row, err);
    while (rc == BC_OK && csv->sheet && csv_sheet_is_blank(&csv->row));
    return rc;
}

static bc_status next_row(struct csv *csv, struct bc_err *err)
{
    struct importer *self = &csv->importer;
    bc_status rc = read_row(csv, err);

    self->broken = csv->order ? csv_order_broken(csv->order) : csv_reader_broken(csv->reader);
    self->bytes = csv_reader_bytes(csv->reader);
    csv->next = csv->rows.made_n = 0;
    if (rc == BC_DONE)
        return rc;
    csv->any = true;
    self->line = csv->row.begin.line;
    self->lines = csv_row_lines(&csv->row);
    self->raw = csv->row.raw;
    if (rc == BC_OK && csv->sheet)
        rc = csv_sheet_cells(&csv->rows, &csv->row, err);
    if (rc < 0)
        return rc;
    rc = csv_rows_take(&csv->rows, &csv->row, err);
    if (rc == BC_E_INPUT && csv->rows.missed && !csv->listed) {
        csv->listed = true;
        csv_gaps_list(csv->map, csv->path, csv->reader, err);
    }
    if (rc == BC_OK && csv->rows.made_n == 0)
        ++*(csv->rows.named ? &self->skipped : &self->unnamed);
    return rc;
}

static bc_status csv_next(struct importer *self, const struct bc_event **out, struct bc_err *err)
{
    struct csv *csv = (struct csv *)self;

    while (csv->next == csv->rows.made_n) {
        bc_status rc = next_row(csv, err);

        if (rc != BC_OK)
            return rc;
    }
    self->old_id = csv->rows.made[csv->next].old_id;
    *out = &csv->rows.made[csv->next++].event;
    return BC_OK;
}

static size_t csv_column(struct importer *self, struct bc_where where)
{
    const struct csv *csv = (const struct csv *)self;
    struct csv_place place = { 0, 1 };

    if (csv->next > 0 && csv->next <= csv->rows.made_n)
        place = csv_rows_place(&csv->rows, &csv->rows.made[csv->next - 1], where);
    return place.line == self->line ? place.column : 1;
}

/* It was saved anew since its map was written. */
static void tell_encoding(const struct csv *csv, importer_say *say, void *to)
{
    const uint64_t letters = csv_reader_letters_of_utf_8(csv->reader);
    char text[256];

    if (letters == 0)
        return;
    snprintf(text, sizeof(text),
             "the table looks like UTF-8 (%" PRIu64 " letter%s beyond ASCII), and was read as "
             "Windows-1252, as its map says: such letters come in as two or three others; leave "
             "`encoding` out of the map",
             letters, letters == 1 ? "" : "s");
    say(to, "encoding", text);
}

static void csv_tell(const struct importer *self, importer_say *say, void *to)
{
    const struct csv *csv = (const struct csv *)self;

    if (csv->note.len > 0)
        say(to, "read", csv->note.at);
    tell_encoding(csv, say, to);
    if (!csv->any)
        say(to, "no_rows", "nothing but the names of the columns is there");
    if (csv->table.tell)
        csv->table.tell(csv->table.from, say, to);
    csv_summary_tell(&csv->rows.summary, say, to);
}

static void csv_free_importer(struct importer *self)
{
    struct csv *csv = (struct csv *)self;

    csv_rows_release(&csv->rows);
    csv_order_close(csv->order);
    csv_reader_close(csv->reader);
    csv_map_free(csv->map);
    bc_buf_release(&csv->note);
    if (csv->table.free)
        csv->table.free(csv->table.from);
    free(csv->path);
    free(csv);
}

static bc_status read_header(struct csv *csv, struct bc_err *err)
{
    bc_status rc = csv_reader_next(csv->reader, &csv->row, err);

    if (rc == BC_DONE) {
        bc_err_set(err, BC_E_INPUT, "empty, expected a row with the names of the columns");
        return bc_err_in(err, BC_E_INPUT, "%s:1:1", csv->path);
    }
    if (rc == BC_OK && csv->sheet)
        rc = csv_sheet_names(csv->reader, &csv->row, csv->path, err);
    csv->rows.unnamed_ok = csv->sheet;
    return rc == BC_OK ? csv_rows_bind(&csv->rows, &csv->row, err) : rc;
}

/* Whether the times never rise, and fall at least once. Most tables rise soon. */
static bool falls(struct csv *csv)
{
    csv_reader *again = csv_reader_again(csv->reader);
    bool fallen = false, before = false;
    int64_t us = 0, before_us = 0;
    struct csv_row row;
    bc_status rc = csv_reader_next(again, &row, NULL); /* the header */

    while (rc == BC_OK || (rc == BC_E_INPUT && !csv_reader_broken(again))) {
        rc = csv_reader_next(again, &row, NULL);
        if (rc != BC_OK || !csv_rows_when(&csv->rows, &us, &row))
            continue;
        if (before && us > before_us) {
            fallen = false;
            break;
        }
        fallen |= before && us < before_us;
        before = true;
        before_us = us;
    }
    csv_reader_close(again);
    return fallen;
}

static bc_status put_in_order(struct csv *csv, struct bc_err *err)
{
    const csv_map *map = csv->map;

    switch (map->order) {
    case CSV_OLDEST_FIRST:
        return BC_OK;
    case CSV_NEWEST_FIRST:
        break;
    case CSV_ORDER_BY:
        return csv_order_open(&csv->order, csv->reader, csv->rows.cell_of[map->order_by], err);
    case CSV_AUTO:
        csv->rows.summary.newest_first = falls(csv);
        if (!csv->rows.summary.newest_first)
            return BC_OK;
    }
    return csv_order_open(&csv->order, csv->reader, CSV_ORDER_BACK, err);
}

static void say_again(struct csv *csv)
{
    csv->importer.corrects = csv->map->corrects;
    csv->importer.whole = csv->map->snapshot;
    csv->importer.all = csv->sheet;
    csv->importer.by_content = csv->map->key_n == 0;
    csv->importer.prefix = csv->map->prefix;
}

/* Of a text, where it is one. */
static bc_status open_reader(struct csv *csv, const struct bc_str *text, struct bc_err *err)
{
    int fd;

    if (!text)
        return csv_reader_open(&csv->reader, csv->path, csv->map->encoding, err);
    fd = csv_sheet_file(*text, csv->path, err);
    return fd < 0 ? (bc_status)fd
                  : csv_reader_take(&csv->reader, csv->path, fd, csv->map->encoding, err);
}

static bc_status open_csv(struct csv *csv, const struct bc_str *text, struct bc_err *err)
{
    bc_status rc = open_reader(csv, text, err);

    if (rc == BC_OK)
        rc = csv_delimiter_choose(csv->reader, csv->map, csv->path, err);
    if (rc < 0)
        return rc;
    csv_delimiter_note(&csv->note, csv->reader, csv->map);
    if (csv->note.len > 0)
        bc_buf_add_byte(&csv->note, '\0');
    return BC_OK;
}

static bc_status open_table(struct csv *csv, struct bc_err *err)
{
    const csv_map *map = csv->map;
    int fd;

    if (map->delimiter || map->encoding != CSV_FOUND) {
        bc_err_set(err, BC_E_INPUT, "`%s` is for CSV alone",
                   map->delimiter ? "delimiter" : "encoding");
        return bc_err_in(err, BC_E_INPUT, "%s:1:1", map->path);
    }
    csv_map_system(csv->map, csv->table.system);
    fd = dup(csv->table.fd);
    if (fd < 0)
        return bc_err_errno(err, "read %s", csv->path);
    return csv_reader_table(&csv->reader, csv->path, fd, csv->table.rows, csv->table.names, err);
}

static bc_status check_objects(const struct csv *csv, struct bc_err *err)
{
    if (!csv->map->objects || csv->table.objects)
        return BC_OK;
    bc_err_set(err, BC_E_INPUT, "`objects` is for OCEL alone");
    return bc_err_in(err, BC_E_INPUT, "%s:1:1", csv->map->path);
}

/* `table` or `text`, or else the file at `path`. */
static bc_status open_any(struct importer **out, const struct csv_table *table,
                          const struct bc_str *text, const char *path, const char *map_path,
                          struct bc_err *err)
{
    struct csv *csv = bc_calloc(1, sizeof(*csv));
    bc_status rc;

    csv->path = bc_strdup(bc_str_of(path));
    csv->importer = (struct importer){ .next = csv_next,
                                       .column = csv_column,
                                       .tell = csv_tell,
                                       .free = csv_free_importer,
                                       .name = csv->path };
    csv->sheet = text;
    if (table)
        csv->table = *table;
    rc = csv_map_open(&csv->map, map_path, err);
    if (rc == BC_OK)
        rc = check_objects(csv, err);
    if (rc == BC_OK)
        rc = table ? open_table(csv, err) : open_csv(csv, text, err);
    if (rc == BC_OK) {
        say_again(csv);
        csv->rows = (struct csv_rows){ .map = csv->map, .file = csv->path };
        rc = read_header(csv, err);
    }
    if (rc == BC_OK)
        rc = put_in_order(csv, err);
    if (rc < 0) {
        csv->table.free = NULL; /* still the caller's */
        csv_free_importer(&csv->importer);
        return rc;
    }
    *out = &csv->importer;
    return BC_OK;
}

bc_status csv_table_importer(struct importer **out, const struct csv_table *table, const char *path,
                             const char *map_path, struct bc_err *err)
{
    return open_any(out, table, NULL, path, map_path, err);
}

bc_status importer_csv(struct importer **out, const char *path, const char *map_path,
                       struct bc_err *err)
{
    return open_any(out, NULL, NULL, path, map_path, err);
}

bc_status importer_csv_sheet(struct importer **out, const char *name, struct bc_str text,
                             const char *map_path, struct bc_err *err)
{
    return open_any(out, NULL, &text, name, map_path, err);
}

const struct importer_row importer_csv_row = {
    .word = "csv",
    .by_map = true,
    .discovers = true,
    .open = importer_csv,
};
