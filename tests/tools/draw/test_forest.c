/* tools/draw/forest: golden drawings of arms with few and with many, of differences on both sides
 * of zero, and of nothing. */
#include "tests/support/check.h"
#include "tests/support/drawing.h"
#include "tools/draw/forest.h"

#include <math.h>

static const struct bc_str notes[] = { BYTES("As of 2026-03-29. Rules R3") };

static void check(const char *name, double width, const struct forest_plot *plots, size_t n)
{
    struct bc_buf out = { 0 };

    forest_draw(&out, &(struct forest){ .place = { width, 0 },
                                        .title = BC_STR("Experiments, slice all"),
                                        .plots = plots,
                                        .n = n,
                                        .notes = notes,
                                        .note_n = ARRAY_LEN(notes) });
    drawing_check(name, bc_buf_str(&out));
    bc_buf_release(&out);
}

static void arms_and_differences(void **state)
{
    static const struct forest_arm arms[] = {
        { BYTES("control"), 24, 5, 0.208, 0.092, 0.405 },
        { BYTES("</text>call & first, with a name that is too long"), 310, 180, 0.58, 0.525,
          0.634 },
        { BYTES("none"), 0, 0, 0, 0, 0 },
    };
    static const struct forest_difference differences[] = {
        { BYTES("call first \xe2\x88\x92 control"), true, 0.372, 0.111, 0.566, 0.00061 },
        { BYTES("worse \xe2\x88\x92 control"), true, -0.15, -0.31, 0.04, 0.2 },
        { BYTES("none \xe2\x88\x92 control"), false, 0, 0, 0, 0 },
    };
    const struct forest_plot plots[] = {
        { .title = BC_STR("exp-06, outreach_to_discovery"),
          .said = BC_STR("A call before the first mail opens the door"),
          .arms = arms,
          .arm_n = ARRAY_LEN(arms),
          .has_target = true,
          .target = 0.4,
          .differences = differences,
          .difference_n = ARRAY_LEN(differences) },
        { .title = BC_STR("exp-07"), .said = BC_STR("No arm yet") },
    };

    (void)state;
    check("forest", 0, plots, ARRAY_LEN(plots));
    check("forest-680", SHEET_MIDDLE, plots, ARRAY_LEN(plots));
    check("forest-340", SHEET_NARROW, plots, ARRAY_LEN(plots));
}

static void nothing_at_all(void **state)
{
    (void)state;
    check("forest-nothing", 0, NULL, 0);
}

static void what_no_rate_is_like_stays_a_drawing(void **state)
{
    const double odd[] = { NAN, INFINITY, -INFINITY, 1e300, -1e300, 0.5 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        const double a = odd[i], b = odd[(i + 1) % 6], c = odd[(i + 2) % 6];
        const struct forest_arm arm = { BYTES("<&>"), UINT64_MAX, UINT64_MAX, a, b, c };
        const struct forest_difference difference = { BYTES("<&>"), true, a, b, c, a };
        const struct forest_plot plot = { .title = BC_STR("<&>"),
                                          .arms = &arm,
                                          .arm_n = 1,
                                          .has_target = true,
                                          .target = c,
                                          .differences = &difference,
                                          .difference_n = 1 };
        struct bc_buf out = { 0 };

        forest_draw(&out, &(struct forest){ .place = { i % 2 ? SHEET_NARROW : SHEET_WIDE, 1 },
                                            .title = BC_STR("<&>"),
                                            .plots = &plot,
                                            .n = 1 });
        drawing_check_form(bc_buf_str(&out));
        assert_in_range(out.len, 1, 20000);
        bc_buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arms_and_differences),
        cmocka_unit_test(nothing_at_all),
        cmocka_unit_test(what_no_rate_is_like_stays_a_drawing),
    };

    return cmocka_run_group_tests_name("tools/draw/forest", tests, NULL, NULL);
}
