/* tools/draw/strips: golden drawings of every state, with marks at both ends and a name that is
 * longer than there is room for. */
#include "ledger/base/instant.h"
#include "tests/support/check.h"
#include "tests/support/drawing.h"
#include "tools/draw/strips.h"

static const struct bc_str notes[] = { BYTES("Known: everything that was recorded. Rules R3") };

static void check_at(const char *name, double width, const struct strip *strips, size_t n,
                     int32_t from, int32_t to)
{
    struct bc_buf out = { 0 };

    strips_draw(&out, &(struct strips){ .place = { width, 0 },
                                        .title = BC_STR("Red lines every 1w"),
                                        .states = { BC_STR("ok"), BC_STR("would breach"),
                                                    BC_STR("breached"), BC_STR("not enough data") },
                                        .mark = BC_STR("pivot"),
                                        .cross = BC_STR("no pivot was decided in time"),
                                        .from = from,
                                        .to = to,
                                        .strips = strips,
                                        .n = n,
                                        .notes = notes,
                                        .note_n = ARRAY_LEN(notes) });
    drawing_check(name, bc_buf_str(&out));
    bc_buf_release(&out);
}

static void check(const char *name, const struct strip *strips, size_t n, int32_t from, int32_t to)
{
    check_at(name, 0, strips, n, from, to);
}

static int32_t day(const char *text)
{
    int32_t out = 0;

    assert_true(bc_day_parse(&out, bc_str_of(text)));
    return out;
}

static void every_state_with_marks(void **state)
{
    const int32_t from = day("2025-01-05"), to = day("2025-12-28");
    const struct strip_span spans[] = {
        { STRIP_UNKNOWN, from, false, BC_STR("not enough data from 2025-01-05 to 2025-02-23") },
        { STRIP_FINE, from + 56, false, BC_STR("ok") },
        { STRIP_OFF, from + 140, true, BC_STR("breached, <unanswered>") },
        { STRIP_RISK, from + 196, false, BC_STR("would breach") },
        { STRIP_OFF, from + 252, false, BC_STR("breached") },
        { STRIP_FINE, to, false, BC_STR("ok at the last date") },
    };
    const struct strip_mark marks[] = { { from, BC_STR("at the first date") },
                                        { from + 260, BC_STR("</title>&") },
                                        { to, BC_STR("at the last") } };
    const struct strip strips[] = {
        { BC_STR("outreach_conversion"), BC_STR("ok"), spans, ARRAY_LEN(spans), marks,
          ARRAY_LEN(marks) },
        { BC_STR("a line with a name that is far too long for its place"), BC_STR("<ok>"), spans, 1,
          NULL, 0 },
    };

    (void)state;
    check("strips", strips, ARRAY_LEN(strips), from, to);
    check_at("strips-680", SHEET_MIDDLE, strips, ARRAY_LEN(strips), from, to);
    check_at("strips-340", SHEET_NARROW, strips, ARRAY_LEN(strips), from, to);
}

static void one_date_and_no_line(void **state)
{
    const int32_t from = day("2025-01-05");
    const struct strip_span span = { STRIP_FINE, from, false, BC_STR("ok") };
    const struct strip strip = { BC_STR("no_wins"), BC_STR("ok"), &span, 1, NULL, 0 };

    (void)state;
    check("strips-one-date", &strip, 1, from, from);
    check("strips-nothing", NULL, 0, from, from + 7);
}

/* A state a day for thirty centuries, with a decision each, and days that are none. */
static void no_more_is_drawn_than_can_be_seen(void **state)
{
    enum { MANY = 1000000 };
    struct strip_span *spans = bc_calloc(MANY, sizeof(*spans));
    struct strip_mark *marks = bc_calloc(MANY, sizeof(*marks));
    const struct strip strip = { BC_STR("<&>"), BC_STR("<&>"), spans, MANY, marks, MANY };
    struct bc_buf out = { 0 };

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        spans[i] = (struct strip_span){ (enum strip_state)(i % STRIP_STATE_N), (int32_t)i,
                                        i % 3 == 0, BC_STR("<&>") };
        marks[i] = (struct strip_mark){ (int32_t)i, BC_STR("<&>") };
    }
    strips_draw(&out, &(struct strips){ .place = { SHEET_WIDE, 2 },
                                        .title = BC_STR("<&>"),
                                        .to = MANY,
                                        .strips = &strip,
                                        .n = 1 });
    drawing_check_form(bc_buf_str(&out));
    assert_in_range(out.len, 1, 700000);
    bc_buf_release(&out);
    free(spans);
    free(marks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state_with_marks),
        cmocka_unit_test(one_date_and_no_line),
        cmocka_unit_test(no_more_is_drawn_than_can_be_seen),
    };

    return cmocka_run_group_tests_name("tools/draw/strips", tests, NULL, NULL);
}
