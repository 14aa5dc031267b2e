#include "projections/explain/explain_not.h"

#include "projections/events/deal_events.h"
#include "projections/explain/reasoning.h"
#include "projections/metrics/contribution.h"

#include <stdlib.h>

/* --- whether the deal exists, and in the slice --- */

static void reason_of_absence(struct bc_reasoning *reasoning)
{
    const struct bc_deal *deal = reasoning->view->deal;
    const struct bc_presence *last = NULL;

    for (size_t i = 0; i < deal->presence_n; i++)
        if (deal->presences[i].occurred_us <= reasoning->as_of_us)
            last = &deal->presences[i];
    if (last && last->gone)
        bc_reason_add_at(reasoning, BC_NOT_THERE, last->seq, last->occurred_us);
}

static void reason_of_slice(struct bc_reasoning *reasoning, size_t slice)
{
    const struct bc_view *view = reasoning->view;
    const struct bc_setting *type =
        view->ranges[BC_P_DEAL_TYPE].n ? view->ranges[BC_P_DEAL_TYPE].at[0].setting : NULL;

    if (bc_slices_of(&view->slice_words, type ? type->value : BC_VALUE_UNSET) >> slice & 1)
        return;
    bc_reason_add(reasoning, BC_NOT_IN_SLICE, type ? type->seq : 0)->value =
        bc_string_table_text(reasoning->strings, type ? type->value : 0);
}

static void reason_of_type(struct bc_reasoning *reasoning, const struct bc_value_range *range)
{
    const struct bc_metric_rule *rule = reasoning->rule;
    struct bc_str type = bc_string_table_text(
        reasoning->strings, range->setting ? range->setting->value : BC_VALUE_UNSET);

    for (size_t i = 0; i < rule->deal_type_n; i++)
        if (bc_str_eq(type, rule->deal_types[i]))
            return;
    if (rule->deal_type_n)
        bc_reason_add(reasoning, BC_NOT_OF_TYPE, range->setting ? range->setting->seq : 0)->value =
            type;
}

/* The conditions that a metric of any kind may have on the deal. */
static void reasons_of_conditions(struct bc_reasoning *reasoning)
{
    for (unsigned i = 0; i < BC_P_N; i++) {
        enum bc_property property = (enum bc_property)i;
        const struct bc_value_range *range = &reasoning->view->ranges[i].at[0];
        bool there = bc_value_range_has_value(range, property);

        if (property == BC_P_DEAL_TYPE)
            reason_of_type(reasoning, range);
        if ((there ? reasoning->rule->lacking : reasoning->rule->having) >> i & 1)
            bc_reason_add(reasoning, there ? BC_VALUE_THERE : BC_VALUE_MISSING,
                          range->setting ? range->setting->seq : 0)
                ->value = bc_str_of(bc_property_name(property));
    }
}

#define REASONS(CONSTANT, word, ...) [BC_##CONSTANT] = bc_reasons_##word,
static void (*const reasons_of_kind[BC_METRIC_KIND_N])(struct bc_reasoning *reasoning) = {
    BC_METRIC_KINDS(REASONS)
};
#undef REASONS

/* --- renewed by another deal --- */

struct renewers {
    struct bc_reasoning *reasoning;
    bc_folder *folder;
    struct bc_view view;
    struct bc_id128 renewed;
};

static bc_status see_renewer(void *payload, struct bc_str deal, struct bc_str facts,
                             struct bc_err *err)
{
    struct renewers *renewers = payload;
    struct bc_reasoning *reasoning = renewers->reasoning;
    const struct bc_setting *renews;
    const struct bc_visit *now;
    const struct bc_deal *folded;
    bc_status rc = bc_fold(renewers->folder, deal, facts, &folded, err);

    if (rc < 0)
        return rc;
    bc_view_at(&renewers->view, folded);
    now = bc_deal_visit_at(folded, reasoning->as_of_us);
    renews = renewers->view.ranges[BC_P_RENEWS].n ? renewers->view.ranges[BC_P_RENEWS].at[0].setting
                                                  : NULL;
    if (renewers->view.present_n == 0 || !now ||
        !bc_stage_in(reasoning->rule->renewed_by, now->stage) || !renews ||
        renews->value == BC_VALUE_UNSET || !bc_id128_eq(renews->id, renewers->renewed) ||
        bc_str_eq(deal, reasoning->out->deal))
        return BC_OK;
    bc_reason_add(reasoning, BC_RENEWED, renews->seq)->value =
        bc_arena_copy(reasoning->out->arena, deal);
    return BC_OK;
}

static bc_status reasons_of_renewal(struct bc_reasoning *reasoning, bc_timelines *timelines,
                                    const struct bc_visible *visible, struct bc_err *err)
{
    struct renewers renewers = { .reasoning = reasoning,
                                 .folder =
                                     bc_folder_new(reasoning->strings, reasoning->rules, *visible),
                                 .renewed = bc_id128_of(reasoning->out->deal) };
    bc_status rc;

    bc_view_init(&renewers.view, reasoning->rules, reasoning->strings, reasoning->view->dates);
    rc = bc_timelines_walk(timelines, see_renewer, &renewers, err);
    bc_view_release(&renewers.view);
    bc_folder_free(renewers.folder);
    return rc;
}

/* --- the whole --- */

/* Names each reason's event, and what is to be had from that. */
static bc_status fill_events(struct bc_explanation_not *out, bc_log *log, struct bc_err *err)
{
    bc_arena *scratch = bc_arena_new();
    struct bc_buf bytes = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < out->n; i++) {
        struct bc_reason *reason = &out->reasons[i];
        const struct bc_reason_row *row = bc_reason_row(reason->kind);
        struct bc_event event;

        reason->value = bc_arena_copy(out->arena, reason->value);
        if (reason->seq == 0)
            continue;
        bc_arena_reset(scratch);
        rc = bc_log_get(log, reason->seq, &event, &bytes, scratch, err);
        if (rc < 0)
            break;
        reason->event = bc_arena_copy(out->arena, event.id);
        if (row->from_event)
            reason->value = bc_arena_copy(out->arena, event.value[BC_PROPERTY_CHANGED_VALUE].text);
        if (row->item && event.body == BC_MEETING_LOGGED)
            reason->item = bc_arena_copy(out->arena, event.value[BC_MEETING_LOGGED_MEETING].text);
        if (row->item && event.body == BC_EMAIL_SENT)
            reason->item = bc_arena_copy(out->arena, event.value[BC_EMAIL_SENT_EMAIL].text);
    }
    bc_arena_free(scratch);
    bc_buf_release(&bytes);
    return rc;
}

/* BC_DONE: the deal is unknown, or does not exist yet, and a reason says so. */
static bc_status reasons_of_existence(struct bc_reasoning *reasoning, bc_timelines *timelines,
                                      const struct bc_visible *visible, struct bc_err *err)
{
    struct bc_str deal = reasoning->out->deal;
    struct bc_deal_events events;
    const struct bc_event *first = NULL;
    bc_status rc = bc_deal_events_read(&events, timelines, visible, deal, err);

    if (rc < 0)
        return rc;
    for (size_t i = 0; !first && i < events.n; i++)
        if (!events.at[i].retracted_by && bc_str_eq(events.at[i].event.deal, deal))
            first = &events.at[i].event;
    if (!first)
        bc_reason_add(reasoning, BC_NOT_KNOWN, 0);
    else if (first->occurred_us > reasoning->as_of_us)
        bc_reason_add_at(reasoning, BC_NOT_YET, first->seq, first->occurred_us);
    rc = reasoning->out->n ? BC_DONE : BC_OK;
    bc_deal_events_release(&events);
    return rc;
}

static bc_status reasons_of_deal(struct bc_reasoning *reasoning, bc_timelines *timelines,
                                 struct bc_view *view, const struct bc_visible *visible,
                                 size_t slice, struct bc_err *err)
{
    bc_folder *folder = bc_folder_new(reasoning->strings, reasoning->rules, *visible);
    struct bc_buf facts = { 0 };
    const struct bc_deal *folded;
    bc_status rc = bc_timelines_facts(timelines, reasoning->out->deal, &facts, err);

    if (rc == BC_OK)
        rc = bc_fold(folder, reasoning->out->deal, bc_buf_str(&facts), &folded, err);
    if (rc == BC_OK) {
        bc_view_at(view, folded);
        reasoning->view = view;
        reason_of_absence(reasoning);
        bc_unknown_of_deal(&reasoning->out->unknown, view, reasoning->rules, reasoning->strings);
        reason_of_slice(reasoning, slice);
        reasons_of_conditions(reasoning);
        reasons_of_kind[reasoning->rule->kind](reasoning);
        if (reasoning->rule->contract == BC_CONTRACT_OVERDUE)
            rc = reasons_of_renewal(reasoning, timelines, visible, err);
    }
    bc_buf_release(&facts);
    bc_folder_free(folder);
    return rc;
}

/* BC_DONE: no event of the log is about it. */
static bc_status find_deal(bc_timelines *timelines, struct bc_str deal, struct bc_err *err)
{
    uint64_t *seqs = NULL;
    size_t n = 0;
    bc_status rc = bc_timelines_seqs(timelines, deal, &seqs, &n, err);

    free(seqs);
    return rc == BC_OK && n == 0 ? BC_DONE : rc;
}

bc_status bc_explain_not(struct bc_explanation_not **out, bc_timelines *timelines,
                         const struct bc_question *question, size_t metric, size_t slice,
                         struct bc_str deal, struct bc_err *err)
{
    const struct bc_metric_rule *rule = &question->rules->metrics[metric];
    const bc_string_table *strings = bc_timelines_strings(timelines);
    struct bc_reasoning reasoning = { .rule = rule,
                                      .rules = question->rules,
                                      .strings = strings,
                                      .as_of_us = question->as_of_us[0],
                                      .begin_us = INT64_MIN };
    struct bc_dates dates;
    struct bc_view view;
    struct bc_visible visible;
    bc_status rc = find_deal(timelines, deal, err);

    if (rc == BC_OK)
        rc = bc_question_known(question, bc_timelines_log(timelines), &visible, err);
    if (rc != BC_OK)
        return rc;
    bc_dates_init(&dates, question->rules->zone, question->as_of_us, 1);
    bc_view_init(&view, question->rules, strings, &dates);
    reasoning.day = bc_zone_day(dates.zone, reasoning.as_of_us);
    if (rule->window_days != BC_NO_WINDOW)
        reasoning.begin_us =
            bc_zone_window_begin(dates.zone, reasoning.as_of_us, rule->window_days);
    reasoning.out = bc_calloc(1, sizeof(*reasoning.out));
    reasoning.out->arena = bc_arena_new();
    reasoning.out->deal = bc_arena_copy(reasoning.out->arena, deal);
    rc = reasons_of_existence(&reasoning, timelines, &visible, err);
    if (rc == BC_OK)
        rc = reasons_of_deal(&reasoning, timelines, &view, &visible, slice, err);
    if (rc >= 0)
        rc = fill_events(reasoning.out, bc_timelines_log(timelines), err);
    bc_view_release(&view);
    bc_dates_release(&dates);
    reasoning.out->counted = reasoning.out->n == 0;
    if (rc < 0)
        bc_explanation_not_free(reasoning.out);
    else
        *out = reasoning.out;
    return rc;
}

void bc_explanation_not_free(struct bc_explanation_not *explanation)
{
    if (!explanation)
        return;
    free(explanation->reasons);
    bc_arena_free(explanation->arena);
    free(explanation);
}
