/* A row for each event and deal, in order of arrival; grouped by deal only at the end, or when the
 * room is used up:
 *
 *   rows    | d7 +0 | d2 +1 | d7 +2 | ...     deal, seq less the first, where its facts begin
 *   facts   | f f f | f     | f f   | ...     one after the other; those of the learning half alike
 *   ranks     d1 > d0, d2 > d1, ...           place of each deal in byte order
 *   order   | 1 5 9 | 2 | 0 3 7 ...           rows, by the rank of their deal, then as they came
 *   starts    0       3   4 ...               where the rows of a rank begin in `order`
 *
 * What goes into the file is a run: each deal with
 *
 *   number of seqs (4 bytes) | bytes of facts (4 bytes) | seqs | facts | facts of learning
 *
 * Deal 0 is "", for what belongs to no deal. */
#include "projections/timelines/collector.h"

#include "ledger/base/search.h"
#include "ledger/base/sort.h"
#include "ledger/base/table.h"
#include "ledger/spill/runs.h"
#include "projections/facts/learning.h"

#include <assert.h>
#include <stdlib.h>

enum {
    NO_DEAL = 0,
    WORD_LEN = 8, /* facts are rows of words */
    DEAL_COST = 96,
};

struct row {
    uint32_t deal, seq, facts_at, learning_at; /* seq: less `first`; the places: in words */
};

enum { HEAD_N = 2 }; /* numbers at the beginning of a deal in a run */

struct bc_collector {
    bc_string_table *strings;
    size_t room, arena_used;
    struct bc_runs *runs;
    const char *folder;
    struct row *rows;
    size_t row_n, row_cap;
    uint64_t first; /* seq of the first event of the rows */
    struct bc_buf facts, learning;
    struct bc_str *names; /* of deals */
    size_t deal_n, deal_cap;
    struct bc_table table; /* of them */
    bc_arena *arena;
    struct bc_fact *retractions;
    size_t retraction_n, retraction_cap;
    struct bc_buf middle;
    /* once sorted */
    struct bc_sort_key *ranked; /* index: the deal */
    uint32_t *order, *starts;
};

/* --- deals --- */

static uint32_t deal_of(bc_collector *collector, struct bc_str name);

static void forget_deals(bc_collector *collector)
{
    bc_table_clear(&collector->table);
    bc_arena_reset(collector->arena);
    collector->deal_n = 0;
    collector->arena_used = 0;
    (void)deal_of(collector, (struct bc_str){ 0 });
}

static uint32_t deal_of(bc_collector *collector, struct bc_str name)
{
    const uint64_t hash = bc_str_hash(name);
    struct bc_table_probe probe = bc_table_find(&collector->table, hash);
    uint32_t deal;

    while (bc_table_next(&collector->table, &probe, &deal))
        if (bc_str_eq(collector->names[deal], name))
            return deal;
    assert(collector->deal_n < UINT32_MAX / 2);
    BC_GROW(collector->names, collector->deal_n, collector->deal_cap);
    deal = (uint32_t)collector->deal_n++;
    collector->names[deal] = bc_arena_copy(collector->arena, name);
    collector->arena_used += name.len;
    bc_table_add(&collector->table, hash, deal);
    return deal;
}

bc_collector *bc_collector_new(bc_string_table *strings, size_t room, const char *folder)
{
    bc_collector *collector = bc_calloc(1, sizeof(*collector));

    collector->strings = strings;
    collector->room = room;
    collector->folder = folder;
    collector->arena = bc_arena_new();
    forget_deals(collector);
    return collector;
}

void bc_collector_free(bc_collector *collector)
{
    if (!collector)
        return;
    bc_runs_free(collector->runs);
    free(collector->rows);
    bc_buf_release(&collector->facts);
    bc_buf_release(&collector->learning);
    free(collector->names);
    bc_table_release(&collector->table);
    bc_arena_free(collector->arena);
    free(collector->retractions);
    bc_buf_release(&collector->middle);
    free(collector->ranked);
    free(collector->order);
    free(collector->starts);
    free(collector);
}

/* --- sorting --- */

static struct bc_str name_at(const bc_collector *collector, size_t rank)
{
    return collector->names[collector->ranked[rank].index];
}

static void rank_deals(bc_collector *collector)
{
    collector->ranked =
        bc_reallocarray(collector->ranked, collector->deal_n, sizeof(*collector->ranked));
    for (size_t i = 0; i < collector->deal_n; i++) {
        const struct bc_str name = collector->names[i];

        collector->ranked[i] =
            (struct bc_sort_key){ .at = name.at, .len = (uint32_t)name.len, .index = (uint32_t)i };
    }
    bc_sort_keys(collector->ranked, collector->deal_n);
}

/* Groups the rows by deal. */
static void sort(bc_collector *collector)
{
    const size_t n = collector->deal_n;
    uint32_t *ranks = bc_reallocarray(NULL, n, sizeof(*ranks));
    uint32_t *next = bc_calloc(n + 1, sizeof(*next));

    rank_deals(collector);
    for (size_t rank = 0; rank < n; rank++)
        ranks[collector->ranked[rank].index] = (uint32_t)rank;
    for (size_t i = 0; i < collector->row_n; i++)
        next[ranks[collector->rows[i].deal] + 1]++;
    for (size_t rank = 0; rank < n; rank++)
        next[rank + 1] += next[rank];
    collector->starts = bc_reallocarray(collector->starts, n + 1, sizeof(*collector->starts));
    memcpy(collector->starts, next, (n + 1) * sizeof(*next));
    collector->order =
        bc_reallocarray(collector->order, collector->row_n, sizeof(*collector->order));
    for (size_t i = 0; i < collector->row_n; i++)
        collector->order[next[ranks[collector->rows[i].deal]]++] = (uint32_t)i;
    free(ranks);
    free(next);
}

static void put_seqs(const bc_collector *collector, size_t rank, struct bc_buf *out)
{
    const uint32_t begin = collector->starts[rank], end = collector->starts[rank + 1];
    char *at = bc_buf_room(out, (size_t)(end - begin) * BC_SEQ_BYTES);

    for (uint32_t i = begin; i < end; i++, at += BC_SEQ_BYTES)
        bc_seq_put(at, collector->first + collector->rows[collector->order[i]].seq);
    out->len += (size_t)(end - begin) * BC_SEQ_BYTES;
}

/* The part of some facts between two places in words; `end` past them: to their end. */
static void put_part(struct bc_buf *out, const struct bc_buf *facts, uint32_t begin, uint32_t end)
{
    bc_buf_add_str(out, bc_str_part(bc_buf_str(facts), (size_t)begin * WORD_LEN,
                                    (size_t)end * WORD_LEN < facts->len ? (size_t)end * WORD_LEN
                                                                        : facts->len));
}

static void put_facts(const bc_collector *collector, size_t rank, struct bc_buf *facts,
                      struct bc_buf *learning)
{
    const struct row end = { .facts_at = UINT32_MAX, .learning_at = UINT32_MAX };

    for (uint32_t i = collector->starts[rank]; i < collector->starts[rank + 1]; i++) {
        const size_t row = collector->order[i];
        const struct row *at = &collector->rows[row];
        const struct row *next = row + 1 < collector->row_n ? at + 1 : &end;

        put_part(facts, &collector->facts, at->facts_at, next->facts_at);
        put_part(learning, &collector->learning, at->learning_at, next->learning_at);
    }
}

/* --- what does not fit --- */

static bc_status spill(bc_collector *collector, struct bc_err *err)
{
    struct bc_buf value = { 0 }, facts = { 0 }, learning = { 0 };
    bc_status rc = BC_OK;

    if (!collector->runs)
        collector->runs = bc_runs_new(collector->folder);
    sort(collector);
    if (collector->deal_n > 1) {
        collector->middle.len = 0;
        bc_buf_add_str(&collector->middle, name_at(collector, collector->deal_n / 2));
    }
    for (size_t rank = 0; rc == BC_OK && rank < collector->deal_n; rank++) {
        const uint32_t n = collector->starts[rank + 1] - collector->starts[rank];

        if (n == 0)
            continue;
        value.len = facts.len = learning.len = 0;
        put_facts(collector, rank, &facts, &learning);
        bc_buf_add(&value, (const uint32_t[HEAD_N]){ n, (uint32_t)facts.len },
                   HEAD_N * sizeof(uint32_t));
        put_seqs(collector, rank, &value);
        bc_buf_add_str(&value, bc_buf_str(&facts));
        bc_buf_add_str(&value, bc_buf_str(&learning));
        rc = bc_runs_add(collector->runs, name_at(collector, rank), bc_buf_str(&value), err);
    }
    if (rc == BC_OK)
        rc = bc_runs_end(collector->runs, err);
    bc_buf_release(&value);
    bc_buf_release(&facts);
    bc_buf_release(&learning);
    collector->row_n = 0;
    collector->facts.len = collector->learning.len = 0;
    forget_deals(collector);
    return rc;
}

static bool is_full(const bc_collector *collector)
{
    return collector->room && collector->row_n * (sizeof(struct row) + sizeof(*collector->order)) +
                                      collector->facts.len + collector->learning.len +
                                      collector->deal_n * DEAL_COST + collector->arena_used >=
                                  collector->room;
}

/* --- adding --- */

static void add_row(bc_collector *collector, uint32_t deal, uint64_t seq)
{
    BC_GROW(collector->rows, collector->row_n, collector->row_cap);
    collector->rows[collector->row_n++] =
        (struct row){ deal, (uint32_t)(seq - collector->first),
                      (uint32_t)(collector->facts.len / WORD_LEN),
                      (uint32_t)(collector->learning.len / WORD_LEN) };
}

static void keep_retraction(bc_collector *collector, const struct bc_event *event, uint64_t seq)
{
    BC_GROW(collector->retractions, collector->retraction_n, collector->retraction_cap);
    collector->retractions[collector->retraction_n++] =
        (struct bc_fact){ .kind = BC_FACT_RETRACTED,
                          .seq = seq,
                          .occurred_us = event->occurred_us,
                          .has_source_recorded = event->has_source_recorded,
                          .source_recorded_us = event->source_recorded_us };
}

bc_status bc_collector_add(bc_collector *collector, const struct bc_event *event, uint64_t seq,
                           struct bc_err *err)
{
    const uint32_t deal = deal_of(collector, event->deal);

    if (collector->row_n == 0)
        collector->first = seq;
    assert(seq - collector->first <= UINT32_MAX && collector->row_n < UINT32_MAX);
    if (deal != NO_DEAL && bc_fact_owner(event).len == 0)
        add_row(collector, deal, seq);
    add_row(collector, bc_fact_owner(event).len ? deal : NO_DEAL, seq);
    if (event->body == BC_RETRACTED) {
        keep_retraction(collector, event, seq);
    } else {
        bc_facts_add(&collector->facts, event, seq, collector->strings);
        bc_learning_add(&collector->learning, event, seq);
    }
    return is_full(collector) ? spill(collector, err) : BC_OK;
}

const struct bc_fact *bc_collector_retractions(const bc_collector *collector, size_t *out_n)
{
    *out_n = collector->retraction_n;
    return collector->retractions;
}

/* --- walking --- */

bc_status bc_collector_end(bc_collector *collector, struct bc_err *err)
{
    bc_status rc;

    if (!collector->runs) {
        sort(collector);
        return BC_OK;
    }
    rc = spill(collector, err);
    free(collector->rows);
    free(collector->order);
    collector->rows = NULL;
    collector->order = NULL;
    collector->row_cap = 0;
    bc_buf_release(&collector->facts);
    bc_buf_release(&collector->learning);
    return rc;
}

struct bc_str bc_collector_middle(const bc_collector *collector)
{
    return collector->runs ? bc_buf_str(&collector->middle)
                           : name_at(collector, collector->deal_n / 2);
}

struct bc_collector_walk {
    const bc_collector *collector;
    struct bc_runs_walk *runs; /* NULL: all of it is in memory, from `rank` on */
    size_t rank;
    bool have;
    struct bc_str key, value; /* of the runs, while `have` */
    struct bc_buf deal, seqs, facts, learning;
};

static bc_status next_of_runs(struct bc_collector_walk *walk, struct bc_err *err)
{
    bc_status rc = bc_runs_walk_next(walk->runs, &walk->key, &walk->value, err);

    walk->have = rc == BC_OK;
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_collector_walk_open(bc_collector_walk **out, const bc_collector *collector,
                                 struct bc_str first, struct bc_err *err)
{
    bc_collector_walk *walk = bc_calloc(1, sizeof(*walk));
    bc_status rc = BC_OK;

    walk->collector = collector;
    if (collector->runs) {
        rc = bc_runs_walk_open(&walk->runs, collector->runs, first, err);
        if (rc == BC_OK)
            rc = next_of_runs(walk, err);
    }
    if (!collector->runs)
        BC_LOWER_BOUND(walk->rank, 0, collector->deal_n,
                       bc_str_cmp(name_at(collector, walk->rank), first) < 0);
    if (rc < 0) {
        bc_collector_walk_free(walk);
        return rc;
    }
    *out = walk;
    return BC_OK;
}

/* The next deal of the runs: joins what each of them has, in their order, which is that of seqs. */
static bc_status join_runs(struct bc_collector_walk *walk, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (!walk->have)
        return BC_DONE;
    walk->deal.len = 0;
    bc_buf_add_str(&walk->deal, walk->key);
    while (rc == BC_OK && walk->have && bc_str_eq(walk->key, bc_buf_str(&walk->deal))) {
        uint32_t head[HEAD_N];
        size_t facts_at, learning_at;

        memcpy(head, walk->value.at, sizeof(head));
        facts_at = sizeof(head) + (size_t)head[0] * BC_SEQ_BYTES;
        learning_at = facts_at + head[1];
        bc_buf_add_str(&walk->seqs, bc_str_part(walk->value, sizeof(head), facts_at));
        bc_buf_add_str(&walk->facts, bc_str_part(walk->value, facts_at, learning_at));
        bc_buf_add_str(&walk->learning, bc_str_part(walk->value, learning_at, walk->value.len));
        rc = next_of_runs(walk, err);
    }
    return rc;
}

bc_status bc_collector_walk_next(bc_collector_walk *walk, struct bc_deal_rows *out,
                                 struct bc_err *err)
{
    const bc_collector *collector = walk->collector;

    walk->seqs.len = walk->facts.len = walk->learning.len = 0;
    if (walk->runs) {
        bc_status rc = join_runs(walk, err);

        if (rc != BC_OK)
            return rc;
        out->deal = bc_buf_str(&walk->deal);
    } else {
        while (walk->rank < collector->deal_n &&
               collector->starts[walk->rank] == collector->starts[walk->rank + 1])
            walk->rank++;
        if (walk->rank >= collector->deal_n)
            return BC_DONE;
        out->deal = name_at(collector, walk->rank);
        put_seqs(collector, walk->rank, &walk->seqs);
        put_facts(collector, walk->rank, &walk->facts, &walk->learning);
        walk->rank++;
    }
    out->seqs = bc_buf_str(&walk->seqs);
    out->facts = bc_buf_str(&walk->facts);
    out->learning = bc_buf_str(&walk->learning);
    return BC_OK;
}

void bc_collector_walk_free(bc_collector_walk *walk)
{
    if (!walk)
        return;
    bc_runs_walk_free(walk->runs);
    bc_buf_release(&walk->deal);
    bc_buf_release(&walk->seqs);
    bc_buf_release(&walk->facts);
    bc_buf_release(&walk->learning);
    free(walk);
}
