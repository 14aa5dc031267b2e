#include "projections/explain/explain.h"

#include <stdlib.h>

/* An explanation under way. */
struct making {
    struct bc_explanation *out;
    bc_log *log;
    const bc_rules *rules;
    const bc_string_table *strings;
    int64_t as_of_us;
    struct bc_wanted *wanted; /* events, each named by its item */
    size_t wanted_n, wanted_cap;
};

enum { CAUSE_MOST = 4 + BC_P_N }; /* events that put a deal into a figure */

static void want(struct making *making, uint64_t seq)
{
    BC_GROW(making->wanted, making->wanted_n, making->wanted_cap);
    making->wanted[making->wanted_n++] = (struct bc_wanted){ seq, making->out->item_n };
}

/* The events behind a contribution, each once. */
static void want_causes(struct making *making, const struct bc_kept *kept, struct bc_item *item)
{
    uint64_t seqs[CAUSE_MOST] = { kept->contribution.seqs[0], kept->contribution.seqs[1],
                                  kept->contribution.seqs[2], kept->type_seq };
    size_t n = 0;

    for (size_t i = 0; i < BC_P_N; i++)
        seqs[CAUSE_MOST - BC_P_N + i] = kept->condition_seqs[i];

    for (size_t i = 0; i < CAUSE_MOST; i++) {
        bool seen = seqs[i] == 0;

        for (size_t j = 0; j < i; j++)
            seen = seen || seqs[j] == seqs[i];
        if (seen)
            continue;
        want(making, seqs[i]);
        n++;
    }
    item->causes = bc_arena_alloc(making->out->arena, n * sizeof(*item->causes));
}

/* Inserts one more event in the fold's order. */
static void take_cause(struct bc_item *item, const struct bc_event *event, bc_arena *arena)
{
    size_t at = item->cause_n++;

    for (; at > 0 && bc_fold_order(item->causes[at - 1].occurred_us, item->causes[at - 1].seq,
                                   event->occurred_us, event->seq) > 0;
         at--)
        item->causes[at] = item->causes[at - 1];
    item->causes[at] =
        (struct bc_cause_event){ event->occurred_us, event->seq, bc_arena_copy(arena, event->id) };
}

static bc_status take_event(void *payload, size_t name, const struct bc_event *event,
                            struct bc_err *err)
{
    struct making *making = payload;
    struct bc_item *item = &making->out->items[name];
    bc_arena *arena = making->out->arena;

    (void)err;
    switch (bc_rules_subject(making->out->metric)) {
    case BC_OF_DEALS:
        take_cause(item, event, arena);
        break;
    case BC_OF_MEETINGS:
        item->meeting = bc_arena_copy(arena, event->value[BC_MEETING_LOGGED_MEETING].text);
        break;
    case BC_OF_EMAILS:
        item->email = bc_arena_copy(arena, event->value[BC_EMAIL_SENT_EMAIL].text);
        item->campaign = bc_arena_copy(arena, event->value[BC_EMAIL_SENT_CAMPAIGN].text);
        item->occurred_us = event->occurred_us;
        item->seq = event->seq;
        break;
    case BC_OF_ATTEMPTS:
        break; /* these say all without an event */
    }
    return BC_OK;
}

/* What a contribution says by itself; and which of its events are wanted. */
static void fill_item(struct making *making, const struct bc_kept *kept, size_t place,
                      struct bc_item *item)
{
    const struct bc_contribution *contribution = &kept->contribution;
    int64_t value_us = contribution->value_us + (contribution->growing ? making->as_of_us : 0);
    enum bc_measure measure = bc_rules_kind(making->out->metric)->measure;

    /* Deals come in byte order, and the contributions of one deal in the fold's order, except for
     * e-mails. */
    *item = (struct bc_item){ .deal = kept->deal, .seq = place, .hit = contribution->hit };
    switch (bc_rules_subject(making->out->metric)) {
    case BC_OF_DEALS:
        if (measure == BC_MEASURE_COUNT)
            want_causes(making, kept, item);
        break;
    case BC_OF_MEETINGS:
    case BC_OF_EMAILS:
        want(making, contribution->seqs[0]);
        break;
    case BC_OF_ATTEMPTS:
        item->left_us = contribution->left_us;
        if (contribution->to_stage >= 0)
            item->to = bc_str_of(making->rules->stages[contribution->to_stage].id);
        else
            item->to = bc_string_table_text(making->strings, contribution->to_word);
        break;
    }
    if (measure == BC_MEASURE_DAYS)
        item->days = (double)value_us / (double)BC_DAY_US;
}

static int by_deal(const void *a, const void *b)
{
    const struct bc_item *left = a, *right = b;
    int order = bc_str_cmp(left->meeting, right->meeting);

    if (order == 0)
        order = bc_str_cmp(left->deal, right->deal);
    if (order)
        return order;
    return bc_fold_order(left->occurred_us, left->seq, right->occurred_us, right->seq);
}

/* Items of one meeting, which are adjacent, become one with all their deals. */
static void join_meetings(struct bc_explanation *out)
{
    struct bc_str *deals = bc_arena_alloc(out->arena, out->item_n * sizeof(*deals));
    size_t kept = 0;

    for (size_t i = 0; i < out->item_n; i++) {
        struct bc_item *last = kept ? &out->items[kept - 1] : NULL;

        deals[i] = out->items[i].deal;
        if (last && bc_str_eq(last->meeting, out->items[i].meeting)) {
            last->deal_n++;
            continue;
        }
        out->items[kept] = out->items[i];
        out->items[kept].deals = &deals[i];
        out->items[kept++].deal_n = 1;
    }
    out->item_n = kept;
}

static void fill_deals(struct bc_explanation *out)
{
    out->deals = bc_arena_alloc(out->arena, out->item_n * sizeof(*out->deals));
    for (size_t i = 0; i < out->item_n; i++)
        out->deals[i] = out->items[i].deal;
    out->deal_n = bc_str_sort_once(out->deals, out->item_n);
}

static bc_status fill(struct making *making, const struct bc_report *report, struct bc_err *err)
{
    struct bc_explanation *out = making->out;
    bc_status rc;

    out->items = bc_calloc(report->kept_n, sizeof(*out->items));
    for (size_t i = 0; i < report->kept_n; i++) {
        struct bc_kept kept = report->kept[i];

        kept.deal = bc_arena_copy(out->arena, kept.deal);
        fill_item(making, &kept, i, &out->items[out->item_n]);
        out->item_n++;
    }
    rc = bc_log_read_each(making->log, making->wanted, making->wanted_n, take_event, making, err);
    if (rc < 0)
        return rc;
    if (out->item_n > 1)
        qsort(out->items, out->item_n, sizeof(*out->items), by_deal);
    fill_deals(out);
    if (bc_rules_subject(out->metric) == BC_OF_MEETINGS)
        join_meetings(out);
    return BC_OK;
}

struct bc_report_options bc_explain_options(size_t metric, size_t slice)
{
    return (struct bc_report_options){ .keep_slices = UINT32_C(1) << slice,
                                       .keep_metric = metric,
                                       .keep_alone = true };
}

bc_status bc_explain_kept(struct bc_explanation **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_report *report,
                          size_t metric, size_t slice, struct bc_err *err)
{
    struct making making = { .out = bc_calloc(1, sizeof(*making.out)),
                             .log = bc_timelines_log(timelines),
                             .rules = question->rules,
                             .strings = bc_timelines_strings(timelines),
                             .as_of_us = question->as_of_us[0] };
    bc_status rc;

    making.out->metric = &question->rules->metrics[metric];
    making.out->slice = (unsigned)slice;
    making.out->cell = *bc_report_cell(report, 0, metric, slice);
    making.out->unknown = report->unknown[0];
    making.out->arena = bc_arena_new();
    rc = fill(&making, report, err);
    free(making.wanted);
    if (rc < 0) {
        bc_explanation_free(making.out);
        return rc;
    }
    *out = making.out;
    return BC_OK;
}

bc_status bc_explain(struct bc_explanation **out, bc_timelines *timelines,
                     const struct bc_question *question, size_t metric, size_t slice,
                     struct bc_err *err)
{
    const struct bc_report_options options = bc_explain_options(metric, slice);
    struct bc_report *report = NULL;
    bc_status rc = bc_report_make(&report, timelines, question, &options, err);

    if (rc == BC_OK)
        rc = bc_explain_kept(out, timelines, question, report, metric, slice, err);
    bc_report_free(report);
    return rc;
}

void bc_explanation_free(struct bc_explanation *explanation)
{
    if (!explanation)
        return;
    free(explanation->items);
    bc_arena_free(explanation->arena);
    free(explanation);
}
