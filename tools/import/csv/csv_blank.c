#include "tools/import/csv/csv_blank.h"

#include <string.h>

/* Also those that do not break, the thin one and the wide one. */
static const char *const blanks[] = {
    " ", "\t", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE3\x80\x80"
};

size_t csv_blank(struct bc_str text, bool last)
{
    for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
        size_t len = strlen(blanks[i]);

        if (text.len >= len &&
            memcmp(last ? text.at + text.len - len : text.at, blanks[i], len) == 0)
            return len;
    }
    return 0;
}

struct bc_str csv_trimmed(struct bc_str text)
{
    for (size_t n; (n = csv_blank(text, false)) > 0;)
        text = (struct bc_str){ text.at + n, text.len - n };
    for (size_t n; (n = csv_blank(text, true)) > 0;)
        text.len -= n;
    return text;
}
