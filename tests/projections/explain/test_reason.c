/* projections/explain/reason: the table of the kinds is whole, and says nothing that a reason
 * cannot have. */
#include "projections/explain/reason.h"
#include "tests/support/check.h"

#include <ctype.h>

static const struct bc_reason_row *row_of(int kind)
{
    return bc_reason_row((enum bc_reason_kind)kind);
}

static void each_kind_has_a_word_of_its_own_and_a_sentence(void **state)
{
    (void)state;
    for (int kind = 0; kind < BC_REASON_KIND_N; kind++) {
        const struct bc_reason_row *row = row_of(kind);

        if (!row->word || row->word[0] == '\0' || !row->sentence || row->sentence[0] == '\0')
            fail_msg("the kind behind \"%s\" has no word or no sentence",
                     kind ? row_of(kind - 1)->word : "");
        for (const char *c = row->word; *c; c++)
            assert_true(islower((unsigned char)*c) || *c == '_');
        for (int other = 0; other < kind; other++)
            if (strcmp(row->word, row_of(other)->word) == 0)
                fail_msg("\"%s\" is the word of two kinds", row->word);
    }
}

/* Takes the first {key} in the sentence, if it is this one. */
static bool take(const char **rest, const char *key)
{
    const char *at = strchr(*rest, '{');
    size_t len = key ? strlen(key) : 0;

    if (!at || !key || strncmp(at + 1, key, len) != 0 || at[1 + len] != '}')
        return false;
    *rest = at + 1 + len;
    return true;
}

/* The value or the days, which no sentence leaves out, and nothing else. */
static void sentences_say_the_value_or_the_days(void **state)
{
    (void)state;
    for (int kind = 0; kind < BC_REASON_KIND_N; kind++) {
        const struct bc_reason_row *row = row_of(kind);
        const char *rest = row->sentence;

        if (row->value && !take(&rest, row->value))
            fail_msg("the sentence of \"%s\" does not say its %s", row->word, row->value);
        if (row->days && !take(&rest, "days"))
            fail_msg("the sentence of \"%s\" does not say its days", row->word);
        if (row->days)
            (void)take(&rest, "side");
        if (strchr(rest, '{'))
            fail_msg("the sentence of \"%s\" has a hole: %s", row->word, rest);
        if (row->from_event && !row->value)
            fail_msg("\"%s\" takes a value from its event, and has none", row->word);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_a_word_of_its_own_and_a_sentence),
        cmocka_unit_test(sentences_say_the_value_or_the_days),
    };
    return cmocka_run_group_tests_name("projections/explain/reason", tests, NULL, NULL);
}
