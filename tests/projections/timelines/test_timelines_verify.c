/* Verify holds the cache of the timelines against the log: what is right passes, however far the
 * cache has read and however many threads compare; whatever was altered is found, and its deal is
 * named. Each row alters a good cache through the store. */
#include "projections/timelines/timelines.h"
#include "tests/support/check.h"
#include "tests/support/made.h"
#include "tests/support/story.h"

#include <stdlib.h>

enum { LARGE = 9192 }; /* events: three parts for the threads */

static const char story[] =
    "d1 created enrichment type newbusiness; d2 created enrichment; d1 moved outreach; "
    "d2 moved outreach; x: d1 moved discovery; retract x; pivot no_wins";

static bc_log *new_log(void)
{
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    return log;
}

static bc_log *told(void)
{
    struct bc_err err = { 0 };
    bc_log *log = new_log();

    story_append(log, story);
    check_ok(bc_timelines_update(log, &err), &err);
    return log;
}

static bc_log *made(void)
{
    struct bc_err err = { 0 };
    bc_log *log = new_log();

    check_ok(made_append(log, 1, LARGE, 0, MADE_NOW_US, &err), &err);
    check_ok(bc_timelines_update(log, &err), &err);
    return log;
}

static void write_one(bc_log *log, enum bc_family family, enum bc_op op, struct bc_str key,
                      struct bc_str value)
{
    struct bc_batch batch = { 0 };
    struct bc_err err = { 0 };

    bc_batch_add(&batch, family, op, key, value);
    check_ok(bc_store_write(bc_log_store(log), &batch, true, &err), &err);
    bc_batch_release(&batch);
}

static void read_one(bc_log *log, enum bc_family family, struct bc_str key, struct bc_buf *value)
{
    struct bc_err err = { 0 };

    assert_int_equal(bc_store_get(bc_log_store(log), family, key, value, &err), BC_OK);
}

static struct bc_str word_key(char number)
{
    static char key[8] = "word";

    key[7] = number;
    return (struct bc_str){ key, sizeof(key) };
}

/* --- alterations --- */

static void nothing(bc_log *log)
{
    (void)log;
}

static void told_more(bc_log *log)
{
    story_append(log, "a: d0 created outreach @2025-02-01; b: d2 moved discovery; r: retract a");
}

static void dropped(bc_log *log)
{
    struct bc_err err = { 0 };

    check_ok(bc_timelines_drop(log, &err), &err);
}

static void no_facts(bc_log *log)
{
    write_one(log, BC_TIMELINES, BC_PUT, BC_STR("d0"), (struct bc_str){ 0 });
}

static void no_seqs(bc_log *log)
{
    write_one(log, BC_DEALS, BC_PUT, BC_STR("d0"), (struct bc_str){ 0 });
}

static void deal_gone(bc_log *log)
{
    write_one(log, BC_TIMELINES, BC_DELETE, BC_STR("d2"), (struct bc_str){ 0 });
}

static void list_gone(bc_log *log)
{
    write_one(log, BC_DEALS, BC_DELETE, BC_STR("d2"), (struct bc_str){ 0 });
}

/* Moves the first fact, of 16 bytes, after the second. */
static void facts_exchanged(bc_log *log)
{
    struct bc_buf facts = { 0 };
    char first[16];

    read_one(log, BC_TIMELINES, BC_STR("d1"), &facts);
    memcpy(first, facts.at, 16);
    memmove(facts.at, facts.at + 16, 16);
    memcpy(facts.at + 16, first, 16);
    write_one(log, BC_TIMELINES, BC_PUT, BC_STR("d1"), bc_buf_str(&facts));
    bc_buf_release(&facts);
}

static void deals_exchanged(bc_log *log)
{
    struct bc_buf one = { 0 }, two = { 0 };

    read_one(log, BC_TIMELINES, BC_STR("d1"), &one);
    read_one(log, BC_TIMELINES, BC_STR("d2"), &two);
    write_one(log, BC_TIMELINES, BC_PUT, BC_STR("d1"), bc_buf_str(&two));
    write_one(log, BC_TIMELINES, BC_PUT, BC_STR("d2"), bc_buf_str(&one));
    bc_buf_release(&one);
    bc_buf_release(&two);
}

static void fact_twice(bc_log *log)
{
    struct bc_buf facts = { 0 };

    read_one(log, BC_TIMELINES, BC_STR("d2"), &facts);
    write_one(log, BC_TIMELINES, BC_APPEND, BC_STR("d2"),
              (struct bc_str){ facts.at + facts.len - 16, 16 });
    bc_buf_release(&facts);
}

static void seq_moved(bc_log *log)
{
    struct bc_buf one = { 0 };

    read_one(log, BC_DEALS, BC_STR("d1"), &one);
    write_one(log, BC_DEALS, BC_APPEND, BC_STR("d2"), (struct bc_str){ one.at + one.len - 5, 5 });
    write_one(log, BC_DEALS, BC_PUT, BC_STR("d1"), (struct bc_str){ one.at, one.len - 5 });
    bc_buf_release(&one);
}

/* Strings 1 and 2 change places, in the facts too: everything has the same meaning, but a rebuilt
 * cache would have other bytes. */
static void words_exchanged(bc_log *log)
{
    static const uint32_t numbers[] = { 0, 2, 1, 3, 4, 5, 6, 7 };
    static const char *const deals[] = { "", "d1", "d2" };
    struct bc_buf one = { 0 }, two = { 0 };

    read_one(log, BC_META, word_key(1), &one);
    read_one(log, BC_META, word_key(2), &two);
    write_one(log, BC_META, BC_PUT, word_key(1), bc_buf_str(&two));
    write_one(log, BC_META, BC_PUT, word_key(2), bc_buf_str(&one));
    for (size_t i = 0; i < ARRAY_LEN(deals); i++) {
        read_one(log, BC_TIMELINES, bc_str_of(deals[i]), &one);
        bc_facts_renumber(one.at, one.len, numbers);
        write_one(log, BC_TIMELINES, BC_PUT, bc_str_of(deals[i]), bc_buf_str(&one));
    }
    bc_buf_release(&one);
    bc_buf_release(&two);
}

/* Of a retraction in the last part. */
static void made_fact_altered(bc_log *log)
{
    struct bc_buf facts = { 0 };

    read_one(log, BC_TIMELINES, BC_STR("d21"), &facts);
    facts.at[facts.len - 8] ^= 1;
    write_one(log, BC_TIMELINES, BC_PUT, BC_STR("d21"), bc_buf_str(&facts));
    bc_buf_release(&facts);
}

static void made_seq_altered(bc_log *log)
{
    struct bc_buf seqs = { 0 };

    read_one(log, BC_DEALS, BC_STR("d33"), &seqs);
    seqs.at[seqs.len - 5] ^= 1;
    write_one(log, BC_DEALS, BC_PUT, BC_STR("d33"), bc_buf_str(&seqs));
    bc_buf_release(&seqs);
}

static void learning_gone(bc_log *log)
{
    write_one(log, BC_LEARNING, BC_DELETE, BC_STR("d1"), (struct bc_str){ 0 });
}

static void learning_too_much(bc_log *log)
{
    struct bc_buf facts = { 0 };

    read_one(log, BC_LEARNING, BC_STR("d1"), &facts);
    write_one(log, BC_LEARNING, BC_PUT, BC_STR("d2"), bc_buf_str(&facts));
    bc_buf_release(&facts);
}

/* The last byte of the first fact, of a text or of the zeros after it. */
static void learning_altered(bc_log *log)
{
    struct bc_fact_at fact;
    struct bc_buf facts = { 0 };
    struct bc_str left;

    read_one(log, BC_LEARNING, BC_STR("d1"), &facts);
    left = bc_buf_str(&facts);
    assert_true(bc_fact_step(&fact, &left));
    facts.at[facts.len - left.len - 1] ^= 1;
    write_one(log, BC_LEARNING, BC_PUT, BC_STR("d1"), bc_buf_str(&facts));
    bc_buf_release(&facts);
}

static struct row {
    const char *name;
    bc_log *(*make)(void);
    void (*alter)(bc_log *log);
    const char *said; /* NULL: all is well */
} rows[] = {
    { "what an update wrote", told, nothing, NULL },
    { "a cache that lags its log", told, told_more, NULL },
    { "no cache", told, dropped, NULL },
    { "a deal without facts", told, no_facts, "\"d0\"" },
    { "a deal without events", told, no_seqs, "\"d0\"" },
    { "a deal that is gone", told, deal_gone, "\"d2\"" },
    { "a deal whose events are gone", told, list_gone, "\"d2\"" },
    { "facts in another order", told, facts_exchanged, "\"d1\"" },
    { "facts of another deal", told, deals_exchanged, "\"d1\"" },
    { "a fact twice", told, fact_twice, "\"d2\"" },
    { "an event of another deal", told, seq_moved, "\"d1\"" },
    { "words in another order", told, words_exchanged, "\"d1\"" },
    { "a deal without its learning", told, learning_gone, "\"d1\"" },
    { "learning of another deal", told, learning_too_much, "\"d2\"" },
    { "a byte of its learning", told, learning_altered, "\"d1\"" },
    { "in parts, what an update wrote", made, nothing, NULL },
    { "in parts, a cache that lags its log", made, told_more, NULL },
    { "in parts, a fact", made, made_fact_altered, "\"d21\"" },
    { "in parts, a list of events", made, made_seq_altered, "\"d33\"" },
};

static void verify_row(void **state)
{
    const struct row *row = *state;
    bc_log *log = row->make();

    row->alter(log);
    for (unsigned threads = 1; threads <= 3; threads++) {
        const struct bc_verify_options options = { .threads = threads };
        struct bc_err err = { 0 };
        bc_status rc = bc_timelines_verify(log, &options, &err);

        if (!row->said) {
            check_ok(rc, &err);
            continue;
        }
        assert_int_equal(rc, BC_E_DAMAGED);
        if (!strstr(err.message, row->said))
            fail_msg("\"%s\" does not say \"%s\"", err.message, row->said);
    }
    bc_log_close(log);
}

/* Flips the lowest bit of the byte `place` of all values of a family in a row, without those of the
 * head and of the cache's version. False: there are not so many. */
static bool flip_place(bc_log *log, enum bc_family family, size_t place)
{
    struct bc_buf name = { 0 }, altered = { 0 };
    struct bc_str key, value;
    struct bc_err err = { 0 };
    bc_iter *iter;
    bc_status rc;

    check_ok(bc_iter_open(&iter, bc_log_store(log), family, (struct bc_str){ 0 }, &err), &err);
    while ((rc = bc_iter_next(iter, &key, &value, &err)) == BC_OK) {
        size_t skip = bc_str_eq(key, BC_STR("timelines")) ? 8 : 0;

        if (family == BC_META && bc_str_eq(key, BC_STR("head")))
            continue;
        if (place < value.len - skip) {
            bc_buf_add_str(&name, key);
            bc_buf_add_str(&altered, value);
            altered.at[skip + place] ^= 1;
            break;
        }
        place -= value.len - skip;
    }
    bc_iter_free(iter);
    if (rc == BC_OK)
        write_one(log, family, BC_PUT, bc_buf_str(&name), bc_buf_str(&altered));
    bc_buf_release(&name);
    bc_buf_release(&altered);
    return rc == BC_OK;
}

static void every_byte_of_a_small_cache_counts(void **state)
{
    static const enum bc_family families[] = { BC_TIMELINES, BC_DEALS, BC_LEARNING, BC_META };
    size_t flips = 0;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(families); i++) {
        bool there = true;

        for (size_t place = 0; there; place++) {
            bc_log *log = told();
            struct bc_err err = { 0 };
            bc_status rc;

            there = flip_place(log, families[i], place);
            rc = bc_timelines_verify(log, NULL, &err);
            if (rc != (there ? BC_E_DAMAGED : BC_OK))
                fail_msg("family %d, byte %zu: status %d", (int)families[i], place, rc);
            flips += there;
            bc_log_close(log);
        }
    }
    assert_true(flips > 200);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1] = {
        cmocka_unit_test(every_byte_of_a_small_cache_counts),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[1 + i] = (struct CMUnitTest){ rows[i].name, verify_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("projections/timelines/timelines_verify", tests, NULL, NULL);
}
