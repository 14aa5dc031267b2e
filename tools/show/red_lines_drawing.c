#include "tools/show/red_lines_drawing.h"

#include "tools/draw/strips.h"
#include "tools/show/drawing.h"
#include "tools/show/labels.h"
#include "tools/show/rule_labels.h"

/* What is drawn of each line; texts live in the arena. */
struct drawing {
    const struct red_lines_shown *shown;
    bc_arena *arena;
    bool page; /* not a file: red lines have their labels */
};

static struct bc_str state_word(enum bc_red_line_state state)
{
    return labels_state(bc_str_of(bc_red_line_state_name(state)));
}

static enum strip_state strip_state(enum bc_red_line_state state)
{
    static const enum strip_state states[] = { [BC_LINE_OK] = STRIP_FINE,
                                               [BC_BREACHED] = STRIP_OFF,
                                               [BC_WOULD_BREACH] = STRIP_RISK,
                                               [BC_NOT_ENOUGH_DATA] = STRIP_UNKNOWN };

    return states[state];
}

static struct bc_str kept(const struct drawing *drawing, struct bc_buf *text)
{
    const struct bc_str copy = bc_arena_copy(drawing->arena, bc_buf_str(text));

    bc_buf_release(text);
    return copy;
}

static struct strip_span span_of(const struct drawing *drawing, const struct bc_line_span *span)
{
    const int32_t *days = drawing->shown->days;
    char first[BC_DAY_LEN], last[BC_DAY_LEN];
    struct bc_buf text = { 0 };

    bc_day_print(first, days[span->first]);
    bc_day_print(last, days[span->last]);
    bc_buf_printf(&text, "%.*s from %s to %s%s", BC_STR_ARG(state_word(span->state)), first, last,
                  span->unanswered ? ", no pivot was decided in time" : "");
    return (struct strip_span){ .state = strip_state(span->state),
                                .first = days[span->first],
                                .crossed = span->unanswered,
                                .text = kept(drawing, &text) };
}

static struct strip_mark mark_of(const struct drawing *drawing, const struct bc_line_pivot *pivot)
{
    const int32_t day = bc_zone_day(drawing->shown->basis->rules->zone, pivot->at_us);
    char date[BC_DAY_LEN];
    struct bc_buf text = { 0 };

    bc_day_print(date, day);
    bc_buf_printf(&text, "pivot of %s: ", date);
    bc_buf_add_str(&text, pivot->decision);
    return (struct strip_mark){ .day = day, .text = kept(drawing, &text) };
}

/* On a page what people call it; in a file, as in the answer beside it, its name. */
static struct bc_str label_of(const struct drawing *drawing, size_t line)
{
    const bc_rules *rules = drawing->shown->basis->rules;
    const struct bc_str name = bc_str_of(rules->red_lines[line].name);
    struct bc_buf text = { 0 };

    if (!drawing->page)
        return name;
    rule_labels_red_line_add(&text, rules, name);
    return kept(drawing, &text);
}

static struct strip strip_of(const struct drawing *drawing, size_t line)
{
    const struct bc_line_story *story = &drawing->shown->spans->lines[line];
    struct strip_span *spans = bc_arena_alloc(drawing->arena, (story->span_n + 1) * sizeof(*spans));
    struct strip_mark *marks =
        bc_arena_alloc(drawing->arena, (story->pivot_n + 1) * sizeof(*marks));
    struct strip strip = { .label = label_of(drawing, line),
                           .spans = spans,
                           .span_n = story->span_n,
                           .marks = marks,
                           .mark_n = story->pivot_n };

    for (size_t i = 0; i < story->span_n; i++)
        spans[i] = span_of(drawing, &story->spans[i]);
    for (size_t i = 0; i < story->pivot_n; i++)
        marks[i] = mark_of(drawing, &story->pivots[i]);
    if (story->span_n)
        strip.end = state_word(story->spans[story->span_n - 1].state);
    return strip;
}

static void add_title(struct bc_buf *out, const struct red_lines_shown *shown, int32_t from,
                      int32_t to)
{
    char first[BC_DAY_LEN], last[BC_DAY_LEN];

    bc_day_print(first, from);
    bc_day_print(last, to);
    bc_buf_printf(out, "Red lines every %s, %s to %s", shown->every, first, last);
}

void red_lines_drawing_add(struct bc_buf *out, struct sheet_place place, const void *of)
{
    const struct red_lines_shown *shown = of;
    const struct drawing drawing = { shown, bc_arena_new(), place.number > 0 };
    const size_t n = shown->basis->rules->red_line_n;
    const int32_t from = shown->days[0];
    const int32_t to = shown->days[shown->spans->report->date_n - 1];
    struct strip *strips = bc_arena_alloc(drawing.arena, (n + 1) * sizeof(*strips));
    struct drawing_lines lines = { 0 };
    struct bc_buf title = { 0 };

    for (size_t i = 0; i < n; i++)
        strips[i] = strip_of(&drawing, i);
    add_title(&title, shown, from, to);
    drawing_lines_basis(&lines, place, shown->basis, NULL);
    drawing_lines_end(&lines);
    strips_draw(out,
                &(struct strips){ .place = place,
                                  .title = bc_buf_str(&title),
                                  .states = { [STRIP_FINE] = state_word(BC_LINE_OK),
                                              [STRIP_RISK] = state_word(BC_WOULD_BREACH),
                                              [STRIP_OFF] = state_word(BC_BREACHED),
                                              [STRIP_UNKNOWN] = state_word(BC_NOT_ENOUGH_DATA) },
                                  .mark = BC_STR("pivot"),
                                  .cross = BC_STR("no pivot was decided in time"),
                                  .from = from,
                                  .to = to,
                                  .strips = strips,
                                  .n = n,
                                  .notes = lines.at,
                                  .note_n = lines.n });
    drawing_lines_release(&lines);
    bc_buf_release(&title);
    bc_arena_free(drawing.arena);
}
