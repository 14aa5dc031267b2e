/* `backcast import hubspot --token-command`: where tokens run out, the command gives the next; what
 * it prints is shown nowhere. */
#include "tests/support/check.h"
#include "tests/support/place.h"
#include "tests/support/still_clock.h"
#include "tools/http/http.h"

#include <stdio.h>

/* A script that prints fake-token-2, fake-token-3, ... and then something else. */
static void command_of(struct place *place, char command[FOLDER_PATH * 3])
{
    (void)snprintf(command, (size_t)FOLDER_PATH * 3,
                   "n=$(cat %s/nth 2>/dev/null || echo 1); n=$((n + 1)); echo $n > %s/nth; "
                   "echo \"fake-token-$n\"; echo and more",
                   place->folder, place->folder);
}

static void a_token_that_runs_out_is_followed_by_a_fresh_one(void **state)
{
    struct place *place = place_begin(NULL);
    char command[FOLDER_PATH * 3], trace[FOLDER_PATH + 16];
    struct bc_buf text = { 0 };

    (void)state;
    (void)snprintf(trace, sizeof(trace), "%s/trace", place->folder);
    command_of(place, command);
    json_decref(fake_hubspot_steer(&place->fake, "/_expire", json_pack("{s:i}", "uses", 6)));
    place_check_code(place, IMPORT(place, "--json", "--token-command", command, "--trace", trace),
                     0);
    assert_non_null(strstr(place->out, "\"agree\": 13"));
    file_read(&text, trace);
    bc_buf_add_byte(&text, '\0');
    assert_null(strstr(text.at, "fake-token"));
    assert_null(strstr(place->out, "fake-token"));
    bc_buf_release(&text);
    place_end(place);
}

static struct row {
    const char *name, *command, *says;
    int code;
} rows[] = {
    { "a fresh token that is refused is the end", "echo wrong-secret",
      "with a fresh token, too: the token was not accepted", 8 },
    { "a command that fails", "echo wrong-secret; exit 3", "token command ended with exit code 3",
      4 },
    { "a command that is not there", "no-such-command-anywhere 2>&-",
      "token command ended with exit code 127", 4 },
    { "a command that prints nothing", "true", "printed no token", 3 },
    { "an empty first line", "echo; echo wrong-secret", "printed no token", 3 },
    { "a line without an end", "head -c 100000 /dev/zero | tr '\\0' x",
      "is longer than a token can be", 3 },
    { "bytes that are no text", "printf 'wrong-secret\\000\\n'", "it holds U+0000", 3 },
    { "others", "printf 'wrong-secret\\377\\n'", "holds a character that no token has", 3 },
    { "a command that prints without an end", "yes", "printed more than 1 MiB", 4 },
    { "a command that is killed", "kill -9 $$", "ended by signal 9", 4 },
    { "one that leaves something running is at its end", "echo wrong-secret; sleep 3 &",
      "with a fresh token, too: the token was not accepted", 8 },
    { "a token with a blank", "echo wrong secret", "holds a character that no token has", 3 },
    { "none that can be had", NULL, "the token was not accepted", 8 },
};

static void end_row(void **state)
{
    const struct row *row = *state;
    struct place *place = place_begin(NULL);
    int code;

    fake_hubspot_do(&place->fake, "unauthorized@/crm/");
    code = IMPORT(place, "--json", row->command ? "--token-command" : NULL, row->command);
    place_check_code(place, code, row->code);
    if (!strstr(place->err, row->says))
        fail_msg("%s", place->err);
    assert_null(strstr(place->err, "wrong-secret"));
    place_end(place);
}

/* By a clock of which a minute goes by whenever it is looked at. */
static void a_command_that_hangs_is_given_up(void **state)
{
    int64_t now_us = 0;
    const struct http_clock clock = leaping_clock(&now_us);
    static const char *const commands[] = { "sleep 3", "exec >&-; sleep 3",
                                            "echo wrong-secret; sleep 3" };
    struct bc_err err = { 0 };
    char *token = NULL;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        assert_int_equal(http_token_run(&token, commands[i], &clock, &err), BC_E_IO);
        assert_string_equal(err.message, "the token command did not end within 120 seconds");
        assert_null(token);
    }
}

static void an_account_file_names_no_command(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    file_write(place->account, BC_STR("token_command: echo secret\n"));
    place_check_code(place, IMPORT(place, "--json"), 3);
    assert_non_null(strstr(place->err, "token_command"));
    place_end(place);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 3];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, end_row, NULL, NULL, &rows[n] };
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(a_token_that_runs_out_is_followed_by_a_fresh_one);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_command_that_hangs_is_given_up);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(an_account_file_names_no_command);
    return cmocka_run_group_tests_name("tools/hubspot/hubspot_token", tests, NULL, NULL);
}
