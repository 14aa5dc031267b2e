#include "projections/metrics/chunks.h"

#include <stdlib.h>

struct bc_chunk *bc_chunks_grow(struct bc_chunks *chunks)
{
    const size_t wish = chunks->last ? 4 * chunks->last->bytes : BC_CHUNK_FIRST;
    const size_t bytes = wish < BC_CHUNK_BYTES ? wish : BC_CHUNK_BYTES;
    struct bc_chunk *chunk = bc_malloc(sizeof(*chunk) + bytes);

    chunk->next = NULL;
    chunk->n = 0;
    chunk->bytes = bytes;
    *(chunks->last ? &chunks->last->next : &chunks->first) = chunk;
    chunks->last = chunk;
    return chunk;
}

void bc_chunks_join(struct bc_chunks *chunks, struct bc_chunks *from)
{
    if (!from->first)
        return;
    *(chunks->last ? &chunks->last->next : &chunks->first) = from->first;
    chunks->last = from->last;
    chunks->n += from->n;
    *from = (struct bc_chunks){ 0 };
}

void *bc_chunks_take(struct bc_chunks *chunks, size_t size)
{
    char *items = bc_reallocarray(NULL, chunks->n, size), *at = items;

    for (struct bc_chunk *chunk = chunks->first, *next; chunk; chunk = next) {
        memcpy(at, chunk->items, chunk->n * size);
        at += chunk->n * size;
        next = chunk->next;
        free(chunk);
    }
    *chunks = (struct bc_chunks){ 0 };
    return items;
}

void bc_chunks_release(struct bc_chunks *chunks)
{
    for (struct bc_chunk *chunk = chunks->first, *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    *chunks = (struct bc_chunks){ 0 };
}
