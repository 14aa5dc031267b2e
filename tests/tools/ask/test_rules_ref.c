/* tools/ask/rules_ref: a reference names the same rules for ever, or those of a date; a day is read
 * in the zone of the latest rules to choose the ones in force, whatever their own zone is. */
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tools/ask/rules_ref.h"

#include <stdio.h>
#include <sys/stat.h>

#define HOUR_US (3600 * BC_SECOND_US)

/* Published as: version, zone, in force from so many hours before (or after) 2026-02-10Z. */
struct publication {
    const char *version, *zone;
    int hours;
};

static struct row {
    const char *name;
    struct publication published[3];
    const char *ref, *when;
    const char *want; /* the version; NULL: no such rules */
} rows[] = {
    { "none were published", { { 0 } }, "latest", "2026-02-10", "default" },
    { "the last is the latest, whenever it takes effect",
      { { "A", "UTC", 0 }, { "B", "UTC", -48 } },
      "latest",
      "2026-02-10",
      "B" },
    { "nothing is the latest", { { "A", "UTC", 0 } }, NULL, "2026-02-10", "A" },
    { "a version by its name", { { "A", "UTC", 0 }, { "B", "UTC", 0 } }, "A", "2026-02-10", "A" },
    { "the last of a version",
      { { "A", "UTC", 0 }, { "A", "Europe/Berlin", 0 } },
      "A",
      "2026-02-10",
      "A" },
    { "the built-in ones", { { "A", "UTC", 0 } }, "default", "2026-02-10", "default" },
    { "a name that is none", { { "A", "UTC", 0 } }, "Q", "2026-02-10", NULL },
    { "before the first takes effect the built-in ones hold",
      { { "A", "UTC", 0 } },
      "as-then",
      "2026-02-09",
      "default" },
    { "on their day they do", { { "A", "UTC", 0 } }, "as-then", "2026-02-10", "A" },
    { "at their instant they do", { { "A", "UTC", 0 } }, "as-then", "2026-02-10T00:00:00Z", "A" },
    { "a microsecond before they do not",
      { { "A", "UTC", 0 } },
      "as-then",
      "2026-02-09T23:59:59.999999Z",
      "default" },
    { "the greatest effect holds",
      { { "A", "UTC", 0 }, { "B", "UTC", -48 } },
      "as-then",
      "2026-02-10",
      "A" },
    { "of equal ones the last published",
      { { "A", "UTC", 0 }, { "B", "UTC", 0 } },
      "as-then",
      "2026-02-10",
      "B" },
    { "the day ends earlier where the latest rules are east", /* 15:00Z */
      { { "A", "UTC", 16 }, { "B", "Asia/Tokyo", -48 } },
      "as-then",
      "2026-02-10",
      "B" },
    { "and later where they are west", /* 05:00Z of the next day */
      { { "A", "UTC", 28 }, { "B", "America/New_York", -48 } },
      "as-then",
      "2026-02-10",
      "A" },
    { "the zone of the ones in force plays no part in the choice",
      { { "A", "Asia/Tokyo", 16 }, { "B", "UTC", -48 } },
      "as-then",
      "2026-02-10",
      "A" },
    { "an instant needs no zone",
      { { "A", "UTC", 16 }, { "B", "Asia/Tokyo", -48 } },
      "as-then",
      "2026-02-10T16:00:00Z",
      "A" },
};

static void publish(bc_append *append, const struct publication *publication, unsigned n)
{
    struct bc_event event = { .has_occurred = true, .body = BC_RULES_PUBLISHED };
    struct bc_buf text = rules_text();
    struct bc_err err = { 0 };
    int64_t us = 0;
    char id[16];

    rules_text_put(&text, "", "version:", publication->version);
    rules_text_put(&text, "", "timezone:", publication->zone);
    snprintf(id, sizeof(id), "p%u", n);
    check_ok(bc_instant_parse(&us, BC_STR("2026-02-10T00:00:00Z"), &err), &err);
    event.id = bc_str_of(id);
    event.value[BC_RULES_PUBLISHED_VERSION].text = bc_str_of(publication->version);
    event.value[BC_RULES_PUBLISHED_EFFECTIVE_FROM].set = true;
    event.value[BC_RULES_PUBLISHED_EFFECTIVE_FROM].us = us + publication->hours * HOUR_US;
    event.value[BC_RULES_PUBLISHED_TEXT].text = bc_str_of(text.at);
    check_ok(bc_append_add(append, &event, n, false, NULL, NULL, &err), &err);
    bc_buf_release(&text);
}

static bc_log *tell(const struct row *row)
{
    struct bc_err err = { 0 };
    bc_append *append = NULL;
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    check_ok(bc_append_open(&append, log, INT64_C(4000000000000000), &err), &err);
    for (unsigned i = 0; i < ARRAY_LEN(row->published) && row->published[i].version; i++)
        publish(append, &row->published[i], i + 1);
    check_ok(bc_append_commit(append, &err), &err);
    bc_append_free(append);
    return log;
}

static void ref_row(void **state)
{
    const struct row *row = *state;
    bc_log *log = tell(row);
    bc_timelines *timelines = NULL;
    const bc_rules *rules, *again;
    rules_shelf *shelf = NULL;
    struct bc_err err = { 0 };
    struct when when;
    bc_zone *utc;

    check_ok(bc_zone_open(&utc, BC_STR("UTC"), &err), &err);
    check_ok(when_parse(&when, row->when, 0, utc, &err), &err);
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    check_ok(rules_shelf_open(&shelf, timelines, bc_log_head(log)->size, &err), &err);
    if (row->want) {
        check_ok(rules_shelf_get(&rules, shelf, row->ref, &when, &err), &err);
        assert_string_equal(rules->version, row->want);
        check_ok(rules_shelf_get(&again, shelf, row->ref, &when, &err), &err);
        assert_ptr_equal(rules, again); /* each is read once */
    } else {
        assert_int_equal(rules_shelf_get(&rules, shelf, row->ref, &when, &err), BC_E_USAGE);
    }
    rules_shelf_free(shelf);
    bc_timelines_free(timelines);
    bc_zone_free(utc);
    bc_log_close(log);
}

/* What is a word with a dot, or a file's name, is none: the pipe would be waited for. */
static void a_reference_of_a_ledgers_file_opens_none(void **state)
{
    static const char *const refs[] = { "rules_ref_pipe", "./rules_ref_pipe", "rules.yaml" };
    const struct row row = { .published = { { "2025.1", "UTC", 0 } } };
    bc_log *log = tell(&row);
    bc_timelines *timelines = NULL;
    rules_shelf *shelf = NULL;
    const bc_rules *rules;
    struct bc_err err = { 0 };

    (void)state;
    (void)remove(refs[0]);
    assert_int_equal(mkfifo(refs[0], 0600), 0);
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    check_ok(rules_shelf_open(&shelf, timelines, bc_log_head(log)->size, &err), &err);
    rules_shelf_open_no_file(shelf);
    for (size_t i = 0; i < ARRAY_LEN(refs); i++) {
        err = (struct bc_err){ 0 };
        assert_int_equal(rules_shelf_get(&rules, shelf, refs[i], NULL, &err), BC_E_USAGE);
        assert_non_null(strstr(err.message, "`backcast rules list` has them) or default"));
    }
    err = (struct bc_err){ 0 };
    check_ok(rules_shelf_get(&rules, shelf, "2025.1", NULL, &err), &err);
    assert_string_equal(rules->version, "2025.1");
    rules_shelf_free(shelf);
    bc_timelines_free(timelines);
    bc_log_close(log);
    assert_int_equal(remove(refs[0]), 0);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1] = {
        cmocka_unit_test(a_reference_of_a_ledgers_file_opens_none),
    };
    size_t n = 1;

    ROWS(rows, ref_row);
    return cmocka_run_group_tests_name("tools/ask/rules_ref", tests, NULL, NULL);
}
