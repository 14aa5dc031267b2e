/* tests/model/recount_audit_experiments.c - what the audit finds in experiments and enrolments. */
#include "tests/model/recount_world.h"

static bool names(const struct world *world, const struct bc_event *event, enum bc_body body,
                  struct bc_str experiment)
{
    return event->body == body && event->occurred_us <= world->as_of_us &&
           bc_str_eq(event->value[1].text, experiment);
}

static bool is_later(const struct bc_event *a, const struct bc_event *b)
{
    return a->occurred_us != b->occurred_us ? a->occurred_us > b->occurred_us : a->seq > b->seq;
}

/* The last event of a body that names an experiment, or the first; NULL: there is none. */
static const struct bc_event *event_of(const struct world *world, enum bc_body body,
                                       struct bc_str experiment, bool last)
{
    const struct bc_event *found = NULL;

    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];

        if (names(world, event, body, experiment) &&
            (!found || (last ? is_later(event, found) : is_later(found, event))))
            found = event;
    }
    return found;
}

static void audit_enrolment(const struct world *world, const struct deal *deal, size_t at,
                            struct recount *out)
{
    const struct bc_event *event = deal->events[at], *first = NULL;
    const struct bc_str experiment = event->value[1].text;
    const struct bc_event *end = event_of(world, BC_EXPERIMENT_CONCLUDED, experiment, false);
    struct recount_finding *finding;

    for (size_t i = 0; !first && i <= at; i++)
        if (names(world, deal->events[i], BC_DEAL_ENROLLED, experiment))
            first = deal->events[i];
    if (!bc_str_eq(first->value[2].text, event->value[2].text)) {
        finding = world_find(world, out, "arm_changed", deal);
        finding->experiment = experiment;
        finding->from = first->value[2].text;
        finding->to = event->value[2].text;
        finding->at_us = event->occurred_us;
        finding->event = event->id;
    }
    if (end && is_later(event, end)) {
        finding = world_find(world, out, "enrolled_after_conclusion", deal);
        finding->experiment = experiment;
        finding->at_us = event->occurred_us;
        finding->event = event->id;
    }
}

static void audit_words(const struct world *world, struct bc_str experiment, struct recount *out)
{
    const struct bc_event *begun = event_of(world, BC_EXPERIMENT_STARTED, experiment, true);
    const struct bc_event *end = event_of(world, BC_EXPERIMENT_CONCLUDED, experiment, true);
    const struct bc_str metric = begun ? begun->value[4].text : (struct bc_str){ 0 };
    bool known = metric.len == 0;

    if (!begun || begun->value[2].text.len == 0)
        world_find(world, out, "no_hypothesis", NULL)->experiment = experiment;
    if (end && end->value[3].text.len == 0)
        world_find(world, out, "concluded_without_learning", NULL)->experiment = experiment;
    for (size_t i = 0; i < world->rules->metric_n; i++)
        known |= bc_str_eq(metric, bc_str_of(world->rules->metrics[i].name));
    if (!known) {
        struct recount_finding *finding = world_find(world, out, "unknown_metric", NULL);

        finding->experiment = experiment;
        finding->metric = metric;
    }
}

static void audit_running(const struct world *world, const struct recount_ids *ids,
                          struct recount *out)
{
    struct bc_buf running = { 0 };
    int32_t n = 0;

    for (size_t i = 0; i < ids->n; i++) {
        if (event_of(world, BC_EXPERIMENT_CONCLUDED, ids->at[i], true))
            continue;
        bc_buf_printf(&running, "%s%.*s", n ? " " : "", BC_STR_ARG(ids->at[i]));
        n++;
    }
    if (n > world->rules->learning.max_running)
        world_find(world, out, "too_many_running", NULL)->experiment =
            bc_arena_copy(world->arena, bc_buf_str(&running));
    bc_buf_release(&running);
}

void world_audit_experiments(const struct world *world, struct recount *out)
{
    struct recount_ids ids = { 0 };

    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];

        if (event->occurred_us <= world->as_of_us &&
            (event->body == BC_EXPERIMENT_STARTED || event->body == BC_DEAL_ENROLLED))
            ids_add(world->arena, &ids, event->value[1].text);
    }
    for (size_t i = 0; i < world->deal_n; i++)
        for (size_t at = 0; !world->deals[i].gone && at < world->deals[i].folded; at++)
            if (world->deals[i].events[at]->body == BC_DEAL_ENROLLED)
                audit_enrolment(world, &world->deals[i], at, out);
    for (size_t i = 0; i < ids.n; i++)
        audit_words(world, ids.at[i], out);
    audit_running(world, &ids, out);
}
