#include "tools/export/xml_text.h"

#include <inttypes.h>

/* XML 1.0, production Char. */
static bool fits(uint32_t c)
{
    return (c >= 0x20 && c != 0xfffe && c != 0xffff) || c == '\t' || c == '\n' || c == '\r';
}

static const char *entity_of(uint32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

size_t xml_text_add(struct bc_buf *out, struct bc_str text)
{
    size_t replaced = 0, len;

    for (size_t i = 0; i < text.len; i += len) {
        const uint32_t c = bc_str_char(text, i, &len);
        const char *entity = entity_of(c);

        if (entity) {
            bc_buf_add_str(out, bc_str_of(entity));
        } else if (!fits(c)) {
            bc_buf_add_str(out, BC_STR("\xef\xbf\xbd"));
            replaced++;
        } else if (bc_char_unsafe(c)) {
            bc_buf_printf(out, "&#x%" PRIx32 ";", c);
        } else {
            bc_buf_add(out, text.at + i, len);
        }
    }
    return replaced;
}
