/* projections/audit/finding: the table of the kinds is whole, and says nothing that a finding
 * cannot have. */
#include "projections/audit/finding.h"
#include "tests/support/check.h"

#include <ctype.h>
#include <stdio.h>

static const struct bc_finding_row *row_of(int kind)
{
    return bc_finding_row((enum bc_finding_kind)kind);
}

static bool is_word(const char *text)
{
    for (const char *c = text; *c; c++)
        if (!islower((unsigned char)*c) && *c != '_')
            return false;
    return text[0] != '\0';
}

static void each_kind_has_a_word_of_its_own_and_a_sentence(void **state)
{
    (void)state;
    for (int kind = 0; kind < BC_FINDING_KIND_N; kind++) {
        const struct bc_finding_row *row = row_of(kind);

        if (!row->word || !is_word(row->word) || !row->sentence || row->sentence[0] == '\0')
            fail_msg("the kind after \"%s\" has no word or no sentence",
                     kind ? row_of(kind - 1)->word : "");
        for (int other = 0; other < kind; other++)
            if (strcmp(row->word, row_of(other)->word) == 0)
                fail_msg("\"%s\" is the word of two kinds", row->word);
    }
}

/* Where a finding is about a property or about an experiment, `{property}` names the experiment. */
static bool names_itself(const struct bc_finding_row *row, enum bc_finding_cell cell)
{
    bool property = false;

    for (size_t i = 0; row->cells[i] != BC_CELL_NONE; i++)
        property |= row->cells[i] == BC_CELL_PROPERTY;
    return cell == BC_CELL_EXPERIMENT && property;
}

static void check_cells(const struct bc_finding_row *row)
{
    size_t n = 0;

    while (n < BC_FINDING_CELL_MAX && row->cells[n] != BC_CELL_NONE)
        n++;
    if (n == BC_FINDING_CELL_MAX)
        fail_msg("the cells of \"%s\" have no end", row->word);
    for (size_t i = 0; i < n; i++) {
        bool event = row->cells[i] == BC_CELL_AT || row->cells[i] == BC_CELL_EVENT;
        char key[32];

        for (size_t other = 0; other < i; other++)
            if (row->cells[other] == row->cells[i])
                fail_msg("\"%s\" has a cell twice", row->word);
        (void)snprintf(key, sizeof(key), "{%s}", bc_finding_cell_key(row->cells[i]));
        if (!event && !names_itself(row, row->cells[i]) && !strstr(row->sentence, key))
            fail_msg("the sentence of \"%s\" does not say %s", row->word, key);
    }
}

/* In braces are keys of cells; else the sentence would have a hole. */
static void check_sentence(const struct bc_finding_row *row)
{
    for (const char *key = strchr(row->sentence, '{'); key; key = strchr(key + 1, '{')) {
        size_t len = strcspn(key, "}");

        if (bc_finding_cell_of((struct bc_str){ key + 1, len - 1 }) == BC_CELL_NONE)
            fail_msg("the sentence of \"%s\" has no cell for %s", row->word, key);
    }
}

static void sentences_say_the_cells(void **state)
{
    (void)state;
    for (int kind = 0; kind < BC_FINDING_KIND_N; kind++) {
        check_cells(row_of(kind));
        check_sentence(row_of(kind));
    }
}

static void each_cell_has_a_key_of_its_own(void **state)
{
    (void)state;
    for (int cell = BC_CELL_NONE + 1; cell < BC_FINDING_CELL_N; cell++) {
        const char *key = bc_finding_cell_key((enum bc_finding_cell)cell);

        assert_non_null(key);
        assert_int_equal(bc_finding_cell_of(bc_str_of(key)), cell);
    }
    assert_int_equal(bc_finding_cell_of(BC_STR("")), BC_CELL_NONE);
}

static void each_thing_missing_has_a_word_and_a_bit(void **state)
{
    unsigned bits = 0;
    (void)state;

    for (size_t i = 0; i < BC_MISSING_N; i++) {
        assert_true(bc_missing_rows[i].word && is_word(bc_missing_rows[i].word));
        assert_int_equal(bits & bc_missing_rows[i].bit, 0);
        bits |= bc_missing_rows[i].bit;
    }
}

/* These are what an audit finds by default; a kind that joins them changes what
 * `--fail-on-findings` says of a ledger. */
static void the_usual_kinds_are_these(void **state)
{
    static const char *const usual[] = {
        "start_not_allowed",   "move_not_allowed",     "unknown_stage",
        "lost_without_reason", "won_without_contract", "bad_date",
        "unknown_red_line",    "dated_after_recorded", "unknown_word",
        "renews_unknown",      "never_created",        "created_twice",
        "from_differs",        "arm_changed",          "enrolled_after_conclusion",
        "too_many_running",    "no_hypothesis",        "concluded_without_learning",
        "unknown_metric",      "bad_amount",           "bad_interval",
        "breach_unanswered"
    };
    (void)state;

    for (int kind = 0; kind < BC_FINDING_KIND_N; kind++) {
        bool is_usual = false;

        for (size_t i = 0; i < ARRAY_LEN(usual); i++)
            is_usual |= strcmp(usual[i], row_of(kind)->word) == 0;
        assert_int_equal(bc_findings_usual() >> kind & 1, is_usual);
        assert_true(bc_findings_all() >> kind & 1);
    }
    assert_int_equal(bc_findings_all() >> (BC_FINDING_KIND_N - 1) >> 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_a_word_of_its_own_and_a_sentence),
        cmocka_unit_test(sentences_say_the_cells),
        cmocka_unit_test(each_cell_has_a_key_of_its_own),
        cmocka_unit_test(each_thing_missing_has_a_word_and_a_bit),
        cmocka_unit_test(the_usual_kinds_are_these),
    };
    return cmocka_run_group_tests_name("projections/audit/finding", tests, NULL, NULL);
}
