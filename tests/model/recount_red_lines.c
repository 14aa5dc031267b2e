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
    const int64_t end_us = recount_day_end(
        zone, bc_zone_day(zone, begin_us) + counting->world->rules->learning.answer_breach_days);

    return counting->states[first] == RECOUNT_BREACHED &&
           end_us <= counting->dates_us[counting->date_n - 1] &&
           !reset_in(counting, begin_us, end_us);
}

/* The last date of the span that begins at a date. */
static size_t span_end(const struct counting *counting, size_t first)
{
    size_t last = first;

    while (last + 1 < counting->date_n && counting->states[last + 1] == counting->states[first] &&
           !reset_in(counting, counting->dates_us[last], counting->dates_us[last + 1]))
        last++;
    return last;
}

static void print_spans(struct bc_buf *out, const struct counting *counting)
{
    for (size_t first = 0, last; first < counting->date_n; first = last + 1) {
        last = span_end(counting, first);
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

/* The states of one line at the dates. */
static enum recount_state *states_of(const struct world *world, const struct bc_red_line_rule *rule,
                                     const int64_t *dates_us, size_t date_n)
{
    enum recount_state *out = bc_arena_alloc(world->arena, (date_n + 1) * sizeof(*out));

    for (size_t date = 0; date < date_n; date++) {
        bc_arena *arena = bc_arena_new();
        struct recount_line line;
        struct world then;

        world_earlier(&then, world, dates_us[date], arena);
        world_line(&then, rule, &line);
        out[date] = line.state;
        bc_arena_free(arena);
    }
    return out;
}

void recount_red_lines(struct bc_buf *out, const struct bc_event *events, size_t n,
                       const struct recount_question *question, const int64_t *dates_us,
                       size_t date_n)
{
    const bc_rules *rules = question->rules;
    bc_arena *arena = bc_arena_new();
    struct recount_question last = *question;
    struct world world;

    last.as_of_us = dates_us[date_n - 1];
    world_make(&world, events, n, &last, arena);
    for (size_t line = 0; line < rules->red_line_n; line++) {
        const struct bc_red_line_rule *rule = &rules->red_lines[line];
        const struct counting counting = { &world, rule->name, dates_us, date_n,
                                           states_of(&world, rule, dates_us, date_n) };

        print_spans(out, &counting);
        print_pivots(out, &counting);
    }
    bc_arena_free(arena);
}

/* --- weekly, since there were deals --- */

static int64_t first_visit(const struct world *world)
{
    int64_t first_us = INT64_MAX;

    for (size_t i = 0; i < world->deal_n; i++)
        if (world->deals[i].visit_n && world->deals[i].visits[0].entered_us < first_us)
            first_us = world->deals[i].visits[0].entered_us;
    return first_us;
}

static int64_t weeks_before(const struct world *world, size_t weeks)
{
    return weeks ? recount_window_begin(world->rules->zone, world->as_of_us, (int)weeks * 7)
                 : world->as_of_us;
}

typedef void breach_seen(void *payload, const struct counting *counting, size_t first, size_t last);

static void each_breach(const struct world *world, breach_seen *seen, void *payload)
{
    const int64_t first_us = first_visit(world);
    int64_t *dates_us;
    size_t n = 0;

    while (first_us <= weeks_before(world, n))
        n++;
    dates_us = bc_arena_alloc(world->arena, (n + 1) * sizeof(*dates_us));
    for (size_t at = 0; at < n; at++)
        dates_us[at] = weeks_before(world, n - 1 - at);
    for (size_t line = 0; n && line < world->rules->red_line_n; line++) {
        const struct bc_red_line_rule *rule = &world->rules->red_lines[line];
        const struct counting counting = { world, rule->name, dates_us, n,
                                           states_of(world, rule, dates_us, n) };

        for (size_t first = 0, last; first < n; first = last + 1) {
            last = span_end(&counting, first);
            if (unanswered(&counting, first))
                seen(payload, &counting, first, last);
        }
    }
}

static void find_breach(void *payload, const struct counting *counting, size_t first, size_t last)
{
    const struct world *world = counting->world;
    struct recount_finding *finding = world_find(world, payload, "breach_unanswered", NULL);
    char day[BC_DAY_LEN];

    (void)last;
    bc_day_print(day, bc_zone_day(world->rules->zone, counting->dates_us[first]));
    finding->red_line = bc_str_of(counting->line);
    finding->date = bc_arena_copy(world->arena, bc_str_of(day));
}

void world_breaches(const struct world *world, struct recount *out)
{
    each_breach(world, find_breach, out);
}

static void print_breach(struct bc_buf *out, const char *line, int32_t day, bool open, bool due)
{
    char text[BC_DAY_LEN];

    bc_day_print(text, day);
    bc_buf_printf(out, "%s %s%s%s\n", line, text, open ? " open" : "", due ? " due" : "");
}

void recount_breaches_print(struct bc_buf *out, const struct bc_breaches *breaches,
                            const bc_rules *rules, int64_t since_us)
{
    for (size_t i = 0; i < breaches->n; i++)
        print_breach(out, rules->red_lines[breaches->at[i].line].name, breaches->at[i].day,
                     breaches->at[i].open, bc_breach_is_due(&breaches->at[i], since_us));
}

struct printing {
    struct bc_buf *out;
    int64_t since_us;
};

static void see_breach(void *payload, const struct counting *counting, size_t first, size_t last)
{
    const struct printing *printing = payload;
    const bool open = last + 1 == counting->date_n;

    print_breach(printing->out, counting->line,
                 bc_zone_day(counting->world->rules->zone, counting->dates_us[first]), open,
                 open || counting->dates_us[first] > printing->since_us);
}

void recount_breaches(struct bc_buf *out, const struct bc_event *events, size_t n,
                      const struct recount_question *question, int64_t since_us)
{
    struct printing printing = { out, since_us };
    bc_arena *arena = bc_arena_new();
    struct world world;

    world_make(&world, events, n, question, arena);
    each_breach(&world, see_breach, &printing);
    bc_arena_free(arena);
}
