#include "tools/discover/discover_listed.h"

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
