/* Which events of a log count, and what the others are counted under. */
#include "ledger/base/instant.h"
#include "tests/support/check.h"
#include "tests/support/memory_log.h"
#include "tests/support/story.h"
#include "tools/export/counted.h"

static struct row {
    const char *name, *story, *as_of, *known;
    const char *want; /* their ids */
    struct counted_out out;
} rows[] = {
    { "all of them, as they came", "b: d created; a: - touched", NULL, NULL, "b a ", { 0 } },
    { "none that was taken back",
      "a: d created; b: d moved x; r: retract b",
      NULL,
      NULL,
      "a ",
      { .retractions = 1, .retracted = 1 } },
    { "one whose retraction was taken back",
      "a: d created; b: d moved x; r: retract b; s: retract r",
      NULL,
      NULL,
      "a b ",
      { .retractions = 2, .retracted = 0 } },
    { "one that was taken back by two, of which one was taken back",
      "a: d created; r: retract a; s: retract a; t: retract s",
      NULL,
      NULL,
      "",
      { .retractions = 3, .retracted = 1 } },
    { "a chain of three",
      "a: d created; r: retract a; s: retract r; t: retract s",
      NULL,
      NULL,
      "",
      { .retractions = 3, .retracted = 1 } },
    { "up to a date",
      "a: d created; b: d moved x; c: d moved y @2025-03-01",
      "2025-01-02",
      NULL,
      "a b ",
      { .later = 1 } },
    { "as it was known before it was taken back",
      "a: d created; b: d moved x; r: retract b known 2025-02-01",
      NULL,
      "2025-01-15",
      "a b ",
      { 0 } },
    { "nothing was known yet", "a: d created known 2025-02-01", NULL, "2025-01-15", "", { 0 } },
    { "none of a kind that is unknown here",
      "a: d created; unknown: d touched; b: d moved x",
      NULL,
      NULL,
      "a b ",
      { .unknown = 1 } },
};

/* A story, whose event "unknown" has a body that this build does not know. */
static void append(bc_log *log, const char *story)
{
    struct events events = { 0 };

    story_tell(&events, story);
    for (size_t i = 0; i < events.n; i++)
        if (bc_str_eq(events.at[i].id, BC_STR("unknown"))) {
            events.at[i].body = BC_NO_BODY;
            events.at[i].unknown = (struct bc_str){ "\xca\x3e\x00", 3 };
        }
    events_append(log, events.at, events.n);
    events_release(&events);
}

static bc_status add_id(void *payload, const struct bc_event *event, struct bc_str stored,
                        struct bc_err *err)
{
    struct bc_buf *ids = payload;

    (void)stored;
    (void)err;
    bc_buf_printf(ids, "%.*s ", BC_STR_ARG(event->id));
    return BC_OK;
}

static void counts(void **state)
{
    const struct row *row = *state;
    void *fixture = NULL;
    bc_log *log;
    struct bc_visible visible = { 0 };
    struct counted counted;
    struct bc_buf ids = { 0 };
    int64_t as_of_us = row->as_of ? story_when(row->as_of) : BC_INSTANT_MAX;
    size_t n = 0;

    assert_int_equal(memory_log_begin(&fixture), 0);
    log = ((struct memory_log *)fixture)->log;
    append(log, row->story);
    if (row->known) {
        visible.asked = true;
        visible.us = story_when(row->known);
        assert_int_equal(bc_log_seq_recorded_by(log, visible.us, &visible.seq, NULL), BC_OK);
    }
    assert_int_equal(counted_open(&counted, log, &visible, as_of_us, NULL), BC_OK);
    for (int again = 0; again < 2; again++) { /* as often as one likes */
        ids.len = 0;
        assert_int_equal(counted_walk(&counted, add_id, &ids, NULL), BC_OK);
    }
    bc_buf_add_byte(&ids, '\0');
    assert_string_equal(ids.at, row->want);
    for (const char *p = row->want; *p; p++)
        n += *p == ' ';
    assert_int_equal(counted.n, n);
    assert_int_equal(counted.out.retractions, row->out.retractions);
    assert_int_equal(counted.out.retracted, row->out.retracted);
    assert_int_equal(counted.out.later, row->out.later);
    assert_int_equal(counted.out.unknown, row->out.unknown);
    counted_release(&counted);
    bc_buf_release(&ids);
    assert_int_equal(memory_log_end(&fixture), 0);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, counts, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/export/counted", tests, NULL, NULL);
}
