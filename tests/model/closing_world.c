#include "tests/model/closing_world.h"

#include "tests/support/check.h"

#include <stdlib.h>
#include <string.h>

/* An event of what is added, by somebody or by nobody. */
static void add(struct law_world *world, enum bc_body body, const char *deal, int64_t us,
                int64_t recorded_us, uint64_t *random)
{
    static const char *const actors[] = { "", "amy", "bo" };
    const char *id = events_printf(&world->added, "closing/%zu", world->added.n);
    struct bc_event *event = events_add(&world->added, body, id, deal, us, recorded_us);

    event->actor = bc_str_of(actors[history_random(random, ARRAY_LEN(actors))]);
}

static void text(struct law_world *world, unsigned field, const char *const *words, size_t n,
                 uint64_t *random)
{
    events_set_text(&world->added, field, words[history_random(random, n)]);
}

static void tell_property(struct law_world *world, uint64_t *random)
{
    static const char *const names[] = { "contract_start", "contract_end", "mrr", "amount" };
    static const char *const values[] = { "2025-01-31", "100", "soon", "" };

    text(world, BC_PROPERTY_CHANGED_NAME, names, ARRAY_LEN(names), random);
    text(world, BC_PROPERTY_CHANGED_VALUE, values, ARRAY_LEN(values), random);
}

static void tell_at_random(struct law_world *world, struct bc_str deal, int64_t us,
                           int64_t recorded_us, uint64_t *random)
{
    static const enum bc_body bodies[] = {
        BC_LEARNING_RECORDED, BC_LEARNING_RECORDED,  BC_ARTIFACT_LINKED, BC_EXPERIMENT_CONCLUDED,
        BC_AGREEMENT_SIGNED,  BC_ORDER_STARTED,      BC_ORDER_PLACED,    BC_HANDOFF_OPENED,
        BC_HANDOFF_ACCEPTED,  BC_SERVICE_STARTED,    BC_HEALTH_RECORDED, BC_PROPERTY_CHANGED,
        BC_PROPERTY_CHANGED,  BC_PROPERTY_CHANGED,   BC_STAGE_CHANGED,   BC_STAGE_CHANGED,
        BC_ICP_PUBLISHED,     BC_PLAYBOOK_PUBLISHED, BC_RULES_PUBLISHED,
    };
    static const char *const texts[] = { "ask early", "ask late", "x1", "x2" };
    static const char *const more[] = { "price", "people", "" };
    static const char *const kinds[] = { "win_loss_analysis", "win_loss_analysis", "notes" };
    const enum bc_body body = bodies[history_random(random, ARRAY_LEN(bodies))];
    const bool alone =
        history_random(random, 4) == 0 &&
        (body == BC_LEARNING_RECORDED || body == BC_EXPERIMENT_CONCLUDED); /* about no deal */

    add(world, body, alone ? "" : events_printf(&world->added, "%.*s", BC_STR_ARG(deal)), us,
        recorded_us, random);
    if (body == BC_PROPERTY_CHANGED) {
        tell_property(world, random);
    } else if (body == BC_STAGE_CHANGED) {
        events_set_text(&world->added, BC_STAGE_CHANGED_TO, "closed_won");
    } else if (body == BC_ICP_PUBLISHED || body == BC_PLAYBOOK_PUBLISHED) {
        text(world, 1, texts, ARRAY_LEN(texts), random);
        text(world, 3, more, ARRAY_LEN(more), random);
    } else if (body == BC_RULES_PUBLISHED) {
        text(world, BC_RULES_PUBLISHED_VERSION, texts, ARRAY_LEN(texts), random);
        events_set_time(&world->added, BC_RULES_PUBLISHED_EFFECTIVE_FROM, us + BC_DAY_US);
        events_set_text(&world->added, BC_RULES_PUBLISHED_TEXT, "version: none");
    } else if (body == BC_ARTIFACT_LINKED) {
        text(world, 1, kinds, ARRAY_LEN(kinds), random);
        events_set_text(&world->added, 2, "https://notes.example/1");
    } else if (body == BC_LEARNING_RECORDED || body == BC_EXPERIMENT_CONCLUDED) {
        text(world, 1, texts, ARRAY_LEN(texts), random);
        text(world, 2, more, ARRAY_LEN(more), random);
        if (body == BC_EXPERIMENT_CONCLUDED)
            text(world, 3, more, ARRAY_LEN(more), random);
    } else {
        events_set_text(&world->added, 1, "one");
    }
}

/* Takes some of what was added back. */
static void retract_some(struct law_world *world, int64_t recorded_us, uint64_t *random)
{
    const size_t n = world->added.n;

    for (size_t i = 0; i < n; i += 9) {
        const char *id = events_printf(&world->added, "%.*s", BC_STR_ARG(world->added.at[i].id));

        add(world, BC_RETRACTED, "", world->added.at[i].occurred_us, recorded_us, random);
        events_set_text(&world->added, BC_RETRACTED_EVENT, id);
    }
}

void closing_world_open(struct law_world *world, unsigned n)
{
    const struct history *history = &world->history;
    uint64_t random = 300 + n;
    struct bc_str *deals;
    int64_t recorded_us;
    size_t deal_n;

    law_world_open(world, n);
    recorded_us = history->logged.at[history->logged.n - 1].recorded_us;
    deals = bc_calloc(history->logged.n, sizeof(*deals));
    deal_n = events_deals(deals, history->logged.at, history->logged.n);
    for (size_t i = 0; i < deal_n * 5; i++) {
        const struct bc_str deal = deals[history_random(&random, deal_n)];
        const size_t event = history_random(&random, history->logged.n);
        const int64_t half_days = (int64_t)history_random(&random, 3);

        tell_at_random(world, deal,
                       history->logged.at[event].occurred_us - half_days * BC_DAY_US / 2,
                       recorded_us, &random);
    }
    retract_some(world, recorded_us, &random);
    free(deals);
    law_world_append(world);
}
