/* Events of a deal lie far apart in the log, and a deal moves in many figures. So each step reads
 * what it needs of all its deals at once, in the order of the log, and stores it once a deal:
 *
 *   moved, sorted ─> deal ─> seqs, less those that cannot be causes ─> candidates
 *                    deal ─> ...                                          │ read in order of seq
 *   figures  <─ ids, in the fold's order  <─ less those that were retracted
 *
 * Where facts say that an event occurred at another time, it is not read at all. */
#include "projections/diff/step_events.h"

#include "projections/events/deal_events.h"

#include <stdlib.h>

/* An event that may be the cause of what a step does. */
struct candidate {
    uint64_t seq;
    int64_t occurred_us;
    struct bc_str id; /* of one that is a cause */
    bool behind, retracts;
};

/* A step of a diff: to a point from the previous one. */
struct step {
    bc_timelines *timelines;
    const struct bc_steps *steps;
    enum bc_cause cause;
    int64_t after_us, upto_us; /* for the step of time: what occurred between; else only what
                                  occurred by then counts */
    struct bc_visible visible; /* for the step of time: before it */
    struct candidate *at;      /* deal by deal, each in the order of seq */
    size_t n, cap;
    struct bc_buf facts;
    bc_arena *arena;
};

static bc_status begin(struct step *step, bc_timelines *timelines, const struct bc_steps *steps,
                       size_t to, bc_arena *arena, struct bc_err *err)
{
    const struct bc_question *before = &steps->points[to - 1].question;
    int64_t a = before->as_of_us[0], b = steps->points[to].question.as_of_us[0];

    *step = (struct step){ .timelines = timelines,
                           .steps = steps,
                           .cause = steps->points[to].cause,
                           .upto_us = b,
                           .arena = arena };
    if (step->cause != BC_CAUSE_TIME)
        return BC_OK;
    step->after_us = a < b ? a : b;
    step->upto_us = a < b ? b : a;
    return bc_question_known(before, bc_timelines_log(timelines), &step->visible, err);
}

static void end(struct step *step)
{
    free(step->at);
    bc_buf_release(&step->facts);
}

/* --- candidates --- */

/* The groups that a step switches, of either question; none: it changes no events. */
static uint8_t groups_of(enum bc_cause cause)
{
    unsigned changed;

    if (cause < BC_CAUSE_LATE)
        return 0;
    changed = (unsigned)cause - BC_CAUSE_LATE;
    return (uint8_t)(1u << changed | 1u << (changed + BC_CHANGED_N));
}

static bool is_between(const struct step *step, int64_t occurred_us)
{
    return occurred_us > step->after_us && occurred_us <= step->upto_us;
}

/* Whether the facts show that an event does not belong to the step of time. Facts, like the seqs in
 * question, are in the order of seq. */
static bool is_elsewhere(const struct step *step, struct bc_str *facts, struct bc_fact *fact,
                         uint64_t seq)
{
    while (fact->seq < seq)
        if (!bc_fact_take(fact, facts))
            fact->seq = UINT64_MAX;
    return fact->seq == seq && fact->kind != BC_FACT_RETRACTED &&
           !is_between(step, fact->occurred_us);
}

static bc_status add_deal(struct step *step, struct bc_str deal, struct bc_err *err)
{
    const struct bc_override override = bc_changed_events_apart(&step->steps->changed, 0);
    bool time = step->cause == BC_CAUSE_TIME;
    uint8_t groups = groups_of(step->cause);
    struct bc_fact fact = { 0 };
    struct bc_str facts;
    uint64_t *seqs = NULL;
    size_t n = 0;
    bc_status rc = bc_timelines_check_seqs(step->timelines, err);

    if (rc == BC_OK)
        rc = bc_timelines_seqs(step->timelines, deal, &seqs, &n, err);
    if (rc == BC_OK && time)
        rc = bc_timelines_facts(step->timelines, deal, &step->facts, err);
    facts = bc_buf_str(&step->facts);
    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        if (time ? is_elsewhere(step, &facts, &fact, seqs[i])
                 : !(bc_override_group(&override, seqs[i]) & groups))
            continue;
        BC_GROW(step->at, step->n, step->cap);
        step->at[step->n++] = (struct candidate){ .seq = seqs[i] };
    }
    free(seqs);
    return rc;
}

/* --- causes --- */

/* A late event about the time after the date has no effect at it. */
static bool speaks(const struct step *step, const struct bc_event *event)
{
    if (step->cause == BC_CAUSE_TIME)
        return is_between(step, event->occurred_us);
    return step->cause != BC_CAUSE_LATE || event->body == BC_RETRACTED ||
           event->occurred_us <= step->upto_us;
}

static bc_status see(void *payload, size_t place, const struct bc_event *event, struct bc_err *err)
{
    struct step *step = payload;
    struct candidate *candidate = &step->at[place];

    (void)err;
    if (!bc_visible_has(&step->visible, event->seq,
                        event->has_source_recorded ? &event->source_recorded_us : NULL))
        return BC_OK;
    candidate->occurred_us = event->occurred_us;
    candidate->retracts = event->body == BC_RETRACTED;
    candidate->behind = speaks(step, event);
    if (candidate->behind)
        candidate->id = bc_arena_copy(step->arena, event->id);
    return BC_OK;
}

static bc_status read_candidates(struct step *step, struct bc_err *err)
{
    struct bc_wanted *wanted = bc_calloc(step->n, sizeof(*wanted));
    bc_status rc;

    for (size_t i = 0; i < step->n; i++)
        wanted[i] = (struct bc_wanted){ step->at[i].seq, i };
    rc = bc_log_read_each(bc_timelines_log(step->timelines), wanted, step->n, see, step, err);
    free(wanted);
    return rc;
}

/* Changed events are named even where they were retracted. */
static bc_status drop_retracted(struct step *step, struct candidate *at, size_t n,
                                struct bc_err *err)
{
    struct bc_fate *fates;
    bc_status rc;

    if (step->cause != BC_CAUSE_TIME)
        return BC_OK;
    fates = bc_calloc(n, sizeof(*fates));
    for (size_t i = 0; i < n; i++)
        fates[i] = (struct bc_fate){ .seq = at[i].seq, .retracts = at[i].retracts };
    rc = bc_fates_mark(fates, n, bc_timelines_log(step->timelines), err);
    for (size_t i = 0; rc == BC_OK && i < n; i++)
        at[i].behind = at[i].behind && !fates[i].by;
    free(fates);
    return rc;
}

static int in_fold_order(const void *a, const void *b)
{
    const struct candidate *left = a, *right = b;

    return bc_fold_order(left->occurred_us, left->seq, right->occurred_us, right->seq);
}

/* The ids of a deal's candidates that are causes, for the first of the figures that it moves in. */
static bc_status name(struct step *step, struct bc_step_deal *deal, struct candidate *at, size_t n,
                      struct bc_err *err)
{
    bc_status rc = drop_retracted(step, at, n, err);
    size_t behind = 0;
    struct bc_str *ids;

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < n; i++)
        if (at[i].behind)
            at[behind++] = at[i];
    if (behind > 1)
        qsort(at, behind, sizeof(*at), in_fold_order);
    ids = bc_arena_alloc(step->arena, behind * sizeof(*ids));
    for (size_t i = 0; i < behind; i++)
        ids[i] = at[i].id;
    deal->events = ids;
    deal->event_n = behind;
    return BC_OK;
}

/* --- the whole --- */

static bool same_deal(const struct bc_step_moved *a, const struct bc_step_moved *b)
{
    return bc_str_eq(a->deal->deal, b->deal->deal);
}

/* Of n deals that one step moved, in order. */
static bc_status name_step(struct step *step, struct bc_step_moved *moved, size_t n,
                           struct bc_err *err)
{
    size_t *ends = bc_calloc(n, sizeof(*ends)); /* of each deal's candidates */
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        if (i == 0 || !same_deal(&moved[i], &moved[i - 1]))
            rc = add_deal(step, moved[i].deal->deal, err);
        ends[i] = step->n;
    }
    if (rc == BC_OK)
        rc = read_candidates(step, err);
    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        size_t first = i ? ends[i - 1] : 0;

        if (i > 0 && same_deal(&moved[i], &moved[i - 1])) {
            moved[i].deal->events = moved[i - 1].deal->events;
            moved[i].deal->event_n = moved[i - 1].deal->event_n;
        } else if (ends[i] > first) {
            rc = name(step, moved[i].deal, step->at + first, ends[i] - first, err);
        }
    }
    free(ends);
    return rc;
}

static int by_step(const void *a, const void *b)
{
    const struct bc_step_moved *left = a, *right = b;

    if (left->to != right->to)
        return left->to < right->to ? -1 : 1;
    return bc_str_cmp(left->deal->deal, right->deal->deal);
}

bc_status bc_step_events(struct bc_step_moved *moved, size_t n, bc_timelines *timelines,
                         const struct bc_steps *steps, bc_arena *arena, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (n > 1)
        qsort(moved, n, sizeof(*moved), by_step);
    for (size_t i = 0, next; rc == BC_OK && i < n; i = next) {
        struct step step;

        for (next = i + 1; next < n && moved[next].to == moved[i].to;)
            next++;
        if (steps->points[moved[i].to].cause == BC_CAUSE_RULE)
            continue;
        rc = begin(&step, timelines, steps, moved[i].to, arena, err);
        if (rc == BC_OK)
            rc = name_step(&step, moved + i, next - i, err);
        end(&step);
    }
    return rc;
}
