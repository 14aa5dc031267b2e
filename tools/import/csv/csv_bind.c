/* tools/import/csv/csv_bind.c - finds the columns that a map names in a table's header. */
#include "ledger/base/spelling.h"
#include "projections/yaml/yaml.h"
#include "tools/import/csv/csv_blank.h"
#include "tools/import/csv/csv_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#define LIST_MAX 1500 /* bytes of a list in a message */

/* Misspelt names that are looked for, and bytes of one: short ones are all alike. */
enum { MEANT_MOST = 3, MEANT_LEN = 3 };

static bc_status fault_at(const struct csv_rows *rows, const struct csv_row *header, size_t cell,
                          struct bc_err *err)
{
    struct csv_place place = csv_row_place(header, cell);

    return bc_err_in(err, BC_E_INPUT, "%s:%llu:%zu", rows->file, (unsigned long long)place.line,
                     place.column);
}

static int name_cmp(const void *a, const void *b, void *columns)
{
    const struct csv_column *all = columns;

    return bc_str_cmp(all[*(const size_t *)a].name, all[*(const size_t *)b].name);
}

static void list_add(struct bc_buf *list, struct bc_str name, size_t *left_out)
{
    if (list->len > LIST_MAX)
        ++*left_out;
    else
        bc_buf_printf(list, "%s\"%.*s\"", list->len ? ", " : "", BC_STR_ARG(bc_yaml_clip(name)));
}

static void list_end(struct bc_buf *list, size_t left_out)
{
    if (left_out > 0)
        bc_buf_printf(list, " and %zu more", left_out);
    bc_buf_add_byte(list, '\0');
}

/* A header as it is looked through: of each cell how many have its name, up to it and in all. */
struct header {
    const struct csv_row *row;
    size_t *place, *twins;
};

static int cell_cmp(const void *a, const void *b, void *header)
{
    const struct bc_str *all = ((const struct header *)header)->row->cells;
    const size_t left = *(const size_t *)a, right = *(const size_t *)b;
    int by_name = bc_str_cmp(all[left], all[right]);

    return by_name ? by_name : (left > right) - (left < right);
}

static void count_twins(struct header *header)
{
    const struct csv_row *row = header->row;
    size_t *sorted = bc_reallocarray(NULL, row->cell_n, sizeof(*sorted));

    for (size_t i = 0; i < row->cell_n; i++)
        sorted[i] = i;
    if (row->cell_n > 1)
        qsort_r(sorted, row->cell_n, sizeof(*sorted), cell_cmp, header);
    for (size_t begin = 0, end; begin < row->cell_n; begin = end) {
        for (end = begin;
             end < row->cell_n && bc_str_eq(row->cells[sorted[end]], row->cells[sorted[begin]]);)
            end++;
        for (size_t i = begin; i < end; i++) {
            header->place[sorted[i]] = i - begin + 1;
            header->twins[sorted[i]] = end - begin;
        }
    }
    free(sorted);
}

/* "Owner#2": the second column of that name. */
static void numbered_name(struct bc_buf *out, const struct header *header, size_t cell)
{
    out->len = 0;
    bc_buf_add_str(out, header->row->cells[cell]);
    bc_buf_printf(out, "#%zu", header->place[cell]);
}

/* The map's column that a cell of the header belongs to, or CSV_NO_COLUMN. By its name alone one of
 * several can only be left out: nothing says which of them is meant. */
static bc_status column_of(struct csv_rows *rows, size_t *column, const struct header *header,
                           size_t cell, struct bc_buf *name, struct bc_err *err)
{
    const csv_map *map = rows->map;
    const struct bc_str plain = header->row->cells[cell];
    bc_status rc = BC_OK;

    numbered_name(name, header, cell);
    *column = header->twins[cell] > 1 ? csv_map_column(map, bc_buf_str(name)) : CSV_NO_COLUMN;
    if (*column != CSV_NO_COLUMN)
        return BC_OK;
    *column = csv_map_column(map, plain);
    if (*column != CSV_NO_COLUMN && header->twins[cell] > 1 && !map->columns[*column].ignored) {
        bc_err_set(err, BC_E_INPUT,
                   "%zu columns are named \"%.*s\"; %s names one, line %zu: say which, as "
                   "\"%.*s#1\" or \"%.*s#2\"",
                   header->twins[cell], BC_STR_ARG(bc_yaml_clip(plain)), map->path,
                   map->columns[*column].line, BC_STR_ARG(bc_yaml_clip(plain)),
                   BC_STR_ARG(bc_yaml_clip(plain)));
        rc = fault_at(rows, header->row, cell, err);
    }
    return rc;
}

/* The name in the header that one of the map was meant to be, or nothing; names that the map has
 * are not meant, if `unknown`. */
static struct bc_str nearest(const struct csv_rows *rows, const struct csv_row *header,
                             struct bc_str name, bool unknown)
{
    struct bc_spelling spelling = { .word = name };

    for (size_t i = 0; i < header->cell_n; i++) {
        const struct bc_str cell = header->cells[i];

        if (unknown && csv_map_column(rows->map, cell) != CSV_NO_COLUMN)
            continue;
        if (cell.len == name.len && strncasecmp(cell.at, name.at, name.len) == 0)
            return cell;
        bc_spelling_try(&spelling, cell);
    }
    return spelling.best;
}

/* Adds to an error which columns of the table the map's were meant to be: of the first that the
 * table lacks. */
static void add_meant(const struct csv_rows *rows, const struct csv_row *header, bool unknown,
                      struct bc_err *err)
{
    const csv_map *map = rows->map;
    size_t tried = 0;

    for (size_t i = 0; err && i < map->column_n && tried < MEANT_MOST; i++) {
        const size_t len = strlen(err->message);
        struct bc_str meant;

        if (rows->cell_of[i] != CSV_NO_CELL || map->columns[i].name.len < MEANT_LEN)
            continue;
        tried++;
        meant = nearest(rows, header, map->columns[i].name, unknown);
        if (meant.len > 0)
            (void)snprintf(err->message + len, sizeof(err->message) - len,
                           "; line %zu of the map has \"%.*s\", is \"%.*s\" meant?",
                           map->columns[i].line, BC_STR_ARG(bc_yaml_clip(map->columns[i].name)),
                           BC_STR_ARG(bc_yaml_clip(meant)));
    }
}

static bc_status say_unknown(struct csv_rows *rows, const struct csv_row *header, size_t unknown,
                             size_t first, const char *list, struct bc_err *err)
{
    bc_err_set(err, BC_E_INPUT,
               "%s does not say what %zu column%s mean%s: %s (those to leave out belong in "
               "`ignore_columns`)",
               rows->map->path, unknown, unknown > 1 ? "s" : "", unknown > 1 ? "" : "s", list);
    add_meant(rows, header, true, err);
    csv_map_hint(err);
    return fault_at(rows, header, first, err);
}

/* Gives each cell of the header to its column. */
static bc_status take_cells(struct csv_rows *rows, const struct header *header, struct bc_err *err)
{
    struct bc_buf list = { 0 }, name = { 0 };
    size_t unknown = 0, first = 0, left_out = 0;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < header->row->cell_n; i++) {
        size_t column = CSV_NO_COLUMN;

        rc = column_of(rows, &column, header, i, &name, err);
        if (rc == BC_OK && column == CSV_NO_COLUMN && rows->unnamed_ok &&
            csv_trimmed(header->row->cells[i]).len == 0)
            continue;
        if (rc == BC_OK && column == CSV_NO_COLUMN) {
            first = unknown++ ? first : i;
            list_add(&list, header->twins[i] > 1 ? bc_buf_str(&name) : header->row->cells[i],
                     &left_out);
        } else if (rc == BC_OK && rows->cell_of[column] == CSV_NO_CELL) {
            rows->cell_of[column] = i;
        } else if (rc == BC_OK && !rows->map->columns[column].ignored) {
            bc_err_set(err, BC_E_INPUT, "a second column \"%.*s\"",
                       BC_STR_ARG(bc_yaml_clip(header->row->cells[i])));
            rc = fault_at(rows, header->row, i, err);
        }
    }
    list_end(&list, left_out);
    if (rc == BC_OK && unknown > 0)
        rc = say_unknown(rows, header->row, unknown, first, list.at, err);
    bc_buf_release(&list);
    bc_buf_release(&name);
    return rc;
}

static bc_status check_all_there(struct csv_rows *rows, const struct csv_row *header,
                                 struct bc_err *err)
{
    const csv_map *map = rows->map;
    struct bc_buf list = { 0 };
    size_t missing = 0, first = 0, left_out = 0;
    bc_status rc = BC_OK;

    for (size_t i = 0; i < map->column_n; i++) {
        if (rows->cell_of[i] == CSV_NO_CELL && !map->columns[i].optional) {
            first = missing++ ? first : map->columns[i].line;
            list_add(&list, map->columns[i].name, &left_out);
        }
    }
    list_end(&list, left_out);
    if (missing > 0) {
        bc_err_set(err, BC_E_INPUT,
                   "the table lacks %zu column%s that %s names (from line %zu): %s", missing,
                   missing > 1 ? "s" : "", map->path, first, list.at);
        add_meant(rows, header, false, err);
        rc = fault_at(rows, header, 0, err);
    }
    bc_buf_release(&list);
    return rc;
}

bc_status csv_rows_bind(struct csv_rows *rows, const struct csv_row *header, struct bc_err *err)
{
    const csv_map *map = rows->map;
    size_t *sorted = bc_reallocarray(NULL, map->column_n, sizeof(*sorted));
    struct header named = { header, bc_reallocarray(NULL, header->cell_n, sizeof(size_t)),
                            bc_reallocarray(NULL, header->cell_n, sizeof(size_t)) };
    bc_status rc;

    count_twins(&named);
    rows->scratch = bc_arena_new();
    rows->cell_n = header->cell_n;
    rows->cell_of = bc_reallocarray(NULL, map->column_n, sizeof(*rows->cell_of));
    rows->by_name = bc_reallocarray(NULL, map->column_n, sizeof(*rows->by_name));
    for (size_t i = 0; i < map->column_n; i++) {
        sorted[i] = i;
        rows->cell_of[i] = CSV_NO_CELL;
    }
    if (map->column_n > 1)
        qsort_r(sorted, map->column_n, sizeof(*sorted), name_cmp, map->columns);
    for (size_t i = 0; i < map->column_n; i++)
        if (!map->columns[sorted[i]].ignored)
            rows->by_name[rows->by_name_n++] = sorted[i];
    rc = take_cells(rows, &named, err);
    if (rc == BC_OK)
        rc = check_all_there(rows, header, err);
    free(named.place);
    free(named.twins);
    free(sorted);
    return rc;
}
