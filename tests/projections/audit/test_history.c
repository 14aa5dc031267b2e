/* tests/projections/audit/test_history.c - a deal's history has the findings that the audit has of
 * the deal, of every kind; and its visits are there alone, too. */
#include "projections/audit/history.h"
#include "tests/model/law_world.h"
#include "tests/model/money_world.h"
#include "tests/support/check.h"
#include "tools/show/finding.h"

/* A line a finding of the deal. */
static void add(struct bc_buf *out, const struct bc_audit *audit, struct bc_str deal)
{
    out->len = 0;
    for (size_t i = 0; i < audit->n; i++) {
        const struct bc_finding *finding = &audit->findings[i];

        if (!bc_str_eq(finding->deal, deal) || bc_finding_row(finding->kind)->no_deal)
            continue;
        bc_buf_printf(out, "%s ", bc_finding_row(finding->kind)->word);
        finding_text_add(out, finding);
        bc_buf_printf(out, " %.*s %lld\n", BC_STR_ARG(finding->event), (long long)finding->at_us);
    }
    bc_buf_add_byte(out, '\0');
}

/* A deal's visits alone are those of its history. */
static void check_visits(const struct bc_history *history, bc_timelines *timelines,
                         const struct bc_question *question, struct bc_str deal)
{
    struct bc_history_visit *visits = NULL;
    bc_arena *arena = bc_arena_new();
    struct bc_err err = { 0 };
    size_t n = 0;

    check_ok(bc_history_visits(&visits, &n, timelines, question, deal, arena, &err), &err);
    assert_int_equal(n, history->visit_n);
    for (size_t i = 0; i < n; i++) {
        assert_true(bc_str_eq(visits[i].stage, history->visits[i].stage));
        assert_int_equal(visits[i].visit.entered_us, history->visits[i].visit.entered_us);
        assert_int_equal(visits[i].visit.left_us, history->visits[i].visit.left_us);
        assert_int_equal(visits[i].visit.seq, history->visits[i].visit.seq);
    }
    free(visits);
    bc_arena_free(arena);
}

static void check_deals(bc_timelines *timelines, const struct bc_question *question,
                        bc_finding_set *seen)
{
    struct bc_buf whole = { 0 }, alone = { 0 };
    struct bc_audit *audit = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_audit_make(&audit, timelines, question, bc_findings_all(), false, &err), &err);
    for (size_t i = 0; i < audit->n; i++) {
        const struct bc_str deal = audit->findings[i].deal;
        struct bc_history *history = NULL;

        *seen |= BC_FINDING_BIT(audit->findings[i].kind);
        if (deal.len == 0 || bc_finding_row(audit->findings[i].kind)->no_deal ||
            (i && bc_str_eq(deal, audit->findings[i - 1].deal)))
            continue;
        check_ok(bc_history_make(&history, timelines, question, deal, &err), &err);
        add(&whole, audit, deal);
        add(&alone, history->audit, deal);
        assert_string_equal(alone.at, whole.at);
        check_visits(history, timelines, question, deal);
        bc_history_free(history);
    }
    bc_audit_free(audit);
    bc_buf_release(&whole);
    bc_buf_release(&alone);
}

/* Deals in experiments, one of which is concluded, in this arm and that, and later on, too. */
static void enrol(struct law_world *world, unsigned n)
{
    const struct events *logged = &world->history.logged;
    const int64_t recorded_us = logged->at[logged->n - 1].recorded_us;
    struct bc_str *deals = bc_calloc(logged->n, sizeof(*deals));
    const size_t deal_n = events_deals(deals, logged->at, logged->n);
    uint64_t random = 90 + n;

    events_add(&world->added, BC_EXPERIMENT_CONCLUDED, "enrol/end", "",
               logged->at[logged->n / 3].occurred_us, recorded_us);
    events_set_text(&world->added, 1, "x1");
    for (size_t i = 0; i < deal_n * 2; i++) {
        const struct bc_str deal = deals[history_random(&random, deal_n)];

        events_add(&world->added, BC_DEAL_ENROLLED, events_printf(&world->added, "enrol/%zu", i),
                   events_printf(&world->added, "%.*s", BC_STR_ARG(deal)),
                   logged->at[history_random(&random, logged->n)].occurred_us, recorded_us);
        events_set_text(&world->added, 1, history_random(&random, 3) ? "x1" : "x2");
        events_set_text(&world->added, 2, history_random(&random, 2) ? "a" : "b");
    }
    free(deals);
    law_world_append(world);
}

static void a_deal_has_the_findings_that_the_audit_has_of_it(void **state)
{
    const bc_finding_set of_learning =
        BC_FINDING_BIT(BC_ARM_CHANGED) | BC_FINDING_BIT(BC_ENROLLED_AFTER_CONCLUSION) |
        BC_FINDING_BIT(BC_BAD_AMOUNT) | BC_FINDING_BIT(BC_BAD_INTERVAL);
    bc_finding_set seen = 0;
    (void)state;

    for (unsigned n = 0; n < LAW_WORLDS; n++) {
        struct law_world world;

        if (n % 2) {
            law_world_open(&world, n);
            enrol(&world, n);
        } else {
            money_world_open(&world, n);
        }
        for (size_t i = 0; i < 6; i++) {
            const struct recount_question question = law_question(&world, i);
            const struct bc_question asked = law_asked(&question);

            check_deals(world.timelines, &asked, &seen);
        }
        law_world_close(&world);
    }
    assert_int_equal(seen & of_learning, of_learning);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deal_has_the_findings_that_the_audit_has_of_it),
    };

    return cmocka_run_group_tests_name("projections/audit/history", tests, NULL, NULL);
}
