#include "projections/deal_events.h"
#include "projections/diff_deals.h"

/* A step of a diff: to this station from the one before. */
struct step {
    const struct bc_diff_walk *walk;
    const struct bc_question *before, *after;
    enum bc_cause cause;
};

/* The group that a step is about, of either way of asking; none: it learns nothing. */
static uint8_t groups_of(enum bc_cause cause)
{
    unsigned learnt;

    if (cause < BC_CAUSE_LATE)
        return 0;
    learnt = (unsigned)cause - BC_CAUSE_LATE;
    return (uint8_t)(1u << learnt | 1u << (learnt + BC_LEARNT_CAUSE_N));
}

/* What was learnt late of the time after the date says nothing at it. */
static bool speaks_at(const struct step *step, const struct bc_event *event)
{
    return step->cause != BC_CAUSE_LATE || event->body == BC_RETRACTED ||
           event->occurred_us <= step->after->as_of_us[0];
}

static bool is_between(const struct step *step, const struct bc_deal_event *event)
{
    int64_t a = step->before->as_of_us[0], b = step->after->as_of_us[0];

    return !event->retracted_by && event->event.occurred_us > (a < b ? a : b) &&
           event->event.occurred_us <= (a < b ? b : a);
}

static bool is_behind(const struct step *step, const struct bc_deal_event *event)
{
    const struct bc_known_apart apart = bc_learnt_apart(step->walk->learnt, 0);

    if (step->cause == BC_CAUSE_TIME)
        return is_between(step, event);
    return (bc_known_group(&apart, event->event.seq) & groups_of(step->cause)) &&
           speaks_at(step, &event->event);
}

bc_status bc_diff_events(struct bc_diff_deal *deal, const struct bc_diff_walk *walk, size_t to,
                         bc_arena *arena, struct bc_err *err)
{
    const struct step step = { walk, &walk->stations[to - 1].question, &walk->stations[to].question,
                               walk->stations[to].cause };
    struct bc_deal_events events;
    struct bc_known known = { 0 };
    struct bc_str *ids;
    bc_status rc = BC_OK;

    if (step.cause == BC_CAUSE_RULE)
        return BC_OK;
    if (step.cause == BC_CAUSE_TIME)
        rc = bc_question_known(step.before, bc_timelines_log(walk->timelines), &known, err);
    if (rc == BC_OK)
        rc = bc_deal_events_read(&events, walk->timelines, &known, deal->deal, err);
    if (rc < 0)
        return rc;
    ids = bc_arena_alloc(arena, events.n * sizeof(*ids));
    for (size_t i = 0; i < events.n; i++)
        if (is_behind(&step, &events.at[i]))
            ids[deal->event_n++] = bc_arena_copy(arena, events.at[i].event.id);
    deal->events = ids;
    bc_deal_events_release(&events);
    return BC_OK;
}
