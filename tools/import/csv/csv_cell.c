/* tools/import/csv/csv_cell.c - the cells of a row as texts, ids and numbers. */
#include "projections/yaml/yaml.h"
#include "tools/import/csv/csv_blank.h"
#include "tools/import/csv/csv_number.h"
#include "tools/import/csv/csv_row.h"

#include <stdarg.h>

struct bc_str csv_rows_cell(const struct csv_rows *rows, size_t column)
{
    const size_t cell = rows->cell_of[column];

    return cell == CSV_NO_CELL ? (struct bc_str){ 0 } : rows->row->cells[cell];
}

struct csv_place csv_rows_place_of(const struct csv_rows *rows, size_t column)
{
    const size_t cell = column == CSV_NO_COLUMN ? CSV_NO_CELL : rows->cell_of[column];

    return csv_row_place(rows->row, cell == CSV_NO_CELL ? 0 : cell);
}

bc_status csv_rows_fault(const struct csv_rows *rows, size_t column, struct bc_err *err,
                         const char *format, ...)
{
    struct csv_place place = csv_rows_place_of(rows, column);
    va_list args;

    va_start(args, format);
    (void)bc_err_vset(err, BC_E_INPUT, format, args);
    va_end(args);
    return bc_err_in(err, BC_E_INPUT, "%s:%llu:%zu", rows->file, (unsigned long long)place.line,
                     place.column);
}

static struct bc_str piece_text(const struct csv_rows *rows, const struct csv_piece *piece)
{
    return piece->column == CSV_NO_COLUMN ? piece->text : csv_rows_cell(rows, piece->column);
}

struct bc_str csv_rows_text(const struct csv_rows *rows, const struct csv_text *text)
{
    size_t len = 0;
    char *out;

    if (text->n == 0)
        return (struct bc_str){ 0 };
    if (text->n == 1)
        return piece_text(rows, text->pieces);
    for (size_t i = 0; i < text->n; i++)
        len += piece_text(rows, &text->pieces[i]).len;
    out = bc_arena_alloc(rows->scratch, len + 1);
    len = 0;
    for (size_t i = 0; i < text->n; i++) {
        struct bc_str part = piece_text(rows, &text->pieces[i]);

        if (part.len > 0)
            memcpy(out + len, part.at, part.len);
        len += part.len;
    }
    return (struct bc_str){ out, len };
}

bc_status csv_rows_in_full(const struct csv_rows *rows, struct bc_str text, size_t column,
                           struct bc_err *err)
{
    if (rows->map->exponents || !csv_number_is_exponent(text, false))
        return BC_OK;
    return csv_rows_fault(rows, column, err,
                          "\"%.*s\" is an id in exponent form, whose last digits are lost; export "
                          "the column as text (`exponents: keep` takes it as it is)",
                          BC_STR_ARG(bc_yaml_clip(csv_trimmed(text))));
}

bc_status csv_rows_id(struct csv_rows *rows, struct bc_str *id, size_t column, struct bc_err *err)
{
    struct bc_str cut = csv_trimmed(*id);
    bc_status rc = csv_rows_in_full(rows, cut, column, err);

    if (rc < 0)
        return rc;
    if (cut.len < id->len && rows->summary.blank_line != rows->row->begin.line) {
        rows->summary.blank_line = rows->row->begin.line;
        csv_times_add(&rows->summary.blanks, rows->summary.blank_line);
    }
    *id = cut;
    return BC_OK;
}

bc_status csv_rows_number(const struct csv_rows *rows, struct bc_str *text, char decimal,
                          size_t column, struct bc_err *err)
{
    char *out = bc_arena_alloc(rows->scratch, CSV_NUMBER_LEN);

    if (csv_trimmed(*text).len == 0) {
        text->len = 0;
        return BC_OK;
    }
    if (!csv_number_parse(out, *text, decimal))
        return csv_rows_fault(rows, column, err,
                              "\"%.*s\" is no number with a decimal %s; `empty_as` takes it as an "
                              "empty cell",
                              BC_STR_ARG(bc_yaml_clip(*text)), decimal == ',' ? "comma" : "point");
    *text = bc_str_of(out);
    return BC_OK;
}

bc_status csv_rows_plain(struct csv_rows *rows, struct bc_str text, size_t column,
                         struct bc_err *err)
{
    char out[CSV_NUMBER_LEN];
    bool comma, point;

    if (csv_number_is_plain(text)) {
        if (csv_number_is_either(text))
            csv_times_add(&rows->summary.either, rows->row->begin.line);
        return BC_OK;
    }
    if (!rows->map->exponents && csv_number_is_exponent(text, true))
        return csv_rows_fault(
            rows, column, err,
            "\"%.*s\" is a number in exponent form, whose last digits are lost; "
            "export the column as a number in full (`exponents: keep` takes it as "
            "it is)",
            BC_STR_ARG(bc_yaml_clip(text)));
    comma = csv_number_parse(out, text, ',');
    point = csv_number_parse(out, text, '.');
    if (comma || point)
        return csv_rows_fault(rows, column, err,
                              "\"%.*s\" is no number written 1234.56; say which its decimal sign "
                              "is: %s",
                              BC_STR_ARG(bc_yaml_clip(text)),
                              !point   ? "`decimal: comma`"
                              : !comma ? "`decimal: point`"
                                       : "`decimal: comma` or `decimal: point`");
    csv_times_add(&rows->summary.no_number, rows->row->begin.line);
    return BC_OK;
}
