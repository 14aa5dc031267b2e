#include "projections/timelines.h"

#include "projections/replay_log.h"
#include "projections/timelines_impl.h"

#include <inttypes.h>
#include <stdlib.h>

#include <endian.h>

enum {
    UPDATE_MOST = 32 << 20, /* bytes of rows that an update holds in memory */
    SETTLE_FROM = 1 << 20,  /* bytes of an update after which the store is settled */
};
static const struct bc_str position_key = { "timelines", 9 };

struct bc_timelines {
    bc_log *log;
    struct bc_timelines_position base; /* of the cache that is used; seq 0: none */
    bc_words *words;
    bc_rows *tail; /* what the log has behind the cache, sorted */
    const struct bc_deal_rows *tail_deals;
    size_t tail_n;
};

bc_status bc_timelines_damaged(struct bc_err *err, const char *what)
{
    return bc_err_set(err, BC_E_DAMAGED,
                      "the ledger is damaged: %s; the log may be sound: run backcast verify", what);
}

bc_status bc_timelines_position_read(struct bc_timelines_position *out, bc_log *log,
                                     struct bc_err *err)
{
    struct bc_buf value = { 0 };
    uint64_t words[5];
    bc_status rc = bc_store_get(bc_log_store(log), BC_META, position_key, &value, err);

    *out = (struct bc_timelines_position){ .version = BC_TIMELINES_VERSION, .words = 1 };
    if (rc == BC_OK && value.len != sizeof(words)) {
        rc = bc_timelines_damaged(err, "the position of the timelines cannot be read");
    } else if (rc == BC_OK) {
        memcpy(words, value.at, sizeof(words));
        *out =
            (struct bc_timelines_position){ le64toh(words[0]), le64toh(words[1]), le64toh(words[2]),
                                            le64toh(words[3]), le64toh(words[4]) };
    }
    bc_buf_release(&value);
    return rc < 0 ? rc : BC_OK;
}

static void batch_position(struct bc_batch *batch, const struct bc_timelines_position *position)
{
    const uint64_t words[] = { htole64(position->version), htole64(position->seq),
                               htole64(position->words), htole64(position->sum),
                               htole64(position->bytes) };

    bc_batch_add(batch, BC_META, BC_PUT, position_key,
                 (struct bc_str){ (const char *)words, sizeof(words) });
}

/* "word" and the number, big-endian, so that they stand in order. */
enum { WORD_KEY_LEN = 8 };
static void word_key(char out[WORD_KEY_LEN], uint32_t word)
{
    uint32_t stored = htobe32(word);

    memcpy(out, "word", 4);
    memcpy(out + 4, &stored, 4);
}

/* They stand together: one walk, since a look-up each would cost more than the question. */
bc_status bc_timelines_words_read(bc_words *words, bc_log *log, uint64_t n, struct bc_err *err)
{
    char want[WORD_KEY_LEN];
    struct bc_str key, text;
    bc_iter *iter = NULL;
    bc_status rc;

    word_key(want, 1);
    rc =
        bc_iter_open(&iter, bc_log_store(log), BC_META, (struct bc_str){ want, sizeof(want) }, err);
    for (uint32_t word = 1; rc == BC_OK && word < n; word++) {
        rc = bc_iter_next(iter, &key, &text, err);
        word_key(want, word);
        if (rc == BC_DONE ||
            (rc == BC_OK && (!bc_str_eq(key, (struct bc_str){ want, sizeof(want) }) ||
                             bc_words_add(words, text) != word)))
            rc = bc_timelines_damaged(err, "a word of the timelines is missing");
    }
    bc_iter_free(iter);
    return rc;
}

bc_status bc_timelines_open(bc_timelines **out, bc_log *log, enum bc_source source,
                            struct bc_err *err)
{
    bc_timelines *timelines = bc_calloc(1, sizeof(*timelines));
    uint64_t size = bc_log_head(log)->size, last;
    bc_status rc = BC_OK;

    timelines->log = log;
    timelines->words = bc_words_new();
    timelines->tail = bc_rows_new();
    if (source == BC_FROM_CACHE)
        rc = bc_timelines_position_read(&timelines->base, log, err);
    if (rc == BC_OK && timelines->base.version != BC_TIMELINES_VERSION)
        timelines->base = (struct bc_timelines_position){ 0 };
    if (rc == BC_OK && timelines->base.seq > size)
        rc = bc_timelines_damaged(err, "the timelines are ahead of the log");
    if (rc == BC_OK && timelines->base.seq)
        rc = bc_timelines_words_read(timelines->words, log, timelines->base.words, err);
    if (rc == BC_OK)
        rc = bc_rows_read(timelines->tail, log, timelines->base.seq + 1, size, 0, timelines->words,
                          &last, err);
    if (rc < 0) {
        bc_timelines_free(timelines);
        return rc;
    }
    timelines->tail_deals = bc_rows_sorted(timelines->tail, &timelines->tail_n);
    *out = timelines;
    return BC_OK;
}

void bc_timelines_free(bc_timelines *timelines)
{
    if (!timelines)
        return;
    bc_rows_free(timelines->tail);
    bc_words_free(timelines->words);
    free(timelines);
}

const bc_words *bc_timelines_words(const bc_timelines *timelines)
{
    return timelines->words;
}

bc_log *bc_timelines_log(const bc_timelines *timelines)
{
    return timelines->log;
}

/* A walk over cache and tail together, in deal order. */
struct walk {
    bc_timelines *timelines;
    bc_iter *iter; /* NULL: no cache is used */
    size_t tail_at;
    struct bc_str key, value; /* of the cache, while have */
    bool have;
    uint64_t sum, bytes; /* of the cache's facts so far */
    struct bc_buf joined;
};

static bc_status walk_base(struct walk *walk, struct bc_err *err)
{
    bc_status rc = walk->iter ? bc_iter_next(walk->iter, &walk->key, &walk->value, err) : BC_DONE;

    walk->have = rc == BC_OK;
    if (walk->have) {
        walk->sum += bc_facts_sum(walk->value);
        walk->bytes += walk->value.len;
    }
    return rc < 0 ? rc : BC_OK;
}

/* BC_OK: the next deal and its facts. BC_DONE: the end. */
static bc_status walk_next(struct walk *walk, struct bc_str *deal, struct bc_str *facts,
                           bool *from_base)
{
    const struct bc_timelines *timelines = walk->timelines;
    const struct bc_deal_rows *tail =
        walk->tail_at < timelines->tail_n ? &timelines->tail_deals[walk->tail_at] : NULL;
    int order = !walk->have ? 1 : !tail ? -1 : bc_str_cmp(walk->key, tail->deal);

    if (!walk->have && !tail)
        return BC_DONE;
    *from_base = order <= 0;
    if (order < 0) {
        *deal = walk->key;
        *facts = walk->value;
        return BC_OK;
    }
    walk->tail_at++;
    *deal = tail->deal;
    *facts = bc_buf_str(&tail->facts);
    if (order == 0) {
        walk->joined.len = 0;
        bc_buf_add_str(&walk->joined, walk->value);
        bc_buf_add_str(&walk->joined, *facts);
        *facts = bc_buf_str(&walk->joined);
    }
    return BC_OK;
}

static bc_status check_walk(const struct walk *walk, struct bc_err *err)
{
    const struct bc_timelines_position *base = &walk->timelines->base;

    if (walk->sum != base->sum || walk->bytes != base->bytes)
        return bc_timelines_damaged(err, "the timelines are not what was put into them");
    return BC_OK;
}

bc_status bc_timelines_walk(bc_timelines *timelines,
                            bc_status (*visit)(void *payload, struct bc_str deal,
                                               struct bc_str facts, struct bc_err *err),
                            void *payload, struct bc_err *err)
{
    struct walk walk = { .timelines = timelines };
    struct bc_str deal, facts;
    bool from_base;
    bc_status rc = BC_OK;

    if (timelines->base.seq)
        rc = bc_iter_open(&walk.iter, bc_log_store(timelines->log), BC_TIMELINES,
                          (struct bc_str){ 0 }, err);
    if (rc == BC_OK)
        rc = walk_base(&walk, err);
    while (rc == BC_OK) {
        rc = walk_next(&walk, &deal, &facts, &from_base);
        if (rc == BC_OK && deal.len)
            rc = visit(payload, deal, facts, err);
        if (rc == BC_OK && from_base)
            rc = walk_base(&walk, err);
    }
    if (rc == BC_DONE)
        rc = check_walk(&walk, err);
    bc_iter_free(walk.iter);
    bc_buf_release(&walk.joined);
    return rc;
}

/* What cache and tail hold for one deal in a family, joined. */
static bc_status get_joined(bc_timelines *timelines, enum bc_family family, struct bc_str deal,
                            struct bc_buf *out, struct bc_err *err)
{
    const struct bc_deal_rows *tail = bc_rows_find(timelines->tail, deal);
    bc_status rc = BC_DONE;

    out->len = 0;
    if (timelines->base.seq)
        rc = bc_store_get(bc_log_store(timelines->log), family, deal, out, err);
    if (rc < 0)
        return rc;
    if (tail)
        bc_buf_add_str(out, bc_buf_str(family == BC_DEALS ? &tail->seqs : &tail->facts));
    return BC_OK;
}

bc_status bc_timelines_facts(bc_timelines *timelines, struct bc_str deal, struct bc_buf *out,
                             struct bc_err *err)
{
    return get_joined(timelines, BC_TIMELINES, deal, out, err);
}

bc_status bc_timelines_seqs(bc_timelines *timelines, struct bc_str deal, uint64_t **out,
                            size_t *out_n, struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    bc_status rc = get_joined(timelines, BC_DEALS, deal, &bytes, err);
    uint64_t *seqs;
    size_t n = bytes.len / BC_SEQ_BYTES;

    if (rc == BC_OK && bytes.len % BC_SEQ_BYTES)
        rc = bc_timelines_damaged(err, "the list of a deal's events cannot be read");
    if (rc < 0) {
        bc_buf_release(&bytes);
        return rc;
    }
    seqs = bc_calloc(n, sizeof(*seqs));
    for (size_t i = 0; i < n; i++) {
        for (size_t b = 0; b < BC_SEQ_BYTES; b++)
            seqs[i] |= (uint64_t)(uint8_t)bytes.at[i * BC_SEQ_BYTES + b] << (8 * b);
        if (seqs[i] == 0 || seqs[i] > bc_log_head(timelines->log)->size ||
            (i && seqs[i] <= seqs[i - 1]))
            rc = bc_timelines_damaged(err, "the list of a deal's events makes no sense");
    }
    bc_buf_release(&bytes);
    if (rc < 0) {
        free(seqs);
        return rc;
    }
    *out = seqs;
    *out_n = n;
    return BC_OK;
}

/* --- keeping the cache --- */

bc_status bc_timelines_drop(bc_log *log, struct bc_err *err)
{
    const struct bc_timelines_position none = { .version = BC_TIMELINES_VERSION, .words = 1 };
    bc_store *store = bc_log_store(log);
    struct bc_batch batch = { 0 };
    bc_status rc;

    /* First the position: a cache that is half thrown away must not be taken for one. */
    batch_position(&batch, &none);
    rc = bc_store_write(store, &batch, true, err);
    if (rc == BC_OK)
        rc = bc_store_clear(store, BC_TIMELINES, err);
    if (rc == BC_OK)
        rc = bc_store_clear(store, BC_DEALS, err);
    bc_batch_release(&batch);
    return rc;
}

/* Adds the rows of a stretch of the log to a batch, and moves the position. */
static void batch_rows(struct bc_batch *batch, bc_rows *rows, const bc_words *words,
                       struct bc_timelines_position *position, uint64_t last)
{
    const struct bc_deal_rows *deals;
    size_t n;

    deals = bc_rows_sorted(rows, &n);
    for (size_t i = 0; i < n; i++) {
        struct bc_str facts = bc_buf_str(&deals[i].facts);

        if (facts.len)
            bc_batch_add(batch, BC_TIMELINES, BC_APPEND, deals[i].deal, facts);
        position->sum += bc_facts_sum(facts);
        position->bytes += facts.len;
    }
    for (size_t i = 0; i < n; i++)
        if (deals[i].seqs.len)
            bc_batch_add(batch, BC_DEALS, BC_APPEND, deals[i].deal, bc_buf_str(&deals[i].seqs));
    for (; position->words < bc_words_count(words); position->words++) {
        char key[WORD_KEY_LEN];

        word_key(key, (uint32_t)position->words);
        bc_batch_add(batch, BC_META, BC_PUT, (struct bc_str){ key, sizeof(key) },
                     bc_words_text(words, (uint32_t)position->words));
    }
    position->seq = last;
    batch_position(batch, position);
}

bc_status bc_timelines_update(bc_log *log, struct bc_err *err)
{
    bc_words *words = bc_words_new();
    uint64_t size = bc_log_head(log)->size;
    struct bc_batch batch = { 0 };
    struct bc_timelines_position position;
    size_t written = 0;
    bc_status rc = bc_timelines_position_read(&position, log, err);

    if (rc == BC_OK && (position.version != BC_TIMELINES_VERSION || position.seq > size)) {
        rc = bc_timelines_drop(log, err);
        position = (struct bc_timelines_position){ .version = BC_TIMELINES_VERSION, .words = 1 };
    }
    if (rc == BC_OK && position.seq < size)
        rc = bc_timelines_words_read(words, log, position.words, err);
    while (rc == BC_OK && position.seq < size) {
        bc_rows *rows = bc_rows_new();
        uint64_t last;

        rc = bc_rows_read(rows, log, position.seq + 1, size, UPDATE_MOST, words, &last, err);
        if (rc == BC_OK) {
            bc_batch_clear(&batch);
            batch_rows(&batch, rows, words, &position, last);
            rc = bc_store_write(bc_log_store(log), &batch, false, err);
            written += batch.bytes.len;
        }
        bc_rows_free(rows);
    }
    if (rc == BC_OK && written >= SETTLE_FROM)
        rc = bc_store_settle(bc_log_store(log), err);
    bc_batch_release(&batch);
    bc_words_free(words);
    return rc;
}
