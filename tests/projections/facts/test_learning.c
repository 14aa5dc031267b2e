/* tests/projections/facts/test_learning.c - a fact of the learning half gives back each text that
 * was put into it, and bytes that are no texts do no harm. */
#include "projections/facts/learning.h"
#include "tests/support/check.h"
#include "tests/support/every_body.h"

#include <stdlib.h>

static struct bc_fact_at only(struct bc_buf *facts, const struct bc_event *event)
{
    struct bc_fact_at fact;
    struct bc_str left;

    facts->len = 0;
    bc_learning_add(facts, event, 7);
    left = bc_buf_str(facts);
    assert_true(bc_fact_step(&fact, &left));
    assert_int_equal(left.len, 0);
    assert_int_equal(fact.seq, 7);
    assert_int_equal(fact.occurred_us, event->occurred_us);
    return fact;
}

static void texts_of_any_length_come_back(void **state)
{
    static const size_t lens[] = { 0, 1, 6, 7, 8, 254, 255, 256, 70000 };
    struct bc_buf facts = { 0 };
    char *long_text = bc_calloc(1, 70001);

    (void)state;
    for (size_t i = 0; i < 70001; i++)
        long_text[i] = (char)(i * 7 + i / 256);
    for (size_t i = 0; i < ARRAY_LEN(lens); i++)
        for (size_t j = 0; j < ARRAY_LEN(lens); j++) {
            const struct bc_event event = { .body = BC_LEAD_CAPTURED,
                                            .occurred_us = 5,
                                            .value[1].text = { long_text, lens[i] },
                                            .value[2].text = { long_text + 1, lens[j] } };
            const struct bc_fact_at fact = only(&facts, &event);

            assert_int_equal(fact.kind, BC_FACT_LEAD);
            assert_true(bc_str_eq(bc_learning_text(&fact, 0), event.value[1].text));
            assert_true(bc_str_eq(bc_learning_text(&fact, 1), event.value[2].text));
            assert_int_equal(bc_learning_text(&fact, 2).len, 0);
        }
    free(long_text);
    bc_buf_release(&facts);
}

static void each_field_is_where_the_drawing_says(void **state)
{
    static const struct {
        enum bc_body body;
        enum bc_learning_kind kind;
        size_t texts;
    } rows[] = {
        { BC_PROPERTY_CHANGED, BC_FACT_PROPERTY, 2 },
        { BC_LEAD_CAPTURED, BC_FACT_LEAD, 2 },
        { BC_QUALIFICATION_RECORDED, BC_FACT_QUALIFICATION, 4 },
        { BC_OUTREACH_ATTEMPTED, BC_FACT_ATTEMPT, 1 },
        { BC_EMAIL_REPLIED, BC_FACT_REPLY, 0 },
        { BC_EXPERIMENT_STARTED, BC_FACT_EXPERIMENT, 8 },
        { BC_EXPERIMENT_CONCLUDED, BC_FACT_CONCLUSION, 5 },
        { BC_DEAL_ENROLLED, BC_FACT_ENROLMENT, 2 },
        { BC_ICP_PUBLISHED, BC_FACT_ICP, 3 },
        { BC_PLAYBOOK_PUBLISHED, BC_FACT_PLAYBOOK, 3 },
        { BC_LOSS_RECORDED, BC_FACT_LOST_BECAUSE, 2 },
        { BC_LEARNING_RECORDED, BC_FACT_LESSON, 3 },
        { BC_ARTIFACT_LINKED, BC_FACT_ARTIFACT, 1 },
        { BC_AGREEMENT_SIGNED, BC_FACT_AGREED, 0 },
        { BC_ORDER_STARTED, BC_FACT_ORDER_STARTED, 0 },
        { BC_ORDER_PLACED, BC_FACT_ORDER_PLACED, 0 },
        { BC_HANDOFF_OPENED, BC_FACT_HANDOFF_OPENED, 0 },
        { BC_HANDOFF_ACCEPTED, BC_FACT_HANDOFF_ACCEPTED, 0 },
        { BC_SERVICE_STARTED, BC_FACT_SERVICE_STARTED, 0 },
        { BC_HEALTH_RECORDED, BC_FACT_HEALTH, 3 },
        { BC_RENEWAL_INTENT_RECORDED, BC_FACT_INTENT, 1 },
        { BC_REVIEW_HELD, BC_FACT_REVIEW, 1 },
        { BC_ROLE_ASSIGNED, BC_FACT_ROLE, 3 },
        { BC_ACTION_DECIDED, BC_FACT_ACTION_DECIDED, 4 },
        { BC_ACTION_CLOSED, BC_FACT_ACTION_CLOSED, 2 },
    };
    struct bc_buf facts = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct bc_event event = every_body_event(rows[i].body);
        const struct bc_fact_at fact = only(&facts, &event);

        assert_int_equal(fact.kind, rows[i].kind);
        for (size_t at = 0; at < rows[i].texts; at++)
            assert_true(bc_learning_text(&fact, at).len > 0);
        assert_int_equal(bc_learning_text(&fact, rows[i].texts).len, 0);
        assert_true(fact.has_source_recorded);
    }
    bc_buf_release(&facts);
}

static void a_creation_sets_what_it_gives(void **state)
{
    const struct bc_event event = { .body = BC_DEAL_CREATED,
                                    .deal = BC_STR("d"),
                                    .value[BC_DEAL_CREATED_NAME].text = BC_STR("Acme"),
                                    .value[BC_DEAL_CREATED_OWNER].text = BC_STR("ann") };
    struct bc_buf facts = { 0 };
    struct bc_fact_at fact;
    struct bc_str left;

    (void)state;
    bc_learning_add(&facts, &event, 1);
    left = bc_buf_str(&facts);
    assert_true(bc_fact_step(&fact, &left));
    assert_true(bc_str_eq(bc_learning_text(&fact, 0), BC_STR("deal_name")));
    assert_true(bc_str_eq(bc_learning_text(&fact, 1), BC_STR("Acme")));
    assert_true(bc_fact_step(&fact, &left));
    assert_true(bc_str_eq(bc_learning_text(&fact, 0), BC_STR("owner")));
    assert_int_equal(left.len, 0);
    bc_buf_release(&facts);
}

static void what_is_about_no_deal_is_kept_where_it_says_something(void **state)
{
    static const enum bc_body kept[] = { BC_LEAD_CAPTURED, BC_ICP_PUBLISHED, BC_LEARNING_RECORDED,
                                         BC_ACTION_DECIDED };
    static const enum bc_body none[] = { BC_OUTREACH_ATTEMPTED, BC_HEALTH_RECORDED,
                                         BC_EMAIL_REPLIED, BC_ARTIFACT_LINKED };
    struct bc_buf facts = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
        (void)only(&facts, &(struct bc_event){ .body = kept[i], .value[1].text = BC_STR("x") });
        facts.len = 0;
        bc_learning_add(&facts, &(struct bc_event){ .body = none[i] }, 1);
        assert_int_equal(facts.len, 0);
    }
    bc_buf_release(&facts);
}

static void lengths_that_lie_give_nothing(void **state)
{
    const struct bc_event event = { .body = BC_DEAL_ENROLLED,
                                    .deal = BC_STR("d"),
                                    .value[1].text = BC_STR("exp") };
    struct bc_buf facts = { 0 };
    struct bc_fact_at fact;

    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        fact = only(&facts, &event);
        facts.at[16] = (char)byte;
        for (size_t i = 0; i < 3; i++)
            assert_true(bc_learning_text(&fact, i).len < 8);
    }
    bc_buf_release(&facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_any_length_come_back),
        cmocka_unit_test(each_field_is_where_the_drawing_says),
        cmocka_unit_test(a_creation_sets_what_it_gives),
        cmocka_unit_test(what_is_about_no_deal_is_kept_where_it_says_something),
        cmocka_unit_test(lengths_that_lie_give_nothing),
    };

    return cmocka_run_group_tests_name("projections/facts/learning", tests, NULL, NULL);
}
