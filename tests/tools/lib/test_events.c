/* tools/lib/events: every event is walked with all of it, from where to where it is asked for. */
#include "ledger/ledger.h"
#include "tests/support/library.h"

struct seen {
    struct bc_buf json;
    bc_cursor *cursor;
    uint64_t n, first;
};

/* Each field against that of the log itself. */
static int see_event(void *to, const struct backcast_event *event)
{
    const struct bc_event *want;
    struct bc_str stored;
    struct seen *seen = to;
    struct bc_err err = { 0 };

    check_ok(bc_cursor_next(seen->cursor, &want, &stored, &err), &err);
    if (seen->n++ == 0)
        seen->first = event->seq;
    assert_true(bc_str_eq((struct bc_str){ event->stored, event->stored_len }, stored));
    assert_true(event->seq == want->seq && event->occurred_us == want->occurred_us &&
                event->recorded_us == want->recorded_us &&
                event->has_source_recorded == want->has_source_recorded);
    assert_true(bc_str_eq(bc_str_of(event->id), want->id));
    assert_true(bc_str_eq(bc_str_of(event->deal), want->deal));
    assert_true(bc_str_eq(bc_str_of(event->actor), want->actor));
    assert_true(bc_str_eq(bc_str_of(event->system), want->source_system));
    assert_true(bc_str_eq(bc_str_of(event->ref), want->source_ref));
    assert_true(bc_str_eq(bc_str_of(event->how), want->source_how));
    assert_string_equal(event->body.key, bc_schema(want->body)->json_name);
    assert_int_equal(event->unknown, 0);
    return library_add_json(&seen->json, event->json, event->json_len);
}

static void every_event_is_walked_with_all_of_it(void **state)
{
    static const char *const words[] = { "log" };
    char *printed = library_printed(words, 1);
    struct seen seen = { 0 };
    struct bc_err err = { 0 };
    bc_log *log;

    (void)state;
    check_ok(bc_ledger_open(&log, library.dir, false, &err), &err);
    check_ok(bc_cursor_open(&seen.cursor, log, 1, 4766, &err), &err);
    library_check(backcast_events(library.sample, 1, 0, see_event, &seen), library.sample);
    bc_buf_add_byte(&seen.json, '\0');
    assert_string_equal(seen.json.at, printed);
    bc_cursor_free(seen.cursor);
    bc_log_close(log);
    bc_buf_release(&seen.json);
    free(printed);
}

static int see_seq(void *to, const struct backcast_event *event)
{
    uint64_t *range = to;

    if (range[0] == 0)
        range[0] = event->seq;
    range[1] = event->seq;
    return 0;
}

static void a_walk_has_a_beginning_and_an_end(void **state)
{
    static const uint64_t rows[][4] = { { 1, 3, 1, 3 },
                                        { 4766, 0, 4766, 4766 },
                                        { 4760, 9999, 4760, 4766 },
                                        { 4767, 0, 0, 0 },
                                        { 5, 4, 0, 0 } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        uint64_t range[2] = { 0 };

        library_check(backcast_events(library.sample, rows[i][0], rows[i][1], see_seq, range),
                      library.sample);
        assert_int_equal(range[0], rows[i][2]);
        assert_int_equal(range[1], rows[i][3]);
    }
    assert_int_equal(backcast_events(library.sample, 0, 0, see_seq, NULL), BACKCAST_USAGE);
}

static int see_fields(void *to, const struct backcast_event *event)
{
    struct bc_buf *out = to;

    bc_buf_printf(out, "%s ", event->body.key);
    library_put_value(out, &event->body);
    bc_buf_add_byte(out, '\n');
    return 0;
}

#define MEETING(id)                                                                                \
    "{\"id\":\"" id "\"," LIBRARY_AT ",\"meetingLogged\":{\"meeting\":\"m\",\"startsAt\":"         \
    "\"2026-03-02T10:00:00Z\",\"outcome\":\"completed\"}}\n"
#define OBSERVED                                                                                   \
    "{\"id\":\"o\"," LIBRARY_AT                                                                    \
    ",\"deal\":\"d\",\"stageChanged\":{\"to\":\"proposal\",\"observed\":true}}\n"

static void a_body_is_a_row_of_the_fields_it_has(void **state)
{
    static const char lines[] = MEETING("m") LIBRARY_REVIEW("r", "held") OBSERVED;
    backcast_ledger *ledger = library_make("bodies");
    struct bc_buf text = { 0 };

    (void)state;
    library_check(backcast_append(ledger, lines, strlen(lines), NULL), ledger);
    library_check(backcast_events(ledger, 1, 0, see_fields, &text), ledger);
    bc_buf_add_byte(&text, '\0');
    assert_string_equal(text.at,
                        "meetingLogged {\"meeting\": \"m\", \"startsAt\": "
                        "\"2026-03-02T10:00:00.000000Z\", \"outcome\": \"completed\"}\n"
                        "reviewHeld {\"note\": \"held\", \"experiments\": [\"a\", \"b\"]}\n"
                        "stageChanged {\"to\": \"proposal\", \"observed\": true}\n");
    bc_buf_release(&text);
    backcast_close(ledger);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_is_walked_with_all_of_it),
        cmocka_unit_test(a_walk_has_a_beginning_and_an_end),
        cmocka_unit_test(a_body_is_a_row_of_the_fields_it_has),
    };

    return cmocka_run_group_tests_name("tools/lib/events", tests, library_begin, library_end);
}
