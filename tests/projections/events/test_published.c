/* projections/events/published: the log says which published rules are in force, whether its facts
 * are read from the cache or after it. */
#include "projections/events/published.h"
#include "tests/support/check.h"

#include <stdio.h>
#include <string.h>

/* A story: `pN` publishes in force from N, `-N` retracts event N, `o` is something else. */
static struct row {
    const char *name, *story;
    uint64_t last;     /* events that count */
    uint64_t want;     /* seq of the latest rules, 0: none */
    uint64_t in_force; /* seq of those in force at 5 */
} rows[] = {
    { "none was published", "o o", 2, 0, 0 },
    { "an empty log", "", 0, 0, 0 },
    { "one was published", "o p1 o", 3, 2, 2 },
    { "the last one counts", "p1 o p1 o", 4, 3, 3 },
    { "one published later is not known yet", "p1 o p1 o", 2, 1, 1 },
    { "a retracted one gives way to the one before", "p1 p1 -2", 3, 1, 1 },
    { "before its retraction it counted", "p1 p1 -2", 2, 2, 2 },
    { "the only one, retracted", "p1 -1", 2, 0, 0 },
    { "a retraction that was retracted", "p1 p1 -2 -3", 4, 2, 2 },
    { "a retraction of a retraction of a retraction", "p1 p1 -2 -3 -4", 5, 1, 1 },
    { "retracted twice, taken back once", "p1 p1 -2 -2 -3", 5, 1, 1 },
    { "a retraction of something else", "p1 o -2", 3, 1, 1 },
    { "the latest may take effect later", "p1 p6", 2, 2, 1 },
    { "it takes effect at its instant", "p1 p5", 2, 2, 2 },
    { "none has taken effect yet", "p6 p7", 2, 2, 0 },
    { "the greatest effect counts, not the last published", "p4 p2", 2, 2, 1 },
    { "of two with one effect the later published", "p4 p2 p4", 3, 3, 3 },
    { "a retracted one is not in force", "p2 p4 -2", 3, 1, 1 },
};

static void add(bc_append *append, uint64_t seq, const char *word)
{
    struct bc_event event = { .has_occurred = true, .body = BC_REVIEW_HELD };
    struct bc_err err = { 0 };
    char id[16], target[16];

    snprintf(id, sizeof(id), "e%d", (int)seq);
    event.id = bc_str_of(id);
    if (word[0] == 'p') {
        event.body = BC_RULES_PUBLISHED;
        event.deal = BC_STR("d1"); /* of no meaning here */
        event.value[BC_RULES_PUBLISHED_VERSION].text = BC_STR("v");
        event.value[BC_RULES_PUBLISHED_EFFECTIVE_FROM].set = true;
        event.value[BC_RULES_PUBLISHED_EFFECTIVE_FROM].us = word[1] - '0';
        event.value[BC_RULES_PUBLISHED_TEXT].text = BC_STR("version: v");
    } else if (word[0] == '-') {
        snprintf(target, sizeof(target), "e%s", word + 1);
        event.body = BC_RETRACTED;
        event.value[BC_RETRACTED_EVENT].text = bc_str_of(target);
    }
    check_ok(bc_append_add(append, &event, seq, false, NULL, NULL, &err), &err);
}

/* A log in memory that tells the story; the cache has its first `cached` events. */
static bc_log *tell(const char *story, uint64_t cached)
{
    struct bc_err err = { 0 };
    bc_append *append = NULL;
    bc_log *log = NULL;
    uint64_t seq = 0;
    char words[64], *rest = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    snprintf(words, sizeof(words), "%s", story);
    for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        check_ok(bc_append_open(&append, log, INT64_C(4000000000000000), &err), &err);
        add(append, ++seq, word);
        check_ok(bc_append_commit(append, &err), &err);
        bc_append_free(append);
        if (seq <= cached)
            check_ok(bc_timelines_update(log, &err), &err);
    }
    return log;
}

static uint64_t seq_of(const struct bc_publication *publication)
{
    return publication ? publication->seq : 0;
}

static void published_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };

    for (uint64_t cached = 0; cached <= 3; cached++) {
        struct bc_published published = { 0 };
        bc_log *log = tell(row->story, cached);
        bc_timelines *timelines = NULL;

        check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
        check_ok(bc_published_read(&published, timelines, row->last, &err), &err);
        assert_int_equal(seq_of(bc_published_latest(&published)), row->want);
        assert_int_equal(seq_of(bc_published_in_force(&published, 5)), row->in_force);
        assert_int_equal(seq_of(bc_published_version(&published, BC_STR("v"))), row->want);
        assert_null(bc_published_version(&published, BC_STR("w")));
        bc_published_release(&published);
        bc_timelines_free(timelines);
        bc_log_close(log);
    }
}

static void who_retracted_rules_is_told(void **state)
{
    struct bc_published published = { 0 };
    bc_log *log = tell("p1 p2 -1 -2 -4", 0);
    bc_timelines *timelines = NULL;
    struct bc_err err = { 0 };

    (void)state;
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    check_ok(bc_published_read(&published, timelines, 5, &err), &err);
    assert_int_equal(published.n, 2);
    assert_int_equal(published.at[0].retracted_by, 3);
    assert_int_equal(published.at[1].retracted_by, 0);
    assert_int_equal(published.at[1].effective_us, 2);
    bc_published_release(&published);
    bc_timelines_free(timelines);
    bc_log_close(log);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1] = {
        cmocka_unit_test(who_retracted_rules_is_told),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 1] = (struct CMUnitTest){ rows[i].name, published_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("projections/events/published", tests, NULL, NULL);
}
