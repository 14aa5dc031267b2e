/* tools/import/csv/csv_split.c - the texts of a cell that is a list. */
#include "tools/import/csv/csv_blank.h"
#include "tools/import/csv/csv_row.h"

size_t csv_rows_split(const struct csv_rows *rows, struct bc_str **out, struct bc_str text, char by)
{
    const char *at = text.at, *end;
    size_t n = 0, most = 1;

    *out = NULL;
    if (text.len == 0)
        return 0;
    end = at + text.len;
    for (size_t i = 0; i < text.len; i++)
        most += text.at[i] == by;
    *out = bc_arena_alloc(rows->scratch, most * sizeof(**out));
    while (at < end) {
        const char *stop = memchr(at, by, (size_t)(end - at));
        struct bc_str item = { at, (size_t)((stop ? stop : end) - at) };

        item = csv_trimmed(item);
        if (item.len > 0)
            (*out)[n++] = item;
        at = stop ? stop + 1 : end;
    }
    return n;
}
