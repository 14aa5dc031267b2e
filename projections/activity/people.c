/* Who did something is in no fact, so the log itself is read, once, from its beginning. What was
 * retracted is known only at its end: it is counted, and taken back then. */
#include "projections/activity/people.h"

#include "projections/activity/people_deals.h"
#include "projections/activity/touches.h"
#include "projections/events/deal_events.h"
#include "projections/facts/learning.h"
#include "projections/walk/about_none.h"

#include <stdlib.h>

#define LISTED UINT32_MAX /* number of the one whose deals are listed, beside all rows */

struct reading {
    const struct bc_people_ask *ask;
    const struct bc_question *question;
    bc_log *log;
    struct bc_visible visible;
    struct bc_people_deals deals;
    size_t move; /* the next one */
    struct bc_people *people;
    struct bc_table table; /* of rows, as they are numbered while the log is read */
    struct bc_touches touches;
    struct bc_fate *fates; /* retractions, and what they name */
    size_t fate_n, fate_cap;
};

/* --- rows --- */

static uint32_t row_of(struct reading *reading, struct bc_str who)
{
    struct bc_people *people = reading->people;
    const uint64_t hash = bc_str_hash(who);
    struct bc_table_probe probe = bc_table_find(&reading->table, hash);
    uint32_t number;

    while (bc_table_next(&reading->table, &probe, &number))
        if (bc_str_eq(people->rows[number].who, who))
            return number;
    BC_GROW(people->rows, people->row_n, people->row_cap);
    number = (uint32_t)people->row_n++;
    people->rows[number] = (struct bc_person){ .who = bc_arena_copy(people->arena, who) };
    bc_table_add(&reading->table, hash, number);
    return number;
}

static struct bc_str who_of(const struct reading *reading, const struct bc_event *event)
{
    return reading->ask->by == BC_PEOPLE_BY_ACTOR ? event->actor : event->source_system;
}

static bool is_listed(const struct reading *reading, struct bc_str who)
{
    return reading->ask->list && bc_str_eq(reading->ask->list_who, who);
}

static bool is_counted(const struct reading *reading, const struct bc_event *event)
{
    return event->body != BC_NO_BODY && event->occurred_us > reading->ask->since_us &&
           event->occurred_us <= reading->question->as_of_us[0] &&
           bc_visible_has(&reading->visible, event->seq,
                          event->has_source_recorded ? &event->source_recorded_us : NULL) &&
           bc_people_deals_count(&reading->deals, event->deal);
}

/* Counts an event, or takes it back: `times` is 1 or -1. */
static void count(struct reading *reading, const struct bc_event *event, int times)
{
    const struct bc_people_ask *ask = reading->ask;
    const struct bc_str who = who_of(reading, event);
    struct bc_person *row;
    uint32_t number;

    if (!is_counted(reading, event))
        return;
    number = row_of(reading, who);
    row = &reading->people->rows[number];
    row->n += (uint64_t)(int64_t)times;
    row->of[event->body] += (uint64_t)(int64_t)times;
    if (event->deal.len == 0)
        return;
    bc_touches_add(&reading->touches, number, event->deal, times);
    if (is_listed(reading, who) && ask->list_move == BC_PERSON_MOVE_N &&
        (ask->list_body == BC_NO_BODY || ask->list_body == event->body))
        bc_touches_add(&reading->touches, LISTED, event->deal, times);
}

/* Moves are those of events that count, in their order. */
static void count_move(struct reading *reading, const struct bc_event *event)
{
    const struct bc_people_deals *deals = &reading->deals;
    const struct bc_str who = who_of(reading, event);
    enum bc_person_move_kind kind;
    uint32_t number;

    if (reading->move == deals->move_n || deals->moves[reading->move].seq != event->seq)
        return;
    kind = deals->moves[reading->move++].kind;
    number = row_of(reading, who);
    reading->people->rows[number].moves[kind]++;
    if (is_listed(reading, who) && reading->ask->list_move == kind)
        bc_touches_add(&reading->touches, LISTED, event->deal, 1);
}

/* --- the log --- */

static void add_fate(struct reading *reading, uint64_t seq, bool retracts)
{
    BC_GROW(reading->fates, reading->fate_n, reading->fate_cap);
    reading->fates[reading->fate_n++] = (struct bc_fate){ .seq = seq, .retracts = retracts };
}

static bc_status note_retraction(struct reading *reading, const struct bc_event *event,
                                 struct bc_err *err)
{
    uint64_t target, root;
    bc_status rc;

    if (event->body != BC_RETRACTED ||
        !bc_visible_has(&reading->visible, event->seq,
                        event->has_source_recorded ? &event->source_recorded_us : NULL))
        return BC_OK;
    rc = bc_log_retraction(reading->log, event->seq, &target, &root, err);
    if (rc == BC_OK) {
        add_fate(reading, event->seq, true);
        add_fate(reading, target, false);
    }
    return rc < 0 ? rc : BC_OK;
}

static bc_status read_log(struct reading *reading, struct bc_err *err)
{
    const uint64_t size = bc_log_head(reading->log)->size;
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc = size ? bc_cursor_open(&cursor, reading->log, 1, size, err) : BC_DONE;

    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc != BC_OK)
            break;
        count(reading, event, 1);
        count_move(reading, event);
        rc = note_retraction(reading, event, err);
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : BC_OK;
}

/* --- what was retracted --- */

static int by_seq(const void *a, const void *b)
{
    const struct bc_fate *left = a, *right = b;

    if (left->seq != right->seq)
        return left->seq < right->seq ? -1 : 1;
    return (int)right->retracts - (int)left->retracts;
}

static bc_status take_back(void *payload, size_t name, const struct bc_event *event,
                           struct bc_err *err)
{
    (void)name;
    (void)err;
    count(payload, event, -1);
    return BC_OK;
}

static bc_status take_back_retracted(struct reading *reading, struct bc_err *err)
{
    struct bc_wanted *wanted = bc_calloc(reading->fate_n + 1, sizeof(*wanted));
    size_t n = 0, wanted_n = 0;
    bc_status rc;

    if (reading->fate_n)
        qsort(reading->fates, reading->fate_n, sizeof(*reading->fates), by_seq);
    for (size_t i = 0; i < reading->fate_n; i++)
        if (n == 0 || reading->fates[n - 1].seq != reading->fates[i].seq)
            reading->fates[n++] = reading->fates[i];
    rc = bc_fates_mark(reading->fates, n, reading->log, err);
    for (size_t i = 0; i < n; i++)
        if (reading->fates[i].by)
            wanted[wanted_n++] = (struct bc_wanted){ .seq = reading->fates[i].seq };
    if (rc == BC_OK)
        rc = bc_log_read_each(reading->log, wanted, wanted_n, take_back, reading, err);
    free(wanted);
    return rc;
}

/* --- roles --- */

struct role {
    struct bc_str person, role;
    size_t i; /* in the order of time */
    bool ended;
};

static int by_person(const void *a, const void *b)
{
    const struct role *left = a, *right = b;
    int order = bc_str_cmp(left->person, right->person);

    if (order == 0)
        order = bc_str_cmp(left->role, right->role);
    return order ? order : (left->i > right->i) - (left->i < right->i);
}

static bool is_same_role(const struct role *left, const struct role *right)
{
    return bc_str_eq(left->person, right->person) && bc_str_eq(left->role, right->role);
}

/* Of each role of each person the last word counts. `texts` has room for all. */
static void give_roles(struct reading *reading, const struct role *roles, size_t n,
                       struct bc_str *texts)
{
    bc_arena *arena = reading->people->arena;

    for (size_t i = 0; i < n; i++) {
        struct bc_person *row;
        uint32_t number;

        if (roles[i].ended || (i + 1 < n && is_same_role(&roles[i], &roles[i + 1])))
            continue;
        number = row_of(reading, roles[i].person);
        row = &reading->people->rows[number];
        if (row->role_n == 0)
            row->roles = texts;
        row->role_n++;
        *texts++ = bc_arena_copy(arena, roles[i].role);
    }
}

static bc_status read_roles(struct reading *reading, bc_timelines *timelines, struct bc_err *err)
{
    struct bc_about_none none = { 0 };
    struct role *roles = NULL;
    size_t n = 0;
    bc_status rc = bc_about_none_read(&none, timelines, reading->question->rules, reading->visible,
                                      BC_FACT_BIT(BC_FACT_ROLE), err);

    if (rc == BC_OK) {
        roles = bc_calloc(none.n + 1, sizeof(*roles));
        for (; n < none.n && none.facts[n].occurred_us <= reading->question->as_of_us[0]; n++)
            roles[n] =
                (struct role){ bc_learning_text(&none.facts[n], BC_TEXT_ROLE_PERSON),
                               bc_learning_text(&none.facts[n], BC_TEXT_ROLE_ROLE), n,
                               bc_learning_text(&none.facts[n], BC_TEXT_ROLE_ENDED).len > 0 };
        qsort(roles, n, sizeof(*roles), by_person);
        give_roles(reading, roles, n,
                   bc_arena_alloc(reading->people->arena, (n + 1) * sizeof(struct bc_str)));
    }
    free(roles);
    bc_about_none_release(&none);
    return rc;
}

/* --- the end --- */

static int by_who(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_person *)a)->who, ((const struct bc_person *)b)->who);
}

static void count_deals(struct reading *reading)
{
    struct bc_people *people = reading->people;
    const struct bc_touches *touches = &reading->touches;

    people->deals = bc_calloc(touches->deal_n + 1, sizeof(*people->deals));
    for (size_t i = 0; i < touches->n; i++) {
        const struct bc_touch *touch = &touches->at[i];

        if (touch->n <= 0)
            continue;
        if (touch->by == LISTED)
            people->deals[people->deal_n++] =
                bc_arena_copy(people->arena, touches->deals[touch->deal]);
        else
            people->rows[touch->by].deals++;
    }
    if (people->deal_n)
        qsort(people->deals, people->deal_n, sizeof(*people->deals), bc_str_order);
}

static void finish(struct reading *reading)
{
    struct bc_people *people = reading->people;
    size_t kept = 0;

    count_deals(reading);
    for (size_t i = 0; i < people->row_n; i++)
        if (people->rows[i].n || people->rows[i].role_n)
            people->rows[kept++] = people->rows[i];
    people->row_n = kept;
    if (kept)
        qsort(people->rows, kept, sizeof(*people->rows), by_who);
}

bc_status bc_people_make(struct bc_people **out, bc_timelines *timelines,
                         const struct bc_question *question, const struct bc_people_ask *ask,
                         struct bc_err *err)
{
    struct reading reading = { .ask = ask,
                               .question = question,
                               .log = bc_timelines_log(timelines),
                               .people = bc_calloc(1, sizeof(*reading.people)) };
    bc_status rc = bc_question_known(question, reading.log, &reading.visible, err);

    reading.people->arena = bc_arena_new();
    if (rc == BC_OK)
        rc = bc_people_deals_read(&reading.deals, timelines, question, ask, err);
    if (rc == BC_OK)
        rc = read_log(&reading, err);
    if (rc == BC_OK)
        rc = take_back_retracted(&reading, err);
    if (rc == BC_OK && ask->by == BC_PEOPLE_BY_ACTOR)
        rc = read_roles(&reading, timelines, err);
    if (rc == BC_OK) {
        finish(&reading);
        *out = reading.people;
    } else {
        bc_people_free(reading.people);
    }
    bc_people_deals_release(&reading.deals);
    bc_table_release(&reading.table);
    bc_touches_release(&reading.touches);
    free(reading.fates);
    return rc;
}

void bc_people_free(struct bc_people *people)
{
    if (!people)
        return;
    bc_arena_free(people->arena);
    free(people->rows);
    free(people->deals);
    free(people);
}
