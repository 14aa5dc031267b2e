#include "tools/discover/discover_fold.h"

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

void discover_fold(struct bc_buf *out, struct bc_str text, char between)
{
    const size_t begin = out->len;
    size_t len = 1;

    for (size_t at = 0; at < text.len; at += len) {
        uint32_t c = bc_str_char(text, at, &len);
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

bool discover_listed(unsigned *at, const char *list, struct bc_str word)
{
    unsigned n = 0;

    for (const char *p = list; *p; n++) {
        const char *end = strchr(p, ' ');
        size_t len = end ? (size_t)(end - p) : strlen(p);

        if (word.len > 0 && bc_str_eq((struct bc_str){ p, len }, word)) {
            *at = n;
            return true;
        }
        p += len + (end != NULL);
    }
    return false;
}
