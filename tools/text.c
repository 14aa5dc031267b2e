/* tools/text.c - escaping what a terminal would obey. */
#include "tools/text.h"

static void add_hex(struct bc_buf *out, const char *at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, "\\x%02x", (unsigned char)at[i]);
}

void text_escape(struct bc_buf *out, struct bc_str s)
{
    size_t good = bc_str_utf8_fault(s); /* well-formed up to here */

    for (size_t i = 0; i < s.len;) {
        unsigned char byte = (unsigned char)s.at[i];
        size_t width = 1;

        if (i == good) {
            struct bc_str rest = { s.at + i + 1, s.len - i - 1 };
            add_hex(out, s.at + i, 1);
            good = i + 1 + bc_str_utf8_fault(rest);
        } else if (byte < 0x20 || byte == 0x7f) {
            add_hex(out, s.at + i, 1);
        } else if (byte == 0xc2 && (unsigned char)s.at[i + 1] < 0xa0) {
            width = 2; /* C1: U+0080 to U+009F */
            add_hex(out, s.at + i, width);
        } else {
            bc_buf_add_byte(out, s.at[i]);
        }
        i += width;
    }
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
