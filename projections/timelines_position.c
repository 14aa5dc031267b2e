#include "projections/timelines_impl.h"

#include <endian.h>

static const struct bc_str position_key = { "timelines", 9 };

bc_status bc_timelines_damaged(struct bc_err *err, const char *what)
{
    return bc_err_set(err, BC_E_DAMAGED,
                      "the ledger is damaged: %s; the log may be sound: run backcast verify", what);
}

bc_status bc_position_read(bc_log *log, struct bc_position *out, struct bc_err *err)
{
    struct bc_buf value = { 0 };
    uint64_t words[5];
    bc_status rc = bc_store_get(bc_log_store(log), BC_META, position_key, &value, err);

    *out = BC_POSITION_NONE;
    if (rc == BC_OK && value.len != sizeof(words)) {
        rc = bc_timelines_damaged(err, "the position of the timelines cannot be read");
    } else if (rc == BC_OK) {
        memcpy(words, value.at, sizeof(words));
        *out = (struct bc_position){ le64toh(words[0]), le64toh(words[1]), le64toh(words[2]),
                                     le64toh(words[3]), le64toh(words[4]) };
    }
    bc_buf_release(&value);
    return rc < 0 ? rc : BC_OK;
}

void bc_position_put(struct bc_batch *batch, const struct bc_position *position)
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
bc_status bc_timelines_words_read(bc_log *log, uint64_t n, bc_words *words, struct bc_err *err)
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

void bc_timelines_word_put(struct bc_batch *batch, uint32_t word, struct bc_str text)
{
    char key[WORD_KEY_LEN];

    word_key(key, word);
    bc_batch_add(batch, BC_META, BC_PUT, (struct bc_str){ key, sizeof(key) }, text);
}
