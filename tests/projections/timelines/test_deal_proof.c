/* tests/projections/timelines/test_deal_proof.c - at every size of the log the tree over the deals
 * is that over the lists which the events make by themselves, whatever of them the cache has. */
#include "projections/timelines/deal_proof.h"
#include "tests/support/check.h"
#include "tests/support/history.h"

#include <stdlib.h>

/* Does the event, or its chain of retractions at any link, carry the deal? */
static bool leads_through(const struct events *events, const struct bc_event *event,
                          struct bc_str deal)
{
    while (!bc_str_eq(event->deal, deal)) {
        const struct bc_event *target = NULL;

        if (event->body != BC_RETRACTED)
            return false;
        for (size_t i = 0; i < events->n && !target; i++)
            if (bc_str_eq(events->at[i].id, event->value[BC_RETRACTED_EVENT].text))
                target = &events->at[i];
        assert_non_null(target);
        event = target;
    }
    return true;
}

/* A deal's list, as the header of the tree defines it. */
static size_t list_of(uint64_t *out, const struct events *events, size_t size, struct bc_str deal)
{
    size_t n = 0;

    for (size_t i = 0; i < size; i++) {
        if (leads_through(events, &events->at[i], deal))
            out[n++] = i + 1;
    }
    return n;
}

static void check_size(bc_log *log, const struct events *events, size_t size)
{
    struct bc_str *deals = bc_calloc(events->n, sizeof(*deals));
    uint64_t *seqs = bc_calloc(events->n, sizeof(*seqs));
    bc_deal_tree *tree = bc_deal_tree_new();
    bc_timelines *timelines = NULL;
    struct bc_deal_proof proof;
    struct bc_err err = { 0 };
    struct bc_head want, got;
    size_t n = events_deals(deals, events->at, size);

    for (size_t i = 0; i < n; i++)
        bc_deal_tree_add(tree, deals[i], seqs, list_of(seqs, events, size, deals[i]));
    want = bc_deal_tree_head(tree);
    check_ok(bc_deals_head(&got, log, size, &err), &err);
    assert_int_equal(got.size, want.size);
    assert_memory_equal(&got.root, &want.root, sizeof(want.root));
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    for (size_t i = 0; i < n; i += 1 + n / 3) {
        struct bc_hash leaf =
            bc_deal_tree_leaf(deals[i], seqs, list_of(seqs, events, size, deals[i]));

        check_ok(bc_deal_proof_make(&proof, timelines, size, deals[i], &err), &err);
        assert_true(proof.has_deal);
        assert_true(bc_proof_holds_leaf(&proof.proof, proof.index, &leaf, &proof.deals));
    }
    check_ok(bc_deal_proof_make(&proof, timelines, size, BC_STR("no such deal"), &err), &err);
    assert_false(proof.has_deal);
    bc_timelines_free(timelines);
    bc_deal_tree_free(tree);
    free(deals);
    free(seqs);
}

static void the_tree_is_that_over_the_lists_of_the_events(void **state)
{
    (void)state;
    for (unsigned n = 0; n < 9; n++) {
        struct bc_err err = { 0 };
        bc_log *log = NULL;
        struct history history;
        bc_zone *zone;
        struct history_plan plan = history_plan_of(n, &zone);
        size_t size;

        print_message("seed %llu\n", (unsigned long long)plan.seed);
        history_make(&history, &plan);
        check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
        events_append(log, history.offered.at, history.offered.n / 2);
        if (n % 3) /* the cache has none of it, half of it, or all */
            check_ok(bc_timelines_update(log, &err), &err);
        events_append(log, history.offered.at + history.offered.n / 2,
                      history.offered.n - history.offered.n / 2);
        if (n % 3 == 2)
            check_ok(bc_timelines_update(log, &err), &err);
        size = bc_log_head(log)->size;
        assert_int_equal(size, history.logged.n);
        for (size_t at = 0; at < size; at += 1 + size / 7)
            check_size(log, &history.logged, at);
        check_size(log, &history.logged, size);
        bc_log_close(log);
        history_release(&history);
        bc_zone_free(zone);
    }
}

static void what_retracts_a_retraction_is_listed_wherever_that_one_is(void **state)
{
    static const char *const deals[] = { "A", "B", "C", "D" };
    const size_t want[] = { 4, 3, 2, 1 }; /* a; r of a; s of r; t of s */
    struct events events = { 0 };
    bc_timelines *timelines = NULL;
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    (void)state;
    (void)events_add(&events, BC_DEAL_CREATED, "e0", deals[0], 1, 1);
    for (int i = 1; i < 4; i++) {
        (void)events_add(&events, BC_RETRACTED, events_printf(&events, "e%d", i), deals[i], 1, 1);
        events_set_text(&events, BC_RETRACTED_EVENT, events_printf(&events, "e%d", i - 1));
    }
    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    events_append(log, events.at, events.n);
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    for (size_t i = 0; i < 4; i++) {
        uint64_t *seqs;
        size_t n;

        check_ok(bc_deal_proof_list(timelines, bc_str_of(deals[i]), &seqs, &n, &err), &err);
        assert_int_equal(n, want[i]);
        for (size_t k = 0; k < n; k++)
            assert_int_equal(seqs[k], i + 1 + k);
        free(seqs);
    }
    bc_timelines_free(timelines);
    bc_log_close(log);
    events_release(&events);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_is_that_over_the_lists_of_the_events),
        cmocka_unit_test(what_retracts_a_retraction_is_listed_wherever_that_one_is),
    };

    return cmocka_run_group_tests_name("projections/timelines/deal_proof", tests, NULL, NULL);
}
