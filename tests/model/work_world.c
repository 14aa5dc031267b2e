#include "tests/model/work_world.h"

#include "tests/support/check.h"

#include <stdlib.h>

struct telling {
    struct law_world *world;
    const struct bc_str *deals;
    size_t deal_n;
    int64_t recorded_us;
    uint64_t random;
};

static const char *any(struct telling *telling, const char *const *words, size_t n)
{
    return words[history_random(&telling->random, n)];
}
#define ANY(telling, words) any(telling, words, ARRAY_LEN(words))

static void text(struct telling *telling, unsigned field, const char *word)
{
    events_set_text(&telling->world->added, field, word);
}

/* An event close to what else happens; about a deal, or about none. */
static void add(struct telling *telling, enum bc_body body, bool alone)
{
    static const char *const actors[] = { "", "amy", "bo", "cy@team.example" };
    static const char *const systems[] = { "", "manual", "hubspot" };
    struct events *added = &telling->world->added;
    const struct history *history = &telling->world->history;
    const struct bc_str deal = telling->deals[history_random(&telling->random, telling->deal_n)];
    const bool at_event = history_random(&telling->random, 3) != 0;
    const size_t at =
        history_random(&telling->random, at_event ? history->logged.n : history->asked_n);
    const int64_t us = at_event
                           ? history->logged.at[at].occurred_us
                           : history->asked[at] + 1 - (int64_t)history_random(&telling->random, 3);
    struct bc_event *event = events_add(added, body, events_printf(added, "work/%zu", added->n),
                                        alone ? "" : events_printf(added, "%.*s", BC_STR_ARG(deal)),
                                        us, telling->recorded_us);

    event->actor = bc_str_of(ANY(telling, actors));
    event->source_system = bc_str_of(ANY(telling, systems));
}

static void tell_action(struct telling *telling)
{
    static const char *const actions[] = { "a1", "a2", "a3", "a4", "a5", "a6" };
    static const char *const texts[] = { "call", "write" };
    static const char *const owners[] = { "amy", "bo", "" };
    static const char *const days[] = { "2024-02-29", "2024-12-31", "2025-07-01", "9999-12-31",
                                        "" };
    const bool closed = history_random(&telling->random, 3) == 0;

    add(telling, closed ? BC_ACTION_CLOSED : BC_ACTION_DECIDED,
        history_random(&telling->random, 4) == 0);
    text(telling, 1, ANY(telling, actions));
    if (closed)
        return;
    text(telling, 2, ANY(telling, texts));
    text(telling, 3, ANY(telling, owners));
    text(telling, 4, ANY(telling, days));
}

static void tell_role(struct telling *telling)
{
    static const char *const people[] = { "amy", "bo", "dee" };
    static const char *const roles[] = { "hunter", "farmer" };

    add(telling, BC_ROLE_ASSIGNED, history_random(&telling->random, 2) == 0);
    text(telling, 1, ANY(telling, people));
    text(telling, 2, ANY(telling, roles));
    events_set_yes(&telling->world->added, 3, history_random(&telling->random, 3) == 0);
}

static void tell_property(struct telling *telling)
{
    static const struct {
        const char *name, *values[5];
    } rows[] = {
        { "deal_name", { "One", "Two", "", "Three", "One" } },
        { "owner", { "amy", "bo", "", "amy", "x" } },
        { "amount", { "1000.5", "7", "-1", "x", "" } },
        { "mrr", { "100", "0.0000005", "1e3", "", "12" } },
        { "currency", { "USD", "EUR", "", "USD", "EUR" } },
        { "parked_until", { "2024-03-01", "2025-07-01", "9999-12-31", "", "later" } },
    };
    const size_t row = history_random(&telling->random, ARRAY_LEN(rows));

    add(telling, BC_PROPERTY_CHANGED, false);
    text(telling, 1, rows[row].name);
    text(telling, 2, ANY(telling, rows[row].values));
}

static void tell_meeting(struct telling *telling)
{
    static const char *const outcomes[] = { "scheduled", "scheduled", "rescheduled", "completed",
                                            "canceled" };
    static const char *const meetings[] = { "w1", "w2", "w3" };
    const struct bc_event *event;

    add(telling, BC_MEETING_LOGGED, false);
    event = &telling->world->added.at[telling->world->added.n - 1];
    text(telling, 1, ANY(telling, meetings));
    events_set_time(&telling->world->added, BC_MEETING_LOGGED_STARTS_AT,
                    event->occurred_us + (int64_t)history_random(&telling->random, 5) * BC_DAY_US);
    text(telling, BC_MEETING_LOGGED_OUTCOME, ANY(telling, outcomes));
}

/* What is done for a deal, or moves it. */
static void tell_deed(struct telling *telling)
{
    static const enum bc_body bodies[] = { BC_EMAIL_SENT,        BC_EMAIL_OPENED,
                                           BC_EMAIL_REPLIED,     BC_OUTREACH_ATTEMPTED,
                                           BC_LEARNING_RECORDED, BC_STAGE_CHANGED,
                                           BC_STAGE_CHANGED,     BC_DEAL_CREATED };
    static const char *const stages[] = { "outreach",    "discovery",  "proposal", "closed_lost",
                                          "closed_lost", "closed_won", "limbo" };
    const enum bc_body body = bodies[history_random(&telling->random, ARRAY_LEN(bodies))];

    add(telling, body, body == BC_LEARNING_RECORDED && history_random(&telling->random, 2));
    if (body == BC_DEAL_CREATED) {
        text(telling, BC_DEAL_CREATED_NAME, "Four");
        text(telling, BC_DEAL_CREATED_OWNER, "dee");
    }
    if (body == BC_DEAL_CREATED || body == BC_STAGE_CHANGED) {
        text(telling, body == BC_DEAL_CREATED ? BC_DEAL_CREATED_STAGE : BC_STAGE_CHANGED_TO,
             ANY(telling, stages));
        events_set_yes(&telling->world->added,
                       body == BC_DEAL_CREATED ? BC_DEAL_CREATED_OBSERVED
                                               : BC_STAGE_CHANGED_OBSERVED,
                       history_random(&telling->random, 6) == 0);
    } else {
        text(telling, 1, "e1");
    }
}

static void retract_some(struct telling *telling)
{
    struct events *added = &telling->world->added;
    const size_t n = added->n;

    for (size_t i = 0; i < n; i += 7) {
        const char *id = events_printf(added, "%.*s", BC_STR_ARG(added->at[i].id));

        add(telling, BC_RETRACTED, history_random(&telling->random, 2) == 0);
        text(telling, BC_RETRACTED_EVENT, id);
    }
}

void work_world_open(struct law_world *world, unsigned n)
{
    static void (*const tell[])(struct telling *
                                telling) = { tell_action,   tell_action,  tell_role, tell_property,
                                             tell_property, tell_meeting, tell_deed, tell_deed };
    struct telling telling = { .world = world, .random = 500 + n };
    const struct history *history = &world->history;
    struct bc_str *deals;

    law_world_open(world, n);
    telling.recorded_us = history->logged.at[history->logged.n - 1].recorded_us;
    deals = bc_calloc(history->logged.n, sizeof(*deals));
    telling.deals = deals;
    telling.deal_n = events_deals(deals, history->logged.at, history->logged.n);
    for (size_t i = 0; i < telling.deal_n * 8; i++)
        tell[history_random(&telling.random, ARRAY_LEN(tell))](&telling);
    retract_some(&telling);
    free(deals);
    law_world_append(world);
}
