/* Tables by their maps: a map, a line "%%", a table. Every row gives events, is passed over as the
 * map says, or is a said fault; what is given is sound, and its places are in the file. */
#include "tests/fuzz/fuzz.h"
#include "tools/import/csv/csv_delimiter.h"
#include "tools/import/csv/csv_read.h"
#include "tools/import/gunzip.h"
#include "tools/import/importer.h"

struct sum {
    uint64_t rows, faults;
    bool broken;
};

static void check_row(const struct csv_row *row)
{
    size_t mark = row->begin.line == 1 ? 3 : 0; /* a byte order mark is no part of the row */

    for (size_t i = 0; i < row->cell_n; i++) {
        struct csv_place place = csv_row_place(row, i);

        FUZZ_MUST(row->cells[i].at[row->cells[i].len] == '\0', "a cell without a NUL after it");
        FUZZ_MUST(bc_str_utf8_fault(row->cells[i]) == row->cells[i].len, "a cell that is no UTF-8");
        FUZZ_MUST(place.line >= row->begin.line && place.column >= 1 &&
                      place.column <= row->raw.len + mark + 1,
                  "cell %zu stands after its row", i);
    }
}

/* The rows as they are without a map. */
static struct sum read_rows(const char *path, const csv_map *map)
{
    csv_reader *reader = NULL;
    struct bc_err err = { 0 };
    struct csv_row row;
    struct sum sum = { 0 };
    bc_status rc = csv_reader_open(&reader, path, map->encoding, &err);

    if (rc == BC_OK)
        rc = csv_delimiter_choose(reader, map, path, &err);
    FUZZ_MUST(rc == BC_OK || rc == BC_E_INPUT, "%s", err.message);
    sum.broken = rc < 0; /* packed, and not whole: then the importer does not open it either */
    while (!sum.broken) {
        rc = csv_reader_next(reader, &row, &err);
        if (rc != BC_OK && rc != BC_E_INPUT)
            break;
        sum.rows++;
        sum.faults += rc != BC_OK;
        sum.broken = csv_reader_broken(reader);
        if (rc == BC_OK)
            check_row(&row);
    }
    csv_reader_close(reader);
    return sum;
}

static bool decoded; /* from what is not UTF-8, as far as its bytes and the map say */

static void check_fault(const struct bc_err *err, struct bc_str table)
{
    bool packed = gunzip_begins(table);

    FUZZ_MUST(err->message[0], "a fault without words");
    if (!packed && !decoded) /* then places are in what it becomes */
        fuzz_must_be_within(err->context, table);
}

static void read_events(struct importer *importer, struct bc_str table, const struct sum *all)
{
    const struct bc_event *event = NULL;
    uint64_t rows = 1, line = 0; /* the header */
    struct bc_err err = { 0 };
    bc_status rc;

    do {
        rc = importer->next(importer, &event, &err);
        if (rc == BC_OK) {
            rows += importer->line != line;
            line = importer->line;
            FUZZ_MUST(importer->column(importer, (struct bc_where){ "id", 0 }) >= 1, "no column");
            fuzz_must_be_event(event);
        } else if (rc == BC_E_INPUT) {
            rows++;
            check_fault(&err, table);
        }
    } while (rc == BC_OK || (rc == BC_E_INPUT && !importer->broken));
    FUZZ_MUST(rc == BC_DONE || importer->broken, "it ended early: %s", err.message);
    FUZZ_MUST(rows + importer->skipped + importer->unnamed == all->rows,
              "%ju rows, of which %ju are events or faults, %ju are passed over and %ju not named",
              (uintmax_t)all->rows, (uintmax_t)rows, (uintmax_t)importer->skipped,
              (uintmax_t)importer->unnamed);
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str map_text, table;
    struct importer *importer = NULL;
    struct bc_err err = { 0 };
    csv_map *map = NULL;
    struct sum all;

    if (!fuzz_cut(&map_text, &table, (struct bc_str){ (const char *)data, len }) ||
        csv_map_parse(&map, map_text, "map.yaml", &err) < 0)
        return 0;
    all = read_rows(fuzz_file(1, table), map);
    decoded = map->encoding > CSV_UTF_8 || memchr(table.at, '\0', table.len < 4 ? table.len : 4) ||
              (table.len > 1 && (unsigned char)table.at[0] >= 0xfe);
    csv_map_free(map);
    if (importer_csv(&importer, fuzz_file(1, table), fuzz_file(0, map_text), &err) < 0) {
        FUZZ_MUST(err.status == BC_E_INPUT, "status %d: %s", err.status, err.message);
        check_fault(&err, table);
        return 0;
    }
    FUZZ_MUST(all.rows || !all.broken, "a table that is damaged is read");
    read_events(importer, table, &all);
    importer_free(importer);
    return 0;
}
