/* tests/tools/discover/test_discover_formats.c - in which formats a column's times are, and which
 * of day and month comes first. */
#include "tests/support/check.h"
#include "tools/discover/discover_formats.h"

#include <stdio.h>

static struct row {
    const char *name;
    const char *cells[4];
    bool numbers;
    const char *want; /* the formats, with a blank between them */
    int first;
    bool proof, both;
} rows[] = {
    { "a day over 12 comes first",
      { "31/12/2025", "01/02/2025" },
      false,
      "%d/%m/%Y",
      1,
      true,
      false },
    { "a day over 12 comes second",
      { "12/31/2025", "01/02/2025" },
      false,
      "%m/%d/%Y",
      -1,
      true,
      false },
    { "no part over 12", { "03/04/2025", "01/02/2025" }, false, "%d/%m/%Y", 1, false, false },
    { "both", { "31/12/2025", "12/31/2025" }, false, "%d/%m/%Y %m/%d/%Y", 1, true, true },
    { "points are days first", { "03.04.2025", "1.2.2025" }, false, "%d.%m.%Y", 0, false, false },
    { "days, and times beside them",
      { "31/12/2025", "01/02/2025 10:00" },
      false,
      "%d/%m/%Y %d/%m/%Y %H:%M",
      1,
      true,
      false },
    { "half days",
      { "2/3/2026 8:00 AM", "1/15/2026 2:10 PM" },
      false,
      "%m/%d/%Y %I:%M %p",
      -1,
      true,
      false },
    { "a zone", { "2025-01-02T10:00:00+01:00" }, false, "rfc3339", 0, false, false },
    { "a spreadsheet's number, by the column's name",
      { "45658" },
      true,
      "excel_1900",
      0,
      false,
      false },
    { "a number", { "45658" }, false, "", 0, false, false },
    { "milliseconds", { "1735689600000" }, true, "epoch_ms", 0, false, false },
    { "no time", { "Acme" }, true, "", 0, false, false },
};

static void read_row(void **state)
{
    const struct row *row = *state;
    struct discover_fit fits[4];
    struct discover_choice choice;
    char got[128] = "";
    size_t n = 0;

    for (size_t i = 0; i < 4 && row->cells[i]; i++) {
        const struct bc_str cell = bc_str_of(row->cells[i]);
        const discover_formats set = discover_formats_of(cell);

        if (set)
            fits[n++] = (struct discover_fit){ set, 1, cell };
    }
    choice = discover_choose(fits, n, row->numbers);
    for (size_t i = 0; i < choice.n; i++) {
        const size_t len = strlen(got);

        (void)snprintf(got + len, sizeof(got) - len, "%s%s", i ? " " : "",
                       discover_format(choice.format[i])->text.at);
    }
    assert_string_equal(got, row->want);
    assert_int_equal(choice.first, row->first);
    assert_int_equal(choice.proof != NULL, row->proof);
    assert_int_equal(choice.both, row->both);
    if (choice.first && !choice.both)
        assert_int_equal(discover_turned(discover_turned(choice.format[0])), choice.format[0]);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, read_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/discover/discover_formats", tests, NULL, NULL);
}
