#include "tools/import/csv/csv_line.h"

#include <string.h>

/* How many bytes of a control character, or of what ends a line, a text begins with; 0: of none. */
static size_t control(struct bc_str text)
{
    const unsigned char *byte = (const unsigned char *)text.at;

    if (byte[0] < 0x80)
        return (byte[0] > 0 && byte[0] < 0x20) || byte[0] == 0x7f;
    if (byte[0] == 0xC2)
        return text.len > 1 && byte[1] < 0xA0 ? 2 : 0;
    if (text.len < 3)
        return 0;
    if (byte[0] == 0xE2 && byte[1] == 0x80 && (byte[2] == 0xA8 || byte[2] == 0xA9))
        return 3;
    return byte[0] == 0xEF && byte[1] == 0xBB && byte[2] == 0xBF ? 3 : 0;
}

/* Where the first of them stands, or the length. */
static size_t first_control(struct bc_str text)
{
    size_t at = 0;

    while (at < text.len && control((struct bc_str){ text.at + at, text.len - at }) == 0)
        at++;
    return at;
}

size_t csv_line_make(char *text, size_t len)
{
    size_t out = 0;
    bool blank = false;

    for (size_t at = 0, n; at < len; at += n ? n : 1) {
        n = control((struct bc_str){ text + at, len - at });
        if (n == 0)
            text[out++] = text[at];
        else if (!blank)
            text[out++] = ' ';
        blank = n > 0;
    }
    return out;
}

struct bc_str csv_line(bc_arena *arena, struct bc_str text)
{
    char *copy;

    if (first_control(text) == text.len)
        return text;
    copy = bc_arena_alloc(arena, text.len + 1);
    memcpy(copy, text.at, text.len);
    text.len = csv_line_make(copy, text.len);
    copy[text.len] = '\0';
    return (struct bc_str){ copy, text.len };
}
