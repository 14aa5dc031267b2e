#include "tools/site/frame/once.h"

#include <stdlib.h>
#include <string.h>

struct kept *once_find(const struct once *once, struct bc_str asked)
{
    for (size_t i = 0; i < once->n; i++)
        if (bc_str_eq(asked, bc_str_of(once->at[i].asked)))
            return once->at[i].kept;
    return NULL;
}

void once_add(struct once *once, struct bc_str asked, struct kept *kept)
{
    BC_GROW(once->at, once->n, once->cap);
    once->at[once->n++] = (struct once_answer){ bc_strdup(asked), kept };
}

void once_trim(struct once *once, size_t most)
{
    const size_t gone = once->n > most ? once->n - most : 0;

    for (size_t i = 0; i < gone; i++) {
        free(once->at[i].asked);
        kept_free(once->at[i].kept);
    }
    once->n -= gone;
    if (gone)
        memmove(once->at, once->at + gone, once->n * sizeof(*once->at));
    if (once->n == 0) {
        free(once->at);
        *once = (struct once){ 0 };
    }
}
