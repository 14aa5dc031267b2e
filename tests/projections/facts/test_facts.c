/* tests/projections/facts/test_facts.c - a fact gives back what was put into it, to the last bit of
 * each field. */
#include "ledger/base/instant.h"
#include "projections/facts/facts.h"
#include "tests/support/check.h"

/* An event of each kind of fact that is made of one, and the words that the fact takes. */
static const struct kind_row {
    const char *name;
    struct bc_event event;
    enum bc_fact_kind kind;
    size_t words;
} kind_rows[] = {
    { "a stage",
      { .body = BC_STAGE_CHANGED, .value[BC_STAGE_CHANGED_TO].text = { "won", 3 } },
      BC_FACT_STAGE,
      2 },
    { "a stage found so",
      { .body = BC_STAGE_CHANGED,
        .value[BC_STAGE_CHANGED_TO].text = { "won", 3 },
        .value[BC_STAGE_CHANGED_OBSERVED].yes = true },
      BC_FACT_STAGE_OBSERVED,
      2 },
    { "a deal is gone", { .body = BC_DEAL_DELETED }, BC_FACT_DELETED, 2 },
    { "a deal is back", { .body = BC_DEAL_RESTORED }, BC_FACT_RESTORED, 2 },
    { "a deal went into another",
      { .body = BC_DEAL_MERGED, .value[BC_DEAL_MERGED_INTO].text = { "d2", 2 } },
      BC_FACT_MERGED,
      2 },
    { "a meeting", { .body = BC_MEETING_LOGGED }, BC_FACT_MEETING, 6 },
    { "an e-mail", { .body = BC_EMAIL_SENT }, BC_FACT_EMAIL_SENT, 4 },
    { "it was opened", { .body = BC_EMAIL_OPENED }, BC_FACT_EMAIL_OPENED, 4 },
    { "a service's end", { .body = BC_SERVICE_ENDED }, BC_FACT_SERVICE_ENDED, 2 },
    { "a loss", { .body = BC_LOSS_RECORDED }, BC_FACT_LOSS, 2 },
    { "a property of a name that was meant for another",
      { .body = BC_PROPERTY_CHANGED, .value[BC_PROPERTY_CHANGED_NAME].text = { "dealtype", 8 } },
      BC_FACT_MISNAMED,
      2 },
    { "something else that was done", { .body = BC_OUTREACH_ATTEMPTED }, BC_FACT_ACTIVITY, 2 },
    { "a pivot", { .body = BC_PIVOT_DECIDED }, BC_FACT_PIVOT, 2 },
    { "a decision not to",
      { .body = BC_PIVOT_DECIDED, .value[BC_PIVOT_DECIDED_STAY].yes = true },
      BC_FACT_STAY,
      2 },
    { "an event dated after it was recorded",
      { .body = BC_REVIEW_HELD, .has_recorded = true, .recorded_us = -1 },
      BC_FACT_AHEAD,
      2 },
    { "rules", { .body = BC_RULES_PUBLISHED }, BC_FACT_RULES, 3 },
    { "a report", { .body = BC_REPORT_ISSUED }, BC_FACT_REPORT, 2 },
    { "a qualification", { .body = BC_QUALIFICATION_RECORDED }, BC_FACT_QUALIFIED, 2 },
    { "a learning", { .body = BC_LEARNING_RECORDED }, BC_FACT_LEARNING, 2 },
    { "an agreement", { .body = BC_AGREEMENT_SIGNED }, BC_FACT_SIGNED, 2 },
    { "an order", { .body = BC_ORDER_PLACED }, BC_FACT_ORDERED, 2 },
    { "a hand-off", { .body = BC_HANDOFF_OPENED }, BC_FACT_HANDED, 2 },
    { "a hand-off taken", { .body = BC_HANDOFF_ACCEPTED }, BC_FACT_HANDED, 2 },
    { "a creation", { .body = BC_DEAL_CREATED }, BC_FACT_CREATED, 2 },
};

static void a_change_keeps_the_stage_that_it_was_told_to_come_from(void **state)
{
    const struct bc_event event = { .body = BC_STAGE_CHANGED,
                                    .deal = BC_STR("d1"),
                                    .value[BC_STAGE_CHANGED_TO].text = { "won", 3 },
                                    .value[BC_STAGE_CHANGED_FROM].text = { "lead", 4 } };
    bc_string_table *strings = bc_string_table_new();
    struct bc_buf facts = { 0 };
    struct bc_fact fact;
    struct bc_str left;
    (void)state;

    bc_facts_add(&facts, &event, 7, strings);
    left = bc_buf_str(&facts);
    assert_true(bc_fact_take(&fact, &left));
    assert_int_equal(fact.kind, BC_FACT_STAGE);
    assert_true(bc_fact_take(&fact, &left));
    assert_int_equal(fact.kind, BC_FACT_FROM);
    assert_int_equal(fact.seq, 7);
    assert_true(bc_str_eq(bc_string_table_text(strings, fact.value), BC_STR("lead")));
    assert_int_equal(left.len, 0);
    bc_buf_release(&facts);
    bc_string_table_free(strings);
}

static void check_one(struct bc_str bytes, const struct bc_event *event, uint64_t seq,
                      enum bc_fact_kind kind)
{
    struct bc_fact fact;

    assert_true(bc_fact_take(&fact, &bytes));
    assert_int_equal(bytes.len, 0);
    assert_int_equal(fact.kind, kind);
    assert_int_equal(fact.occurred_us, event->occurred_us);
    assert_int_equal(fact.seq, seq);
    assert_int_equal(fact.has_source_recorded, event->has_source_recorded);
    assert_int_equal(fact.source_recorded_us, event->source_recorded_us);
}

static void a_fact_of_each_kind_holds_the_least_and_the_most(void **state)
{
    static const int64_t instants[] = { 0, 1, BC_INSTANT_MAX };
    static const uint64_t seqs[] = { 1, 2, BC_SEQ_MAX - 1 };
    bc_string_table *strings = bc_string_table_new();
    struct bc_buf facts = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kind_rows); i++)
        for (unsigned at = 0; at < 18; at++) {
            struct bc_event event = kind_rows[i].event;

            event.deal = BC_STR("d1");
            event.occurred_us = instants[at % 3];
            event.has_source_recorded = at / 9;
            event.source_recorded_us = at / 9 ? INT64_MAX : 0;
            facts.len = 0;
            bc_facts_add(&facts, &event, seqs[at / 3 % 3], strings);
            if (facts.len != 8 * (kind_rows[i].words + at / 9))
                fail_msg("%s: %zu bytes", kind_rows[i].name, facts.len);
            check_one(bc_buf_str(&facts), &event, seqs[at / 3 % 3], kind_rows[i].kind);
        }
    bc_buf_release(&facts);
    bc_string_table_free(strings);
}

static void an_event_of_each_body_makes_facts_that_can_be_read(void **state)
{
    bc_string_table *strings = bc_string_table_new();
    struct bc_buf facts = { 0 };

    (void)state;
    for (int body = BC_NO_BODY; body < BC_BODY_END; body++) {
        const struct bc_event event = { .body = (enum bc_body)body, .deal = BC_STR("d1") };
        struct bc_fact fact;
        struct bc_str left;

        facts.len = 0;
        bc_facts_add(&facts, &event, 1, strings);
        for (left = bc_buf_str(&facts); left.len;)
            assert_true(bc_fact_take(&fact, &left));
    }
    bc_buf_release(&facts);
    bc_string_table_free(strings);
}

static void the_greatest_value_does_not_run_into_the_seq(void **state)
{
    bc_string_table *strings = bc_string_table_new();
    const struct bc_event event = { .body = BC_STAGE_CHANGED,
                                    .deal = BC_STR("d1"),
                                    .has_source_recorded = true,
                                    .value[BC_STAGE_CHANGED_TO].text = BC_STR("won") };
    const uint32_t numbers[] = { 0, BC_WORD_MAX - 1 };
    struct bc_buf facts = { 0 };
    struct bc_fact fact;
    struct bc_str left;

    (void)state;
    bc_facts_add(&facts, &event, 5, strings);
    bc_facts_renumber(facts.at, facts.len, numbers);
    left = bc_buf_str(&facts);
    assert_true(bc_fact_take(&fact, &left));
    assert_int_equal(fact.value, BC_WORD_MAX - 1);
    assert_int_equal(fact.seq, 5);
    assert_true(fact.has_source_recorded);
    bc_buf_release(&facts);
    bc_string_table_free(strings);
}

static void what_is_no_kind_is_no_fact(void **state)
{
    (void)state;
    for (uint64_t kind = 0; kind < 1 << BC_FACT_KIND_BITS; kind++) {
        const uint64_t words[8] = { htole64(kind), htole64(UINT64_C(1) << BC_FACT_SEQ_SHIFT) };
        struct bc_str bytes = { (const char *)words, sizeof(words) };
        struct bc_fact_at fact;

        if (bc_fact_step(&fact, &bytes) != (kind > 0 && kind < BC_FACT_KIND_END))
            fail_msg("kind %d", (int)kind);
    }
}

static void a_day_comes_back_as_it_was(void **state)
{
    static const struct {
        const char *text;
        int32_t day;
    } days[] = { { "0001-01-01", BC_DAY_MIN },
                 { "1969-12-31", -1 },
                 { "1970-01-01", 0 },
                 { "9999-12-31", BC_DAY_MAX } };
    static const char *const none[] = { "0000-12-31", "2025-02-30", "soon" };
    bc_string_table *strings = bc_string_table_new();
    struct bc_event event = { .body = BC_PROPERTY_CHANGED,
                              .deal = BC_STR("d1"),
                              .value[BC_PROPERTY_CHANGED_NAME].text = BC_STR("contract_end") };
    struct bc_fact fact;
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(days) + ARRAY_LEN(none); i++) {
        bool is_day = i < ARRAY_LEN(days);
        struct bc_buf facts = { 0 };
        struct bc_str left;

        event.value[BC_PROPERTY_CHANGED_VALUE].text =
            bc_str_of(is_day ? days[i].text : none[i - ARRAY_LEN(days)]);
        bc_facts_add(&facts, &event, 1, strings);
        left = bc_buf_str(&facts);
        assert_true(bc_fact_take(&fact, &left));
        if (is_day)
            assert_int_equal(bc_value_day(fact.value), days[i].day);
        else
            assert_int_equal(fact.value, BC_VALUE_BAD_DAY);
        bc_buf_release(&facts);
    }
    bc_string_table_free(strings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fact_of_each_kind_holds_the_least_and_the_most),
        cmocka_unit_test(a_change_keeps_the_stage_that_it_was_told_to_come_from),
        cmocka_unit_test(an_event_of_each_body_makes_facts_that_can_be_read),
        cmocka_unit_test(the_greatest_value_does_not_run_into_the_seq),
        cmocka_unit_test(a_day_comes_back_as_it_was),
        cmocka_unit_test(what_is_no_kind_is_no_fact),
    };

    return cmocka_run_group_tests_name("projections/facts/facts", tests, NULL, NULL);
}
