#include "tools/cli/letters.h"

#include <ctype.h>

/* The letters of U+00C0 to U+017F without their accents; what has none is no letter. */
static const char plain[] = "aaaaaaaceeeeiiiidnooooo ouuuuyts"
                            "aaaaaaaceeeeiiiidnooooo ouuuuyty"
                            "aaaaaaccccccccddddeeeeeeeeeegggg"
                            "gggghhhhiiiiiiiiiiiijjkkklllllll"
                            "lllnnnnnnnnnoooooooorrrrrrssssss"
                            "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static char plain_letter(uint32_t c)
{
    if (c >= 0xc0 && c < 0x180)
        return plain[c - 0xc0];
    if (c >= 0x80)
        return ' ';
    if (!isalnum((int)c))
        return ' ';
    return (char)tolower((int)c);
}

/* The character at `at`; a byte that is no UTF-8 is like a blank. *fault: the next such byte. */
static uint32_t next(struct bc_str text, size_t at, size_t *len, size_t *fault)
{
    if (at < *fault)
        return bc_str_char(text, at, len);
    *len = 1;
    *fault = at + 1 + bc_str_utf8_fault(bc_str_part(text, at + 1, text.len));
    return ' ';
}

void letters_of(struct bc_buf *out, struct bc_str text, char between)
{
    const size_t begin = out->len;
    size_t len = 1, fault = bc_str_utf8_fault(text);

    for (size_t at = 0; at < text.len; at += len) {
        uint32_t c = next(text, at, &len, &fault);
        char letter = plain_letter(c);

        if (c == 0xdf) /* the one that is two letters */
            bc_buf_add_byte(out, 's');
        if (letter != ' ')
            bc_buf_add_byte(out, letter);
        else if (c >= 0x180 && !bc_char_unsafe(c) && !bc_char_blank(c) && c != 0x2013 &&
                 c != 0x2014 && c != 0x2026 && !(c >= 0x2018 && c <= 0x201f)) /* other scripts */
            bc_buf_add(out, text.at + at, len);
        else if (between && out->len > begin && out->at[out->len - 1] != between)
            bc_buf_add_byte(out, between);
    }
    while (between && out->len > begin && out->at[out->len - 1] == between)
        out->len--;
}
