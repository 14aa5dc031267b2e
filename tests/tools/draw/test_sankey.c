/* tools/draw/sankey: golden drawings, of a few and of many, with names from anywhere; and that
 * nodes and ribbons lie within them. */
#include "tests/support/check.h"
#include "tests/support/drawing.h"
#include "tools/draw/sankey.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct bc_str notes[] = { BYTES("12 deals closed on both dates are not drawn."),
                                       BYTES("As of 2026-03-29, rules R3") };

static void draw(struct bc_buf *out, struct sankey sankey)
{
    sankey.title = BC_STR("Flow in slice new from 2025-12-28 to 2026-03-29");
    sankey.sum = BC_STR("4 in the stages asked for, +2 in: 2 new, = 6");
    sankey.left.head = BC_STR("2025-12-28");
    sankey.right.head = BC_STR("2026-03-29");
    sankey.notes = notes;
    sankey.note_n = ARRAY_LEN(notes);
    sankey_draw(out, &sankey);
}

static void every_kind_of_ribbon(void **state)
{
    static const struct bc_str left[] = { BYTES("Not there"), BYTES("Outreach"),
                                          BYTES("Discovery") };
    static const struct bc_str right[] = { BYTES("Outreach"), BYTES("Discovery"),
                                           BYTES("Closed Won"), BYTES("Closed Lost"),
                                           BYTES("Not there") };
    struct sankey_ribbon ribbons[] = {
        { 2, 3, 4, SANKEY_LOST }, { 2, 2, 1, SANKEY_WON },    { 0, 0, 3, SANKEY_CAME },
        { 1, 1, 2, SANKEY_ON },   { 2, 1, 2, SANKEY_STAYED }, { 2, 0, 1, SANKEY_BACK },
        { 1, 4, 1, SANKEY_WENT }, { 0, 3, 5, SANKEY_LOST },
    };
    struct bc_buf out = { 0 };

    (void)state;
    draw(&out, (struct sankey){ .left = { .labels = left, .n = ARRAY_LEN(left) },
                                .right = { .labels = right, .n = ARRAY_LEN(right) },
                                .ribbons = ribbons,
                                .ribbon_n = ARRAY_LEN(ribbons) });
    drawing_check("sankey-kinds", bc_buf_str(&out));
    out.len = 0;
    draw(&out, (struct sankey){ .place = { SHEET_NARROW, 0 },
                                .left = { .labels = left, .n = ARRAY_LEN(left) },
                                .right = { .labels = right, .n = ARRAY_LEN(right) },
                                .ribbons = ribbons,
                                .ribbon_n = ARRAY_LEN(ribbons) });
    drawing_check("sankey-340", bc_buf_str(&out));
    bc_buf_release(&out);
}

static void many_of_them_and_names_from_anywhere(void **state)
{
    static const struct bc_str left[] = { BYTES("</text><script>alert(1)</script>"),
                                          BYTES("\"&\x1b[31m\xff"),
                                          BYTES("\xe6\xbc\xa2\xe5\xad\x97 \xe2\x80\xae"),
                                          BYTES("=1+1") };
    static const struct bc_str right[] = { BYTES("A"), BYTES("B"), BYTES("C") };
    struct sankey_ribbon ribbons[] = {
        { 0, 0, 4000, SANKEY_CAME }, { 1, 1, 1, SANKEY_ON },   { 2, 2, 1, SANKEY_STAYED },
        { 3, 2, 600, SANKEY_WON },   { 0, 1, 7, SANKEY_LOST }, { 3, 0, 90, SANKEY_BACK },
    };
    struct bc_buf out = { 0 };

    (void)state;
    draw(&out, (struct sankey){ .left = { .labels = left, .n = ARRAY_LEN(left) },
                                .right = { .labels = right, .n = ARRAY_LEN(right) },
                                .ribbons = ribbons,
                                .ribbon_n = ARRAY_LEN(ribbons) });
    drawing_check("sankey-many", bc_buf_str(&out));
    bc_buf_release(&out);
}

static void nothing_at_all(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    draw(&out, (struct sankey){ .ribbons = NULL });
    drawing_check("sankey-nothing", bc_buf_str(&out));
    bc_buf_release(&out);
}

/* The number after a key, from there on; the text moves on. */
static double number_after(const char **text, const char *key)
{
    *text = strstr(*text, key);
    assert_non_null(*text);
    *text += strlen(key);
    return atof(*text);
}

/* Nodes of a side stand below each other with a gap, and none leaves the drawing. */
static void nodes_stand_below_each_other_within_the_drawing(void **state)
{
    struct bc_str labels[12];
    uint64_t random = 5;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        labels[i] = BC_STR("A stage");
    for (size_t round = 0; round < 200; round++) {
        struct sankey_ribbon ribbons[12];
        struct bc_buf out = { 0 };
        const char *text;
        double height, bottom = 0, x = 0;

        for (size_t i = 0; i < ARRAY_LEN(ribbons); i++) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            ribbons[i] = (struct sankey_ribbon){ .from = i,
                                                 .to = 11 - i,
                                                 .n = 1 + (random >> 33) % (round % 2 ? 9 : 5000),
                                                 .kind = (enum sankey_kind)(i % SANKEY_KIND_N) };
        }
        draw(&out, (struct sankey){ .left = { .labels = labels, .n = 12 },
                                    .right = { .labels = labels, .n = 12 },
                                    .ribbons = ribbons,
                                    .ribbon_n = 12 });
        bc_buf_add_byte(&out, '\0');
        text = out.at;
        height = number_after(&text, " height=\"");
        for (size_t i = 0; i < 24; i++) {
            double at, y;

            (void)number_after(&text, "<rect class=\"node\"");
            at = number_after(&text, "x=\"");
            y = number_after(&text, "y=\"");
            if (at == x && y < bottom + 13.9)
                fail_msg("round %zu: a node at %g follows one that ends at %g", round, y, bottom);
            x = at;
            bottom = y + number_after(&text, "height=\"");
            assert_true(bottom < height);
        }
        bc_buf_release(&out);
    }
}

/* Of counts that have no bounds it is as high as of many. */
static void counts_without_bounds_are_a_drawing(void **state)
{
    static const struct bc_str labels[] = { BYTES("<a>"), BYTES("b&") };
    struct sankey_ribbon ribbons[] = { { 0, 0, UINT64_MAX, SANKEY_ON },
                                       { 0, 1, UINT64_MAX, SANKEY_LOST },
                                       { 1, 1, 2, SANKEY_STAYED } };
    struct bc_buf out = { 0 };
    const char *text;

    (void)state;
    draw(&out, (struct sankey){ .place = { SHEET_WIDE, 9 },
                                .left = { .labels = labels, .n = 2 },
                                .right = { .labels = labels, .n = 2 },
                                .ribbons = ribbons,
                                .ribbon_n = ARRAY_LEN(ribbons) });
    drawing_check_form(bc_buf_str(&out));
    bc_buf_add_byte(&out, '\0');
    text = out.at;
    assert_in_range((int)number_after(&text, " height=\""), 700, 900);
    bc_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_ribbon),
        cmocka_unit_test(many_of_them_and_names_from_anywhere),
        cmocka_unit_test(nothing_at_all),
        cmocka_unit_test(nodes_stand_below_each_other_within_the_drawing),
        cmocka_unit_test(counts_without_bounds_are_a_drawing),
    };

    return cmocka_run_group_tests_name("tools/draw/sankey", tests, NULL, NULL);
}
