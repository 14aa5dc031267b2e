/* A row for each event and deal, in the order of their coming; grouped by deal only at the end, or
 * when the room is used up:
 *
 *   rows    | d7 +0 | d2 +1 | d7 +2 | ...     deal, seq behind the first, where its facts begin
 *   facts   | f f f | f     | f f   | ...     one behind the other
 *   ranks     d1 > d0, d2 > d1, ...           place of each deal in byte order
 *   order   | 1 5 9 | 2 | 0 3 7 ...           rows, by the rank of their deal, then as they came
 *   starts    0       3   4 ...               where the rows of a rank begin in `order`
 *
 * What goes into the file is a run: each deal with
 *
 *   number of seqs (4 bytes) | seqs | facts
 *
 * Deal 0 is "", for what is filed under no deal. */
#include "projections/timelines/gather.h"

#include "ledger/spill/runs.h"

#include <assert.h>
#include <stdlib.h>

#include <endian.h>

enum {
    NO_DEAL = 0,
    TABLE_FIRST = 1024,
    WORD_LEN = 8, /* facts are rows of words */
    DEAL_COST = 96,
    ROW_COST = 16,
};

struct row {
    uint32_t deal, seq, facts_at; /* seq: less `first`; facts_at: in words */
};

/* A deal on its way to its rank: first by the bytes behind what all names begin with. */
struct ranked {
    uint64_t front;
    const struct bc_str *name;
};

struct bc_gather {
    bc_string_table *strings;
    size_t room, arena_used;
    struct bc_runs *runs;
    const char *folder;
    struct row *rows;
    size_t row_n, row_cap;
    uint64_t first; /* seq of the first event of the rows */
    struct bc_buf facts;
    struct bc_str *names; /* of deals */
    size_t deal_n, deal_cap;
    uint64_t *table; /* hash << 32 | deal + 1; open addressing, at most half full */
    size_t table_size;
    bc_arena *arena;
    struct bc_fact *retractions;
    size_t retraction_n, retraction_cap;
    uint64_t facts_bytes; /* in the file, too */
    struct bc_buf middle;
    /* once sorted */
    struct ranked *ranked;
    uint32_t *order, *starts;
};

/* --- deals --- */

static uint32_t deal_of(bc_gather *gather, struct bc_str name);

static void forget_deals(bc_gather *gather)
{
    memset(gather->table, 0, gather->table_size * sizeof(*gather->table));
    bc_arena_reset(gather->arena);
    gather->deal_n = 0;
    gather->arena_used = 0;
    (void)deal_of(gather, (struct bc_str){ 0 });
}

static void grow_table(bc_gather *gather)
{
    uint64_t *old = gather->table;
    size_t old_size = gather->table_size;

    gather->table_size *= 2;
    gather->table = bc_calloc(gather->table_size, sizeof(*gather->table));
    for (size_t i = 0; i < old_size; i++) {
        size_t slot = old[i] >> 32 & (gather->table_size - 1);

        if (!old[i])
            continue;
        while (gather->table[slot])
            slot = (slot + 1) & (gather->table_size - 1);
        gather->table[slot] = old[i];
    }
    free(old);
}

static uint32_t deal_of(bc_gather *gather, struct bc_str name)
{
    const uint32_t hash = (uint32_t)bc_str_hash(name);
    size_t slot = hash & (gather->table_size - 1);

    for (; gather->table[slot]; slot = (slot + 1) & (gather->table_size - 1)) {
        uint32_t deal = (uint32_t)gather->table[slot] - 1;

        if (gather->table[slot] >> 32 == hash && bc_str_eq(gather->names[deal], name))
            return deal;
    }
    assert(gather->deal_n < UINT32_MAX / 2);
    BC_GROW(gather->names, gather->deal_n, gather->deal_cap);
    gather->names[gather->deal_n++] = bc_arena_copy(gather->arena, name);
    gather->arena_used += name.len;
    gather->table[slot] = (uint64_t)hash << 32 | gather->deal_n;
    if (2 * gather->deal_n > gather->table_size)
        grow_table(gather);
    return (uint32_t)gather->deal_n - 1;
}

bc_gather *bc_gather_new(bc_string_table *strings, size_t room, const char *folder)
{
    bc_gather *gather = bc_calloc(1, sizeof(*gather));

    gather->strings = strings;
    gather->room = room;
    gather->folder = folder;
    gather->table_size = TABLE_FIRST;
    gather->table = bc_calloc(gather->table_size, sizeof(*gather->table));
    gather->arena = bc_arena_new();
    forget_deals(gather);
    return gather;
}

void bc_gather_free(bc_gather *gather)
{
    if (!gather)
        return;
    bc_runs_free(gather->runs);
    free(gather->rows);
    bc_buf_release(&gather->facts);
    free(gather->names);
    free(gather->table);
    bc_arena_free(gather->arena);
    free(gather->retractions);
    bc_buf_release(&gather->middle);
    free(gather->ranked);
    free(gather->order);
    free(gather->starts);
    free(gather);
}

/* --- sorting --- */

static int by_name(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;

    if (left->front != right->front)
        return left->front < right->front ? -1 : 1;
    return bc_str_cmp(*left->name, *right->name);
}

/* How many bytes all names but "" begin with. */
static size_t common_front(const bc_gather *gather)
{
    struct bc_str front = gather->deal_n > 1 ? gather->names[1] : (struct bc_str){ 0 };

    for (size_t i = 2; i < gather->deal_n; i++) {
        struct bc_str name = gather->names[i];

        if (front.len > name.len)
            front.len = name.len;
        while (front.len && memcmp(front.at, name.at, front.len) != 0)
            front.len--;
    }
    return front.len;
}

static void rank_deals(bc_gather *gather)
{
    const size_t skip = common_front(gather);

    gather->ranked = bc_reallocarray(gather->ranked, gather->deal_n, sizeof(*gather->ranked));
    for (size_t i = 0; i < gather->deal_n; i++) {
        struct bc_str name = gather->names[i];
        uint64_t front = 0;

        if (name.len > skip)
            memcpy(&front, name.at + skip, name.len - skip < 8 ? name.len - skip : 8);
        gather->ranked[i] = (struct ranked){ be64toh(front), &gather->names[i] };
    }
    qsort(gather->ranked, gather->deal_n, sizeof(*gather->ranked), by_name);
}

/* Groups the rows by deal. */
static void sort(bc_gather *gather)
{
    const size_t n = gather->deal_n;
    uint32_t *ranks = bc_reallocarray(NULL, n, sizeof(*ranks));
    uint32_t *next = bc_calloc(n + 1, sizeof(*next));

    rank_deals(gather);
    for (size_t rank = 0; rank < n; rank++)
        ranks[gather->ranked[rank].name - gather->names] = (uint32_t)rank;
    for (size_t i = 0; i < gather->row_n; i++)
        next[ranks[gather->rows[i].deal] + 1]++;
    for (size_t rank = 0; rank < n; rank++)
        next[rank + 1] += next[rank];
    gather->starts = bc_reallocarray(gather->starts, n + 1, sizeof(*gather->starts));
    memcpy(gather->starts, next, (n + 1) * sizeof(*next));
    gather->order = bc_reallocarray(gather->order, gather->row_n, sizeof(*gather->order));
    for (size_t i = 0; i < gather->row_n; i++)
        gather->order[next[ranks[gather->rows[i].deal]]++] = (uint32_t)i;
    free(ranks);
    free(next);
}

static void put_seqs(const bc_gather *gather, size_t rank, struct bc_buf *out)
{
    const uint32_t begin = gather->starts[rank], end = gather->starts[rank + 1];
    char *at = bc_buf_room(out, (size_t)(end - begin) * BC_SEQ_BYTES);

    for (uint32_t i = begin; i < end; i++, at += BC_SEQ_BYTES)
        bc_seq_put(at, gather->first + gather->rows[gather->order[i]].seq);
    out->len += (size_t)(end - begin) * BC_SEQ_BYTES;
}

static void put_facts(const bc_gather *gather, size_t rank, struct bc_buf *out)
{
    for (uint32_t i = gather->starts[rank]; i < gather->starts[rank + 1]; i++) {
        const size_t row = gather->order[i];
        const size_t begin = (size_t)gather->rows[row].facts_at * WORD_LEN;
        const size_t end = row + 1 < gather->row_n
                               ? (size_t)gather->rows[row + 1].facts_at * WORD_LEN
                               : gather->facts.len;

        bc_buf_add_str(out, bc_str_part(bc_buf_str(&gather->facts), begin, end));
    }
}

/* --- what does not fit --- */

static bc_status spill(bc_gather *gather, struct bc_err *err)
{
    struct bc_buf value = { 0 };
    bc_status rc = BC_OK;

    if (!gather->runs)
        gather->runs = bc_runs_new(gather->folder);
    sort(gather);
    if (gather->deal_n > 1) {
        gather->middle.len = 0;
        bc_buf_add_str(&gather->middle, *gather->ranked[gather->deal_n / 2].name);
    }
    for (size_t rank = 0; rc == BC_OK && rank < gather->deal_n; rank++) {
        const uint32_t n = gather->starts[rank + 1] - gather->starts[rank];

        if (n == 0)
            continue;
        value.len = 0;
        bc_buf_add(&value, &n, sizeof(n));
        put_seqs(gather, rank, &value);
        put_facts(gather, rank, &value);
        rc = bc_runs_add(gather->runs, *gather->ranked[rank].name, bc_buf_str(&value), err);
    }
    if (rc == BC_OK)
        rc = bc_runs_end(gather->runs, err);
    bc_buf_release(&value);
    gather->row_n = 0;
    gather->facts.len = 0;
    forget_deals(gather);
    return rc;
}

static bool is_full(const bc_gather *gather)
{
    return gather->room && gather->row_n * (sizeof(struct row) + sizeof(*gather->order)) +
                                   gather->facts.len + gather->deal_n * DEAL_COST +
                                   gather->arena_used >=
                               gather->room;
}

/* --- adding --- */

static void add_row(bc_gather *gather, uint32_t deal, uint64_t seq)
{
    BC_GROW(gather->rows, gather->row_n, gather->row_cap);
    gather->rows[gather->row_n++] = (struct row){ deal, (uint32_t)(seq - gather->first),
                                                  (uint32_t)(gather->facts.len / WORD_LEN) };
}

static void keep_retraction(bc_gather *gather, const struct bc_event *event, uint64_t seq)
{
    BC_GROW(gather->retractions, gather->retraction_n, gather->retraction_cap);
    gather->retractions[gather->retraction_n++] =
        (struct bc_fact){ .kind = BC_FACT_RETRACTED,
                          .seq = seq,
                          .occurred_us = event->occurred_us,
                          .has_source_recorded = event->has_source_recorded,
                          .source_recorded_us = event->source_recorded_us };
}

bc_status bc_gather_add(bc_gather *gather, const struct bc_event *event, uint64_t seq,
                        struct bc_err *err)
{
    const uint32_t deal = deal_of(gather, event->deal);
    const size_t before = gather->facts.len;

    if (gather->row_n == 0)
        gather->first = seq;
    assert(seq - gather->first <= UINT32_MAX && gather->row_n < UINT32_MAX);
    if (deal != NO_DEAL && bc_fact_owner(event).len == 0)
        add_row(gather, deal, seq);
    add_row(gather, bc_fact_owner(event).len ? deal : NO_DEAL, seq);
    if (event->body == BC_RETRACTED)
        keep_retraction(gather, event, seq);
    else
        bc_facts_add(&gather->facts, event, seq, gather->strings);
    gather->facts_bytes += gather->facts.len - before;
    return is_full(gather) ? spill(gather, err) : BC_OK;
}

const struct bc_fact *bc_gather_retractions(const bc_gather *gather, size_t *out_n)
{
    *out_n = gather->retraction_n;
    return gather->retractions;
}

uint64_t bc_gather_facts_bytes(const bc_gather *gather)
{
    return gather->facts_bytes;
}

bool bc_gather_is_small(const bc_gather *gather)
{
    return !gather->runs;
}

/* --- walking --- */

bc_status bc_gather_end(bc_gather *gather, struct bc_err *err)
{
    bc_status rc;

    if (!gather->runs) {
        sort(gather);
        return BC_OK;
    }
    rc = spill(gather, err);
    free(gather->rows);
    free(gather->order);
    gather->rows = NULL;
    gather->order = NULL;
    gather->row_cap = 0;
    bc_buf_release(&gather->facts);
    return rc;
}

struct bc_str bc_gather_middle(const bc_gather *gather)
{
    return gather->runs ? bc_buf_str(&gather->middle) : *gather->ranked[gather->deal_n / 2].name;
}

struct bc_gather_walk {
    const bc_gather *gather;
    struct bc_runs_walk *runs; /* NULL: all of it is in memory, from `rank` on */
    size_t rank;
    bool have;
    struct bc_str key, value; /* of the runs, while `have` */
    struct bc_buf deal, seqs, facts;
};

static bc_status next_of_runs(struct bc_gather_walk *walk, struct bc_err *err)
{
    bc_status rc = bc_runs_walk_next(walk->runs, &walk->key, &walk->value, err);

    walk->have = rc == BC_OK;
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_gather_walk_open(bc_gather_walk **out, const bc_gather *gather, struct bc_str first,
                              struct bc_err *err)
{
    bc_gather_walk *walk = bc_calloc(1, sizeof(*walk));
    size_t high = gather->deal_n;
    bc_status rc = BC_OK;

    walk->gather = gather;
    if (gather->runs) {
        rc = bc_runs_walk_open(&walk->runs, gather->runs, first, err);
        if (rc == BC_OK)
            rc = next_of_runs(walk, err);
    }
    while (!gather->runs && walk->rank < high) {
        size_t middle = walk->rank + (high - walk->rank) / 2;

        if (bc_str_cmp(*gather->ranked[middle].name, first) < 0)
            walk->rank = middle + 1;
        else
            high = middle;
    }
    if (rc < 0) {
        bc_gather_walk_free(walk);
        return rc;
    }
    *out = walk;
    return BC_OK;
}

/* The next deal of the runs: what each of them has, in their order, which is that of seqs. */
static bc_status join_runs(struct bc_gather_walk *walk, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (!walk->have)
        return BC_DONE;
    walk->deal.len = 0;
    bc_buf_add_str(&walk->deal, walk->key);
    while (rc == BC_OK && walk->have && bc_str_eq(walk->key, bc_buf_str(&walk->deal))) {
        uint32_t n;
        size_t facts_at;

        memcpy(&n, walk->value.at, sizeof(n));
        facts_at = sizeof(n) + (size_t)n * BC_SEQ_BYTES;
        bc_buf_add(&walk->seqs, walk->value.at + sizeof(n), (size_t)n * BC_SEQ_BYTES);
        bc_buf_add(&walk->facts, walk->value.at + facts_at, walk->value.len - facts_at);
        rc = next_of_runs(walk, err);
    }
    return rc;
}

bc_status bc_gather_walk_next(bc_gather_walk *walk, struct bc_deal_rows *out, struct bc_err *err)
{
    const bc_gather *gather = walk->gather;

    walk->seqs.len = walk->facts.len = 0;
    if (walk->runs) {
        bc_status rc = join_runs(walk, err);

        if (rc != BC_OK)
            return rc;
        out->deal = bc_buf_str(&walk->deal);
    } else {
        while (walk->rank < gather->deal_n &&
               gather->starts[walk->rank] == gather->starts[walk->rank + 1])
            walk->rank++;
        if (walk->rank >= gather->deal_n)
            return BC_DONE;
        out->deal = *gather->ranked[walk->rank].name;
        put_seqs(gather, walk->rank, &walk->seqs);
        put_facts(gather, walk->rank, &walk->facts);
        walk->rank++;
    }
    out->seqs = bc_buf_str(&walk->seqs);
    out->facts = bc_buf_str(&walk->facts);
    return BC_OK;
}

void bc_gather_walk_free(bc_gather_walk *walk)
{
    if (!walk)
        return;
    bc_runs_walk_free(walk->runs);
    bc_buf_release(&walk->deal);
    bc_buf_release(&walk->seqs);
    bc_buf_release(&walk->facts);
    free(walk);
}
