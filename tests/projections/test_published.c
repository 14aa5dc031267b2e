/* projections/rules/published: the rules in force are the last published that still count, whether
 * they are looked up in what was kept or in the log. */
#include "projections/rules/published.h"
#include "tests/support/check.h"

#include <stdio.h>
#include <string.h>

/* A story: `p` publishes, `-N` retracts event N, `o` is something else. */
static struct row {
    const char *name, *story;
    uint64_t last; /* events to look at */
    uint64_t want; /* seq of the rules, 0: none */
} rows[] = {
    { "none was published", "o o", 2, 0 },
    { "an empty log", "", 0, 0 },
    { "one was published", "o p o", 3, 2 },
    { "the last one counts", "p o p o", 4, 3 },
    { "one published later is not known yet", "p o p o", 2, 1 },
    { "a retracted one gives way to the one before", "p p -2", 3, 1 },
    { "before its retraction it counted", "p p -2", 2, 2 },
    { "the only one, retracted", "p -1", 2, 0 },
    { "a retraction that was retracted", "p p -2 -3", 4, 2 },
    { "a retraction of a retraction of a retraction", "p p -2 -3 -4", 5, 1 },
    { "retracted twice, taken back once", "p p -2 -2 -3", 5, 1 },
    { "a retraction of something else", "p o -2", 3, 1 },
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
        event.value[BC_RULES_PUBLISHED_VERSION].text = BC_STR("v");
        event.value[BC_RULES_PUBLISHED_EFFECTIVE_FROM].set = true;
        event.value[BC_RULES_PUBLISHED_TEXT].text = BC_STR("version: v");
    } else if (word[0] == '-') {
        snprintf(target, sizeof(target), "e%s", word + 1);
        event.body = BC_RETRACTED;
        event.value[BC_RETRACTED_EVENT].text = bc_str_of(target);
    }
    check_ok(bc_append_add(append, &event, seq, false, NULL, &err), &err);
}

/* A log in memory that tells the story; with `kept` after each event what was found is kept. */
static bc_log *tell(const char *story, bool kept)
{
    struct bc_err err = { 0 };
    bc_append *append = NULL;
    bc_log *log = NULL;
    uint64_t seq = 0;
    char words[64], *rest = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    snprintf(words, sizeof(words), "%s", story);
    for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        check_ok(bc_append_open(&append, log, 0, &err), &err);
        add(append, ++seq, word);
        check_ok(bc_append_commit(append, &err), &err);
        bc_append_free(append);
        if (kept)
            check_ok(bc_published_catch_up(log, &err), &err);
    }
    return log;
}

static void published_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };

    for (int kept = 0; kept < 2; kept++) {
        bc_log *log = tell(row->story, kept);
        uint64_t seq = 0;
        bc_status rc = bc_published_latest(&seq, log, row->last, &err);

        check_ok(rc, &err);
        assert_int_equal(rc, row->want ? BC_OK : BC_DONE);
        assert_int_equal(seq, row->want);
        check_ok(bc_published_verify(log, &err), &err);
        bc_log_close(log);
    }
}

static void put(bc_log *log, const char *value)
{
    struct bc_batch batch = { 0 };
    struct bc_err err = { 0 };

    bc_batch_add(&batch, BC_META, BC_PUT, BC_STR("rules"), bc_str_of(value));
    check_ok(bc_store_write(bc_log_store(log), &batch, false, &err), &err);
    bc_batch_release(&batch);
}

static void what_is_kept_wrongly_is_found(void **state)
{
    static const char *const wrong[] = { "\x03", "\x03\x01\x01", "\x03\x02", "\x09", "\x80" };
    bc_log *log = tell("o p o", true);
    struct bc_err err = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        put(log, wrong[i]);
        assert_int_equal(bc_published_verify(log, &err), BC_E_DAMAGED);
    }
    bc_log_close(log);
}

static void kept_step_by_step_or_at_once_it_has_the_same_bytes(void **state)
{
    struct bc_buf a = { 0 }, b = { 0 };
    struct bc_err err = { 0 };
    bc_log *steps = tell("p o p -3 o -4", true), *once = tell("p o p -3 o -4", false);

    (void)state;
    check_ok(bc_published_catch_up(once, &err), &err);
    check_ok(bc_store_get(bc_log_store(steps), BC_META, BC_STR("rules"), &a, &err), &err);
    check_ok(bc_store_get(bc_log_store(once), BC_META, BC_STR("rules"), &b, &err), &err);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.at, b.at, a.len);
    bc_buf_release(&a);
    bc_buf_release(&b);
    bc_log_close(steps);
    bc_log_close(once);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 2] = {
        cmocka_unit_test(what_is_kept_wrongly_is_found),
        cmocka_unit_test(kept_step_by_step_or_at_once_it_has_the_same_bytes),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 2] = (struct CMUnitTest){ rows[i].name, published_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("projections/published", tests, NULL, NULL);
}
