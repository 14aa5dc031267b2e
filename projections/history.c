#include "projections/history.h"

#include "ledger/codec.h"

#include <stdlib.h>

static bool is_known(const struct bc_known *known, const struct bc_event *event)
{
    if (!known->asked)
        return true;
    if (known->by_source && event->has_source_recorded)
        return event->source_recorded_us <= known->us;
    return event->seq <= known->seq;
}

static bc_status read_events(struct bc_history *out, bc_timelines *timelines,
                             const struct bc_known *known, const uint64_t *seqs, size_t n,
                             struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    bc_arena *scratch = bc_arena_new();
    bc_status rc = BC_OK;

    out->events = bc_calloc(n, sizeof(*out->events));
    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        struct bc_event event;
        struct bc_str kept;

        bc_arena_reset(scratch);
        rc = bc_log_get(bc_timelines_log(timelines), seqs[i], &event, &bytes, scratch, err);
        if (rc < 0 || !is_known(known, &event))
            continue;
        kept = bc_arena_copy(out->arena, bc_buf_str(&bytes));
        /* It was read once, so it can be read again. */
        rc = bc_decode(&out->events[out->event_n++].event, kept, out->arena, err);
    }
    bc_arena_free(scratch);
    bc_buf_release(&bytes);
    return rc;
}

/* Events stand in the order of seq here. A retraction names one in front of it, so from the last to
 * the first each one's own fate is known when it is its turn. */
static bc_status mark_retracted(struct bc_history *out, bc_log *log, struct bc_err *err)
{
    for (size_t i = out->event_n; i-- > 0;) {
        const struct bc_history_event *by = &out->events[i];
        uint64_t target, root;
        size_t low = 0, high = i;
        bc_status rc;

        if (by->event.body != BC_RETRACTED || by->retracted_by)
            continue;
        rc = bc_log_retraction(log, by->event.seq, &target, &root, err);
        if (rc < 0)
            return rc;
        while (low < high) {
            size_t middle = low + (high - low) / 2;

            if (out->events[middle].event.seq < target)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < i && out->events[low].event.seq == target && !out->events[low].retracted_by)
            out->events[low].retracted_by = by->event.seq;
    }
    return BC_OK;
}

static int in_fold_order(const void *a, const void *b)
{
    const struct bc_event *left = &((const struct bc_history_event *)a)->event;
    const struct bc_event *right = &((const struct bc_history_event *)b)->event;

    if (left->occurred_us != right->occurred_us)
        return left->occurred_us < right->occurred_us ? -1 : 1;
    return (left->seq > right->seq) - (left->seq < right->seq);
}

/* The id of an event, from place *at on: visits begin with events in the fold's order. */
static struct bc_str id_of(const struct bc_history *history, uint64_t seq, size_t *at)
{
    while (*at < history->event_n && history->events[*at].event.seq != seq)
        ++*at;
    return *at < history->event_n ? history->events[*at].event.id : (struct bc_str){ 0 };
}

static bc_status read_visits(struct bc_history *out, bc_timelines *timelines,
                             const struct bc_question *question, const struct bc_known *known,
                             struct bc_str deal, struct bc_err *err)
{
    const bc_words *words = bc_timelines_words(timelines);
    bc_folder *folder = bc_folder_new(words, question->rules, *known);
    struct bc_buf facts = { 0 };
    const struct bc_deal *folded;
    size_t at = 0;
    bc_status rc = bc_timelines_facts(timelines, deal, &facts, err);

    if (rc == BC_OK)
        rc = bc_fold(folder, deal, bc_buf_str(&facts), &folded, err);
    if (rc == BC_OK)
        out->visits = bc_calloc(folded->visit_n, sizeof(*out->visits));
    for (size_t i = 0; rc == BC_OK && i < folded->visit_n; i++) {
        const struct bc_visit *visit = &folded->visits[i];
        struct bc_str stage = bc_words_text(words, visit->word);

        if (visit->entered_us > question->as_of_us[0])
            break;
        if (visit->stage >= 0)
            stage = bc_str_of(question->rules->stages[visit->stage].id);
        out->visits[out->visit_n] =
            (struct bc_history_visit){ .visit = *visit,
                                       .stage = bc_arena_copy(out->arena, stage),
                                       .event = id_of(out, visit->seq, &at) };
        if (visit->left_us > question->as_of_us[0])
            out->visits[out->visit_n].visit.left_us = BC_NEVER;
        out->visit_n++;
    }
    bc_buf_release(&facts);
    bc_folder_free(folder);
    return rc;
}

bc_status bc_history_make(struct bc_history **out, bc_timelines *timelines,
                          const struct bc_question *question, struct bc_str deal,
                          struct bc_err *err)
{
    struct bc_history *history = bc_calloc(1, sizeof(*history));
    bc_log *log = bc_timelines_log(timelines);
    uint64_t *seqs = NULL;
    size_t n = 0;
    struct bc_known known;
    bc_status rc = bc_question_known(question, log, &known, err);

    history->arena = bc_arena_new();
    if (rc == BC_OK)
        rc = bc_timelines_seqs(timelines, deal, &seqs, &n, err);
    if (rc == BC_OK && n == 0)
        rc = BC_DONE;
    if (rc == BC_OK)
        rc = read_events(history, timelines, &known, seqs, n, err);
    if (rc == BC_OK)
        rc = mark_retracted(history, log, err);
    if (rc == BC_OK && history->event_n > 1)
        qsort(history->events, history->event_n, sizeof(*history->events), in_fold_order);
    if (rc == BC_OK)
        rc = read_visits(history, timelines, question, &known, deal, err);
    if (rc == BC_OK)
        rc = bc_audit_deal(&history->audit, timelines, question, deal, err);
    free(seqs);
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
    free(history->events);
    free(history->visits);
    bc_audit_free(history->audit);
    bc_arena_free(history->arena);
    free(history);
}
