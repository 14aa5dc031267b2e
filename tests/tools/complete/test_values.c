/* tools/complete/values: what every option and argument of every command takes is in the list, so
 * that a new one is missed here until somebody says what shells may offer for it; and what is
 * offered without a ledger is taken. */
#include "tests/support/check.h"
#include "tools/ask/dates.h"
#include "tools/ask/when.h"
#include "tools/cli/opt.h"
#include "tools/cli/terminal.h"
#include "tools/cmd/pages.h"
#include "tools/complete/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COMMAND(name)          { #name, cmd_##name },
#define COMMAND_AS(name, word) { word, cmd_##name },
static const struct cmd commands[] = { COMMANDS(COMMAND){ 0 } };
static const struct cmd_group program = { "backcast", commands, cmd_pages };

enum { WORDS_MOST = 6 };
struct typed {
    const char *words[WORDS_MOST];
    int n;
};

static struct typed and (struct typed typed, const char *word)
{
    assert_true(typed.n < WORDS_MOST);
    typed.words[typed.n++] = word;
    return typed;
}

static struct typed and_of(struct typed typed, struct bc_str word, char room[64])
{
    (void)snprintf(room, 64, "%.*s", BC_STR_ARG(word));
    return and(typed, room);
}

/* What may follow; nothing is printed. */
static struct complete ask(struct typed typed)
{
    struct complete complete;
    FILE *none = fopen("/dev/null", "we");
    const struct cmd_env env = {
        .out = none, .err = none, .commands = &program, .complete = &complete
    };
    char *argv[WORDS_MOST + 2] = { (char[]){ "backcast" } };

    for (int i = 0; i < typed.n; i++)
        argv[i + 1] = bc_strdup(bc_str_of(typed.words[i]));
    complete_begin(&complete, argv[typed.n]);
    (void)cmd_dispatch(&env, &program, typed.n + 1, argv);
    for (int i = 0; i < typed.n; i++)
        free(argv[i + 1]);
    assert_int_equal(ftell(none), 0);
    fclose(none);
    complete.word = (struct bc_str){ 0 };
    return complete;
}

static size_t value_n, option_n, command_n, unknown_n;

static void check_value(struct typed typed)
{
    struct complete complete = ask(typed);

    if (complete.value) {
        value_n++;
        if (!values_known(complete.value)) {
            unknown_n++;
            print_error("%s %s %s: nobody says what %s takes (tools/complete/values.c)\n",
                        typed.words[0], typed.words[1], typed.n > 2 ? typed.words[2] : "",
                        complete.value);
        }
    }
    complete_release(&complete);
}

/* A command with its options. */
static void see_command(struct typed typed)
{
    struct complete options = ask(and(typed, "--"));

    command_n++;
    check_value(and(typed, ""));
    for (size_t i = 0; i < options.n; i++) {
        char room[64];

        option_n++;
        check_value(and(and_of(typed, options.at[i].text, room), ""));
    }
    complete_release(&options);
}

/* Those below the words so far: what may follow them and is no option is a command. */
static void see(struct typed typed)
{
    struct complete complete = ask(and(typed, ""));
    bool any = false;

    for (size_t i = 0; i < complete.n && !complete.value; i++) {
        char room[64];

        if (complete.at[i].text.at[0] == '-' || bc_str_eq(complete.at[i].text, BC_STR("help")))
            continue;
        any = true;
        see(and_of(typed, complete.at[i].text, room));
    }
    complete_release(&complete);
    if (!any || (typed.n == 1 && strcmp(typed.words[0], "head") == 0))
        see_command(typed);
}

static void every_value_is_in_the_list(void **state)
{
    (void)state;
    see((struct typed){ 0 });
    assert_int_equal(unknown_n, 0);
    assert_true(command_n > 90);
    assert_true(option_n > 700);
    assert_true(value_n > 400);
}

static void values_that_nobody_knows_are_told(void **state)
{
    (void)state;
    assert_true(values_known("STAGE"));
    assert_true(values_known("STAGE,..."));
    assert_true(values_known("STAGE,...|WHEN"));
    assert_true(values_known("actor|source"));
    assert_false(values_known("STAGES"));
    assert_false(values_known("STAGE|NOTHING"));
    assert_false(values_known("STAG"));
}

static void each_candidate(const char *value, void (*check)(const char *text))
{
    struct complete complete;
    const struct cmd_env env = { 0 };
    struct ledger_words words = { .env = &env };

    complete_begin(&complete, "");
    complete.value = value;
    (void)values_add(&complete, &words);
    assert_true(complete.n > 0);
    for (size_t i = 0; i < complete.n; i++)
        check(complete.at[i].text.at);
    ledger_words_release(&words);
    complete_release(&complete);
}

static void check_when(const char *text)
{
    struct when when;
    struct bc_err err;
    bc_zone *zone;

    assert_int_equal(bc_zone_open(&zone, BC_STR("UTC"), &err), BC_OK);
    if (when_parse(&when, text, INT64_C(1750000000000000), zone, &err) < 0)
        fail_msg("%s", err.message);
    bc_zone_free(zone);
}

static void dates_that_are_offered_are_dates(void **state)
{
    (void)state;
    each_candidate("WHEN", check_when);
}

static void check_step(const char *text)
{
    struct step step;
    struct bc_err err;

    if (step_parse(&step, text, &err) < 0)
        fail_msg("%s", err.message);
}

static void steps_that_are_offered_are_steps(void **state)
{
    (void)state;
    each_candidate("STEP", check_step);
}

/* A list of words: what was typed before the last comma is kept. */
static void several_with_commas(void **state)
{
    struct complete complete;
    const struct cmd_env env = { 0 };
    struct ledger_words words = { .env = &env };
    (void)state;

    complete_begin(&complete, "--rules=R1,as");
    complete.lead = BC_STR("--rules=");
    complete.word = BC_STR("R1,as");
    complete.value = "REF,...";
    assert_int_equal(values_add(&complete, &words), VALUES_FILES);
    assert_int_equal(complete.n, 1);
    assert_string_equal(complete.at[0].text.at, "--rules=R1,as-then");
    ledger_words_release(&words);
    complete_release(&complete);
}

/* The program's page says which options go with every command; those it takes out of them. */
static void options_of_every_command_are_taken(void **state)
{
    const struct bc_str section =
        page_section(page_find(cmd_pages, "backcast"), "OPTIONS OF EVERY COMMAND");
    char *text = bc_strdup(section);
    size_t n = 0;
    (void)state;

    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        struct terminal terminal = { 0 };
        struct bc_err err;
        char *argv[] = { (char[]){ "backcast" }, line, (char[]){ "always" }, NULL };
        int argc = 2;

        if (strncmp(line, "--", 2) != 0)
            continue;
        n++;
        argc += line[strcspn(line, " ") + 1] != ' ';
        line[strcspn(line, " ")] = '\0';
        assert_int_equal(terminal_options(&terminal, &argc, argv, &err), BC_OK);
        if (argc != 1)
            fail_msg("%s is not taken", line);
    }
    assert_true(n >= 5);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_is_in_the_list),
        cmocka_unit_test(values_that_nobody_knows_are_told),
        cmocka_unit_test(dates_that_are_offered_are_dates),
        cmocka_unit_test(steps_that_are_offered_are_steps),
        cmocka_unit_test(several_with_commas),
        cmocka_unit_test(options_of_every_command_are_taken),
    };

    return cmocka_run_group_tests_name("tools/complete/values", tests, NULL, NULL);
}
