#include "tests/model/recount_people.h"

#include "tests/model/recount_world.h"

#include <inttypes.h>
#include <stdlib.h>

static void put(struct bc_buf *out, const char *what, uint64_t n)
{
    if (n)
        bc_buf_printf(out, " %s %" PRIu64, what, n);
}

static void print_person(struct bc_buf *out, const struct bc_person *person)
{
    static const char *const moves[BC_PERSON_MOVE_N] = { "forward", "backward", "lost",
                                                         "reopened" };

    bc_buf_printf(out, "%.*s %" PRIu64, BC_STR_ARG(person->who), person->n);
    put(out, "deals", person->deals);
    for (unsigned kind = 0; kind < BC_PERSON_MOVE_N; kind++)
        put(out, moves[kind], person->moves[kind]);
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++)
        put(out, bc_schema((enum bc_body)body)->json_name, person->of[body]);
    for (size_t i = 0; i < person->role_n; i++)
        bc_buf_printf(out, "%s%.*s", i ? "," : " roles ", BC_STR_ARG(person->roles[i]));
    bc_buf_printf(out, "\n");
}

void recount_people_print(struct bc_buf *out, const struct bc_people *people)
{
    for (size_t i = 0; i < people->row_n; i++)
        print_person(out, &people->rows[i]);
    for (size_t i = 0; i < people->deal_n; i++)
        bc_buf_printf(out, "deal %.*s\n", BC_STR_ARG(people->deals[i]));
}

/* --- counting --- */

struct counting {
    const struct world *world;
    const struct bc_people_ask *ask;
    struct bc_person *rows;
    struct recount_ids *roles; /* of each row */
    size_t row_n;
};

static const struct deal *deal_of(const struct world *world, struct bc_str id)
{
    for (size_t i = 0; i < world->deal_n; i++)
        if (bc_str_eq(world->deals[i].id, id))
            return &world->deals[i];
    return NULL;
}

static bool counts(const struct counting *counting, const struct bc_event *event)
{
    const struct world *world = counting->world;

    if (!in_window(world, counting->ask->since_us, event->occurred_us))
        return false;
    if (event->deal.len == 0)
        return world->rules->slices[counting->ask->slice].deal_type_n == 0;
    return deal_counts(world, deal_of(world, event->deal), counting->ask->slice);
}

static struct bc_str who(const struct counting *counting, const struct bc_event *event)
{
    return counting->ask->by == BC_PEOPLE_BY_ACTOR ? event->actor : event->source_system;
}

static struct bc_person *find(struct counting *counting, struct bc_str name)
{
    for (size_t i = 0; i < counting->row_n; i++)
        if (bc_str_eq(counting->rows[i].who, name))
            return &counting->rows[i];
    counting->rows[counting->row_n] = (struct bc_person){ .who = name };
    return &counting->rows[counting->row_n++];
}

static enum bc_stage_kind kind(const struct counting *counting, const struct visit *visit)
{
    return visit->stage == BC_NO_STAGE ? BC_STAGE_OPEN
                                       : counting->world->rules->stages[visit->stage].kind;
}

/* The move that an event made, or BC_PERSON_MOVE_N. */
static enum bc_person_move_kind move(const struct counting *counting, const struct bc_event *event)
{
    const struct deal *deal = event->deal.len ? deal_of(counting->world, event->deal) : NULL;

    for (size_t i = 1; deal && i < deal->visit_n; i++) {
        const struct visit *from = &deal->visits[i - 1], *to = &deal->visits[i];

        if (to->event != event || to->observed)
            continue;
        if (kind(counting, to) == BC_STAGE_LOST)
            return BC_PERSON_LOST;
        if (kind(counting, from) == BC_STAGE_LOST)
            return BC_PERSON_REOPENED;
        if (from->stage == BC_NO_STAGE || to->stage == BC_NO_STAGE)
            return BC_PERSON_MOVE_N;
        return to->stage > from->stage ? BC_PERSON_FORWARD : BC_PERSON_BACKWARD;
    }
    return BC_PERSON_MOVE_N;
}

/* Whether an event is the first of its deal that somebody did. */
static bool first_of_deal(const struct counting *counting, size_t i)
{
    const struct world *world = counting->world;
    const struct bc_event *event = world->events[i];

    for (size_t j = 0; j < i; j++)
        if (counts(counting, world->events[j]) && bc_str_eq(world->events[j]->deal, event->deal) &&
            bc_str_eq(who(counting, world->events[j]), who(counting, event)))
            return false;
    return event->deal.len > 0;
}

static void count_event(struct counting *counting, size_t i)
{
    const struct bc_event *event = counting->world->events[i];
    const enum bc_person_move_kind moved = move(counting, event);
    struct bc_person *row = find(counting, who(counting, event));

    row->n++;
    row->of[event->body]++;
    row->deals += first_of_deal(counting, i);
    if (moved != BC_PERSON_MOVE_N)
        row->moves[moved]++;
}

/* --- roles --- */

static bool after(const struct bc_event *event, const struct bc_event *other)
{
    return event->occurred_us != other->occurred_us ? event->occurred_us > other->occurred_us
                                                    : event->seq > other->seq;
}

static bool is_role(const struct counting *counting, const struct bc_event *event)
{
    return event->body == BC_ROLE_ASSIGNED && event->occurred_us <= counting->world->as_of_us;
}

/* The last word on a role, and that it is held. */
static bool holds(const struct counting *counting, const struct bc_event *event)
{
    const struct world *world = counting->world;

    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *other = world->events[i];

        if (is_role(counting, other) && after(other, event) &&
            bc_str_eq(other->value[1].text, event->value[1].text) &&
            bc_str_eq(other->value[2].text, event->value[2].text))
            return false;
    }
    return !event->value[3].yes;
}

static void find_roles(struct counting *counting)
{
    const struct world *world = counting->world;

    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];
        struct recount_ids *ids;
        struct bc_person *row;

        if (!is_role(counting, event) || !holds(counting, event))
            continue;
        row = find(counting, event->value[1].text);
        ids = &counting->roles[row - counting->rows];
        ids_add(world->arena, ids, event->value[2].text);
        row->roles = ids->at;
        row->role_n = ids->n;
    }
}

/* --- the deals of what one did --- */

static void print_listed(struct bc_buf *out, const struct counting *counting)
{
    const struct bc_people_ask *ask = counting->ask;
    const struct world *world = counting->world;
    struct recount_ids ids = { 0 };

    for (size_t i = 0; ask->list && i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];
        const bool asked = ask->list_move != BC_PERSON_MOVE_N
                               ? move(counting, event) == ask->list_move
                               : ask->list_body == BC_NO_BODY || event->body == ask->list_body;

        if (counts(counting, event) && event->deal.len && asked &&
            bc_str_eq(who(counting, event), ask->list_who))
            ids_add(world->arena, &ids, event->deal);
    }
    for (size_t i = 0; i < ids.n; i++)
        bc_buf_printf(out, "deal %.*s\n", BC_STR_ARG(ids.at[i]));
}

static int by_who(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_person *)a)->who, ((const struct bc_person *)b)->who);
}

void recount_people(struct bc_buf *out, const struct bc_event *events, size_t n,
                    const struct recount_question *question, const struct bc_people_ask *ask)
{
    bc_arena *arena = bc_arena_new();
    struct counting counting = { .ask = ask };
    struct world world;

    world_make(&world, events, n, question, arena);
    counting.world = &world;
    counting.rows = bc_calloc(2 * n + 1, sizeof(*counting.rows));
    counting.roles = bc_calloc(2 * n + 1, sizeof(*counting.roles));
    for (size_t i = 0; i < world.event_n; i++)
        if (counts(&counting, world.events[i]))
            count_event(&counting, i);
    if (ask->by == BC_PEOPLE_BY_ACTOR)
        find_roles(&counting);
    if (counting.row_n)
        qsort(counting.rows, counting.row_n, sizeof(*counting.rows), by_who);
    for (size_t i = 0; i < counting.row_n; i++)
        print_person(out, &counting.rows[i]);
    print_listed(out, &counting);
    free(counting.rows);
    free(counting.roles);
    bc_arena_free(arena);
}
