#include "projections/timelines/timelines.h"

#include "ledger/base/parallel.h"
#include "ledger/base/search.h"
#include "projections/timelines/tail.h"
#include "projections/timelines/timelines_impl.h"

#include <inttypes.h>
#include <stdlib.h>

struct bc_timelines {
    bc_log *log;
    size_t kept;                                        /* how many more they are lent to */
    struct bc_position base;                            /* of the cache that is used; seq 0: none */
    bool facts_checked, seqs_checked, learning_checked; /* was checked against its sums */
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
    if (!timelines || timelines->kept-- > 0)
        return;
    bc_tail_free(timelines->tail);
    bc_string_table_free(timelines->strings);
    free(timelines);
}

void bc_timelines_keep(bc_timelines *timelines)
{
    timelines->kept++;
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

/* One family of the cache, from a key on to another. */
struct stream {
    bc_iter *iter;            /* NULL: not used */
    struct bc_str key, value; /* while have */
    bool have;
    bool checked;                /* against its sum, by an earlier walk */
    struct bc_timelines_sum sum; /* over the facts so far; not where checked */
    struct bc_buf joined;
};

enum { FACTS, LEARNING, STREAM_N };

/* A walk over cache and tail together, in deal order. */
struct walk {
    bc_timelines *timelines;
    struct bc_str first, end; /* end NULL: to the last */
    size_t stream_n;          /* 1: the facts alone */
    struct stream streams[STREAM_N];
    size_t tail_at;
};

/* What to do with each deal; one of the two. */
struct visits {
    bc_timelines_visit *facts;
    bc_timelines_learning_visit *learning;
};

static bool is_behind(const struct walk *walk, struct bc_str key)
{
    return walk->end.at && bc_str_cmp(key, walk->end) >= 0;
}

static bc_status walk_base(const struct walk *walk, struct stream *stream, struct bc_err *err)
{
    bc_status rc =
        stream->iter ? bc_iter_next(stream->iter, &stream->key, &stream->value, err) : BC_DONE;

    stream->have = rc == BC_OK && !is_behind(walk, stream->key);
    if (stream->have && !stream->checked &&
        !bc_timelines_sum_facts(&stream->sum, stream->key, stream->value))
        rc = not_as_put(err);
    return rc < 0 ? rc : BC_OK;
}

/* What the family has of a deal, and after it the tail. */
static struct bc_str join(struct stream *stream, bool has, struct bc_str tail)
{
    if (!has || tail.len == 0)
        return has ? stream->value : tail;
    stream->joined.len = 0;
    bc_buf_add_str(&stream->joined, stream->value);
    bc_buf_add_str(&stream->joined, tail);
    return bc_buf_str(&stream->joined);
}

/* The next deal in the tail; NULL: the part has no more. */
static const struct bc_deal_rows *tail_next(const struct walk *walk)
{
    const struct bc_timelines *timelines = walk->timelines;

    if (walk->tail_at == timelines->tail_n ||
        is_behind(walk, timelines->tail_deals[walk->tail_at].deal))
        return NULL;
    return &timelines->tail_deals[walk->tail_at];
}

/* BC_OK: the next deal, what it has, and which streams have that. BC_DONE: the end. */
static bc_status walk_next(struct walk *walk, struct bc_deal_rows *out, bool has[STREAM_N])
{
    const struct bc_deal_rows *tail = tail_next(walk);
    bool any = tail != NULL;
    struct bc_str rest[STREAM_N] = { 0 };

    *out = (struct bc_deal_rows){ 0 };
    if (any)
        out->deal = tail->deal;
    for (size_t i = 0; i < walk->stream_n; i++) {
        const struct stream *stream = &walk->streams[i];

        if (stream->have && (!any || bc_str_cmp(stream->key, out->deal) < 0))
            out->deal = stream->key;
        any = any || stream->have;
    }
    if (!any)
        return BC_DONE;
    if (tail && bc_str_eq(tail->deal, out->deal)) {
        rest[FACTS] = tail->facts;
        rest[LEARNING] = tail->learning;
        walk->tail_at++;
    }
    for (size_t i = 0; i < STREAM_N; i++)
        has[i] = walk->streams[i].have && bc_str_eq(walk->streams[i].key, out->deal);
    out->facts = join(&walk->streams[FACTS], has[FACTS], rest[FACTS]);
    out->learning = join(&walk->streams[LEARNING], has[LEARNING], rest[LEARNING]);
    return BC_OK;
}

/* The first deal of the tail that is not before a key. */
static size_t tail_from(const bc_timelines *timelines, struct bc_str key)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, timelines->tail_n, bc_str_cmp(timelines->tail_deals[at].deal, key) < 0);
    return at;
}

static bc_status open_streams(struct walk *walk, struct bc_err *err)
{
    static const enum bc_family families[STREAM_N] = { BC_TIMELINES, BC_LEARNING };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < STREAM_N && i < walk->stream_n; i++) {
        if (walk->timelines->base.seq)
            rc = bc_iter_open(&walk->streams[i].iter, bc_log_store(walk->timelines->log),
                              families[i], walk->first, err);
        if (rc == BC_OK)
            rc = walk_base(walk, &walk->streams[i], err);
    }
    return rc;
}

static bc_status visit_deal(const struct bc_deal_rows *rows, const struct visits *visits,
                            void *payload, struct bc_err *err)
{
    if (rows->deal.len == 0)
        return BC_OK;
    return visits->facts ? visits->facts(payload, rows->deal, rows->facts, err)
                         : visits->learning(payload, rows->deal, rows->facts, rows->learning, err);
}

static bc_status walk_part(struct walk *walk, const struct visits *visits, void *payload,
                           struct bc_err *err)
{
    struct bc_deal_rows rows;
    bool has[STREAM_N] = { 0 };
    bc_status rc;

    walk->tail_at = tail_from(walk->timelines, walk->first);
    rc = open_streams(walk, err);
    while (rc == BC_OK) {
        rc = walk_next(walk, &rows, has);
        if (rc == BC_OK)
            rc = visit_deal(&rows, visits, payload, err);
        for (size_t i = 0; rc == BC_OK && i < walk->stream_n; i++)
            if (has[i])
                rc = walk_base(walk, &walk->streams[i], err);
    }
    for (size_t i = 0; i < STREAM_N; i++) {
        bc_iter_free(walk->streams[i].iter);
        bc_buf_release(&walk->streams[i].joined);
    }
    return rc == BC_DONE ? BC_OK : rc;
}

bc_status bc_timelines_walk_from(bc_timelines *timelines, struct bc_str first,
                                 bc_timelines_visit *visit, void *payload, struct bc_err *err)
{
    struct walk walk = { .timelines = timelines, .stream_n = 1, .first = first };

    return walk_part(&walk, &(struct visits){ .facts = visit }, payload, err);
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
    struct visits visits;
    void *const *payloads;
};

static bc_status walk_one(void *payload, size_t part, struct bc_err *err)
{
    const struct walks *walks = payload;

    return walk_part(&walks->parts[part], &walks->visits, walks->payloads[part], err);
}

static bc_status walk_all(bc_timelines *timelines, const struct bc_split *split, unsigned threads,
                          struct walks *walks, struct bc_err *err)
{
    bool *const checked[STREAM_N] = { &timelines->facts_checked, &timelines->learning_checked };
    const struct bc_timelines_sum *wanted[STREAM_N] = { &timelines->base.facts,
                                                        &timelines->base.learning };
    const size_t stream_n = walks->visits.learning ? STREAM_N : 1;
    struct bc_timelines_sum sums[STREAM_N] = { 0 };
    bc_status rc;

    walks->parts = bc_calloc(split->n + 1, sizeof(*walks->parts));
    for (size_t i = 0; i <= split->n; i++)
        walks->parts[i] =
            (struct walk){ .timelines = timelines,
                           .stream_n = stream_n,
                           .streams = { { .checked = *checked[FACTS] },
                                        { .checked = *checked[LEARNING] } },
                           .first = i ? split->keys[i - 1] : (struct bc_str){ 0 },
                           .end = i < split->n ? split->keys[i] : (struct bc_str){ 0 } };
    rc = bc_parallel(threads, split->n + 1, walk_one, walks, err);
    for (size_t i = 0; i <= split->n; i++)
        for (size_t k = 0; k < STREAM_N; k++)
            bc_timelines_sum_join(&sums[k], &walks->parts[i].streams[k].sum);
    for (size_t k = 0; rc == BC_OK && k < stream_n; k++) {
        if (!*checked[k])
            rc = compare(&sums[k], wanted[k], err);
        *checked[k] = rc == BC_OK;
    }
    free(walks->parts);
    return rc;
}

bc_status bc_timelines_walk_parts(bc_timelines *timelines, const struct bc_split *split,
                                  unsigned threads, bc_timelines_visit *visit,
                                  void *const *payloads, struct bc_err *err)
{
    struct walks walks = { .visits = { .facts = visit }, .payloads = payloads };

    return walk_all(timelines, split, threads, &walks, err);
}

bc_status bc_timelines_walk_learning(bc_timelines *timelines, const struct bc_split *split,
                                     unsigned threads, bc_timelines_learning_visit *visit,
                                     void *const *payloads, struct bc_err *err)
{
    struct walks walks = { .visits = { .learning = visit }, .payloads = payloads };

    return walk_all(timelines, split, threads, &walks, err);
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
        bc_buf_add_str(out, family == BC_DEALS       ? tail->seqs
                            : family == BC_TIMELINES ? tail->facts
                                                     : tail->learning);
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

bc_status bc_timelines_check_learning(bc_timelines *timelines, struct bc_err *err)
{
    return check_family(timelines, BC_LEARNING, &timelines->learning_checked,
                        &timelines->base.learning, err);
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

bc_status bc_timelines_learning(bc_timelines *timelines, struct bc_str deal, struct bc_buf *out,
                                struct bc_err *err)
{
    return get_joined(timelines, BC_LEARNING, deal, out, err);
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
