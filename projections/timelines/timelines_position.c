#include "projections/timelines/timelines_impl.h"

#include <endian.h>

/* The position as it is stored. Its last words are a sum over the others: with a wrong seq, events
 * would be counted twice, or not at all. */
enum { WORD_N = 13, SEAL_N = 2, STORED_N = WORD_N + SEAL_N, WORD_LEN = 8 };

static void pack(uint64_t out[STORED_N], const struct bc_position *position)
{
    const uint64_t words[WORD_N] = {
        position->version,      position->seq,      position->strings,   position->facts.low,
        position->facts.high,   position->seqs.low, position->seqs.high, position->texts.low,
        position->texts.high,   position->none.low, position->none.high, position->learning.low,
        position->learning.high
    };
    struct bc_timelines_sum seal = { 0 };
    char room[BC_META_KEY_MAX];

    for (size_t i = 0; i < WORD_N; i++)
        out[i] = htole64(words[i]);
    bc_timelines_sum_entry(&seal, bc_meta_key(room, BC_META_TIMELINES, 0),
                           (struct bc_str){ (const char *)out, (size_t)WORD_N * WORD_LEN });
    out[WORD_N] = htole64(seal.low);
    out[WORD_N + 1] = htole64(seal.high);
}

/* False: it has another form. */
static bool unpack(struct bc_position *out, struct bc_str stored)
{
    uint64_t words[STORED_N], again[STORED_N];

    if (stored.len != sizeof(words))
        return false;
    memcpy(words, stored.at, sizeof(words));
    for (size_t i = 0; i < STORED_N; i++)
        words[i] = le64toh(words[i]);
    *out = (struct bc_position){ .version = words[0],
                                 .seq = words[1],
                                 .strings = words[2],
                                 .facts = { words[3], words[4] },
                                 .seqs = { words[5], words[6] },
                                 .texts = { words[7], words[8] },
                                 .none = { words[9], words[10] },
                                 .learning = { words[11], words[12] } };
    pack(again, out);
    return memcmp(again, stored.at, sizeof(again)) == 0;
}

bc_status bc_timelines_damaged(struct bc_err *err, const char *what)
{
    return bc_err_damaged(err, "%s; the log may be sound: run backcast verify", what);
}

bc_status bc_position_read(bc_log *log, struct bc_position *out, struct bc_err *err)
{
    struct bc_buf value = { 0 };
    uint64_t version = BC_TIMELINES_VERSION;
    bc_status rc = bc_meta_get(log, BC_META_TIMELINES, &value, err);

    *out = BC_POSITION_NONE;
    if (rc == BC_OK && value.len >= sizeof(version)) {
        memcpy(&version, value.at, sizeof(version));
        version = le64toh(version);
    }
    if (version != BC_TIMELINES_VERSION)
        out->version = version; /* nothing else about its form is known */
    else if (rc == BC_OK && !unpack(out, bc_buf_str(&value)))
        rc = bc_timelines_damaged(err, "the position of the timelines cannot be read");
    bc_buf_release(&value);
    return rc < 0 ? rc : BC_OK;
}

void bc_position_put(struct bc_batch *batch, const struct bc_position *position)
{
    uint64_t words[STORED_N];

    pack(words, position);
    bc_meta_put(batch, BC_META_TIMELINES, 0, (struct bc_str){ (const char *)words, sizeof(words) });
}

/* They are adjacent: one walk, since one look-up each would cost more than the question. */
bc_status bc_timelines_strings_read(bc_log *log, uint64_t n, bc_string_table *strings,
                                    struct bc_timelines_sum *sum, struct bc_err *err)
{
    char room[BC_META_KEY_MAX];
    struct bc_str key, text;
    bc_iter *iter = NULL;
    bc_status rc;

    *sum = (struct bc_timelines_sum){ 0 };
    rc = bc_iter_open(&iter, bc_log_store(log), BC_META, bc_meta_key(room, BC_META_WORDS, 1), err);
    for (uint32_t word = 1; rc == BC_OK && word < n; word++) {
        rc = bc_iter_next(iter, &key, &text, err);
        if (rc == BC_DONE ||
            (rc == BC_OK && (!bc_str_eq(key, bc_meta_key(room, BC_META_WORDS, word)) ||
                             bc_string_table_add(strings, text) != word)))
            rc = bc_timelines_damaged(err, "a string of the timelines is missing");
        if (rc == BC_OK)
            bc_timelines_sum_entry(sum, key, text);
    }
    bc_iter_free(iter);
    return rc;
}

bc_status bc_timelines_strings_take(bc_log *log, const struct bc_position *position,
                                    bc_string_table *strings, struct bc_err *err)
{
    struct bc_timelines_sum sum;
    bc_status rc = bc_timelines_strings_read(log, position->strings, strings, &sum, err);

    if (rc == BC_OK && !bc_timelines_sum_eq(&sum, &position->texts))
        rc = bc_timelines_damaged(err, "the strings of the timelines do not match their checksum");
    return rc;
}

void bc_timelines_word_put(struct bc_batch *batch, uint32_t word, struct bc_str text,
                           struct bc_timelines_sum *sum)
{
    char room[BC_META_KEY_MAX];

    bc_timelines_sum_entry(sum, bc_meta_key(room, BC_META_WORDS, word), text);
    bc_meta_put(batch, BC_META_WORDS, word, text);
}
