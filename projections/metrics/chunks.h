/* projections/metrics/chunks.h - a list of small items of one size, which are never copied to a
 * larger place: chunks that grow to 4 KB, so that a few items take little, and very many are no
 * more than their chunks.
 *
 *   first -> [ n | item item ] -> [ n | item item item ... ] -> ... <- last */
#ifndef BC_PROJECTIONS_METRICS_CHUNKS_H
#define BC_PROJECTIONS_METRICS_CHUNKS_H

#include "ledger/base/mem.h"

#define BC_CHUNK_FIRST 240
#define BC_CHUNK_BYTES 4064 /* a chunk and malloc's own word fill about a page */

struct bc_chunk {
    struct bc_chunk *next;
    size_t n, bytes;
    _Alignas(8) char items[];
};

/* `{ 0 }` is empty. */
struct bc_chunks {
    struct bc_chunk *first, *last;
    size_t n; /* items */
};

/* One more chunk. */
struct bc_chunk *bc_chunks_grow(struct bc_chunks *chunks);

/* Room for one more item, at most 64 bytes, always the same size for a list. */
static inline void *bc_chunks_add(struct bc_chunks *chunks, size_t size)
{
    struct bc_chunk *chunk = chunks->last;

    if (!chunk || (chunk->n + 1) * size > chunk->bytes)
        chunk = bc_chunks_grow(chunks);
    chunks->n++;
    return &chunk->items[chunk->n++ * size];
}

/* Moves the items of `from` to the end of `chain`. */
void bc_chunks_join(struct bc_chunks *chunks, struct bc_chunks *from);
/* Moves the items into an array, which the caller frees. */
void *bc_chunks_take(struct bc_chunks *chunks, size_t size);
void bc_chunks_release(struct bc_chunks *chunks);

#endif
