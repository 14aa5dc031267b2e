/* tests/tools/discover/test_discover_words.c - what a table's word is among the rules', and what it
 * cannot be taken for. */
#include "tests/support/check.h"
#include "tools/discover/discover_words.h"

static struct row {
    const char *word;
    enum bc_word_field field;
    const char *want; /* "?" before it: to be checked; NULL: nobody can tell */
} rows[] = {
    { "Closed Won", BC_WORD_STAGE, "closed_won" },
    { "closed-won", BC_WORD_STAGE, "closed_won" },
    { "Gewonnen", BC_WORD_STAGE, "closed_won" },
    { "Discvery", BC_WORD_STAGE, "?discovery" },
    { "Discov", BC_WORD_STAGE, "?discovery" },
    { "Discoveryphase", BC_WORD_STAGE, "?discovery" },
    { "Sales discovery call", BC_WORD_STAGE, "?discovery" },
    { "Angebot", BC_WORD_STAGE, "?proposal" },
    { "Not Closed Won", BC_WORD_STAGE, NULL },
    { "No discovery", BC_WORD_STAGE, NULL },
    { "Nicht gewonnen", BC_WORD_STAGE, NULL },
    { "Undiscovery", BC_WORD_STAGE, NULL },
    { "Closed", BC_WORD_STAGE, NULL },
    { "Security review", BC_WORD_STAGE, NULL },
    { "", BC_WORD_STAGE, NULL },
    { "New Business", BC_WORD_DEAL_TYPE, "newbusiness" },
    { "Neukunde", BC_WORD_DEAL_TYPE, "newbusiness" },
    { "newbusines", BC_WORD_DEAL_TYPE, "?newbusiness" },
    { "Non-Business", BC_WORD_DEAL_TYPE, NULL },
    { "Business", BC_WORD_DEAL_TYPE, NULL },
    { "No decision", BC_WORD_LOSS_REASON, "?timing" },
    { "Too expensive", BC_WORD_LOSS_REASON, "?price" },
};

static void check_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;
    struct discover_meaning got;

    check_ok(bc_rules_default(&rules, &err), &err);
    got = discover_word(rules, row->field, bc_str_of(row->word));
    if (!row->want) {
        assert_null(got.to);
    } else {
        assert_non_null(got.to);
        assert_int_equal(got.like, row->want[0] == '?');
        assert_string_equal(got.to, row->want + got.like);
    }
    bc_rules_free(rules);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].word, check_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/discover/discover_words", tests, NULL, NULL);
}
