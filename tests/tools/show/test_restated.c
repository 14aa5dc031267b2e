/* tests/tools/show/test_restated.c - which of the reports issued lately would read differently, as
 * known then, and because of what. */
#include "tests/support/check.h"
#include "tests/support/command.h"
#include "tests/support/folder.h"
#include "tools/show/restated.h"

#include <stdio.h>
#include <stdlib.h>

static char folder[FOLDER_PATH], ledger[FOLDER_PATH + 16], feed[FOLDER_PATH + 16];

static int64_t at(const char *day)
{
    char text[32];
    struct bc_err err = { 0 };
    int64_t us = 0;

    snprintf(text, sizeof(text), "%sT12:00:00Z", day);
    check_ok(bc_instant_parse(&us, bc_str_of(text), &err), &err);
    return us;
}

static void run(cmd_fn *command, const char *today, const char *const argv[])
{
    const struct cmd_env env = { .now_us = at(today), .rehearsed = true, .ledger_dir = ledger };
    char *out = NULL, *err = NULL;

    if (command_run(&env, command, argv, &out, &err) != 0)
        fail_msg("%s: %s", argv[0], err);
    free(out);
    free(err);
}

static void tell(const char *today, const char *day, const char *deal)
{
    char line[256];

    snprintf(line, sizeof(line),
             "{\"id\":\"%s\",\"occurredAt\":\"%sT12:00:00Z\",\"deal\":\"%s\","
             "\"dealCreated\":{\"stage\":\"outreach\",\"dealType\":\"newbusiness\"}}\n",
             deal, day, deal);
    file_write(feed, bc_str_of(line));
    run(cmd_import, today, (const char *[]){ "import", "jsonl", feed, NULL });
}

static void issue(const char *today, const char *name, const char *as_of)
{
    run(cmd_report, today, (const char *[]){ "report", "issue", name, "--as-of", as_of, NULL });
}

/* What was issued in January is old at the end of June; d2 and d3 are recorded late. */
static int make_ledger(void **state)
{
    (void)state;
    folder_make(folder);
    snprintf(ledger, sizeof(ledger), "%s/ledger", folder);
    snprintf(feed, sizeof(feed), "%s/feed", folder);
    run(cmd_init, "2025-01-01", (const char *[]){ "init", NULL });
    tell("2025-01-02", "2025-01-02", "d1");
    issue("2025-01-03", "january", "2025-01-02");
    issue("2025-05-01", "may", "2025-04-30");
    issue("2025-05-02", "before", "2025-01-01");
    tell("2025-06-01", "2025-01-02", "d2");
    issue("2025-06-10", "june", "2025-06-09");
    tell("2025-06-20", "2025-01-02", "d3");
    issue("2025-07-01", "july", "2025-06-30");
    tell("2025-07-02", "2025-01-02", "d4");
    return 0;
}

static int remove_ledger(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

/* Those that differ as of a day, each with how much of sqd of all moved: "may 2 june 1". */
static void differ(const char *day, const char *known, const char *want)
{
    const struct cmd_env env = { .now_us = at("2025-08-01"), .ledger_dir = ledger };
    const struct typed typed = { .known_at = known };
    struct restated_list list = { 0 };
    struct basis basis = { 0 };
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };

    check_ok(basis_open(&basis, &env, &typed, &err), &err);
    check_ok(restated_lately(&list, &basis, at(day), &err), &err);
    for (size_t i = 0; i < list.n; i++) {
        const struct restated *one = &list.at[i];

        bc_buf_printf(&text, "%s%.*s", i ? " " : "", BC_STR_ARG(one->report->name));
        for (size_t row = 0; row < one->diff->n; row++)
            if (one->diff->rows[row].metric &&
                strcmp(one->diff->rows[row].metric->name, "sqd") == 0 &&
                strcmp(one->diff->rows[row].slice, "all") == 0)
                bc_buf_printf(&text, " %g",
                              one->diff->rows[row].to.value - one->diff->rows[row].from.value);
        assert_int_equal(bc_diff_causes(one->diff), 1u << BC_CAUSE_LATE);
    }
    bc_buf_add_byte(&text, '\0');
    assert_string_equal(text.at, want);
    bc_buf_release(&text);
    restated_list_release(&list);
    basis_close(&basis);
}

static void those_of_the_last_92_days_that_differ(void **state)
{
    (void)state;
    differ("2025-06-30", NULL, "may 3 june 2");
    differ("2025-04-04", NULL, "january 3");
    differ("2025-04-05", NULL, ""); /* issued 92 days before, at that hour */
}

static void one_issued_at_the_date_is_among_them_one_after_it_is_not(void **state)
{
    (void)state;
    differ("2025-06-10", NULL, "may 3 june 2");
    differ("2025-06-09", NULL, "may 3");
    differ("2025-07-01", NULL, "may 3 june 2 july 1");
}

static void known_then_they_differ_by_what_was_known_then(void **state)
{
    (void)state;
    differ("2025-06-30", "2025-06-30", "may 2 june 1");
    differ("2025-06-30", "2025-06-15", "may 1");
    differ("2025-06-30", "2025-05-31", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(those_of_the_last_92_days_that_differ),
        cmocka_unit_test(one_issued_at_the_date_is_among_them_one_after_it_is_not),
        cmocka_unit_test(known_then_they_differ_by_what_was_known_then),
    };

    return cmocka_run_group_tests_name("tools/show/restated", tests, make_ledger, remove_ledger);
}
