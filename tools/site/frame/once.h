/* tools/site/frame/once.h - for insiders: answers that are asked once until the ledger has
 * changed. */
#ifndef BC_TOOLS_SITE_FRAME_ONCE_H
#define BC_TOOLS_SITE_FRAME_ONCE_H

#include "tools/print/kept.h"

struct once_answer {
    char *asked; /* all that it depends on but the ledger */
    struct kept *kept;
};

/* Zeroed at first. */
struct once {
    struct once_answer *at; /* the oldest first */
    size_t n, cap;
};

/* NULL: not asked yet. */
struct kept *once_find(const struct once *once, struct bc_str asked);
/* Takes the answer. */
void once_add(struct once *once, struct bc_str asked, struct kept *kept);
/* Gives back the oldest, but so many: while nobody reads them. */
void once_trim(struct once *once, size_t most);

#endif
