#include "tools/import/csv/csv_sheet.h"

#include "projections/yaml/yaml.h"
#include "tools/import/csv/csv_blank.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int csv_sheet_file(struct bc_str text, const char *name, struct bc_err *err)
{
    FILE *file = tmpfile();
    int fd = -1;

    if (file && (text.len == 0 || fwrite(text.at, 1, text.len, file) == text.len) &&
        fflush(file) == 0 && lseek(fileno(file), 0, SEEK_SET) == 0)
        fd = dup(fileno(file));
    if (fd < 0)
        bc_err_errno(err, "put %s aside", name);
    if (file)
        (void)fclose(file);
    return fd < 0 ? BC_E_IO : fd;
}

/* ---- names ---- */

/* "A", "Z", "AA": as the spreadsheet calls a column. */
static void letter_add(struct bc_buf *out, size_t cell)
{
    char text[16];
    size_t at = sizeof(text);

    for (size_t n = cell + 1; n > 0; n = (n - 1) / 26)
        text[--at] = (char)('A' + (n - 1) % 26);
    bc_buf_add(out, text + at, sizeof(text) - at);
}

static bool is_empty(struct bc_str cell)
{
    return csv_trimmed(cell).len == 0;
}

bool csv_sheet_is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->cell_n; i++)
        if (!is_empty(row->cells[i]))
            return false;
    return true;
}

/* filled[i]: there is text below the column's name. */
static void see_filled(bool *filled, size_t n, const csv_reader *first)
{
    csv_reader *reader = csv_reader_again(first);
    struct csv_row row;
    bc_status rc = csv_reader_next(reader, &row, NULL); /* the names */

    while (rc == BC_OK || (rc == BC_E_INPUT && !csv_reader_broken(reader))) {
        rc = csv_reader_next(reader, &row, NULL);
        for (size_t i = 0; rc == BC_OK && i < row.cell_n && i < n; i++)
            filled[i] |= !is_empty(row.cells[i]);
    }
    csv_reader_close(reader);
}

static void list_add(struct bc_buf *list, size_t cell, struct bc_str name)
{
    enum { LIST_MAX = 600 };

    if (list->len > LIST_MAX)
        return;
    bc_buf_printf(list, "%s", list->len ? ", " : "");
    letter_add(list, cell);
    if (name.len)
        bc_buf_printf(list, " \"%.*s\"", BC_STR_ARG(bc_yaml_clip(name)));
}

/* In byte order. */
static struct bc_str *sorted_names(const struct csv_row *header)
{
    struct bc_str *names = bc_reallocarray(NULL, header->cell_n, sizeof(*names));

    for (size_t i = 0; i < header->cell_n; i++)
        names[i] = csv_trimmed(header->cells[i]);
    qsort(names, header->cell_n, sizeof(*names), bc_str_order);
    return names;
}

static bool has_twin(const struct bc_str *names, size_t n, struct bc_str name)
{
    const struct bc_str *found = bsearch(&name, names, n, sizeof(*names), bc_str_order);

    return (found > names && bc_str_eq(found[-1], name)) ||
           (found + 1 < names + n && bc_str_eq(found[1], name));
}

static bc_status refuse(const struct csv_row *header, size_t cell, const char *file,
                        struct bc_buf *list, const char *what, struct bc_err *err)
{
    const struct csv_place place = csv_row_place(header, cell);

    bc_err_set(err, BC_E_INPUT, "columns %s: %.*s; name them in the sheet", what,
               BC_STR_ARG(bc_buf_str(list)));
    return bc_err_in(err, BC_E_INPUT, "%s:%" PRIu64 ":%zu", file, place.line, place.column);
}

bc_status csv_sheet_names(const csv_reader *reader, const struct csv_row *header, const char *file,
                          struct bc_err *err)
{
    bool *filled = bc_calloc(header->cell_n, sizeof(*filled));
    struct bc_str *names = sorted_names(header);
    struct bc_buf unnamed = { 0 }, alike = { 0 };
    size_t first_unnamed = 0, first_alike = 0;
    bc_status rc = BC_OK;

    see_filled(filled, header->cell_n, reader);
    for (size_t i = 0; i < header->cell_n; i++) {
        const struct bc_str name = csv_trimmed(header->cells[i]);

        if (name.len == 0 && filled[i]) {
            first_unnamed = unnamed.len ? first_unnamed : i;
            list_add(&unnamed, i, name);
        } else if (name.len > 0 && has_twin(names, header->cell_n, name)) {
            first_alike = alike.len ? first_alike : i;
            list_add(&alike, i, name);
        }
    }
    if (alike.len)
        rc = refuse(header, first_alike, file, &alike, "of one name", err);
    else if (unnamed.len)
        rc = refuse(header, first_unnamed, file, &unnamed, "without a name", err);
    bc_buf_release(&unnamed);
    bc_buf_release(&alike);
    free(names);
    free(filled);
    return rc;
}

/* ---- cells ---- */

static bool is_error(struct bc_str cell)
{
    static const char *const errors[] = { "#REF!", "#N/A",   "#VALUE!", "#DIV/0!",   "#NAME?",
                                          "#NUM!", "#NULL!", "#ERROR!", "Loading..." };

    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
        if (bc_str_eq(cell, bc_str_of(errors[i])))
            return true;
    return false;
}

bc_status csv_sheet_cells(struct csv_rows *rows, const struct csv_row *row, struct bc_err *err)
{
    rows->row = row;
    if (row->cell_n != rows->cell_n || csv_rows_hold(rows, &rows->map->skip))
        return BC_OK; /* the row is judged as in any table */
    for (size_t i = 0; i < rows->by_name_n; i++) {
        const struct bc_str cell = csv_trimmed(csv_rows_cell(rows, rows->by_name[i]));

        if (is_error(cell))
            return csv_rows_fault(rows, rows->by_name[i], err,
                                  "\"%.*s\" is an error of the spreadsheet, and no value",
                                  BC_STR_ARG(cell));
    }
    return BC_OK;
}
