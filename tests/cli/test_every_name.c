/* cli/every_name: whatever the program can find or give as a reason is printed in a golden case,
 * for people and for programs. The names are those that the program itself has, so that a new one
 * is missed here until it is shown. Of the kinds of metrics model/kinds says it. */
#include "ledger/base/mem.h"
#include "projections/audit/audit.h"
#include "projections/diff/diff.h"
#include "projections/explain/explain_not.h"
#include "projections/report/report.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glob.h>

static glob_t found;
static char **texts; /* what each case prints, as a text */

static int read_cases(void **state)
{
    (void)state;
    assert_int_equal(glob(BC_SOURCE_DIR "/tests/cli/*/stdout", 0, NULL, &found), 0);
    texts = bc_calloc(found.gl_pathc, sizeof(*texts));
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct bc_buf text = { 0 };

        file_read(&text, found.gl_pathv[i]);
        bc_buf_add_byte(&text, '\0');
        texts[i] = text.at;
    }
    return 0;
}

static int release_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < found.gl_pathc; i++)
        free(texts[i]);
    free(texts);
    globfree(&found);
    return 0;
}

/* The line `$ COMMAND` that printed what is at `at`, less its newline, into `out`. */
static bool command_of(struct bc_buf *out, const char *text, const char *at)
{
    while (at > text && !(at[-1] == '\n' && at[0] == '$' && at[1] == ' '))
        at--;
    out->len = 0;
    bc_buf_add(out, at, strcspn(at, "\n") + 1);
    bc_buf_add_byte(out, '\0');
    return at[0] == '$';
}

/* Whether the command was also run without --json, and so printed the same for people. */
static bool for_people_too(const char *text, struct bc_buf *command)
{
    char *option = strstr(command->at, " --json");

    if (!option)
        return false;
    memmove(option, option + strlen(" --json"), strlen(option + strlen(" --json")) + 1);
    return strstr(text, command->at) != NULL;
}

/* Is there an answer with `"KEY": "NAME"`, and on its line `also`, the text for people, too? */
static bool is_shown(const char *key, const char *name, const char *also)
{
    struct bc_buf command = { 0 };
    char member[128];
    bool shown = false;

    snprintf(member, sizeof(member), "\"%s\": \"%s\"", key, name);
    for (size_t i = 0; !shown && i < found.gl_pathc; i++)
        for (const char *at = strstr(texts[i], member); !shown && at; at = strstr(at + 1, member)) {
            const char *more = strstr(at, also);

            shown = more && more < at + strcspn(at, "\n") && command_of(&command, texts[i], at) &&
                    for_people_too(texts[i], &command);
        }
    bc_buf_release(&command);
    return shown;
}

static void check_shown(const char *key, const char *const *names, size_t n)
{
    char missing[1024] = "";

    for (size_t i = 0; i < n; i++)
        if (!is_shown(key, names[i], ""))
            snprintf(missing + strlen(missing), sizeof(missing) - strlen(missing), " %s", names[i]);
    if (missing[0])
        fail_msg("no golden case shows the %s%s both with and without --json", key, missing);
}

static void every_finding(void **state)
{
    const char *names[BC_FINDING_KIND_N];
    (void)state;

    for (int i = 0; i < BC_FINDING_KIND_N; i++)
        names[i] = bc_finding_row((enum bc_finding_kind)i)->word;
    check_shown("finding", names, ARRAY_LEN(names));
}

/* `audit --kind` takes them; its help is what people learn them from. */
static void every_finding_stands_in_the_help(void **state)
{
    struct bc_buf help = { 0 };
    const char *audit;
    (void)state;

    file_read(&help, BC_SOURCE_DIR "/tests/cli/help/stdout");
    bc_buf_add_byte(&help, '\0');
    audit = strstr(help.at, "usage: backcast audit ");
    assert_non_null(audit);
    for (int i = 0; i < BC_FINDING_KIND_N; i++) {
        const char *name = bc_finding_row((enum bc_finding_kind)i)->word, *at = strstr(audit, name);

        if (!at || strchr("abcdefghijklmnopqrstuvwxyz_", at[strlen(name)]))
            fail_msg("the help of audit does not name the finding %s", name);
    }
    bc_buf_release(&help);
}

static void every_reason(void **state)
{
    const char *names[BC_REASON_KIND_N];
    (void)state;

    for (int i = 0; i < BC_REASON_KIND_N; i++)
        names[i] = bc_reason_row((enum bc_reason_kind)i)->word;
    check_shown("reason", names, ARRAY_LEN(names));
}

static void every_cause(void **state)
{
    const char *names[BC_CAUSE_N];
    (void)state;

    for (int i = 0; i < BC_CAUSE_N; i++)
        names[i] = bc_cause_name((enum bc_cause)i);
    check_shown("cause", names, ARRAY_LEN(names));
}

static void every_state_of_a_red_line(void **state)
{
    const char *names[BC_NOT_ENOUGH_DATA + 1];
    (void)state;

    for (int i = 0; i <= BC_NOT_ENOUGH_DATA; i++)
        names[i] = bc_red_line_state_name((enum bc_red_line_state)i);
    check_shown("state", names, ARRAY_LEN(names));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_finding),
        cmocka_unit_test(every_finding_stands_in_the_help),
        cmocka_unit_test(every_reason),
        cmocka_unit_test(every_cause),
        cmocka_unit_test(every_state_of_a_red_line),
    };

    return cmocka_run_group_tests_name("cli/every_name", tests, read_cases, release_cases);
}
