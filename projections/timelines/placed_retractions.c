#include "projections/timelines/placed_retractions.h"

#include "ledger/base/search.h"
#include "projections/timelines/collector.h"

#include <stdlib.h>

struct retraction {
    struct bc_fact fact;
    uint64_t root; /* the event that its chain ends in */
    bool of_none;  /* which belongs to no deal */
};

/* One about an event before the segment. */
struct earlier {
    struct bc_str deal;
    uint64_t seq;
    size_t retraction; /* among all, in the order of seq */
    bool fact, listed; /* its fact goes there; its seq goes into the deal's list */
};

struct bc_placed_retractions_hit {
    const struct bc_fact *fact;
    bool has_fact, listed;
};

struct bc_placed_retractions {
    struct retraction *at; /* sorted: by (root, seq) */
    size_t n, cap;
    struct earlier *earlier; /* sorted: by deal */
    size_t earlier_n, earlier_cap;
    struct bc_fact *facts; /* of the earlier ones */
    size_t fact_n, fact_cap;
    uint64_t *filter; /* bits by the hash of roots, since most events are never retracted */
    unsigned shift;
    bc_arena *arena;
};

bc_placed_retractions *bc_placed_retractions_new(void)
{
    bc_placed_retractions *placed = bc_calloc(1, sizeof(*placed));

    placed->arena = bc_arena_new();
    return placed;
}

void bc_placed_retractions_free(bc_placed_retractions *placed)
{
    if (!placed)
        return;
    free(placed->at);
    free(placed->earlier);
    free(placed->facts);
    free(placed->filter);
    bc_arena_free(placed->arena);
    free(placed);
}

/* --- finding their roots --- */

static void add_earlier(bc_placed_retractions *placed, struct bc_str deal, bool fact, bool listed)
{
    BC_GROW(placed->earlier, placed->earlier_n, placed->earlier_cap);
    placed->earlier[placed->earlier_n++] =
        (struct earlier){ .deal = bc_arena_copy(placed->arena, deal),
                          .seq = placed->facts[placed->fact_n - 1].seq,
                          .retraction = placed->fact_n - 1,
                          .fact = fact,
                          .listed = listed };
}

/* A retraction whose chain ends before these events: the log says in which deal. */
static bc_status add_of_earlier(bc_placed_retractions *placed, bc_log *log,
                                const struct bc_fact *fact, uint64_t root, struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_event about;
    bc_status rc = bc_log_get(log, root, &about, &bytes, arena, err);

    if (rc == BC_OK) {
        struct bc_str owner = bc_fact_owner(&about);

        BC_GROW(placed->facts, placed->fact_n, placed->fact_cap);
        placed->facts[placed->fact_n++] = *fact;
        add_earlier(placed, owner, true, owner.len > 0);
        if (about.deal.len > 0 && owner.len == 0)
            add_earlier(placed, about.deal, false, true);
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

bc_status bc_placed_retractions_add(bc_placed_retractions *placed, bc_log *log, uint64_t first,
                                    const struct bc_fact *found, size_t n, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        struct retraction retraction = { .fact = found[i] };

        rc = bc_log_retraction(log, found[i].seq, &retraction.fact.target_seq, &retraction.root,
                               err);
        if (rc == BC_DONE)
            rc = bc_err_damaged(err, "retraction %llu has no entry in its index",
                                (unsigned long long)found[i].seq);
        if (rc < 0)
            break;
        if (retraction.root < first) {
            rc = add_of_earlier(placed, log, &retraction.fact, retraction.root, err);
        } else {
            BC_GROW(placed->at, placed->n, placed->cap);
            placed->at[placed->n++] = retraction;
        }
    }
    return rc;
}

static int by_root(const void *a, const void *b)
{
    const struct retraction *left = a, *right = b;

    if (left->root != right->root)
        return left->root < right->root ? -1 : 1;
    return left->fact.seq < right->fact.seq ? -1 : 1;
}

static int by_deal(const void *a, const void *b)
{
    const struct earlier *left = a, *right = b;
    int order = bc_str_cmp(left->deal, right->deal);

    return order ? order : left->seq < right->seq ? -1 : 1;
}

static size_t bit_of(const bc_placed_retractions *placed, uint64_t seq)
{
    return seq * UINT64_C(0x9e3779b97f4a7c15) >> placed->shift;
}

void bc_placed_retractions_sort(bc_placed_retractions *placed)
{
    if (placed->earlier_n)
        qsort(placed->earlier, placed->earlier_n, sizeof(*placed->earlier), by_deal);
    if (placed->n == 0)
        return;
    qsort(placed->at, placed->n, sizeof(*placed->at), by_root);
    for (placed->shift = 64 - 6; (UINT64_C(1) << (64 - placed->shift)) / 16 < placed->n;)
        placed->shift--;
    placed->filter = bc_calloc((size_t)1 << (64 - 6 - placed->shift), sizeof(uint64_t));
    for (size_t i = 0; i < placed->n; i++) {
        size_t bit = bit_of(placed, placed->at[i].root);

        placed->filter[bit / 64] |= UINT64_C(1) << bit % 64;
    }
}

/* The first of those that end in an event, or n. */
static size_t find(const bc_placed_retractions *placed, uint64_t root)
{
    const size_t bit = placed->n ? bit_of(placed, root) : 0;
    size_t at;

    if (placed->n == 0 || !(placed->filter[bit / 64] >> bit % 64 & 1))
        return placed->n;
    BC_LOWER_BOUND(at, 0, placed->n, placed->at[at].root < root);
    return at < placed->n && placed->at[at].root == root ? at : placed->n;
}

void bc_placed_retractions_mark_none(bc_placed_retractions *placed, struct bc_str seqs)
{
    for (size_t i = 0; i + BC_SEQ_BYTES <= seqs.len; i += BC_SEQ_BYTES) {
        const uint64_t root = bc_seq_get(seqs.at + i);

        for (size_t k = find(placed, root); k < placed->n && placed->at[k].root == root; k++)
            placed->at[k].of_none = true;
    }
}

/* --- placing --- */

struct bc_placed_retractions_walk bc_placed_retractions_walk(const bc_placed_retractions *placed,
                                                             struct bc_str first)
{
    struct bc_placed_retractions_walk walk = { .placed = placed };

    while (walk.at < placed->earlier_n && bc_str_cmp(placed->earlier[walk.at].deal, first) < 0)
        walk.at++;
    return walk;
}

void bc_placed_retractions_walk_release(struct bc_placed_retractions_walk *walk)
{
    free(walk->hits);
    bc_buf_release(&walk->scratch);
}

bool bc_placed_retractions_walk_deal(const struct bc_placed_retractions_walk *walk,
                                     struct bc_str *out)
{
    if (walk->at >= walk->placed->earlier_n)
        return false;
    *out = walk->placed->earlier[walk->at].deal;
    return true;
}

static void add_hit(struct bc_placed_retractions_walk *walk, const struct bc_fact *fact,
                    bool has_fact, bool listed)
{
    BC_GROW(walk->hits, walk->hit_n, walk->hit_cap);
    walk->hits[walk->hit_n++] = (struct bc_placed_retractions_hit){ fact, has_fact, listed };
}

static int by_seq(const void *a, const void *b)
{
    const uint64_t left = ((const struct bc_placed_retractions_hit *)a)->fact->seq;
    const uint64_t right = ((const struct bc_placed_retractions_hit *)b)->fact->seq;

    return (left > right) - (left < right);
}

static void find_hits(struct bc_placed_retractions_walk *walk, struct bc_str deal,
                      struct bc_str seqs)
{
    const bc_placed_retractions *all = walk->placed;

    walk->hit_n = 0;
    for (size_t i = 0; all->n && i + BC_SEQ_BYTES <= seqs.len; i += BC_SEQ_BYTES) {
        const uint64_t root = bc_seq_get(seqs.at + i);

        for (size_t k = find(all, root); k < all->n && all->at[k].root == root; k++)
            add_hit(walk, &all->at[k].fact, deal.len == 0 || !all->at[k].of_none, deal.len > 0);
    }
    for (; walk->at < all->earlier_n && bc_str_eq(all->earlier[walk->at].deal, deal); walk->at++) {
        const struct earlier *earlier = &all->earlier[walk->at];

        add_hit(walk, &all->facts[earlier->retraction], earlier->fact, earlier->listed);
    }
    if (walk->hit_n)
        qsort(walk->hits, walk->hit_n, sizeof(*walk->hits), by_seq);
}

static void swap(struct bc_buf *a, struct bc_buf *b)
{
    struct bc_buf old = *a;

    *a = *b;
    *b = old;
}

/* A retraction that carries the deal itself is in its list already. */
static void list_hits(struct bc_placed_retractions_walk *walk, struct bc_buf *seqs)
{
    struct bc_buf *out = &walk->scratch;
    size_t at = 0;

    out->len = 0;
    for (size_t i = 0; i < walk->hit_n; i++) {
        const uint64_t seq = walk->hits[i].fact->seq;
        const size_t begin = at;
        char bytes[BC_SEQ_BYTES];

        if (!walk->hits[i].listed)
            continue;
        while (at < seqs->len && bc_seq_get(seqs->at + at) < seq)
            at += BC_SEQ_BYTES;
        bc_buf_add_str(out, bc_str_part(bc_buf_str(seqs), begin, at));
        if (at < seqs->len && bc_seq_get(seqs->at + at) == seq)
            continue;
        bc_seq_put(bytes, seq);
        bc_buf_add(out, bytes, sizeof(bytes));
    }
    bc_buf_add_str(out, bc_str_part(bc_buf_str(seqs), at, seqs->len));
    swap(out, seqs);
}

static void put_hits(struct bc_placed_retractions_walk *walk, struct bc_buf *facts)
{
    struct bc_str left = bc_buf_str(facts), next = left;
    struct bc_buf *out = &walk->scratch;
    struct bc_fact fact;

    out->len = 0;
    for (size_t i = 0; i < walk->hit_n; i++) {
        const char *begin = left.at;

        if (!walk->hits[i].has_fact)
            continue;
        while (bc_fact_take(&fact, &next) && fact.seq < walk->hits[i].fact->seq)
            left = next;
        next = left;
        bc_buf_add(out, begin, (size_t)(left.at - begin));
        bc_facts_add_retraction(out, walk->hits[i].fact);
    }
    bc_buf_add_str(out, left);
    swap(out, facts);
}

void bc_placed_retractions_put(struct bc_placed_retractions_walk *walk, struct bc_str deal,
                               struct bc_buf *seqs, struct bc_buf *facts)
{
    find_hits(walk, deal, bc_buf_str(seqs));
    if (walk->hit_n == 0)
        return;
    list_hits(walk, seqs);
    put_hits(walk, facts);
}
