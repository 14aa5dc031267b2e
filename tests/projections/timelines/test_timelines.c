/* tests/projections/timelines/test_timelines.c - the timelines are a cache: brought up in parts or
 * at once, thrown away and rebuilt, they have the same bytes; what was altered in them is found,
 * and never becomes a figure. */
#include "projections/timelines/timelines.h"
#include "tests/support/check.h"
#include "tests/support/history.h"
#include "tests/support/story.h"

static bc_log *new_log(void)
{
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    return log;
}

static void update(bc_log *log)
{
    struct bc_err err = { 0 };

    check_ok(bc_timelines_update(log, &err), &err);
}

/* All keys and values of the families that the cache is in, except the head of the log. */
static void dump(bc_log *log, struct bc_buf *out)
{
    static const enum bc_family families[] = { BC_TIMELINES, BC_DEALS, BC_LEARNING, BC_META };
    struct bc_err err = { 0 };

    out->len = 0;
    for (size_t i = 0; i < ARRAY_LEN(families); i++) {
        struct bc_str key, value;
        bc_iter *iter = NULL;

        check_ok(bc_iter_open(&iter, bc_log_store(log), families[i], (struct bc_str){ 0 }, &err),
                 &err);
        while (bc_iter_next(iter, &key, &value, &err) == BC_OK) {
            if (bc_str_eq(key, BC_STR("head")))
                continue;
            bc_buf_printf(out, "%d:%zu:%zu:", (int)families[i], key.len, value.len);
            bc_buf_add_str(out, key);
            bc_buf_add_str(out, value);
        }
        bc_iter_free(iter);
    }
}

static void rebuilt_it_has_the_same_bytes(void **state)
{
    (void)state;
    for (unsigned n = 0; n < 12; n++) {
        struct bc_buf parts = { 0 }, again = { 0 };
        struct bc_err err = { 0 };
        bc_log *log = new_log();
        struct history history;
        bc_zone *zone;
        struct history_plan plan = history_plan_of(n, &zone);

        history_make(&history, &plan);
        for (size_t at = 0; at < history.offered.n; at += 37) {
            size_t left = history.offered.n - at;

            events_append(log, history.offered.at + at, left < 37 ? left : 37);
            update(log);
        }
        dump(log, &parts);
        check_ok(bc_timelines_verify(log, NULL, &err), &err);
        check_ok(bc_timelines_drop(log, &err), &err);
        check_ok(bc_timelines_verify(log, NULL, &err), &err);
        update(log);
        dump(log, &again);
        assert_true(bc_str_eq(bc_buf_str(&parts), bc_buf_str(&again)));
        bc_buf_release(&parts);
        bc_buf_release(&again);
        bc_log_close(log);
        history_release(&history);
        bc_zone_free(zone);
    }
}

static const char story[] =
    "d1 created enrichment type newbusiness; d2 created enrichment; d1 moved outreach; "
    "d2 moved outreach; x: d1 moved discovery; retract x; pivot no_wins";

static bc_log *told(void)
{
    bc_log *log = new_log();

    story_append(log, story);
    update(log);
    return log;
}

static bc_status count_deal(void *payload, struct bc_str deal, struct bc_str facts,
                            struct bc_err *err)
{
    (void)deal;
    (void)facts;
    (void)err;
    ++*(size_t *)payload;
    return BC_OK;
}

static bc_status walk(bc_log *log, size_t *deals, struct bc_err *err)
{
    bc_timelines *timelines = NULL;
    bc_status rc = bc_timelines_open(&timelines, log, BC_FROM_CACHE, err);

    *deals = 0;
    if (rc == BC_OK)
        rc = bc_timelines_walk(timelines, count_deal, deals, err);
    bc_timelines_free(timelines);
    return rc;
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

static void flip(bc_log *log, enum bc_family family, struct bc_str key, size_t at)
{
    struct bc_buf value = { 0 };
    struct bc_err err = { 0 };

    assert_int_equal(bc_store_get(bc_log_store(log), family, key, &value, &err), BC_OK);
    value.at[at] ^= 1;
    write_one(log, family, BC_PUT, key, bc_buf_str(&value));
    bc_buf_release(&value);
}

static void a_walk_sees_each_deal_once(void **state)
{
    struct bc_err err = { 0 };
    bc_log *log = told();
    size_t deals;

    (void)state;
    story_append(log,
                 "a: d0 created outreach @2025-02-01; b: d2 moved discovery"); /* after the cache */
    assert_int_equal(walk(log, &deals, &err), BC_OK);
    assert_int_equal(deals, 3);
    bc_log_close(log);
}

/* Who keeps them frees them, too; and what was checked once is not checked again. */
static void those_that_are_kept_outlive_a_question(void **state)
{
    struct bc_err err = { 0 };
    bc_log *log = told();
    bc_timelines *timelines = NULL;
    size_t deals = 0, more = 0;

    (void)state;
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    bc_timelines_keep(timelines);
    assert_int_equal(bc_timelines_walk(timelines, count_deal, &deals, &err), BC_OK);
    bc_timelines_free(timelines);
    flip(log, BC_TIMELINES, BC_STR("d1"), 1);
    assert_int_equal(bc_timelines_walk(timelines, count_deal, &more, &err), BC_OK);
    assert_int_equal(more, deals);
    bc_timelines_free(timelines);
    assert_int_equal(walk(log, &deals, &err), BC_E_DAMAGED); /* which are opened anew */
    bc_log_close(log);
}

static void an_altered_fact_is_no_figure(void **state)
{
    struct bc_err err = { 0 };
    bc_log *log = told();
    size_t deals;

    (void)state;
    flip(log, BC_TIMELINES, BC_STR("d1"), 1);
    assert_int_equal(walk(log, &deals, &err), BC_E_DAMAGED);
    assert_int_equal(bc_timelines_verify(log, NULL, &err), BC_E_DAMAGED);
    assert_non_null(strstr(err.message, "d1"));
    bc_log_close(log);
}

static bc_status count_learning(void *payload, struct bc_str deal, struct bc_str facts,
                                struct bc_str learning, struct bc_err *err)
{
    (void)deal;
    (void)facts;
    (void)err;
    *(size_t *)payload += learning.len > 0;
    return BC_OK;
}

static bc_status walk_learning(bc_log *log, size_t *deals, struct bc_err *err)
{
    const struct bc_split none = { 0 };
    bc_timelines *timelines = NULL;
    void *payload = deals;
    bc_status rc = bc_timelines_open(&timelines, log, BC_FROM_CACHE, err);

    *deals = 0;
    if (rc == BC_OK)
        rc = bc_timelines_walk_learning(timelines, &none, 1, count_learning, &payload, err);
    bc_timelines_free(timelines);
    return rc;
}

/* The same by those who read single deals of it. */
static bc_status check_learning(bc_log *log, struct bc_err *err)
{
    bc_timelines *timelines;
    bc_status rc = bc_timelines_open(&timelines, log, BC_FROM_CACHE, err);

    if (rc == BC_OK)
        rc = bc_timelines_check_learning(timelines, err);
    bc_timelines_free(timelines);
    return rc;
}

/* Of the family learning alone: no metric reads it, so none is lost with it. */
static void altered_learning_is_no_answer_to_those_who_read_it(void **state)
{
    struct bc_err err = { 0 };
    bc_log *log = told();
    size_t deals;

    (void)state;
    story_append(log,
                 "a: d1 set tier gold @2025-03-01; b: d7 set tier silver; c: d8 created outreach");
    assert_int_equal(walk_learning(log, &deals, &err), BC_OK); /* some of it after the cache */
    assert_int_equal(deals, 2);
    update(log);
    assert_int_equal(walk_learning(log, &deals, &err), BC_OK);
    assert_int_equal(deals, 2);
    assert_int_equal(check_learning(log, &err), BC_OK);
    flip(log, BC_LEARNING, BC_STR("d7"), 17);
    assert_int_equal(walk_learning(log, &deals, &err), BC_E_DAMAGED);
    assert_int_equal(check_learning(log, &err), BC_E_DAMAGED);
    assert_int_equal(walk(log, &deals, &err), BC_OK);
    flip(log, BC_LEARNING, BC_STR("d7"), 17);
    write_one(log, BC_LEARNING, BC_DELETE, BC_STR("d1"), (struct bc_str){ 0 });
    assert_int_equal(walk_learning(log, &deals, &err), BC_E_DAMAGED);
    check_ok(bc_timelines_drop(log, &err), &err);
    update(log);
    assert_int_equal(walk_learning(log, &deals, &err), BC_OK);
    assert_int_equal(deals, 2);
    bc_log_close(log);
}

static void a_missing_deal_is_no_figure(void **state)
{
    struct bc_err err = { 0 };
    bc_log *log = told();
    size_t deals;

    (void)state;
    write_one(log, BC_TIMELINES, BC_DELETE, BC_STR("d2"), (struct bc_str){ 0 });
    assert_int_equal(walk(log, &deals, &err), BC_E_DAMAGED);
    assert_int_equal(bc_timelines_verify(log, NULL, &err), BC_E_DAMAGED);
    assert_non_null(strstr(err.message, "d2"));
    bc_log_close(log);
}

static void an_invented_deal_is_no_figure(void **state)
{
    struct bc_err err = { 0 };
    struct bc_buf facts = { 0 };
    bc_log *log = told();
    size_t deals;

    (void)state;
    assert_int_equal(bc_store_get(bc_log_store(log), BC_TIMELINES, BC_STR("d1"), &facts, &err),
                     BC_OK);
    write_one(log, BC_TIMELINES, BC_PUT, BC_STR("d11"), bc_buf_str(&facts));
    assert_int_equal(walk(log, &deals, &err), BC_E_DAMAGED);
    assert_int_equal(bc_timelines_verify(log, NULL, &err), BC_E_DAMAGED);
    assert_non_null(strstr(err.message, "d11"));
    bc_buf_release(&facts);
    bc_log_close(log);
}

static void an_altered_list_of_events_is_found(void **state)
{
    struct bc_err err = { 0 };
    bc_timelines *timelines = NULL;
    uint64_t *seqs = NULL;
    bc_log *log = told();
    size_t n;

    (void)state;
    flip(log, BC_DEALS, BC_STR("d1"), 4); /* a seq past the log's end */
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    assert_int_equal(bc_timelines_seqs(timelines, BC_STR("d1"), &seqs, &n, &err), BC_E_DAMAGED);
    assert_int_equal(bc_timelines_verify(log, NULL, &err), BC_E_DAMAGED);
    bc_timelines_free(timelines);
    bc_log_close(log);
}

static void an_altered_word_is_found(void **state)
{
    struct bc_err err = { 0 };
    bc_log *log = told();

    (void)state;
    flip(log, BC_META, (struct bc_str){ "word\0\0\0\1", 8 }, 0);
    assert_int_equal(bc_timelines_verify(log, NULL, &err), BC_E_DAMAGED);
    bc_log_close(log);
}

static void a_cache_ahead_of_the_log_is_damage(void **state)
{
    struct bc_buf position = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = told(), *shorter = new_log();
    size_t deals;

    (void)state;
    assert_int_equal(bc_store_get(bc_log_store(log), BC_META, BC_STR("timelines"), &position, &err),
                     BC_OK);
    write_one(shorter, BC_META, BC_PUT, BC_STR("timelines"), bc_buf_str(&position));
    assert_int_equal(walk(shorter, &deals, &err), BC_E_DAMAGED);
    assert_int_equal(bc_timelines_verify(shorter, NULL, &err), BC_E_DAMAGED);
    bc_buf_release(&position);
    bc_log_close(log);
    bc_log_close(shorter);
}

/* A cache of another form than this build's is rebuilt, not read. */
static void a_cache_of_another_version_is_rebuilt(void **state)
{
    struct bc_buf right = { 0 }, rebuilt = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = told();
    size_t deals;

    (void)state;
    dump(log, &right);
    flip(log, BC_META, BC_STR("timelines"), 7); /* in the version's highest byte */
    flip(log, BC_TIMELINES, BC_STR("d1"), 1);
    assert_int_equal(walk(log, &deals, &err), BC_OK); /* straight from the log */
    assert_int_equal(deals, 2);
    update(log);
    dump(log, &rebuilt);
    assert_true(bc_str_eq(bc_buf_str(&right), bc_buf_str(&rebuilt)));
    bc_buf_release(&right);
    bc_buf_release(&rebuilt);
    bc_log_close(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rebuilt_it_has_the_same_bytes),
        cmocka_unit_test(a_walk_sees_each_deal_once),
        cmocka_unit_test(those_that_are_kept_outlive_a_question),
        cmocka_unit_test(an_altered_fact_is_no_figure),
        cmocka_unit_test(altered_learning_is_no_answer_to_those_who_read_it),
        cmocka_unit_test(a_missing_deal_is_no_figure),
        cmocka_unit_test(an_invented_deal_is_no_figure),
        cmocka_unit_test(an_altered_list_of_events_is_found),
        cmocka_unit_test(an_altered_word_is_found),
        cmocka_unit_test(a_cache_ahead_of_the_log_is_damage),
        cmocka_unit_test(a_cache_of_another_version_is_rebuilt),
    };

    return cmocka_run_group_tests_name("projections/timelines/timelines", tests, NULL, NULL);
}
