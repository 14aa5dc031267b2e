#include "projections/flow/red_line_spans.h"

#include <stdlib.h>

struct making {
    const struct bc_question *question;
    bc_timelines *timelines;
    struct bc_red_line_spans *spans;
    size_t first; /* of the dates that are looked at */
};

/* --- pivots --- */

static bool is_of(const struct bc_line_pivot *pivot, const struct bc_red_line_rule *rule)
{
    return pivot->red_line.len == 0 || bc_str_eq(pivot->red_line, bc_str_of(rule->name));
}

static bool is_asked(const struct making *making, const struct bc_pivot *pivot)
{
    const struct bc_question *question = making->question;

    return !pivot->stay && pivot->occurred_us > question->as_of_us[making->first] &&
           pivot->occurred_us <= question->as_of_us[question->date_n - 1];
}

static void take_pivots(struct making *making, const struct bc_deal *none)
{
    const bc_string_table *strings = bc_timelines_strings(making->timelines);
    const bc_rules *rules = making->question->rules;
    bc_arena *arena = making->spans->arena;

    for (size_t line = 0; line < rules->red_line_n; line++) {
        struct bc_line_story *story = &making->spans->lines[line];

        story->pivots = bc_arena_alloc(arena, (none->pivot_n + 1) * sizeof(*story->pivots));
        for (size_t i = 0; i < none->pivot_n; i++) {
            const struct bc_pivot *pivot = &none->pivots[i];
            const struct bc_line_pivot told = {
                .at_us = pivot->occurred_us,
                .seq = pivot->seq,
                .red_line = bc_string_table_text(strings, pivot->red_line),
            };

            if (!is_asked(making, pivot) || !is_of(&told, &rules->red_lines[line]))
                continue;
            story->pivots[story->pivot_n] = told;
            story->pivots[story->pivot_n++].red_line = bc_arena_copy(arena, told.red_line);
        }
    }
}

/* They are among the facts about no deal. */
static bc_status read_pivots(struct making *making, struct bc_err *err)
{
    const struct bc_str none = { 0 };
    struct bc_buf facts = { 0 };
    struct bc_visible visible;
    const struct bc_deal *folded;
    bc_folder *folder = NULL;
    bc_status rc =
        bc_question_known(making->question, bc_timelines_log(making->timelines), &visible, err);

    if (rc == BC_OK)
        rc = bc_timelines_facts(making->timelines, none, &facts, err);
    if (rc == BC_OK) {
        folder = bc_folder_new(bc_timelines_strings(making->timelines), making->question->rules,
                               visible);
        rc = bc_fold(folder, none, bc_buf_str(&facts), &folded, err);
    }
    if (rc == BC_OK)
        take_pivots(making, folded);
    bc_folder_free(folder);
    bc_buf_release(&facts);
    return rc;
}

static bc_status read_decision(const struct making *making, struct bc_line_pivot *pivot,
                               struct bc_err *err)
{
    bc_arena *scratch = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bc_status rc =
        bc_log_get(bc_timelines_log(making->timelines), pivot->seq, &event, &bytes, scratch, err);

    if (rc == BC_OK)
        pivot->decision =
            bc_arena_copy(making->spans->arena, event.value[BC_PIVOT_DECIDED_DECISION].text);
    bc_buf_release(&bytes);
    bc_arena_free(scratch);
    return rc;
}

static bc_status read_decisions(const struct making *making, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t line = 0; line < making->question->rules->red_line_n; line++)
        for (size_t i = 0; rc == BC_OK && i < making->spans->lines[line].pivot_n; i++)
            rc = read_decision(making, &making->spans->lines[line].pivots[i], err);
    return rc;
}

/* --- spans --- */

/* Whether a pivot of the line lies in (after, until]. */
static bool pivots_in(const struct bc_line_story *story, int64_t after_us, int64_t until_us)
{
    for (size_t i = 0; i < story->pivot_n; i++)
        if (story->pivots[i].at_us > after_us && story->pivots[i].at_us <= until_us)
            return true;
    return false;
}

static bool is_unanswered(const struct making *making, const struct bc_line_story *story,
                          const struct bc_line_span *span)
{
    const struct bc_question *question = making->question;
    const bc_zone *zone = question->rules->zone;
    const int64_t first_us = question->as_of_us[span->first];
    const int64_t end_us = bc_zone_day_end(zone, bc_zone_day(zone, first_us) +
                                                     question->rules->learning.answer_breach_days);

    return span->state == BC_BREACHED && end_us <= question->as_of_us[question->date_n - 1] &&
           !pivots_in(story, first_us, end_us);
}

static void make_spans(const struct making *making, size_t line)
{
    const struct bc_report *report = making->spans->report;
    struct bc_line_story *story = &making->spans->lines[line];

    story->spans =
        bc_arena_alloc(making->spans->arena, (report->date_n + 1) * sizeof(*story->spans));
    for (size_t date = making->first; date < report->date_n; date++) {
        const enum bc_red_line_state state = bc_report_red_line(report, date, line)->state;

        if (date == making->first || state != story->spans[story->span_n - 1].state ||
            pivots_in(story, report->as_of_us[date - 1], report->as_of_us[date]))
            story->spans[story->span_n++] = (struct bc_line_span){ .state = state, .first = date };
        story->spans[story->span_n - 1].last = date;
    }
    for (size_t i = 0; i < story->span_n; i++)
        story->spans[i].unanswered = is_unanswered(making, story, &story->spans[i]);
}

static bc_status make(struct making *making, struct bc_err *err)
{
    const size_t line_n = making->question->rules->red_line_n;
    bc_status rc = read_pivots(making, err);

    if (rc == BC_OK)
        rc = read_decisions(making, err);
    for (size_t line = 0; rc == BC_OK && line < line_n; line++)
        make_spans(making, line);
    return rc;
}

static bc_status make_of(struct bc_red_line_spans **out, bc_timelines *timelines,
                         const struct bc_question *question, struct bc_report *report, bool begun,
                         struct bc_err *err)
{
    struct bc_red_line_spans *spans = bc_calloc(1, sizeof(*spans));
    struct making making = { question, timelines, spans, 0 };
    bc_status rc = BC_OK;

    spans->report = report;
    spans->arena = bc_arena_new();
    spans->lines = bc_calloc(question->rules->red_line_n + 1, sizeof(*spans->lines));
    while (begun && making.first < question->date_n &&
           question->as_of_us[making.first] < report->begun_us)
        making.first++;
    if (making.first < question->date_n)
        rc = make(&making, err);
    if (rc == BC_OK)
        *out = spans;
    else
        bc_red_line_spans_free(spans);
    return rc;
}

bc_status bc_red_line_spans_make(struct bc_red_line_spans **out, bc_timelines *timelines,
                                 const struct bc_question *question, struct bc_err *err)
{
    const struct bc_report_options options = { .lines_alone = true };
    struct bc_report *report;
    bc_status rc = bc_report_make(&report, timelines, question, &options, err);

    return rc < 0 ? rc : make_of(out, timelines, question, report, false, err);
}

bc_status bc_red_line_spans_begun(struct bc_red_line_spans **out, bc_timelines *timelines,
                                  const struct bc_question *question, struct bc_report *report,
                                  struct bc_err *err)
{
    return make_of(out, timelines, question, report, true, err);
}

void bc_red_line_spans_free(struct bc_red_line_spans *spans)
{
    if (!spans)
        return;
    bc_report_free(spans->report);
    bc_arena_free(spans->arena);
    free(spans->lines);
    free(spans);
}
