/* How runs lie in the file:
 *
 *   file    run | run | run ...                 one after the other, as they were made
 *   run     block | block | block ...
 *   block   entry | entry ...                   a new one begins after BLOCK_BYTES
 *   entry   key length (4) | value length (4) | key | value
 *
 * Of each block its place and first key stay in memory. A look-up finds its block among these and
 * reads one block a run; a walk holds one block a run, and a heap of the runs by their next keys.
 */
#include "ledger/spill/runs.h"

#include "ledger/base/search.h"
#include "ledger/base/sort.h"
#include "ledger/spill/temp.h"

#include <assert.h>
#include <stdlib.h>

enum { BLOCK_BYTES = 16 << 10, BUFFER_BYTES = 256 << 10 };

struct lengths {
    uint32_t key, value;
};

struct block {
    uint64_t at;
    size_t key_at; /* among the first keys */
    uint32_t len, key_len;
};

struct run {
    size_t first, n; /* its blocks */
};

struct bc_runs {
    const char *folder;
    struct bc_temp temp;
    bool has_temp, open;
    struct bc_buf buffer; /* what is not in the file yet */
    struct block *blocks;
    size_t block_n, block_cap;
    struct bc_buf keys; /* first ones of blocks */
    struct run *runs;
    size_t n, cap;
};

bc_runs *bc_runs_new(const char *folder)
{
    bc_runs *runs = bc_calloc(1, sizeof(*runs));

    runs->folder = folder;
    return runs;
}

void bc_runs_free(bc_runs *runs)
{
    if (!runs)
        return;
    if (runs->has_temp)
        bc_temp_close(&runs->temp);
    bc_buf_release(&runs->buffer);
    bc_buf_release(&runs->keys);
    free(runs->blocks);
    free(runs->runs);
    free(runs);
}

size_t bc_runs_count(const bc_runs *runs)
{
    return runs->n;
}

/* --- writing --- */

static bc_status flush(bc_runs *runs, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (!runs->has_temp) {
        rc = bc_temp_open(&runs->temp, runs->folder, err);
        runs->has_temp = rc == BC_OK;
    }
    if (rc == BC_OK)
        rc = bc_temp_add(&runs->temp, runs->buffer.at, runs->buffer.len, err);
    runs->buffer.len = 0;
    return rc;
}

static void begin_block(bc_runs *runs, struct bc_str key)
{
    const uint64_t at = (runs->has_temp ? runs->temp.len : 0) + runs->buffer.len;

    BC_GROW(runs->blocks, runs->block_n, runs->block_cap);
    runs->blocks[runs->block_n++] =
        (struct block){ .at = at, .key_at = runs->keys.len, .key_len = (uint32_t)key.len };
    bc_buf_add_str(&runs->keys, key);
    runs->runs[runs->n - 1].n++;
}

bc_status bc_runs_add(bc_runs *runs, struct bc_str key, struct bc_str value, struct bc_err *err)
{
    const struct lengths lengths = { (uint32_t)key.len, (uint32_t)value.len };
    struct block *last;

    assert(key.len <= UINT32_MAX / 4 && value.len <= UINT32_MAX / 4);
    if (!runs->open) {
        BC_GROW(runs->runs, runs->n, runs->cap);
        runs->runs[runs->n++] = (struct run){ .first = runs->block_n };
        runs->open = true;
    }
    if (runs->runs[runs->n - 1].n == 0 || runs->blocks[runs->block_n - 1].len >= BLOCK_BYTES)
        begin_block(runs, key);
    last = &runs->blocks[runs->block_n - 1];
    last->len += (uint32_t)(sizeof(lengths) + key.len + value.len);
    bc_buf_add(&runs->buffer, &lengths, sizeof(lengths));
    bc_buf_add_str(&runs->buffer, key);
    bc_buf_add_str(&runs->buffer, value);
    return runs->buffer.len >= BUFFER_BYTES ? flush(runs, err) : BC_OK;
}

bc_status bc_runs_end(bc_runs *runs, struct bc_err *err)
{
    bc_status rc = runs->open ? flush(runs, err) : BC_OK;

    if (rc == BC_OK)
        runs->open = false;
    return rc;
}

/* --- reading --- */

/* The entries of one run from some block on. */
struct reader {
    size_t next, end; /* blocks */
    struct bc_buf bytes;
    size_t at; /* in bytes: the current entry */
    struct bc_str key, value;
};

static struct bc_str first_key(const bc_runs *runs, size_t block)
{
    return (struct bc_str){ runs->keys.at + runs->blocks[block].key_at,
                            runs->blocks[block].key_len };
}

/* Moves to the next entry; BC_DONE: there is none. */
static bc_status reader_next(struct reader *reader, const bc_runs *runs, struct bc_err *err)
{
    struct lengths lengths;
    const char *entry;

    if (reader->at == reader->bytes.len) {
        const struct block *block = &runs->blocks[reader->next];
        bc_status rc;

        if (reader->next == reader->end)
            return BC_DONE;
        reader->bytes.len = reader->at = 0;
        rc = bc_temp_read(&runs->temp, block->at, bc_buf_room(&reader->bytes, block->len),
                          block->len, err);
        if (rc < 0)
            return rc;
        reader->bytes.len = block->len;
        reader->next++;
    }
    entry = reader->bytes.at + reader->at;
    memcpy(&lengths, entry, sizeof(lengths));
    reader->key = (struct bc_str){ entry + sizeof(lengths), lengths.key };
    reader->value = (struct bc_str){ reader->key.at + lengths.key, lengths.value };
    reader->at += sizeof(lengths) + lengths.key + lengths.value;
    return BC_OK;
}

/* Moves to the first entry of a run whose key is >= first; BC_DONE: there is none. */
static bc_status reader_seek(struct reader *reader, const bc_runs *runs, size_t run,
                             struct bc_str first, struct bc_err *err)
{
    const size_t begin = runs->runs[run].first;
    size_t at;
    bc_status rc;

    reader->end = begin + runs->runs[run].n;
    BC_LOWER_BOUND(at, begin + 1, reader->end, bc_str_cmp(first_key(runs, at), first) < 0);
    reader->next = at - 1; /* it begins before `first`, and may reach there */
    do
        rc = reader_next(reader, runs, err);
    while (rc == BC_OK && bc_str_cmp(reader->key, first) < 0);
    return rc;
}

static size_t ended(const bc_runs *runs)
{
    return runs->n - runs->open;
}

bc_status bc_runs_find(const bc_runs *runs, struct bc_str key, struct bc_buf *value,
                       struct bc_err *err)
{
    struct reader reader = { 0 };
    bc_status rc = BC_DONE;

    for (size_t run = 0; run < ended(runs) && rc == BC_DONE; run++) {
        reader.bytes.len = reader.at = 0;
        rc = reader_seek(&reader, runs, run, key, err);
        if (rc == BC_OK && !bc_str_eq(reader.key, key))
            rc = BC_DONE;
    }
    if (rc == BC_OK) {
        value->len = 0;
        bc_buf_add_str(value, reader.value);
    }
    bc_buf_release(&reader.bytes);
    return rc;
}

/* By the first keys of all blocks, which are all about the same size. */
size_t bc_runs_split(const bc_runs *runs, size_t parts, struct bc_str *firsts)
{
    struct bc_sort_key *keys = bc_reallocarray(NULL, runs->block_n, sizeof(*keys));
    size_t n = 1;

    for (size_t i = 0; i < runs->block_n; i++) {
        struct bc_str key = first_key(runs, i);

        keys[i] = (struct bc_sort_key){ key.at, (uint32_t)key.len, (uint32_t)i, 0 };
    }
    bc_sort_keys(keys, runs->block_n);
    firsts[0] = (struct bc_str){ 0 };
    for (size_t part = 1; part < parts && runs->block_n; part++) {
        const struct bc_sort_key *key = &keys[runs->block_n * part / parts];
        struct bc_str first = { key->at, key->len };

        if (bc_str_cmp(firsts[n - 1], first) < 0)
            firsts[n++] = first;
    }
    free(keys);
    return n;
}

struct bc_runs_walk {
    const bc_runs *runs;
    struct reader *readers; /* by number of their run */
    size_t reader_n;
    size_t *heap; /* of those that are not at their end, the next one on top */
    size_t heap_n;
    bool begun;
};

/* Whether reader a comes before reader b. */
static bool before(const bc_runs_walk *walk, size_t a, size_t b)
{
    int order = bc_str_cmp(walk->readers[a].key, walk->readers[b].key);

    return order ? order < 0 : a < b;
}

/* Lets heap[at] sink to its place. */
static void sink(bc_runs_walk *walk, size_t at)
{
    const size_t moving = walk->heap[at];

    for (;;) {
        size_t child = 2 * at + 1;

        if (child >= walk->heap_n)
            break;
        if (child + 1 < walk->heap_n && before(walk, walk->heap[child + 1], walk->heap[child]))
            child++;
        if (before(walk, moving, walk->heap[child]))
            break;
        walk->heap[at] = walk->heap[child];
        at = child;
    }
    walk->heap[at] = moving;
}

bc_status bc_runs_walk_open(bc_runs_walk **out, const bc_runs *runs, struct bc_str first,
                            struct bc_err *err)
{
    bc_runs_walk *walk = bc_calloc(1, sizeof(*walk));

    walk->runs = runs;
    walk->reader_n = ended(runs);
    walk->readers = bc_calloc(walk->reader_n, sizeof(*walk->readers));
    walk->heap = bc_calloc(walk->reader_n, sizeof(*walk->heap));
    for (size_t run = 0; run < walk->reader_n; run++) {
        bc_status rc = reader_seek(&walk->readers[run], runs, run, first, err);

        if (rc < 0) {
            bc_runs_walk_free(walk);
            return rc;
        }
        if (rc == BC_OK)
            walk->heap[walk->heap_n++] = run;
    }
    for (size_t at = walk->heap_n / 2; at-- > 0;)
        sink(walk, at);
    *out = walk;
    return BC_OK;
}

bc_status bc_runs_walk_next(bc_runs_walk *walk, struct bc_str *key, struct bc_str *value,
                            struct bc_err *err)
{
    const struct reader *top;

    if (walk->begun && walk->heap_n) {
        bc_status rc = reader_next(&walk->readers[walk->heap[0]], walk->runs, err);

        if (rc < 0)
            return rc;
        if (rc == BC_DONE)
            walk->heap[0] = walk->heap[--walk->heap_n];
        if (walk->heap_n)
            sink(walk, 0);
    }
    walk->begun = true;
    if (walk->heap_n == 0)
        return BC_DONE;
    top = &walk->readers[walk->heap[0]];
    *key = top->key;
    *value = top->value;
    return BC_OK;
}

void bc_runs_walk_free(bc_runs_walk *walk)
{
    if (!walk)
        return;
    for (size_t run = 0; run < walk->reader_n; run++)
        bc_buf_release(&walk->readers[run].bytes);
    free(walk->readers);
    free(walk->heap);
    free(walk);
}
