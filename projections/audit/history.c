#include "projections/audit/history.h"

#include <stdlib.h>

/* The id of an event, searched from index *at on: visits begin with events in the fold's order. */
static struct bc_str id_of(const struct bc_history *history, uint64_t seq, size_t *at)
{
    const struct bc_deal_events *events = &history->events;

    while (*at < events->n && events->at[*at].event.seq != seq)
        ++*at;
    return *at < events->n ? events->at[*at].event.id : (struct bc_str){ 0 };
}

static void count_unknown(struct bc_history *out, const struct bc_deal *folded,
                          const struct bc_question *question, const bc_string_table *strings)
{
    struct bc_dates dates;
    struct bc_view view;

    bc_dates_init(&dates, question->rules->zone, question->as_of_us, 1);
    bc_view_init(&view, question->rules, strings, &dates);
    bc_view_at(&view, folded);
    bc_unknown_of_deal(&out->unknown, &view, question->rules, strings);
    bc_view_release(&view);
    bc_dates_release(&dates);
}

/* Those of a folded deal up to the date; one that is left after it is not left. */
static size_t take_visits(struct bc_history_visit **out, const struct bc_deal *folded,
                          const struct bc_question *question, const bc_string_table *strings,
                          bc_arena *arena)
{
    size_t n = 0;

    *out = bc_calloc(folded->visit_n + 1, sizeof(**out));
    for (size_t i = 0; i < folded->visit_n; i++) {
        const struct bc_visit *visit = &folded->visits[i];
        struct bc_str stage = bc_string_table_text(strings, visit->word);

        if (visit->entered_us > question->as_of_us[0])
            break;
        if (visit->stage >= 0)
            stage = bc_str_of(question->rules->stages[visit->stage].id);
        (*out)[n] =
            (struct bc_history_visit){ .visit = *visit, .stage = bc_arena_copy(arena, stage) };
        if (visit->left_us > question->as_of_us[0])
            (*out)[n].visit.left_us = BC_NEVER;
        n++;
    }
    return n;
}

static bc_status read_visits(struct bc_history *out, bc_timelines *timelines,
                             const struct bc_question *question, const struct bc_visible *visible,
                             struct bc_str deal, struct bc_err *err)
{
    const bc_string_table *strings = bc_timelines_strings(timelines);
    bc_folder *folder = bc_folder_new(strings, question->rules, *visible);
    struct bc_buf facts = { 0 };
    const struct bc_deal *folded;
    size_t at = 0;
    bc_status rc = bc_timelines_facts(timelines, deal, &facts, err);

    if (rc == BC_OK)
        rc = bc_fold(folder, deal, bc_buf_str(&facts), &folded, err);
    if (rc == BC_OK) {
        out->visit_n = take_visits(&out->visits, folded, question, strings, out->arena);
        for (size_t i = 0; i < out->visit_n; i++)
            out->visits[i].event = id_of(out, out->visits[i].visit.seq, &at);
        count_unknown(out, folded, question, strings);
    }
    bc_buf_release(&facts);
    bc_folder_free(folder);
    return rc;
}

bc_status bc_history_visits(struct bc_history_visit **out, size_t *n, bc_timelines *timelines,
                            const struct bc_question *question, struct bc_str deal, bc_arena *arena,
                            struct bc_err *err)
{
    const bc_string_table *strings = bc_timelines_strings(timelines);
    struct bc_buf facts = { 0 };
    struct bc_visible visible;
    const struct bc_deal *folded;
    bc_folder *folder;
    bc_status rc = bc_question_known(question, bc_timelines_log(timelines), &visible, err);

    if (rc < 0)
        return rc;
    folder = bc_folder_new(strings, question->rules, visible);
    rc = bc_timelines_facts(timelines, deal, &facts, err);
    if (rc == BC_OK)
        rc = bc_fold(folder, deal, bc_buf_str(&facts), &folded, err);
    if (rc == BC_OK)
        *n = take_visits(out, folded, question, strings, arena);
    bc_buf_release(&facts);
    bc_folder_free(folder);
    return rc;
}

bc_status bc_history_make(struct bc_history **out, bc_timelines *timelines,
                          const struct bc_question *question, struct bc_str deal,
                          struct bc_err *err)
{
    struct bc_history *history = bc_calloc(1, sizeof(*history));
    struct bc_visible visible;
    bc_status rc = bc_question_known(question, bc_timelines_log(timelines), &visible, err);

    history->arena = bc_arena_new();
    if (rc == BC_OK)
        rc = bc_deal_events_read(&history->events, timelines, &visible, deal, err);
    if (rc == BC_OK && history->events.n == 0)
        rc = BC_DONE;
    if (rc == BC_OK)
        rc = read_visits(history, timelines, question, &visible, deal, err);
    if (rc == BC_OK)
        rc = bc_audit_deal(&history->audit, timelines, question, bc_findings_all(),
                           &history->events, deal, err);
    if (rc != BC_OK) {
        bc_history_free(history);
        return rc;
    }
    *out = history;
    return BC_OK;
}

void bc_history_free(struct bc_history *history)
{
    if (!history)
        return;
    bc_deal_events_release(&history->events);
    free(history->visits);
    bc_audit_free(history->audit);
    bc_arena_free(history->arena);
    free(history);
}
