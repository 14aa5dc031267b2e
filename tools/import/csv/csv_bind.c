/* tools/import/csv/csv_bind.c - finds the columns that a map names in a table's header. */
#include "ledger/base/search.h"
#include "projections/yaml/yaml.h"
#include "tools/import/csv/csv_row.h"

#include <stdlib.h>

#define LIST_MAX 1500 /* bytes of a list in a message */

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

/* The map's column of that name, or CSV_NO_COLUMN; `sorted` holds all of them. */
static size_t find(const csv_map *map, const size_t *sorted, struct bc_str name)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, map->column_n, bc_str_cmp(map->columns[sorted[at]].name, name) < 0);
    return at < map->column_n && bc_str_eq(map->columns[sorted[at]].name, name) ? sorted[at]
                                                                                : CSV_NO_COLUMN;
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

/* Gives each cell of the header to its column. */
static bc_status take_cells(struct csv_rows *rows, const struct csv_row *header,
                            const size_t *sorted, struct bc_err *err)
{
    const csv_map *map = rows->map;
    struct bc_buf list = { 0 };
    size_t unknown = 0, first = 0, left_out = 0;
    bc_status rc = BC_OK;

    for (size_t i = 0; i < header->cell_n; i++) {
        size_t column = find(map, sorted, header->cells[i]);

        if (column == CSV_NO_COLUMN) {
            first = unknown++ ? first : i;
            list_add(&list, header->cells[i], &left_out);
        } else if (rows->cell_of[column] != SIZE_MAX) {
            bc_err_set(err, BC_E_INPUT, "a second column \"%.*s\"",
                       BC_STR_ARG(bc_yaml_clip(header->cells[i])));
            bc_buf_release(&list);
            return fault_at(rows, header, i, err);
        } else {
            rows->cell_of[column] = i;
        }
    }
    list_end(&list, left_out);
    if (unknown > 0) {
        bc_err_set(err, BC_E_INPUT,
                   "%s does not say what %zu column%s mean%s: %s (those to leave out belong in "
                   "`ignore_columns`)",
                   map->path, unknown, unknown > 1 ? "s" : "", unknown > 1 ? "" : "s", list.at);
        rc = fault_at(rows, header, first, err);
    }
    bc_buf_release(&list);
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
        if (rows->cell_of[i] == SIZE_MAX) {
            first = missing++ ? first : map->columns[i].line;
            list_add(&list, map->columns[i].name, &left_out);
        }
    }
    list_end(&list, left_out);
    if (missing > 0) {
        bc_err_set(err, BC_E_INPUT,
                   "the table lacks %zu column%s that %s names (from line %zu): %s", missing,
                   missing > 1 ? "s" : "", map->path, first, list.at);
        rc = fault_at(rows, header, 0, err);
    }
    bc_buf_release(&list);
    return rc;
}

bc_status csv_rows_bind(struct csv_rows *rows, const struct csv_row *header, struct bc_err *err)
{
    const csv_map *map = rows->map;
    size_t *sorted = bc_reallocarray(NULL, map->column_n, sizeof(*sorted));
    bc_status rc;

    rows->scratch = bc_arena_new();
    rows->cell_n = header->cell_n;
    rows->cell_of = bc_reallocarray(NULL, map->column_n, sizeof(*rows->cell_of));
    rows->by_name = bc_reallocarray(NULL, map->column_n, sizeof(*rows->by_name));
    for (size_t i = 0; i < map->column_n; i++) {
        sorted[i] = i;
        rows->cell_of[i] = SIZE_MAX;
    }
    if (map->column_n > 1)
        qsort_r(sorted, map->column_n, sizeof(*sorted), name_cmp, map->columns);
    for (size_t i = 0; i < map->column_n; i++)
        if (!map->columns[sorted[i]].ignored)
            rows->by_name[rows->by_name_n++] = sorted[i];
    rc = take_cells(rows, header, sorted, err);
    if (rc == BC_OK)
        rc = check_all_there(rows, header, err);
    free(sorted);
    return rc;
}
