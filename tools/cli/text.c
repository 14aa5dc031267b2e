/* tools/cli/text.c - escapes what a terminal would obey, or would display misleadingly. */
#include "tools/cli/text.h"

#include <inttypes.h>

/* Adds the character at `at`, and returns its bytes. */
static size_t add_char(struct bc_buf *out, struct bc_str s, size_t at)
{
    size_t len;
    uint32_t c = bc_str_char(s, at, &len);

    if (!bc_char_unsafe(c))
        bc_buf_add(out, s.at + at, len);
    else
        bc_buf_printf(out, len == 1 ? "\\x%02" PRIx32 : "\\u{%" PRIx32 "}", c);
    return len;
}

void text_escape(struct bc_buf *out, struct bc_str s)
{
    size_t good = bc_str_utf8_fault(s); /* well-formed up to here */

    for (size_t i = 0; i < s.len;) {
        if (i < good) {
            i += add_char(out, s, i);
            continue;
        }
        bc_buf_printf(out, "\\x%02x", (unsigned char)s.at[i]);
        i++;
        good = i + bc_str_utf8_fault((struct bc_str){ s.at + i, s.len - i });
    }
}

void text_markup(struct bc_buf *out, struct bc_str s)
{
    struct bc_buf safe = { 0 };

    text_escape(&safe, s);
    for (size_t i = 0; i < safe.len; i++) {
        const char c = safe.at[i];

        if (c == '&')
            bc_buf_add_str(out, BC_STR("&amp;"));
        else if (c == '<')
            bc_buf_add_str(out, BC_STR("&lt;"));
        else if (c == '>')
            bc_buf_add_str(out, BC_STR("&gt;"));
        else if (c == '"')
            bc_buf_add_str(out, BC_STR("&quot;"));
        else if (c == '\'')
            bc_buf_add_str(out, BC_STR("&#39;"));
        else
            bc_buf_add_byte(out, c);
    }
    bc_buf_release(&safe);
}

void text_put(FILE *out, struct bc_str s)
{
    struct bc_buf safe = { 0 };

    text_escape(&safe, s);
    fwrite(safe.at ? safe.at : "", 1, safe.len, out);
    bc_buf_release(&safe);
}

size_t text_cut(struct bc_str s, size_t max)
{
    size_t len = max;

    if (s.len <= max)
        return s.len;
    while (len > 0 && ((unsigned char)s.at[len] & 0xc0) == 0x80)
        len--;
    return len;
}
