/* What a segment of the log adds to each deal is the same however it is read: added event by event
 * or read from the log, by one thread or several, in memory or over a file; and it is what reading
 * the log once for each deal gives. */
#include "projections/facts/learning.h"
#include "projections/timelines/segment.h"
#include "tests/support/check.h"
#include "tests/support/history.h"

#include <stdlib.h>

enum { HISTORIES = 8, MANY = 64 };

static struct row {
    const char *name;
    size_t room;
    unsigned threads; /* 0: added event by event */
} rows[] = {
    { "read by one thread", 0, 1 },
    { "read by two threads", 0, 2 },
    { "read by more threads than there are deals", 0, MANY },
    { "read by one thread into a little room", 20000, 1 },
    { "read by three threads into a little room", 20000, 3 },
    { "told event by event", 0, 0 },
    { "told event by event into a room for one", 1, 0 },
};

/* A ledger, and how far it had been read before the segment. */
struct world {
    bc_log *log;
    struct history history;
    bc_zone *zone;
    uint64_t before;
};

static void world_make(struct world *world, unsigned n)
{
    struct history_plan plan = history_plan_of(n, &world->zone);
    struct bc_err err = { 0 };

    history_make(&world->history, &plan);
    check_ok(bc_log_open(&world->log, bc_store_memory(), true, NULL, &err), &err);
    events_append(world->log, world->history.offered.at, world->history.offered.n);
    world->before = n % 2 ? bc_log_head(world->log)->size / 3 : 0;
}

static void world_release(struct world *world)
{
    bc_log_close(world->log);
    history_release(&world->history);
    bc_zone_free(world->zone);
}

/* The strings of the log before the segment. */
static bc_string_table *words_before(const struct world *world)
{
    bc_string_table *strings = bc_string_table_new();
    struct bc_buf facts = { 0 };

    for (uint64_t seq = 1; seq <= world->before; seq++)
        bc_facts_add(&facts, &world->history.logged.at[seq - 1], seq, strings);
    bc_buf_release(&facts);
    return strings;
}

static void print(struct bc_buf *out, const struct bc_deal_rows *deal)
{
    bc_buf_printf(out, "%.*s:%zu:%zu:%zu:", BC_STR_ARG(deal->deal), deal->seqs.len, deal->facts.len,
                  deal->learning.len);
    bc_buf_add_str(out, deal->seqs);
    bc_buf_add_str(out, deal->facts);
    bc_buf_add_str(out, deal->learning);
}

/* --- once for each deal --- */

static const struct bc_event *about(const struct world *world, const struct bc_event *event,
                                    uint64_t *target)
{
    uint64_t root;

    assert_int_equal(bc_log_retraction(world->log, event->seq, target, &root, NULL), BC_OK);
    return &world->history.logged.at[root - 1];
}

static void recount_event(const struct world *world, const struct bc_event *event,
                          struct bc_str deal, struct bc_buf *seqs, struct bc_buf *facts,
                          struct bc_buf *learning, bc_string_table *strings)
{
    const struct bc_event *root = event;
    struct bc_fact fact = { .seq = event->seq,
                            .occurred_us = event->occurred_us,
                            .has_source_recorded = event->has_source_recorded,
                            .source_recorded_us = event->source_recorded_us };
    char bytes[BC_SEQ_BYTES];

    if (event->body == BC_RETRACTED)
        root = about(world, event, &fact.target_seq);
    if (deal.len && (bc_str_eq(event->deal, deal) || bc_str_eq(root->deal, deal))) {
        bc_seq_put(bytes, event->seq);
        bc_buf_add(seqs, bytes, sizeof(bytes));
    }
    if (!bc_str_eq(bc_fact_owner(root), deal))
        return;
    if (event->body == BC_RETRACTED)
        bc_facts_add_retraction(facts, &fact);
    else
        bc_facts_add(facts, event, event->seq, strings);
    if (event->body != BC_RETRACTED)
        bc_learning_add(learning, event, event->seq);
}

static int by_bytes(const void *a, const void *b)
{
    return bc_str_cmp(*(const struct bc_str *)a, *(const struct bc_str *)b);
}

static void recount(const struct world *world, struct bc_buf *out)
{
    const struct events *logged = &world->history.logged;
    struct bc_str *deals = bc_calloc(logged->n + 1, sizeof(*deals));
    bc_string_table *strings = words_before(world);
    struct bc_buf seqs = { 0 }, facts = { 0 }, learning = { 0 };

    for (uint64_t i = world->before; i < logged->n; i++) /* numbers the strings */
        bc_facts_add(&facts, &logged->at[i], i + 1, strings);
    for (size_t i = 0; i < logged->n; i++)
        deals[i] = logged->at[i].deal;
    qsort(deals, logged->n + 1, sizeof(*deals), by_bytes); /* the last one is "" */
    for (size_t k = 0; k <= logged->n; k++) {
        if (k && bc_str_eq(deals[k], deals[k - 1]))
            continue;
        seqs.len = facts.len = learning.len = 0;
        for (uint64_t i = world->before; i < logged->n; i++)
            recount_event(world, &logged->at[i], deals[k], &seqs, &facts, &learning, strings);
        if (seqs.len || facts.len || learning.len)
            print(out, &(struct bc_deal_rows){ deals[k], bc_buf_str(&seqs), bc_buf_str(&facts),
                                               bc_buf_str(&learning) });
    }
    bc_buf_release(&learning);
    bc_buf_release(&seqs);
    bc_buf_release(&facts);
    bc_string_table_free(strings);
    free(deals);
}

/* --- by a segment --- */

static bc_segment *segment_of(const struct world *world, const struct row *row,
                              bc_string_table *strings)
{
    bc_segment *segment = bc_segment_new(world->log, strings, row->room);
    const struct events *logged = &world->history.logged;
    struct bc_err err = { 0 };

    if (row->threads)
        check_ok(bc_segment_read(segment, world->before + 1, logged->n, row->threads, &err), &err);
    else
        for (uint64_t i = world->before; i < logged->n; i++)
            check_ok(bc_segment_add(segment, &logged->at[i], i + 1, &err), &err);
    assert_int_equal(bc_segment_events(segment), logged->n - world->before);
    check_ok(bc_segment_end(segment, &err), &err);
    return segment;
}

/* The deals from `first` on, up to and without `end` unless that is empty. */
static void walk(const bc_segment *segment, struct bc_str first, struct bc_str end,
                 struct bc_buf *out)
{
    bc_segment_walk *at = NULL;
    struct bc_deal_rows deal;
    struct bc_err err = { 0 };

    check_ok(bc_segment_walk_open(&at, segment, first, &err), &err);
    while (bc_segment_walk_next(at, &deal, &err) == BC_OK) {
        if (end.len && bc_str_cmp(deal.deal, end) >= 0)
            break;
        if (deal.seqs.len || deal.facts.len || deal.learning.len)
            print(out, &deal);
    }
    bc_segment_walk_free(at);
}

static void segment_row(void **state)
{
    const struct row *row = *state;

    for (unsigned n = 0; n < HISTORIES; n++) {
        struct bc_buf want = { 0 }, whole = { 0 }, halves = { 0 };
        const struct bc_str none = { 0 };
        struct world world;
        bc_segment *segment;
        bc_string_table *strings;

        world_make(&world, n);
        strings = words_before(&world);
        segment = segment_of(&world, row, strings);
        recount(&world, &want);
        walk(segment, none, none, &whole);
        assert_true(bc_str_eq(bc_buf_str(&whole), bc_buf_str(&want)));
        /* The last of many parts may be a single event, about no deal. */
        assert_true(bc_segment_middle(segment).len > 0 || row->threads == MANY);
        if (bc_segment_middle(segment).len)
            walk(segment, none, bc_segment_middle(segment), &halves);
        walk(segment, bc_segment_middle(segment), none, &halves);
        assert_true(bc_str_eq(bc_buf_str(&halves), bc_buf_str(&want)));
        bc_segment_free(segment);
        bc_string_table_free(strings);
        bc_buf_release(&want);
        bc_buf_release(&whole);
        bc_buf_release(&halves);
        world_release(&world);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, segment_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("projections/timelines/segment", tests, NULL, NULL);
}
