/* tests/model/recount_lines.c - red lines, over what came after the last pivot. */
#include "tests/model/recount_world.h"

static int64_t last_pivot(const struct world *world, const char *name)
{
    int64_t last_us = SINCE_EVER;

    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];
        struct bc_str named = event->value[BC_PIVOT_DECIDED_RED_LINE].text;

        if (event->body == BC_PIVOT_DECIDED && !event->value[BC_PIVOT_DECIDED_STAY].yes &&
            event->occurred_us <= world->as_of_us && event->occurred_us > last_us &&
            (!named.len || bc_str_eq(named, bc_str_of(name))))
            last_us = event->occurred_us;
    }
    return last_us;
}

static uint64_t entered(const struct world *world, unsigned slice, bc_stage_set stages,
                        int64_t begin_us)
{
    uint64_t n = 0;

    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];
        bool did = false;

        for (size_t j = 0; j < deal->visit_n; j++)
            did |= in_set(stages, deal->visits[j].stage) && !deal->visits[j].observed &&
                   in_window(world, begin_us, deal->visits[j].entered_us);
        n += did && deal_counts(world, deal, slice);
    }
    return n;
}

/* Exits in the window, and visits that have been open for too long, whenever they began. */
static struct attempts exits(const struct world *world, const struct bc_red_line_rule *rule,
                             int64_t begin_us, uint64_t *too_long)
{
    struct attempts sum = { 0 };

    for (size_t i = 0; i < world->deal_n; i++) {
        const struct deal *deal = &world->deals[i];
        struct attempts one;

        if (!deal_counts(world, deal, rule->slice))
            continue;
        one = deal_attempts(world, deal, rule->from, rule->to, begin_us);
        sum.n += one.n;
        sum.converted += one.converted;
        if (in_set(rule->from, deal_stage(deal)) &&
            world->as_of_us - deal->visits[deal->visit_n - 1].entered_us >
                rule->open_counts_after_us)
            ++*too_long;
    }
    return sum;
}

static uint64_t guard(const struct world *world, const struct bc_red_line_rule *rule,
                      int64_t begin_us, uint64_t attempts)
{
    struct held held = { rule->guard_stages, rule->guard_types, rule->guard_outcomes,
                         rule->guard_type_n, rule->guard_outcome_n };
    struct recount_ids deals = { 0 };

    switch (rule->guard) {
    case BC_GUARD_ATTEMPTS:
        return attempts;
    case BC_GUARD_MEETINGS:
        return world_meetings(world, &held, rule->slice, begin_us, &deals);
    case BC_GUARD_ENTRIES:
        return entered(world, rule->slice, rule->guard_stages, begin_us);
    }
    return 0;
}

static bool below(struct recount_number value, double threshold)
{
    return value.is && value.at < threshold;
}

static struct recount_number share(uint64_t part, uint64_t whole)
{
    return whole ? number((double)part / (double)whole) : (struct recount_number){ 0 };
}

void world_line(const struct world *world, const struct bc_red_line_rule *rule,
                struct recount_line *out)
{
    int64_t begin_us = last_pivot(world, rule->name);
    uint64_t too_long = 0;
    struct attempts attempts = exits(world, rule, begin_us, &too_long);
    bool enough, enough_at_worst;

    *out = (struct recount_line){ .name = rule->name,
                                  .guard = guard(world, rule, begin_us, attempts.n),
                                  .guard_needs = rule->guard_needs,
                                  .threshold = rule->threshold };
    enough = out->guard >= out->guard_needs;
    if (rule->conversion) {
        out->value = share(attempts.converted, attempts.n);
        out->worst = share(attempts.converted, attempts.n + too_long);
        enough_at_worst = guard(world, rule, begin_us, attempts.n + too_long) >= out->guard_needs;
    } else {
        out->value = number((double)entered(world, rule->slice, rule->to, begin_us));
        enough_at_worst = false;
    }
    /* A rate over nothing is no rate: it needs an attempt, whatever the guard counts. */
    enough = enough && out->value.is;

    if (enough && below(out->value, rule->threshold))
        out->state = RECOUNT_BREACHED;
    else if (enough_at_worst && below(out->worst, rule->threshold))
        out->state = RECOUNT_WOULD_BREACH;
    else
        out->state = enough ? RECOUNT_OK : RECOUNT_NOT_ENOUGH;
}
