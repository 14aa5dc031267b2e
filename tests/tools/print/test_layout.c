/* tools/print/layout: columns that have no room as wide as they are. */
#include "tests/support/check.h"
#include "tools/print/layout.h"

#include <stdlib.h>

enum { MOST = 5 };

static struct row {
    const char *name;
    size_t columns[MOST][3]; /* natural, least, leave */
    size_t most;
    bool fits;
    size_t want[MOST];
} rows[] = {
    { "what has room is as wide as it is", { { 10, 4 }, { 8, 8 } }, 20, true, { 10, 8 } },
    { "one too many is taken from the widest", { { 10, 4 }, { 8, 8 } }, 19, true, { 9, 8 } },
    { "the widest gives until it is as wide as the next",
      { { 30, 5 }, { 12, 5 }, { 4, 4 } },
      32,
      true,
      { 12, 12, 4 } },
    { "then both give, and what is left over is the first one's",
      { { 30, 5 }, { 12, 5 }, { 4, 4 } },
      29,
      true,
      { 11, 10, 4 } },
    { "none is narrower than its least", { { 30, 20 }, { 12, 5 } }, 29, true, { 20, 7 } },
    { "down to the least of all", { { 30, 20 }, { 12, 5 } }, 27, true, { 20, 5 } },
    { "and below it there is none", { { 30, 20 }, { 12, 5 } }, 26, false, { 20, 5 } },
    { "then one is left out", { { 30, 20 }, { 12, 5, 1 } }, 26, true, { 26, 0 } },
    { "the highest number first",
      { { 30, 20, 1 }, { 12, 5, 3 }, { 10, 10, 2 } },
      36,
      true,
      { 24, 0, 10 } },
    { "then the next", { { 30, 20, 1 }, { 12, 5, 3 }, { 10, 10, 2 } }, 30, true, { 30, 0, 0 } },
    { "of two with one number the first",
      { { 10, 10 }, { 10, 10, 1 }, { 10, 10, 1 } },
      22,
      true,
      { 10, 0, 10 } },
    { "all that may be left out are not enough",
      { { 10, 10 }, { 12, 5, 1 } },
      9,
      false,
      { 10, 0 } },
    { "a column that is not there takes no gap", { { 0 }, { 9, 9 }, { 0 } }, 9, true, { 0, 9, 0 } },
    { "one column", { { 40, 3 } }, 17, true, { 17 } },
};

/* Columns of no width at the end take no room. */
static void layout_row(void **state)
{
    const struct row *row = *state;
    struct layout columns[MOST];

    for (size_t i = 0; i < MOST; i++)
        columns[i] = (struct layout){ .natural = row->columns[i][0],
                                      .least = row->columns[i][1],
                                      .leave = (unsigned)row->columns[i][2] };
    assert_int_equal(layout_fit(columns, MOST, row->most), row->fits);
    for (size_t i = 0; i < MOST; i++)
        assert_int_equal(columns[i].width, row->want[i]);
}

static void all_are_whole_or_not(void **state)
{
    const struct layout columns[] = { { .natural = 10 }, { .natural = 0 }, { .natural = 8 } };

    (void)state;
    assert_true(layout_whole(columns, 3, 20));
    assert_false(layout_whole(columns, 3, 19));
    assert_true(layout_whole(columns, 0, 0));
}

static void a_block_has_what_fits_beside_the_first_ones(void **state)
{
    const struct layout columns[] = { { .least = 10 },
                                      { .least = 8 },
                                      { .least = 6 },
                                      { .least = 8, .begins = true },
                                      { .least = 30 } };

    (void)state;
    assert_int_equal(layout_block(columns, 5, 1, 1, 28), 2);  /* 10 + 8 + 6, and gaps */
    assert_int_equal(layout_block(columns, 5, 1, 1, 27), 1);  /* without the third */
    assert_int_equal(layout_block(columns, 5, 1, 1, 200), 2); /* the fourth begins another */
    assert_int_equal(layout_block(columns, 5, 1, 3, 200), 2); /* which is this one */
    assert_int_equal(layout_block(columns, 5, 1, 4, 20), 1);  /* too wide, but one there is */
    assert_int_equal(layout_block(columns, 5, 1, 5, 200), 0); /* none is left */
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 2] = {
        cmocka_unit_test(all_are_whole_or_not),
        cmocka_unit_test(a_block_has_what_fits_beside_the_first_ones),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 2] = (struct CMUnitTest){ rows[i].name, layout_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/print/layout", tests, NULL, NULL);
}
