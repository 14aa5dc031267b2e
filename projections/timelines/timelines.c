#include "projections/timelines/timelines.h"

#include "ledger/base/parallel.h"
#include "ledger/base/search.h"
#include "projections/timelines/tail.h"
#include "projections/timelines/timelines_impl.h"

#include <inttypes.h>
#include <stdlib.h>

struct bc_timelines {
    bc_log *log;
    struct bc_position base;          /* of the cache that is used; seq 0: none */
    bool facts_checked, seqs_checked; /* was checked against its sums */
    bc_string_table *strings;
    bc_tail *tail; /* what the log has after the cache's position */
    const struct bc_deal_rows *tail_deals;
    size_t tail_n;
};

bc_status bc_timelines_open(bc_timelines **out, bc_log *log, enum bc_source source,
                            struct bc_err *err)
{
    bc_timelines *timelines = bc_calloc(1, sizeof(*timelines));
    uint64_t size = bc_log_head(log)->size;
    bc_status rc = BC_OK;

    timelines->log = log;
    timelines->strings = bc_string_table_new();
    if (source == BC_FROM_CACHE)
        rc = bc_position_read(log, &timelines->base, err);
    if (rc == BC_OK && timelines->base.version != BC_TIMELINES_VERSION)
        timelines->base = (struct bc_position){ 0 };
    if (rc == BC_OK && timelines->base.seq > size)
        rc = bc_timelines_damaged(err, "the timelines are ahead of the log");
    if (rc == BC_OK && timelines->base.seq)
        rc = bc_timelines_strings_take(log, &timelines->base, timelines->strings, err);
    if (rc == BC_OK)
        rc = bc_tail_read(&timelines->tail, log, timelines->base.seq + 1, size, timelines->strings,
                          err);
    if (rc < 0) {
        bc_timelines_free(timelines);
        return rc;
    }
    timelines->tail_deals = bc_tail_all(timelines->tail, &timelines->tail_n);
    *out = timelines;
    return BC_OK;
}

void bc_timelines_free(bc_timelines *timelines)
{
    if (!timelines)
        return;
    bc_tail_free(timelines->tail);
    bc_string_table_free(timelines->strings);
    free(timelines);
}

const bc_string_table *bc_timelines_strings(const bc_timelines *timelines)
{
    return timelines->strings;
}

bc_log *bc_timelines_log(const bc_timelines *timelines)
{
    return timelines->log;
}

static bc_status not_as_put(struct bc_err *err)
{
    return bc_timelines_damaged(err, "the timelines do not match their checksum");
}

static bc_status compare(const struct bc_timelines_sum *found, const struct bc_timelines_sum *want,
                         struct bc_err *err)
{
    return bc_timelines_sum_eq(found, want) ? BC_OK : not_as_put(err);
}

/* --- walking --- */

/* A walk over cache and tail together, in deal order, from a key on to another. */
struct walk {
    bc_timelines *timelines;
    struct bc_str first, end; /* end NULL: to the last */
    bc_iter *iter;            /* NULL: no cache is used */
    size_t tail_at;
    struct bc_str key, value; /* of the cache, while have */
    bool have;
    struct bc_timelines_sum sum; /* over the cache's facts so far */
    struct bc_buf joined;
};

static bool is_behind(const struct walk *walk, struct bc_str key)
{
    return walk->end.at && bc_str_cmp(key, walk->end) >= 0;
}

static bc_status walk_base(struct walk *walk, struct bc_err *err)
{
    bc_status rc = walk->iter ? bc_iter_next(walk->iter, &walk->key, &walk->value, err) : BC_DONE;

    walk->have = rc == BC_OK && !is_behind(walk, walk->key);
    if (walk->have && !bc_timelines_sum_facts(&walk->sum, walk->key, walk->value))
        rc = not_as_put(err);
    return rc < 0 ? rc : BC_OK;
}

/* BC_OK: the next deal and its facts. BC_DONE: the end. */
static bc_status walk_next(struct walk *walk, struct bc_str *deal, struct bc_str *facts,
                           bool *from_base)
{
    const struct bc_timelines *timelines = walk->timelines;
    const struct bc_deal_rows *tail =
        walk->tail_at < timelines->tail_n ? &timelines->tail_deals[walk->tail_at] : NULL;
    int order;

    if (tail && is_behind(walk, tail->deal))
        tail = NULL;
    if (!walk->have && !tail)
        return BC_DONE;
    order = !walk->have ? 1 : !tail ? -1 : bc_str_cmp(walk->key, tail->deal);
    *from_base = order <= 0;
    if (order < 0) {
        *deal = walk->key;
        *facts = walk->value;
        return BC_OK;
    }
    walk->tail_at++;
    *deal = tail->deal;
    *facts = tail->facts;
    if (order == 0) {
        walk->joined.len = 0;
        bc_buf_add_str(&walk->joined, walk->value);
        bc_buf_add_str(&walk->joined, *facts);
        *facts = bc_buf_str(&walk->joined);
    }
    return BC_OK;
}

/* The first deal of the tail that is not before a key. */
static size_t tail_from(const bc_timelines *timelines, struct bc_str key)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, timelines->tail_n, bc_str_cmp(timelines->tail_deals[at].deal, key) < 0);
    return at;
}

static bc_status walk_part(struct walk *walk, bc_timelines_visit *visit, void *payload,
                           struct bc_err *err)
{
    bc_timelines *timelines = walk->timelines;
    struct bc_str deal, facts;
    bool from_base;
    bc_status rc = BC_OK;

    walk->tail_at = tail_from(timelines, walk->first);
    if (timelines->base.seq)
        rc =
            bc_iter_open(&walk->iter, bc_log_store(timelines->log), BC_TIMELINES, walk->first, err);
    if (rc == BC_OK)
        rc = walk_base(walk, err);
    while (rc == BC_OK) {
        rc = walk_next(walk, &deal, &facts, &from_base);
        if (rc == BC_OK && deal.len)
            rc = visit(payload, deal, facts, err);
        if (rc == BC_OK && from_base)
            rc = walk_base(walk, err);
    }
    bc_iter_free(walk->iter);
    bc_buf_release(&walk->joined);
    return rc == BC_DONE ? BC_OK : rc;
}

/* Parts for each thread, so that none waits long for the others. */
enum { PARTS_A_THREAD = 2 };

bc_status bc_timelines_cut(struct bc_split *out, bc_timelines *timelines, unsigned threads,
                           struct bc_err *err)
{
    size_t parts = threads > 1 && timelines->base.seq ? (size_t)threads * PARTS_A_THREAD : 1;

    return bc_split_make(out, bc_log_store(timelines->log), BC_TIMELINES, parts, err);
}

/* Walks on several threads. */
struct walks {
    struct walk *parts;
    bc_timelines_visit *visit;
    void *const *payloads;
};

static bc_status walk_one(void *payload, size_t part, struct bc_err *err)
{
    const struct walks *walks = payload;

    return walk_part(&walks->parts[part], walks->visit, walks->payloads[part], err);
}

bc_status bc_timelines_walk_parts(bc_timelines *timelines, const struct bc_split *split,
                                  unsigned threads, bc_timelines_visit *visit,
                                  void *const *payloads, struct bc_err *err)
{
    struct walks walks = { bc_calloc(split->n + 1, sizeof(*walks.parts)), visit, payloads };
    struct bc_timelines_sum sum = { 0 };
    bc_status rc;

    for (size_t i = 0; i <= split->n; i++)
        walks.parts[i] =
            (struct walk){ .timelines = timelines,
                           .first = i ? split->keys[i - 1] : (struct bc_str){ 0 },
                           .end = i < split->n ? split->keys[i] : (struct bc_str){ 0 } };
    rc = bc_parallel(threads, split->n + 1, walk_one, &walks, err);
    for (size_t i = 0; i <= split->n; i++)
        bc_timelines_sum_join(&sum, &walks.parts[i].sum);
    if (rc == BC_OK)
        rc = compare(&sum, &timelines->base.facts, err);
    timelines->facts_checked = timelines->facts_checked || rc == BC_OK;
    free(walks.parts);
    return rc;
}

bc_status bc_timelines_walk(bc_timelines *timelines, bc_timelines_visit *visit, void *payload,
                            struct bc_err *err)
{
    const struct bc_split none = { 0 };

    return bc_timelines_walk_parts(timelines, &none, 1, visit, &payload, err);
}

/* What cache and tail have for one deal in a family, joined. */
static bc_status get_joined(bc_timelines *timelines, enum bc_family family, struct bc_str deal,
                            struct bc_buf *out, struct bc_err *err)
{
    const struct bc_deal_rows *tail = bc_tail_find(timelines->tail, deal);
    bc_status rc = BC_DONE;

    out->len = 0;
    if (timelines->base.seq)
        rc = bc_store_get(bc_log_store(timelines->log), family, deal, out, err);
    if (rc < 0)
        return rc;
    if (tail)
        bc_buf_add_str(out, family == BC_DEALS ? tail->seqs : tail->facts);
    return BC_OK;
}

static bc_status check_family(bc_timelines *timelines, enum bc_family family, bool *checked,
                              const struct bc_timelines_sum *want, struct bc_err *err)
{
    struct bc_timelines_sum sum;
    bc_status rc;

    if (*checked || timelines->base.seq == 0)
        return BC_OK;
    rc = bc_timelines_family_sum(&sum, timelines->log, family, err);
    if (rc == BC_OK)
        rc = compare(&sum, want, err);
    *checked = rc == BC_OK;
    return rc;
}

bc_status bc_timelines_check_facts(bc_timelines *timelines, struct bc_err *err)
{
    return check_family(timelines, BC_TIMELINES, &timelines->facts_checked, &timelines->base.facts,
                        err);
}

bc_status bc_timelines_check_seqs(bc_timelines *timelines, struct bc_err *err)
{
    return check_family(timelines, BC_DEALS, &timelines->seqs_checked, &timelines->base.seqs, err);
}

/* The facts about no deal say which rules were published. Questions about a single deal need them,
 * too: so they have a sum of their own. */
static bc_status check_none(const bc_timelines *timelines, struct bc_str joined, struct bc_err *err)
{
    const struct bc_str deal = { 0 };
    const struct bc_deal_rows *tail = bc_tail_find(timelines->tail, deal);
    const size_t cached = joined.len - (tail ? tail->facts.len : 0);
    struct bc_timelines_sum sum = { 0 };

    if (timelines->base.seq == 0 ||
        (bc_timelines_sum_facts(&sum, deal, (struct bc_str){ joined.at, cached }) &&
         bc_timelines_sum_eq(&sum, &timelines->base.none)))
        return BC_OK;
    return bc_timelines_damaged(err, "the facts of no deal do not match their checksum");
}

bc_status bc_timelines_facts(bc_timelines *timelines, struct bc_str deal, struct bc_buf *out,
                             struct bc_err *err)
{
    bc_status rc = get_joined(timelines, BC_TIMELINES, deal, out, err);

    return rc == BC_OK && deal.len == 0 ? check_none(timelines, bc_buf_str(out), err) : rc;
}

/* The seqs that a list holds, in *seqs, which has room for *cap and grows. */
static bc_status read_list(const bc_timelines *timelines, struct bc_str list, uint64_t **seqs,
                           size_t *n, size_t *cap, struct bc_err *err)
{
    const uint64_t size = bc_log_head(timelines->log)->size;

    if (list.len % BC_SEQ_BYTES)
        return bc_timelines_damaged(err, "the list of a deal's events cannot be read");
    *n = 0;
    for (size_t at = 0; at < list.len; at += BC_SEQ_BYTES) {
        const uint64_t seq = bc_seq_get(list.at + at);

        if (seq == 0 || seq > size || (*n && seq <= (*seqs)[*n - 1]))
            return bc_timelines_damaged(err, "the list of a deal's events is invalid");
        BC_GROW(*seqs, *n, *cap);
        (*seqs)[(*n)++] = seq;
    }
    return BC_OK;
}

bc_status bc_timelines_seqs(bc_timelines *timelines, struct bc_str deal, uint64_t **out,
                            size_t *out_n, struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    uint64_t *seqs = NULL;
    size_t n = 0, cap = 0;
    bc_status rc = get_joined(timelines, BC_DEALS, deal, &bytes, err);

    if (rc == BC_OK)
        rc = read_list(timelines, bc_buf_str(&bytes), &seqs, &n, &cap, err);
    bc_buf_release(&bytes);
    if (rc < 0) {
        free(seqs);
        return rc;
    }
    *out = seqs;
    *out_n = n;
    return BC_OK;
}

/* --- all lists --- */

struct lists {
    bc_timelines *timelines;
    uint64_t last;
    bc_timelines_list_visit *visit;
    void *payload;
    struct bc_buf joined; /* what cache and tail have for a deal */
    uint64_t *seqs;
    size_t n, cap;
};

static bc_status show_list(struct lists *lists, struct bc_str deal, struct bc_str cached,
                           struct bc_str tail, struct bc_err *err)
{
    bc_status rc;

    lists->joined.len = 0;
    bc_buf_add_str(&lists->joined, cached);
    bc_buf_add_str(&lists->joined, tail);
    rc = read_list(lists->timelines, bc_buf_str(&lists->joined), &lists->seqs, &lists->n,
                   &lists->cap, err);
    if (rc < 0)
        return rc;
    while (lists->n && lists->seqs[lists->n - 1] > lists->last)
        lists->n--;
    if (lists->n == 0 || deal.len == 0)
        return BC_OK;
    return lists->visit(lists->payload, deal, lists->seqs, lists->n, err);
}

/* The next of the cache; BC_DONE: there is none, or no cache. */
static bc_status next_cached(bc_iter *iter, struct bc_str *key, struct bc_str *value,
                             struct bc_err *err)
{
    return iter ? bc_iter_next(iter, key, value, err) : BC_DONE;
}

static bc_status walk_lists(struct lists *lists, bc_iter *iter, struct bc_err *err)
{
    const bc_timelines *timelines = lists->timelines;
    const struct bc_str none = { 0 };
    struct bc_str key = { 0 }, value = { 0 };
    size_t at = 0;
    bc_status cached = next_cached(iter, &key, &value, err), rc = BC_OK;

    while (rc == BC_OK && cached >= 0 && (cached == BC_OK || at < timelines->tail_n)) {
        const struct bc_deal_rows *tail =
            at < timelines->tail_n ? &timelines->tail_deals[at] : NULL;
        const int order = !tail ? -1 : cached != BC_OK ? 1 : bc_str_cmp(key, tail->deal);

        rc = show_list(lists, order > 0 ? tail->deal : key, order > 0 ? none : value,
                       order < 0 ? none : tail->seqs, err);
        at += order >= 0;
        if (rc == BC_OK && order <= 0)
            cached = next_cached(iter, &key, &value, err);
    }
    return cached < 0 ? cached : rc;
}

bc_status bc_timelines_walk_lists(bc_timelines *timelines, uint64_t last,
                                  bc_timelines_list_visit *visit, void *payload, struct bc_err *err)
{
    struct lists lists = {
        .timelines = timelines, .last = last, .visit = visit, .payload = payload
    };
    bc_iter *iter = NULL;
    bc_status rc = BC_OK;

    if (timelines->base.seq)
        rc = bc_iter_open(&iter, bc_log_store(timelines->log), BC_DEALS, (struct bc_str){ 0 }, err);
    if (rc == BC_OK)
        rc = walk_lists(&lists, iter, err);
    bc_iter_free(iter);
    bc_buf_release(&lists.joined);
    free(lists.seqs);
    return rc;
}
