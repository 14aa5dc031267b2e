/* tools/cmd: every command ends with one exit code, and an error is one line that any terminal may
 * show. */
#include "ledger/base/mem.h"
#include "tests/support/check.h"
#include "tools/cli/cmd.h"
#include "tools/cli/names.h"
#include "tools/cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct row {
    const char *name;
    bc_status status;
    int code;
    const char *context, *message, *excerpt;
    const char *want;
} rows[] = {
    { "done", BC_OK, 0, "", "", "", "" },
    { "an end is no failure", BC_DONE, 0, "", "", "", "" },
    { "the answer is no", BC_NO, 1, "", "", "", "" },
    { "wrong use", BC_E_USAGE, 2, "", "no", "", "backcast: no\n" },
    { "bad input, and its place", BC_E_INPUT, 3, "f:1:2", "no", "", "backcast: f:1:2: no\n" },
    { "a conflict is bad input", BC_E_CONFLICT, 3, "", "no", "", "backcast: no\n" },
    { "a file that cannot be read", BC_E_IO, 4, "", "no", "", "backcast: no\n" },
    { "a damaged ledger", BC_E_DAMAGED, 5, "", "no", "", "backcast: no\n" },
    { "another writer", BC_E_BUSY, 6, "", "no", "", "backcast: no\n" },
    { "a newer ledger", BC_E_NEWER, 7, "", "no", "", "backcast: no\n" },
    { "a remote failure", BC_E_REMOTE, 8, "", "no", "", "backcast: no\n" },
    { "a reader that has gone wants no words", BC_E_IO, 4, "", "", "", "" },
    { "control characters and broken text", BC_E_INPUT, 3, "a\nb", "\033[2J\xff", "",
      "backcast: a\\x0ab: \\x1b[2J\\xff\n" },
    { "an override of direction", BC_E_INPUT, 3, "a\xe2\x80\xae", "\xe2\x81\xa6", "",
      "backcast: a\\u{202e}: \\u{2066}\n" },
    { "lines of the input are for answers", BC_E_INPUT, 3, "f", "no", "1 | kind: x\n  |       ^\n",
      "backcast: f: no\n" },
};

static void exit_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { .status = row->status };
    char *text = NULL;
    size_t len = 0;
    const struct cmd_env env = { .out = stdout, .err = open_memstream(&text, &len) };

    strcpy(err.context, row->context);
    strcpy(err.message, row->message);
    strcpy(err.excerpt, row->excerpt);
    assert_int_equal(cmd_exit(&env, row->status, &err), row->code);
    fclose(env.err);
    assert_string_equal(text, row->want);
    free(text);
}

static bc_status find_nothing(void *finder, struct names_deal *out, struct bc_str deal,
                              struct bc_err *err)
{
    (void)out;
    ++*(int *)finder;
    return bc_err_damaged(err, "no %.*s", BC_STR_ARG(deal));
}

static void a_name_that_cannot_be_read_is_a_failure(void **state)
{
    char *text = NULL;
    size_t len = 0;
    int asked = 0;
    struct names names = { .find = find_nothing, .finder = &asked };
    const struct cmd_env env = { .out = stdout,
                                 .err = open_memstream(&text, &len),
                                 .names = &names };

    (void)state;
    assert_int_equal(names_of_deal(&names, BC_STR("d1")).name.len, 0);
    assert_int_equal(names_of_deal(&names, BC_STR("d2")).name.len, 0);
    assert_int_equal(asked, 1);
    assert_int_equal(cmd_exit(&env, BC_NO, NULL), 5);
    fclose(env.err);
    assert_string_equal(text, "backcast: the ledger is damaged: no d1\n");
    free(text);
}

static void an_error_has_four_kilobytes_at_most(void **state)
{
    struct bc_err err = { .status = BC_E_INPUT };
    char *text = NULL;
    size_t len = 0;
    const struct cmd_env env = { .out = stdout, .err = open_memstream(&text, &len) };

    (void)state;
    memset(err.message, 0x1b, sizeof(err.message) - 1);
    memset(err.excerpt, 'x', sizeof(err.excerpt) - 1);
    assert_int_equal(cmd_exit(&env, BC_E_INPUT, &err), 3);
    fclose(env.err);
    assert_int_equal(len, 4096);
    assert_int_equal(text[len - 1], '\n');
    assert_null(memchr(text, '\n', len - 1));
    free(text);
}

static void an_answer_that_cannot_be_written_is_a_failure(void **state)
{
    char *text = NULL;
    size_t len = 0;
    const struct cmd_env env = { .out = fopen("/dev/full", "w"),
                                 .err = open_memstream(&text, &len) };

    (void)state;
    assert_non_null(env.out);
    fputs("an answer", env.out);
    assert_int_equal(cmd_exit(&env, BC_OK, NULL), 4);
    fclose(env.out);
    fclose(env.err);
    assert_non_null(strstr(text, "cannot write the answer"));
    free(text);
}

static void who_takes_the_error_gets_the_sentence_alone(void **state)
{
    struct bc_err err = { 0 };
    struct bc_buf taken = { 0 };
    char *text = NULL;
    size_t len = 0;
    const struct cmd_env env = { .out = stdout,
                                 .err = open_memstream(&text, &len),
                                 .error = &taken };

    (void)state;
    bc_buf_add_str(&taken, BC_STR("of before"));
    (void)bc_err_set(&err, BC_E_INPUT, "\033 is bad");
    assert_int_equal(cmd_exit(&env, bc_err_in(&err, BC_E_INPUT, "f:1:2"), &err), 3);
    fclose(env.err);
    assert_string_equal(text, "");
    assert_true(bc_str_eq(bc_buf_str(&taken), BC_STR("f:1:2: \\x1b is bad")));
    free(text);
    bc_buf_release(&taken);
}

/* --- the line about work under way --- */

static int64_t stopwatch_us;

static int64_t read_stopwatch(void)
{
    return stopwatch_us;
}

/* What a piece of work of so many milliseconds prints. */
static char *watch(bool terminal, int64_t ms)
{
    char *text = NULL;
    size_t len = 0;
    const struct cmd_env env = { .err = open_memstream(&text, &len),
                                 .err_tty = terminal,
                                 .elapsed_us = read_stopwatch };
    struct progress progress;

    stopwatch_us = 0;
    progress = progress_begin(&env, "reading \033x");
    for (; stopwatch_us <= ms * 1000; stopwatch_us += 500000)
        progress_now(&progress, 1, 4, "events");
    progress_end(&progress);
    fclose(env.err);
    return text;
}

static void work_over_a_second_shows_a_line_and_takes_it_back(void **state)
{
    char *text = watch(true, 1000);

    (void)state;
    assert_string_equal(text, "\r\033[Kreading \\x1bx: 1 events (25 %)\r\033[K");
    free(text);
}

static void work_below_is_told_in_events(void **state)
{
    char *text = NULL;
    size_t len = 0;
    const struct cmd_env env = { .err = open_memstream(&text, &len),
                                 .err_tty = true,
                                 .elapsed_us = read_stopwatch };
    struct progress_events events;

    (void)state;
    stopwatch_us = 0;
    events = (struct progress_events){ progress_begin(&env, "verifying"), 8 };
    progress_events_done(&events, 1);
    stopwatch_us = 2000000;
    progress_events_done(&events, 6);
    progress_end(&events.progress);
    fclose(env.err);
    assert_string_equal(text, "\r\033[Kverifying: 6 events (75 %)\r\033[K");
    free(text);
}

static void short_work_shows_nothing(void **state)
{
    char *text = watch(true, 500);

    (void)state;
    assert_string_equal(text, "");
    free(text);
}

static void no_terminal_no_line(void **state)
{
    char *text = watch(false, 5000);

    (void)state;
    assert_string_equal(text, "");
    free(text);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 8] = {
        cmocka_unit_test(a_name_that_cannot_be_read_is_a_failure),
        cmocka_unit_test(an_error_has_four_kilobytes_at_most),
        cmocka_unit_test(an_answer_that_cannot_be_written_is_a_failure),
        cmocka_unit_test(who_takes_the_error_gets_the_sentence_alone),
        cmocka_unit_test(work_over_a_second_shows_a_line_and_takes_it_back),
        cmocka_unit_test(work_below_is_told_in_events),
        cmocka_unit_test(short_work_shows_nothing),
        cmocka_unit_test(no_terminal_no_line),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 8] = (struct CMUnitTest){ rows[i].name, exit_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/cli/cmd", tests, NULL, NULL);
}
