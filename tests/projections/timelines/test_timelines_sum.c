/* The sums of the timelines: whatever changes places in the cache, no question answers from it, and
 * verify names it. If the sums were written anew, too, only verify notices. */
#include "projections/events/deal_events.h"
#include "projections/timelines/timelines.h"
#include "projections/timelines/timelines_impl.h"
#include "tests/support/check.h"
#include "tests/support/story.h"

#include <inttypes.h>
#include <stdlib.h>

/* Both deals have facts, seqs and strings of the same lengths. */
static const char story[] = "d1 created enrichment type newbusiness; d2 created outreach type "
                            "expansion; d1 moved outreach; d2 moved discovery; x: d1 moved "
                            "discovery; y: d2 moved proposal; retract x; retract y; pivot no_wins; "
                            "d1 set mood good; d2 set mood good";

static bc_log *told(void)
{
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    story_append(log, story);
    check_ok(bc_timelines_update(log, &err), &err);
    return log;
}

static void write_one(bc_log *log, enum bc_family family, struct bc_str key, struct bc_str value)
{
    struct bc_batch batch = { 0 };
    struct bc_err err = { 0 };

    bc_batch_add(&batch, family, BC_PUT, key, value);
    check_ok(bc_store_write(bc_log_store(log), &batch, true, &err), &err);
    bc_batch_release(&batch);
}

static void read_one(bc_log *log, enum bc_family family, struct bc_str key, struct bc_buf *value)
{
    struct bc_err err = { 0 };

    assert_int_equal(bc_store_get(bc_log_store(log), family, key, value, &err), BC_OK);
}

/* --- exchanges, each of which a sum of all words would keep --- */

enum { ALL = 0 }; /* bytes: the whole value */

/* Exchanges `len` bytes at a place of one value with those at a place of another. */
static void exchange(bc_log *log, enum bc_family family, struct bc_str a, size_t at_a,
                     struct bc_str b, size_t at_b, size_t len)
{
    struct bc_buf one = { 0 }, two = { 0 };

    read_one(log, family, a, &one);
    read_one(log, family, b, &two);
    if (len == ALL) {
        write_one(log, family, a, bc_buf_str(&two));
        write_one(log, family, b, bc_buf_str(&one));
    } else {
        char kept[64];
        const bool same = bc_str_eq(a, b);
        char *other = same ? one.at : two.at;

        assert_true(len <= sizeof(kept) && at_a + len <= one.len && at_b + len <= two.len);
        memcpy(kept, one.at + at_a, len);
        assert_memory_not_equal(kept, other + at_b, len);
        memcpy(one.at + at_a, other + at_b, len);
        memcpy(other + at_b, kept, len);
        write_one(log, family, a, bc_buf_str(&one));
        if (!same)
            write_one(log, family, b, bc_buf_str(&two));
    }
    bc_buf_release(&one);
    bc_buf_release(&two);
}

#define D1 BC_STR("d1")
#define D2 BC_STR("d2")

static void stage_words(bc_log *log)
{
    exchange(log, BC_TIMELINES, D1, 8, D2, 8, 3);
}

static void facts_of_two_deals(bc_log *log)
{
    exchange(log, BC_TIMELINES, D1, 0, D2, 0, 16);
}

static void facts_of_one_deal(bc_log *log)
{
    exchange(log, BC_TIMELINES, D1, 0, D1, 16, 16);
}

static void words_of_one_fact(bc_log *log)
{
    exchange(log, BC_TIMELINES, D1, 0, D1, 8, 8);
}

static void values_of_two_deals(bc_log *log)
{
    exchange(log, BC_TIMELINES, D1, 0, D2, 0, ALL);
}

static void seqs_of_two_deals(bc_log *log)
{
    exchange(log, BC_DEALS, D1, 0, D2, 0, 5);
}

/* Of events that make no fact. */
static void last_seqs_of_two_deals(bc_log *log)
{
    exchange(log, BC_DEALS, D1, 20, D2, 20, 5);
}

static void lists_of_two_deals(bc_log *log)
{
    exchange(log, BC_DEALS, D1, 0, D2, 0, ALL);
}

/* The last fact of one deal after those of the other. */
static void fact_moved(bc_log *log)
{
    struct bc_buf one = { 0 }, two = { 0 };

    read_one(log, BC_TIMELINES, D2, &one);
    read_one(log, BC_TIMELINES, D1, &two);
    bc_buf_add(&two, one.at + one.len - 24, 24);
    write_one(log, BC_TIMELINES, D2, (struct bc_str){ one.at, one.len - 24 });
    write_one(log, BC_TIMELINES, D1, bc_buf_str(&two));
    bc_buf_release(&one);
    bc_buf_release(&two);
}

static void seq_moved(bc_log *log)
{
    struct bc_buf one = { 0 }, two = { 0 };

    read_one(log, BC_DEALS, D2, &one);
    read_one(log, BC_DEALS, D1, &two);
    bc_buf_add(&two, one.at + one.len - 5, 5);
    write_one(log, BC_DEALS, D2, (struct bc_str){ one.at, one.len - 5 });
    write_one(log, BC_DEALS, D1, bc_buf_str(&two));
    bc_buf_release(&one);
    bc_buf_release(&two);
}

/* The retraction of d2's event is in the list of d1, too. */
static void retraction_listed_twice(bc_log *log)
{
    struct bc_buf one = { 0 }, two = { 0 }, longer = { 0 };

    read_one(log, BC_DEALS, D1, &one);
    read_one(log, BC_DEALS, D2, &two);
    bc_buf_add(&longer, one.at, 20);
    bc_buf_add(&longer, two.at + 15, 5);
    bc_buf_add(&longer, one.at + 20, 5);
    write_one(log, BC_DEALS, D1, bc_buf_str(&longer));
    bc_buf_release(&one);
    bc_buf_release(&two);
    bc_buf_release(&longer);
}

static void texts_of_words(bc_log *log)
{
    exchange(log, BC_META, (struct bc_str){ "word\0\0\0\1", 8 }, 0,
             (struct bc_str){ "word\0\0\0\2", 8 }, 0, ALL);
}

/* --- questions --- */

static bc_status see_deal(void *payload, struct bc_str deal, struct bc_str facts,
                          struct bc_err *err)
{
    (void)payload;
    (void)deal;
    (void)facts;
    (void)err;
    return BC_OK;
}

/* What every figure comes by. */
static bc_status walk_all(bc_timelines *timelines, struct bc_err *err)
{
    return bc_timelines_walk(timelines, see_deal, NULL, err);
}

/* What a deal's history comes by. */
static bc_status look_at_d1(bc_timelines *timelines, struct bc_err *err)
{
    const struct bc_visible visible = { 0 };
    struct bc_deal_events events = { 0 };
    bc_status rc = bc_deal_events_read(&events, timelines, &visible, D1, err);

    if (rc == BC_OK)
        bc_deal_events_release(&events);
    return rc;
}

static bc_status ask(bc_log *log, bc_status (*question)(bc_timelines *, struct bc_err *),
                     struct bc_err *err)
{
    bc_timelines *timelines = NULL;
    bc_status rc = bc_timelines_open(&timelines, log, BC_FROM_CACHE, err);

    if (rc == BC_OK)
        rc = question(timelines, err);
    bc_timelines_free(timelines);
    return rc;
}

static struct row {
    const char *name;
    void (*alter)(bc_log *log);
    /* what finds it: a walk over all facts; one over all lists; a question about the deal d1 */
    bool by_walk, by_lists, by_deal;
    bool ascends; /* so that there is a sum of it */
} rows[] = {
    { "stages of two deals", stage_words, true, false, true, true },
    { "facts of two deals", facts_of_two_deals, true, false, true, false },
    { "facts of one deal", facts_of_one_deal, true, false, true, true },
    { "words of one fact", words_of_one_fact, true, false, true, false },
    { "all facts of two deals", values_of_two_deals, true, false, true, true },
    { "a fact, moved to another deal", fact_moved, true, false, true, true },
    { "events of two deals", seqs_of_two_deals, false, true, true, true },
    { "events of two deals without facts", last_seqs_of_two_deals, false, true, true, true },
    { "all events of two deals", lists_of_two_deals, false, true, true, true },
    { "an event, moved to another deal", seq_moved, false, true, true, true },
    { "a retraction, listed for another deal", retraction_listed_twice, false, true, true, true },
    { "texts of two words", texts_of_words, true, true, true, true },
};

static void exchange_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };
    bc_log *log = told();

    assert_int_equal(ask(log, walk_all, &err), BC_OK);
    assert_int_equal(ask(log, bc_timelines_check_facts, &err), BC_OK);
    assert_int_equal(ask(log, bc_timelines_check_seqs, &err), BC_OK);
    assert_int_equal(ask(log, look_at_d1, &err), BC_OK);
    row->alter(log);
    assert_int_equal(ask(log, walk_all, &err), row->by_walk ? BC_E_DAMAGED : BC_OK);
    assert_int_equal(ask(log, bc_timelines_check_facts, &err), row->by_walk ? BC_E_DAMAGED : BC_OK);
    assert_int_equal(ask(log, bc_timelines_check_seqs, &err), row->by_lists ? BC_E_DAMAGED : BC_OK);
    assert_int_equal(ask(log, look_at_d1, &err), row->by_deal ? BC_E_DAMAGED : BC_OK);
    assert_int_equal(bc_timelines_verify(log, NULL, &err), BC_E_DAMAGED);
    bc_log_close(log);
}

/* Writes the sums that fit what the cache now holds. BC_E_DAMAGED: there are none. */
static bc_status sum_anew(bc_log *log)
{
    bc_string_table *strings = bc_string_table_new();
    struct bc_batch batch = { 0 };
    struct bc_position position;
    struct bc_err err = { 0 };
    bc_status rc = bc_position_read(log, &position, &err);

    if (rc == BC_OK)
        rc = bc_timelines_family_sum(&position.facts, log, BC_TIMELINES, &err);
    if (rc == BC_OK)
        rc = bc_timelines_family_sum(&position.seqs, log, BC_DEALS, &err);
    if (rc == BC_OK)
        rc = bc_timelines_strings_read(log, position.strings, strings, &position.texts, &err);
    if (rc == BC_OK) {
        bc_position_put(&batch, &position);
        check_ok(bc_store_write(bc_log_store(log), &batch, true, &err), &err);
    }
    bc_batch_release(&batch);
    bc_string_table_free(strings);
    return rc;
}

/* The same, with the sums written anew as well. */
static void sums_anew_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };
    bc_log *log = told();

    row->alter(log);
    assert_int_equal(sum_anew(log), row->ascends ? BC_OK : BC_E_DAMAGED);
    if (row->ascends) { /* no sum can notice it */
        assert_int_equal(ask(log, walk_all, &err), BC_OK);
        assert_int_equal(ask(log, bc_timelines_check_seqs, &err), BC_OK);
    }
    assert_int_equal(bc_timelines_verify(log, NULL, &err), BC_E_DAMAGED);
    bc_log_close(log);
}

/* --- the position --- */

static void every_byte_of_the_position_counts(void **state)
{
    struct bc_buf stored = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = told();

    (void)state;
    read_one(log, BC_META, BC_STR("timelines"), &stored);
    for (size_t at = 8; at < stored.len; at++) { /* after the version */
        stored.at[at] ^= 1;
        write_one(log, BC_META, BC_STR("timelines"), bc_buf_str(&stored));
        assert_int_equal(ask(log, walk_all, &err), BC_E_DAMAGED);
        stored.at[at] ^= 1;
    }
    write_one(log, BC_META, BC_STR("timelines"), bc_buf_str(&stored));
    assert_int_equal(ask(log, walk_all, &err), BC_OK);
    bc_buf_release(&stored);
    bc_log_close(log);
}

/* All is as it was put, but for the sum of one family. */
static void a_sum_that_fits_nothing_is_damage(void **state)
{
    struct bc_position position;
    struct bc_batch batch = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = told();

    (void)state;
    check_ok(bc_position_read(log, &position, &err), &err);
    position.facts.high ^= 1;
    bc_position_put(&batch, &position);
    check_ok(bc_store_write(bc_log_store(log), &batch, true, &err), &err);
    assert_int_equal(ask(log, walk_all, &err), BC_E_DAMAGED);
    assert_int_equal(bc_timelines_verify(log, NULL, &err), BC_E_DAMAGED);
    position.facts.high ^= 1;
    position.seqs.low ^= 1;
    bc_batch_clear(&batch);
    bc_position_put(&batch, &position);
    check_ok(bc_store_write(bc_log_store(log), &batch, true, &err), &err);
    assert_int_equal(ask(log, walk_all, &err), BC_OK);
    assert_int_equal(ask(log, bc_timelines_check_seqs, &err), BC_E_DAMAGED);
    assert_int_equal(bc_timelines_verify(log, NULL, &err), BC_E_DAMAGED);
    bc_batch_release(&batch);
    bc_log_close(log);
}

/* Version 3 had a sum of words; its position was of five of them. Version 4 had kinds of 5 bits;
 * its position was as it is. */
static void check_rebuilt(char version, size_t position_len)
{
    const char before[104] = { version, 0, 0, 0, 0, 0, 0, 0, 9 };
    struct bc_position position;
    struct bc_err err = { 0 };
    bc_log *log = told();

    stage_words(log); /* not read */
    write_one(log, BC_META, BC_STR("timelines"), (struct bc_str){ before, position_len });
    assert_int_equal(ask(log, walk_all, &err), BC_OK); /* from the log */
    check_ok(bc_timelines_verify(log, NULL, &err), &err);
    check_ok(bc_timelines_update(log, &err), &err);
    check_ok(bc_position_read(log, &position, &err), &err);
    assert_int_equal(position.version, BC_TIMELINES_VERSION);
    assert_int_equal(position.seq, bc_log_head(log)->size);
    assert_int_equal(ask(log, walk_all, &err), BC_OK);
    check_ok(bc_timelines_verify(log, NULL, &err), &err);
    bc_log_close(log);
}

static void the_cache_of_an_earlier_build_is_rebuilt(void **state)
{
    (void)state;
    check_rebuilt(3, 40);
    check_rebuilt(4, 104);
}

/* What is damaged stays found, also when more is added to the same deal. */
static void an_append_hides_no_damage(void **state)
{
    struct bc_err err = { 0 };
    bc_log *log = told();

    (void)state;
    stage_words(log);
    story_append(log, "p: d1 moved proposal @2025-06-01; q: d3 created outreach @2025-06-01");
    check_ok(bc_timelines_update(log, &err), &err);
    assert_int_equal(ask(log, walk_all, &err), BC_E_DAMAGED);
    bc_log_close(log);
}

/* --- the sum itself --- */

static struct bc_timelines_sum sum_of(const char *const *entries, size_t n)
{
    struct bc_timelines_sum sum = { 0 };

    for (size_t i = 0; i < n; i += 2)
        bc_timelines_sum_entry(&sum, bc_str_of(entries[i]), bc_str_of(entries[i + 1]));
    return sum;
}

/* Of the facts, or the lists, of a log made from a story. */
static struct bc_timelines_sum sum_of_family(enum bc_family family)
{
    struct bc_timelines_sum sum;
    struct bc_err err = { 0 };
    bc_log *log = told();

    check_ok(bc_timelines_family_sum(&sum, log, family, &err), &err);
    bc_log_close(log);
    return sum;
}

/* They are stored: others need another version of the timelines. */
static void the_sums_stay_what_they_are(void **state)
{
    const struct bc_timelines_sum sums[] = {
        sum_of((const char *[]){ "word1", "outreach", "word2", "discovery, and then some" }, 4),
        sum_of_family(BC_TIMELINES),
        sum_of_family(BC_DEALS),
    };
    const struct bc_timelines_sum want[] = {
        { UINT64_C(0x28b7fbf39a06d913), UINT64_C(0x4c7857fcac1910fd) },
        { UINT64_C(0xe199ee539feba23b), UINT64_C(0x785632d197c0c5f2) },
        { UINT64_C(0x1d4f61d4bb9b13c5), UINT64_C(0x12ad80251e48d1b5) },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sums); i++)
        if (!bc_timelines_sum_eq(&sums[i], &want[i]))
            fail_msg("sum %zu is 0x%016" PRIx64 ", 0x%016" PRIx64, i, sums[i].low, sums[i].high);
}

static void it_does_not_depend_on_the_order_but_on_all_else(void **state)
{
    const struct bc_timelines_sum sum = sum_of((const char *[]){ "a", "bc", "d", "ef" }, 4);
    const struct bc_timelines_sum same = sum_of((const char *[]){ "d", "ef", "a", "bc" }, 4);
    const struct bc_timelines_sum others[] = {
        sum_of((const char *[]){ "a", "ef", "d", "bc" }, 4),
        sum_of((const char *[]){ "ab", "c", "d", "ef" }, 4),
        sum_of((const char *[]){ "a", "bc" }, 2),
        sum_of((const char *[]){ "a", "bc", "d", "ef", "", "" }, 6),
        sum_of((const char *[]){ "a", "cb", "d", "ef" }, 4),
    };

    (void)state;
    assert_true(bc_timelines_sum_eq(&sum, &same));
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        assert_false(bc_timelines_sum_eq(&sum, &others[i]));
}

/* Also where a half overflows. */
static void parts_add_up_in_any_order(void **state)
{
    const uint64_t ends[] = { 0, 1, UINT64_MAX, UINT64_MAX - 1, UINT64_C(1) << 63 };
    const size_t n = ARRAY_LEN(ends) * ARRAY_LEN(ends);

    (void)state;
    for (size_t i = 0; i < n * n; i++) {
        const struct bc_timelines_sum one = { ends[i % n % 5], ends[i % n / 5] };
        const struct bc_timelines_sum two = { ends[i / n % 5], ends[i / n / 5] };
        struct bc_timelines_sum sum = one, other = two;

        bc_timelines_sum_join(&sum, &two);
        bc_timelines_sum_join(&other, &one);
        assert_true(bc_timelines_sum_eq(&sum, &other));
        bc_timelines_sum_entry(&sum, D1, D2);
        bc_timelines_sum_entry(&other, D1, D2);
        assert_true(bc_timelines_sum_eq(&sum, &other));
        assert_true(sum.low != one.low + two.low);
    }
}

/* A batch adds to a deal what it does not read. */
static void what_is_added_later_is_the_same_sum(void **state)
{
    struct bc_timelines_sum whole = { 0 }, parts = { 0 };
    struct bc_buf facts = { 0 }, seqs = { 0 };
    bc_log *log = told();

    (void)state;
    read_one(log, BC_TIMELINES, D1, &facts); /* a creation makes three facts of 16 bytes */
    read_one(log, BC_DEALS, D1, &seqs);
    assert_true(bc_timelines_sum_facts(&whole, D1, bc_buf_str(&facts)));
    assert_true(bc_timelines_sum_facts(&parts, D1, (struct bc_str){ facts.at, 48 }));
    assert_true(
        bc_timelines_sum_facts(&parts, D1, (struct bc_str){ facts.at + 48, facts.len - 48 }));
    assert_true(bc_timelines_sum_eq(&whole, &parts));
    assert_true(bc_timelines_sum_seqs(&whole, D1, bc_buf_str(&seqs)));
    assert_true(bc_timelines_sum_seqs(&parts, D1, (struct bc_str){ seqs.at, 10 }));
    assert_true(bc_timelines_sum_seqs(&parts, D1, (struct bc_str){ seqs.at + 10, seqs.len - 10 }));
    assert_true(bc_timelines_sum_eq(&whole, &parts));
    assert_false(bc_timelines_sum_seqs(&parts, D1, (struct bc_str){ seqs.at, seqs.len - 1 }));
    assert_false(bc_timelines_sum_facts(&parts, D1, (struct bc_str){ facts.at, facts.len - 1 }));
    bc_buf_release(&facts);
    bc_buf_release(&seqs);
    bc_log_close(log);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(every_byte_of_the_position_counts),
        cmocka_unit_test(a_sum_that_fits_nothing_is_damage),
        cmocka_unit_test(the_cache_of_an_earlier_build_is_rebuilt),
        cmocka_unit_test(an_append_hides_no_damage),
        cmocka_unit_test(the_sums_stay_what_they_are),
        cmocka_unit_test(it_does_not_depend_on_the_order_but_on_all_else),
        cmocka_unit_test(parts_add_up_in_any_order),
        cmocka_unit_test(what_is_added_later_is_the_same_sum),
    };
    struct CMUnitTest tests[2 * ARRAY_LEN(rows) + ARRAY_LEN(others)];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        tests[n++] = (struct CMUnitTest){ rows[i].name, exchange_row, NULL, NULL, &rows[i] };
        tests[n++] = (struct CMUnitTest){ rows[i].name, sums_anew_row, NULL, NULL, &rows[i] };
    }
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        tests[n++] = others[i];
    return cmocka_run_group_tests_name("projections/timelines/timelines_sum", tests, NULL, NULL);
}
