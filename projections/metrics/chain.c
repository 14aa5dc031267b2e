#include "projections/metrics/chain.h"

#include <stdlib.h>

void bc_chain_join(struct bc_chain *chain, struct bc_chain *from)
{
    if (!from->first)
        return;
    *(chain->last ? &chain->last->next : &chain->first) = from->first;
    chain->last = from->last;
    chain->n += from->n;
    *from = (struct bc_chain){ 0 };
}

void *bc_chain_take(struct bc_chain *chain, size_t size)
{
    char *items = bc_reallocarray(NULL, chain->n, size), *at = items;

    for (struct bc_link *link = chain->first, *next; link; link = next) {
        memcpy(at, link->items, link->n * size);
        at += link->n * size;
        next = link->next;
        free(link);
    }
    *chain = (struct bc_chain){ 0 };
    return items;
}

void bc_chain_release(struct bc_chain *chain)
{
    for (struct bc_link *link = chain->first, *next; link; link = next) {
        next = link->next;
        free(link);
    }
    *chain = (struct bc_chain){ 0 };
}
