/* projections/metrics/chain.h - very many small things of one size, told one after another, without
 * ever being copied to a larger place: links of 4 KB.
 *
 *   first -> [ n | item item item ... ] -> [ n | item ... ] -> ... <- last */
#ifndef BC_PROJECTIONS_METRICS_CHAIN_H
#define BC_PROJECTIONS_METRICS_CHAIN_H

#include "ledger/base/mem.h"

#define BC_LINK_BYTES 4080 /* a link and malloc's own word make a page or nearly so */

struct bc_link {
    struct bc_link *next;
    size_t n;
    _Alignas(8) char items[BC_LINK_BYTES];
};

/* `{ 0 }` is empty. */
struct bc_chain {
    struct bc_link *first, *last;
    size_t n; /* items */
};

/* Room for one more item, at most 64 bytes, always the same size for a chain. */
static inline void *bc_chain_add(struct bc_chain *chain, size_t size)
{
    struct bc_link *link = chain->last;

    if (!link || (link->n + 1) * size > BC_LINK_BYTES) {
        link = bc_malloc(sizeof(*link));
        link->next = NULL;
        link->n = 0;
        *(chain->last ? &chain->last->next : &chain->first) = link;
        chain->last = link;
    }
    chain->n++;
    return &link->items[link->n++ * size];
}

/* Moves the items of `from` behind those of `chain`. */
void bc_chain_join(struct bc_chain *chain, struct bc_chain *from);
/* Moves the items into an array, which the caller frees. */
void *bc_chain_take(struct bc_chain *chain, size_t size);
void bc_chain_release(struct bc_chain *chain);

#endif
