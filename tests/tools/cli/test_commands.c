/* tools/cli/commands: each command has a word of its own, a summary that fits on its line of the
 * list, and answers --help with a page about itself. */
#include "tests/support/check.h"
#include "tools/cli/cmd.h"
#include "tools/cmd/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROW(name)          { #name, cmd_##name },
#define ROW_AS(name, word) { word, cmd_##name },
static const struct cmd commands[] = { COMMANDS(ROW) };

static void each_command_has_a_word_and_a_summary(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        char command[32];

        assert_in_range(strlen(commands[i].name), 1, 11);
        (void)snprintf(command, sizeof(command), "backcast %s", commands[i].name);
        assert_in_range(page_summary(cmd_page(command)).len, 1,
                        65); /* a line of 80 columns with it */
        for (size_t other = 0; other < i; other++)
            assert_string_not_equal(commands[i].name, commands[other].name);
    }
}

static void each_command_answers_help_about_itself(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        char name[32], help[] = "--help", want[64], *argv[] = { name, help, NULL };
        char *text = NULL;
        size_t len = 0;
        const struct cmd_env env = { .out = open_memstream(&text, &len), .err = stderr };

        (void)snprintf(name, sizeof(name), "%s", commands[i].name);
        (void)snprintf(want, sizeof(want), "usage: backcast %s", name);
        assert_int_equal(commands[i].run(&env, 2, argv), 0);
        fclose(env.out);
        if (strncmp(text, want, strlen(want)) != 0)
            fail_msg("%s --help is about something else: %.40s", name, text);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_command_has_a_word_and_a_summary),
        cmocka_unit_test(each_command_answers_help_about_itself),
    };
    return cmocka_run_group_tests_name("tools/cli/commands", tests, NULL, NULL);
}
