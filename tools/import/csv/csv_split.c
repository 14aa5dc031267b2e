/* tools/import/csv/csv_split.c - the texts of a cell that is a list. */
#include "tools/import/csv/csv_row.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

size_t csv_rows_split(const struct csv_rows *rows, struct bc_str **out, struct bc_str text, char by)
{
    const char *at = text.at, *end;
    size_t n = 0, most = 1;

    if (text.len == 0)
        return 0;
    end = at + text.len;
    for (size_t i = 0; i < text.len; i++)
        most += text.at[i] == by;
    *out = bc_arena_alloc(rows->scratch, most * sizeof(**out));
    while (at < end) {
        const char *stop = memchr(at, by, (size_t)(end - at)), *last = stop ? stop : end;

        while (at < last && is_blank(*at))
            at++;
        while (last > at && is_blank(last[-1]))
            last--;
        if (last > at)
            (*out)[n++] = (struct bc_str){ at, (size_t)(last - at) };
        at = stop ? stop + 1 : end;
    }
    return n;
}
