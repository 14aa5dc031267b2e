/* tools/byhand/record_words: every field of every body says what it takes, in a line that fits. */
#include "tests/support/check.h"
#include "tools/byhand/record_words.h"

#include <string.h>

enum { LINE_MOST = 58 }; /* beside the longest option, in 80 columns or hardly more */

static void every_field_says_what_it_takes(void **state)
{
    (void)state;
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++)
        for (unsigned number = 1; number <= BC_FIELD_MAX; number++) {
            const struct bc_field *field = &bc_schema((enum bc_body)body)->field[number];
            const struct record_field_help *help;

            if (!field->name)
                continue;
            help = record_field_help((enum bc_body)body, number);
            if (strcspn(help->text, "\n") == 0 || strcspn(help->text, "\n") > LINE_MOST)
                fail_msg("%s.%s: \"%s\"", bc_schema((enum bc_body)body)->json_name,
                         field->json_name, help->text);
            assert_true(strlen(record_value_word((enum bc_body)body, number)) > 0);
        }
}

static struct row {
    const char *name, *typed;
    enum bc_body want;
    const char *error;
} rows[] = {
    { "as in JSON", "stageChanged", BC_STAGE_CHANGED, NULL },
    { "as in the schema", "stage_changed", BC_STAGE_CHANGED, NULL },
    { "as options are", "stage-changed", BC_STAGE_CHANGED, NULL },
    { "mistyped", "stageChangd", BC_NO_BODY, "did you mean 'stageChanged'?" },
    { "nothing like it", "nonsense", BC_NO_BODY, "`backcast record --help` lists them" },
};

static void body_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };

    assert_int_equal(record_body_of(row->typed, &err), row->want);
    if (row->error)
        assert_non_null(strstr(err.message, row->error));
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, body_row, NULL, NULL, &rows[n] };
    tests[n] = (struct CMUnitTest)cmocka_unit_test(every_field_says_what_it_takes);
    return cmocka_run_group_tests_name("tools/byhand/record_words", tests, NULL, NULL);
}
