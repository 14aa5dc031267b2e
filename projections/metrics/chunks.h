/* projections/metrics/chunks.h - a list of very many small items of one size, which are never
 * copied to a larger place: chunks of 4 KB.
 *
 *   first -> [ n | item item item ... ] -> [ n | item ... ] -> ... <- last */
#ifndef BC_PROJECTIONS_METRICS_CHUNKS_H
#define BC_PROJECTIONS_METRICS_CHUNKS_H

#include "ledger/base/mem.h"

#define BC_CHUNK_BYTES 4080 /* a chunk and malloc's own word fill about a page */

struct bc_chunk {
    struct bc_chunk *next;
    size_t n;
    _Alignas(8) char items[BC_CHUNK_BYTES];
};

/* `{ 0 }` is empty. */
struct bc_chunks {
    struct bc_chunk *first, *last;
    size_t n; /* items */
};

/* Room for one more item, at most 64 bytes, always the same size for a list. */
static inline void *bc_chunks_add(struct bc_chunks *chunks, size_t size)
{
    struct bc_chunk *chunk = chunks->last;

    if (!chunk || (chunk->n + 1) * size > BC_CHUNK_BYTES) {
        chunk = bc_malloc(sizeof(*chunk));
        chunk->next = NULL;
        chunk->n = 0;
        *(chunks->last ? &chunks->last->next : &chunks->first) = chunk;
        chunks->last = chunk;
    }
    chunks->n++;
    return &chunk->items[chunk->n++ * size];
}

/* Moves the items of `from` to the end of `chain`. */
void bc_chunks_join(struct bc_chunks *chunks, struct bc_chunks *from);
/* Moves the items into an array, which the caller frees. */
void *bc_chunks_take(struct bc_chunks *chunks, size_t size);
void bc_chunks_release(struct bc_chunks *chunks);

#endif
