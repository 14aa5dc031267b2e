#include "tests/model/recount_red_lines.h"

#include "tests/model/recount_world.h"

#include <stdlib.h>

static const char *const states[] = {
    [RECOUNT_OK] = "ok",
    [RECOUNT_BREACHED] = "breached",
    [RECOUNT_WOULD_BREACH] = "would_breach",
    [RECOUNT_NOT_ENOUGH] = "not_enough_data",
};

void recount_red_lines_print(struct bc_buf *out, const struct bc_red_line_spans *spans,
                             const bc_rules *rules)
{
    for (size_t line = 0; line < rules->red_line_n; line++) {
        const struct bc_line_story *story = &spans->lines[line];

        for (size_t i = 0; i < story->span_n; i++)
            bc_buf_printf(out, "%s %s %zu %zu%s\n", rules->red_lines[line].name,
                          bc_red_line_state_name(story->spans[i].state), story->spans[i].first,
                          story->spans[i].last, story->spans[i].unanswered ? " unanswered" : "");
        for (size_t i = 0; i < story->pivot_n; i++)
            bc_buf_printf(out, "%s pivot %.*s\n", rules->red_lines[line].name,
                          BC_STR_ARG(story->pivots[i].decision));
    }
}

struct counting {
    const struct world *world; /* at the last date */
    const char *line;
    const int64_t *dates_us;
    size_t date_n;
    enum recount_state *states; /* of the line at each date */
};

/* A decision that resets the line. */
static bool resets(const struct bc_event *event, const char *line)
{
    const struct bc_str names = event->value[BC_PIVOT_DECIDED_RED_LINE].text;

    return event->body == BC_PIVOT_DECIDED && !event->value[BC_PIVOT_DECIDED_STAY].yes &&
           (names.len == 0 || bc_str_eq(names, bc_str_of(line)));
}

static bool reset_in(const struct counting *counting, int64_t after_us, int64_t until_us)
{
    for (size_t i = 0; i < counting->world->event_n; i++) {
        const struct bc_event *event = counting->world->events[i];

        if (resets(event, counting->line) && event->occurred_us > after_us &&
            event->occurred_us <= until_us)
            return true;
    }
    return false;
}

static bool unanswered(const struct counting *counting, size_t first)
{
    const bc_zone *zone = counting->world->rules->zone;
    const int64_t begin_us = counting->dates_us[first];
    const int64_t end_us = recount_day_end(zone, bc_zone_day(zone, begin_us) + 14);

    return counting->states[first] == RECOUNT_BREACHED &&
           end_us <= counting->dates_us[counting->date_n - 1] &&
           !reset_in(counting, begin_us, end_us);
}

static void print_spans(struct bc_buf *out, const struct counting *counting)
{
    for (size_t first = 0, last; first < counting->date_n; first = last + 1) {
        for (last = first;
             last + 1 < counting->date_n && counting->states[last + 1] == counting->states[first] &&
             !reset_in(counting, counting->dates_us[last], counting->dates_us[last + 1]);)
            last++;
        bc_buf_printf(out, "%s %s %zu %zu%s\n", counting->line, states[counting->states[first]],
                      first, last, unanswered(counting, first) ? " unanswered" : "");
    }
}

static int by_time(const void *a, const void *b)
{
    const struct bc_event *x = *(const struct bc_event *const *)a;
    const struct bc_event *y = *(const struct bc_event *const *)b;

    if (x->occurred_us != y->occurred_us)
        return x->occurred_us < y->occurred_us ? -1 : 1;
    return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static void print_pivots(struct bc_buf *out, const struct counting *counting)
{
    const struct world *world = counting->world;
    const struct bc_event **found =
        bc_arena_alloc(world->arena, (world->event_n + 1) * sizeof(*found));
    size_t n = 0;

    for (size_t i = 0; i < world->event_n; i++)
        if (resets(world->events[i], counting->line) &&
            world->events[i]->occurred_us > counting->dates_us[0] &&
            world->events[i]->occurred_us <= counting->dates_us[counting->date_n - 1])
            found[n++] = world->events[i];
    if (n)
        qsort(found, n, sizeof(*found), by_time);
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(out, "%s pivot %.*s\n", counting->line,
                      BC_STR_ARG(found[i]->value[BC_PIVOT_DECIDED_DECISION].text));
}

void recount_red_lines(struct bc_buf *out, const struct bc_event *events, size_t n,
                       const struct recount_question *question, const int64_t *dates_us,
                       size_t date_n)
{
    const bc_rules *rules = question->rules;
    bc_arena *arena = bc_arena_new();
    enum recount_state *all = bc_arena_alloc(arena, rules->red_line_n * date_n * sizeof(*all));
    struct recount_question at = *question;
    struct world world;

    for (size_t date = 0; date < date_n; date++) {
        struct recount counted;

        at.as_of_us = dates_us[date];
        recount_make(&counted, events, n, &at);
        for (size_t line = 0; line < counted.line_n; line++)
            all[line * date_n + date] = counted.lines[line].state;
        recount_release(&counted);
    }
    at.as_of_us = dates_us[date_n - 1];
    world_make(&world, events, n, &at, arena);
    for (size_t line = 0; line < rules->red_line_n; line++) {
        const struct counting counting = { &world, rules->red_lines[line].name, dates_us, date_n,
                                           all + line * date_n };

        print_spans(out, &counting);
        print_pivots(out, &counting);
    }
    bc_arena_free(arena);
}
