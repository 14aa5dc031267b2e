#include "tools/cli/opt_find.h"

#include <string.h>

static bool name_is(const char *name, const char *word, size_t len)
{
    return name && strlen(name) == len && memcmp(name, word, len) == 0;
}

/* One of several names with a blank between two? */
static bool name_among(const char *names, const char *word, size_t len)
{
    bool found = false;

    while (names && *names && !found) {
        size_t one = strcspn(names, " ");

        found = one == len && memcmp(names, word, len) == 0;
        names += one + (names[one] == ' ');
    }
    return found;
}

const struct opt *opt_find(const struct opt *opts, const char *word)
{
    const bool full = strncmp(word, "--", 2) == 0;
    const bool brief = !full && word[0] == '-' && word[1] != '\0' && word[2] == '\0';
    const size_t len = full ? strcspn(word + 2, "=") : 0;

    for (const struct opt *opt = opts; opt->name || opt->value; opt++) {
        if (!opt->name)
            continue;
        if (full && (name_is(opt->name, word + 2, len) || name_among(opt->also, word + 2, len)))
            return opt;
        if (brief && opt->brief == word[1])
            return opt;
    }
    return NULL;
}

const struct opt *opt_find_argument(const struct opt *opts, size_t n)
{
    for (const struct opt *opt = opts; opt->name || opt->value; opt++) {
        if (opt->name)
            continue;
        if (n == 0 || opt->list)
            return opt;
        n--;
    }
    return NULL;
}
