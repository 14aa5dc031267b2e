#include "tools/import/csv/csv_place.h"

uint64_t csv_line_breaks(struct bc_str text)
{
    uint64_t n = 0;

    for (size_t i = 0; i < text.len; i++)
        n += text.at[i] == '\n' ||
             (text.at[i] == '\r' && !(i + 1 < text.len && text.at[i + 1] == '\n'));
    return n;
}

uint64_t csv_row_lines(const struct csv_row *row)
{
    return row->delimiter ? 1 + csv_line_breaks(row->raw) : 1;
}

/* The delimiter behind the cell that begins at `p`, or the row's end. */
static const char *cell_end(const struct csv_row *row, const char *p)
{
    const char *end = row->raw.at + row->raw.len;
    bool quoted = false;

    for (; p < end && (quoted || *p != row->delimiter); p++)
        if (*p == '"')
            quoted = !quoted; /* a doubled one closes and opens */
    return p;
}

struct csv_place csv_row_place(const struct csv_row *row, size_t cell)
{
    const char *at = row->raw.at, *end = at + row->raw.len, *p = at;
    struct csv_place place = row->begin;

    if (!row->delimiter)
        return row->places && cell < row->cell_n ? row->places[cell] : place;
    for (; cell > 0; cell--) {
        p = cell_end(row, p);
        if (p == end)
            return row->begin;
        p++;
    }
    for (; at < p; at++) {
        bool newline = *at == '\n' || (*at == '\r' && at[1] != '\n');

        place.line += newline;
        place.column = newline ? 1 : place.column + 1;
    }
    return place;
}

size_t csv_row_cell_at(const struct csv_row *row, size_t offset)
{
    const char *p = cell_end(row, row->raw.at);
    size_t cell = 0;

    for (; p < row->raw.at + offset; cell++)
        p = cell_end(row, p + 1);
    return cell;
}
