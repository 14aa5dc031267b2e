#include "tests/model/recount_since.h"

#include "tests/model/recount_world.h"

static void print_instant(struct bc_buf *out, const char *before, int64_t us)
{
    char at[BC_INSTANT_LEN];

    bc_instant_print_short(at, us);
    bc_buf_printf(out, "%s%s", before, at);
}

/* --- since when --- */

static void print_since(struct bc_buf *out, int64_t review_us, bool held, int64_t playbook_us,
                        bool published)
{
    print_instant(out, "review ", review_us);
    print_instant(out, held ? ", playbook " : " by default, playbook ", playbook_us);
    bc_buf_printf(out, "%s\n", published ? "" : " by default");
}

void recount_since_print(struct bc_buf *out, const struct bc_since *since)
{
    print_since(out, since->review_us, since->held, since->playbook_us, since->published);
}

/* The latest instant before the date of an event of a body that counts. */
static bool last_of(int64_t *out_us, const struct world *world, enum bc_body body)
{
    bool any = false;

    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];

        if (event->body != body || event->occurred_us >= world->as_of_us)
            continue;
        if (!any || event->occurred_us > *out_us)
            *out_us = event->occurred_us;
        any = true;
    }
    return any;
}

void recount_since(struct bc_buf *out, const struct bc_event *events, size_t n,
                   const struct recount_question *question)
{
    bc_arena *arena = bc_arena_new();
    int64_t review_us = 0, playbook_us = 0;
    bool held, published;
    struct world world;

    world_make(&world, events, n, question, arena);
    held = last_of(&review_us, &world, BC_REVIEW_HELD);
    published = last_of(&playbook_us, &world, BC_PLAYBOOK_PUBLISHED);
    if (!held)
        review_us = recount_window_begin(question->rules->zone, question->as_of_us, 7);
    if (!published)
        playbook_us = recount_window_begin(question->rules->zone, question->as_of_us, 31);
    print_since(out, review_us, held, playbook_us, published);
    bc_arena_free(arena);
}

/* --- what was recorded late --- */

static void print_late(struct bc_buf *out, struct bc_str id, struct bc_str deal, enum bc_body body,
                       int64_t at_us, int64_t recorded_us)
{
    bc_buf_printf(out, "%.*s %.*s %s", BC_STR_ARG(id), BC_STR_ARG(deal),
                  body == BC_NO_BODY ? "?" : bc_schema(body)->json_name);
    print_instant(out, " at ", at_us);
    print_instant(out, " recorded ", recorded_us);
    bc_buf_add_byte(out, '\n');
}

void recount_late_print(struct bc_buf *out, const struct bc_recorded_late *late)
{
    bc_buf_printf(out, "%zu\n", late->n);
    for (size_t i = 0; i < late->shown; i++)
        print_late(out, late->first[i].event, late->first[i].deal, late->first[i].body,
                   late->first[i].at_us, late->first[i].recorded_us);
}

static int64_t recorded_of(const struct recount_question *question, const struct bc_event *event)
{
    return question->clock_source && event->has_source_recorded ? event->source_recorded_us
                                                                : event->recorded_us;
}

/* How many stand before an event among those that are late. */
static size_t rank_of(const struct bc_event *const *late, size_t n, const struct bc_event *event)
{
    size_t rank = 0;

    for (size_t i = 0; i < n; i++)
        rank += late[i]->occurred_us < event->occurred_us ||
                (late[i]->occurred_us == event->occurred_us && late[i]->seq < event->seq);
    return rank;
}

void recount_late(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, int64_t since_us)
{
    bc_arena *arena = bc_arena_new();
    const struct bc_event **late = bc_arena_alloc(arena, (n + 1) * sizeof(*late));
    struct world world;
    size_t late_n = 0;

    world_make(&world, events, n, question, arena);
    for (size_t i = 0; i < world.event_n; i++) {
        const struct bc_event *event = world.events[i];
        const int64_t recorded_us = recorded_of(question, event);

        if (event->body != BC_RETRACTED && event->occurred_us < since_us &&
            recorded_us > since_us && recorded_us <= question->as_of_us)
            late[late_n++] = event;
    }
    bc_buf_printf(out, "%zu\n", late_n);
    for (size_t rank = 0; rank < 5; rank++)
        for (size_t i = 0; i < late_n; i++)
            if (rank_of(late, late_n, late[i]) == rank)
                print_late(out, late[i]->id, late[i]->deal, late[i]->body, late[i]->occurred_us,
                           recorded_of(question, late[i]));
    bc_arena_free(arena);
}
