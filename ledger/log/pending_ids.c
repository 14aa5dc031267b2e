/* The last ids are in memory, with a table to find them; those before them in sorted runs, with a
 * filter before them, since nearly every id that is looked up is new:
 *
 *   ids     length (2) | id | length (2) | id ...     in the order of arrival
 *   at      where each begins
 *   table   hash -> index                             ledger/base/table.h
 *     |
 *     | full: sorted, added as one run, put into the filter, and forgotten
 *     v
 *   bloom   hash -> maybe ---> runs   id -> seq */
#include "ledger/log/pending_ids.h"

#include "ledger/base/sort.h"
#include "ledger/base/table.h"
#include "ledger/log/log_impl.h"
#include "ledger/spill/bloom.h"

#include <assert.h>
#include <stdlib.h>

enum {
    EVENT_BYTES = 52, /* of an id in memory, beside itself: in `at`, in the table, for sorting */
    BLOOM_BYTES = 64 << 20,
    AHEAD = 16,
};

struct bc_pending_ids {
    uint64_t first_seq;
    size_t most;
    struct bc_buf ids;
    uint32_t *at;
    size_t n, cap; /* in memory */
    struct bc_table table;
    uint64_t spilled; /* events in the runs */
    struct bc_bloom bloom;
    bc_runs *runs;
};

bc_pending_ids *bc_pending_ids_new(uint64_t first_seq, const char *folder, size_t most)
{
    bc_pending_ids *pending = bc_calloc(1, sizeof(*pending));

    assert(most <= UINT32_MAX);
    pending->first_seq = first_seq;
    pending->most = most;
    pending->runs = bc_runs_new(folder);
    return pending;
}

void bc_pending_ids_free(bc_pending_ids *pending)
{
    if (!pending)
        return;
    bc_buf_release(&pending->ids);
    free(pending->at);
    bc_table_release(&pending->table);
    bc_bloom_release(&pending->bloom);
    bc_runs_free(pending->runs);
    free(pending);
}

uint64_t bc_pending_ids_count(const bc_pending_ids *pending)
{
    return pending->spilled + pending->n;
}

static struct bc_str id_of(const bc_pending_ids *pending, size_t index)
{
    const char *at = pending->ids.at + pending->at[index];
    uint16_t len;

    memcpy(&len, at, sizeof(len));
    return (struct bc_str){ at + sizeof(len), len };
}

/* --- finding --- */

uint64_t bc_pending_ids_expect(const bc_pending_ids *pending, struct bc_str id)
{
    uint64_t hash = bc_str_hash(id);

    bc_table_expect(&pending->table, hash);
    if (pending->spilled)
        bc_bloom_expect(&pending->bloom, hash);
    return hash;
}

static bool find_in_memory(const bc_pending_ids *pending, struct bc_str id, uint64_t hash,
                           uint32_t *out)
{
    struct bc_table_probe probe = bc_table_find(&pending->table, hash);

    while (bc_table_next(&pending->table, &probe, out))
        if (bc_str_eq(id_of(pending, *out), id))
            return true;
    return false;
}

bc_status bc_pending_ids_find(const bc_pending_ids *pending, struct bc_str id, uint64_t hash,
                              uint64_t *out_number, struct bc_err *err)
{
    struct bc_buf seq = { 0 };
    uint32_t index;
    bc_status rc;

    if (find_in_memory(pending, id, hash, &index)) {
        *out_number = pending->spilled + index;
        return BC_OK;
    }
    if (pending->spilled == 0 || !bc_bloom_maybe(&pending->bloom, hash))
        return BC_DONE;
    rc = bc_runs_find(pending->runs, id, &seq, err);
    if (rc == BC_OK)
        *out_number = bc_get_u64(seq.at) - pending->first_seq;
    bc_buf_release(&seq);
    return rc;
}

/* --- adding --- */

/* Those in memory, as bc_pending_ids_each() has them. */
static bc_status each(const bc_pending_ids *pending,
                      bc_status (*take)(void *payload, struct bc_str id, struct bc_str seq,
                                        struct bc_err *err),
                      void *payload, struct bc_err *err)
{
    struct bc_sort_key *keys = bc_reallocarray(NULL, pending->n, sizeof(*keys));
    bc_status rc = BC_OK;

    for (size_t i = 0; i < pending->n; i++) {
        struct bc_str id = id_of(pending, i);

        keys[i] = (struct bc_sort_key){ id.at, (uint32_t)id.len, (uint32_t)i, 0 };
    }
    bc_sort_keys(keys, pending->n);
    for (size_t i = 0; rc == BC_OK && i < pending->n; i++) {
        char seq[BC_SEQ_LEN];

        if (i + AHEAD < pending->n)
            __builtin_prefetch(keys[i + AHEAD].at);
        bc_put_u64(seq, pending->first_seq + pending->spilled + keys[i].index);
        rc = take(payload, (struct bc_str){ keys[i].at, keys[i].len },
                  (struct bc_str){ seq, sizeof(seq) }, err);
    }
    free(keys);
    return rc;
}

static bc_status add_to_run(void *payload, struct bc_str id, struct bc_str seq, struct bc_err *err)
{
    return bc_runs_add(payload, id, seq, err);
}

/* Prefetches some ids ahead. */
static void fill_bloom(bc_pending_ids *pending)
{
    uint64_t hashes[AHEAD];

    if (pending->spilled == 0)
        bc_bloom_init(&pending->bloom, BLOOM_BYTES);
    for (size_t i = 0; i < pending->n + AHEAD; i++) {
        if (i >= AHEAD)
            bc_bloom_add(&pending->bloom, hashes[i % AHEAD]);
        if (i >= pending->n)
            continue;
        hashes[i % AHEAD] = bc_str_hash(id_of(pending, i));
        bc_bloom_expect(&pending->bloom, hashes[i % AHEAD]);
    }
}

/* What is in memory becomes a run. */
static bc_status spill(bc_pending_ids *pending, struct bc_err *err)
{
    bc_status rc = each(pending, add_to_run, pending->runs, err);

    if (rc == BC_OK)
        rc = bc_runs_end(pending->runs, err);
    if (rc < 0)
        return rc;
    fill_bloom(pending);
    bc_table_clear(&pending->table);
    pending->spilled += pending->n;
    pending->n = pending->ids.len = 0;
    return BC_OK;
}

bc_status bc_pending_ids_add(bc_pending_ids *pending, struct bc_str id, uint64_t hash,
                             struct bc_err *err)
{
    const uint16_t len = (uint16_t)id.len;

    assert(id.len <= BC_ID_MAX);
    if (pending->ids.len + pending->n * EVENT_BYTES + BC_ID_MAX > pending->most && pending->n) {
        bc_status rc = spill(pending, err);

        if (rc < 0)
            return rc;
    }
    BC_GROW(pending->at, pending->n, pending->cap);
    pending->at[pending->n] = (uint32_t)pending->ids.len;
    bc_buf_add(&pending->ids, &len, sizeof(len));
    bc_buf_add_str(&pending->ids, id);
    bc_table_add(&pending->table, hash, (uint32_t)pending->n++);
    return BC_OK;
}

bc_status bc_pending_ids_each(const bc_pending_ids *pending,
                              bc_status (*take)(void *payload, struct bc_str id, struct bc_str seq,
                                                struct bc_err *err),
                              void *payload, struct bc_err *err)
{
    assert(pending->spilled == 0);
    return each(pending, take, payload, err);
}

bc_status bc_pending_ids_runs(bc_pending_ids *pending, const bc_runs **out, struct bc_err *err)
{
    bc_status rc = each(pending, add_to_run, pending->runs, err);

    bc_table_release(&pending->table); /* memory that the writers of files can use */
    bc_buf_release(&pending->ids);
    bc_bloom_release(&pending->bloom);
    pending->n = 0;
    if (rc == BC_OK)
        rc = bc_runs_end(pending->runs, err);
    *out = pending->runs;
    return rc;
}
