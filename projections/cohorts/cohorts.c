/* The deals are divided into parts, each on a thread; a part numbers the combinations of values
 * that it meets and keeps a record a deal, and the parts are joined in order:
 *
 *   deal     fold, view            -> anchor, outcome, values
 *   part     combinations, records    joined: numbered again in one table
 *   row      counts, days             sorted once for the quantiles */
#include "projections/cohorts/cohorts.h"

#include "projections/cohorts/cohort_outcome.h"
#include "projections/facts/learning.h"
#include "projections/walk/about_none.h"

#include <stdlib.h>

struct making {
    struct bc_cohorts **out;
    const struct bc_cohort_ask *ask;
    struct bc_walk walk;
    struct bc_by_world world;
    struct bc_about_none none; /* what was published, leads of no deal */
    struct bc_cohort_look look;
    struct bc_cohorts *cohorts;
    struct bc_cohort_rows rows; /* of all parts */
};

/* Some of the deals. */
struct part {
    const struct making *making;
    struct bc_cohort_rows rows;
    struct bc_buf key, listed;
};

/* --- one deal --- */

static bool anchor_fact(struct bc_cohort_anchor *out, const struct making *making,
                        const struct bc_deal *deal)
{
    const bool lead = making->ask->anchor == BC_ANCHOR_LEAD;

    for (size_t i = 0; i < deal->learning_n; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];

        if (fact->occurred_us > making->look.as_of_us)
            return false;
        if (lead ? fact->kind != BC_FACT_LEAD
                 : fact->kind != BC_FACT_ENROLMENT ||
                       !bc_str_eq(bc_learning_text(fact, BC_TEXT_ENROLMENT_EXPERIMENT),
                                  making->ask->experiment))
            continue;
        *out = (struct bc_cohort_anchor){ fact->occurred_us, fact->seq };
        return true;
    }
    return false;
}

static void add_deal(struct part *part, const struct bc_deal *deal,
                     const struct bc_cohort_anchor *anchor, struct bc_cohort_record record)
{
    const struct making *making = part->making;
    const struct bc_cohort_ask *ask = making->ask;

    part->key.len = 0;
    for (size_t i = 0; i < ask->by_n; i++) {
        char room[BC_BY_ROOM];

        bc_cohort_key_add(&part->key,
                          bc_by_value(&ask->by[i], &making->world, deal, anchor->us, room));
    }
    bc_cohort_rows_add(&part->rows, bc_buf_str(&part->key), record,
                       ask->list && ask->list_outcomes >> record.outcome & 1 &&
                           bc_str_eq(bc_buf_str(&part->key), bc_buf_str(&part->listed)),
                       deal->id);
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct making *making = part->making;
    struct bc_cohort_anchor anchor = { 0 };
    const struct bc_cohort_ask *ask = making->ask;
    const bool anchored = ask->anchor == BC_ANCHOR_ENTRY
                              ? bc_cohort_entry(&anchor, &making->look, deal, ask->at)
                              : anchor_fact(&anchor, making, deal);
    const struct bc_cohort_anchor *counted = anchored ? &anchor : NULL;

    (void)err;
    if (!bc_cohort_asked(&making->look, deal, ask->at, counted))
        return BC_OK;
    bc_view_at(view, deal);
    if (bc_cohort_counts(&part->rows, &making->look, view, counted))
        add_deal(part, deal, &anchor, bc_cohort_outcome(&making->look, deal, &anchor));
    return BC_OK;
}

/* --- all of them --- */

static bc_status read_none(struct making *making, struct bc_err *err)
{
    uint64_t kinds = BC_FACT_BIT(BC_FACT_ICP) | BC_FACT_BIT(BC_FACT_PLAYBOOK);
    bc_status rc;

    if (making->ask->anchor == BC_ANCHOR_LEAD)
        kinds |= BC_FACT_BIT(BC_FACT_LEAD);
    rc = bc_about_none_read(&making->none, making->walk.timelines, making->walk.rules,
                            making->walk.visible, kinds, err);
    making->world.published = making->none.facts;
    making->world.published_n = making->none.n;
    return rc;
}

static void prepare(struct making *making)
{
    const struct bc_cohort_ask *ask = making->ask;
    struct bc_walk *walk = &making->walk;

    if (ask->anchor == BC_ANCHOR_ENROLMENT)
        walk->wants.kinds |= BC_FACT_BIT(BC_FACT_ENROLMENT);
    if (ask->anchor == BC_ANCHOR_LEAD)
        walk->wants.kinds |= BC_FACT_BIT(BC_FACT_LEAD);
    for (size_t i = 0; i < ask->by_n; i++)
        bc_by_ask(&ask->by[i], &walk->wants);
    making->world = bc_by_world_of(walk->rules, walk->strings);
    making->world.late_values = ask->late_values;
}

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;
    const struct bc_cohort_ask *ask;

    part->making = of;
    ask = part->making->ask;
    part->rows.keeps_whose = ask->each;
    for (size_t i = 0; ask->list && i < ask->by_n; i++)
        bc_cohort_key_add(&part->listed, ask->list[i]);
}

static void join_part(void *payload, void *of)
{
    struct making *making = payload;
    const struct part *part = of;

    bc_cohort_rows_join(&making->rows, &part->rows);
}

static void end_part(void *payload)
{
    struct part *part = payload;

    bc_cohort_rows_release(&part->rows);
    bc_buf_release(&part->key);
    bc_buf_release(&part->listed);
}

/* Leads of no deal are open for ever, in every slice; a property they have none. */
static void add_without_deal(struct making *making)
{
    struct part part = { 0 };

    begin_part(&part, making);
    for (size_t i = 0; making->ask->anchor == BC_ANCHOR_LEAD && i < making->none.n; i++) {
        const struct bc_fact_at *fact = &making->none.facts[i];
        const struct bc_deal lead = { .opened_us = BC_NEVER, .learning = fact, .learning_n = 1 };
        const struct bc_cohort_anchor anchor = { fact->occurred_us, fact->seq };

        if (fact->kind != BC_FACT_LEAD || anchor.us > making->look.as_of_us ||
            anchor.us <= making->ask->since_us)
            continue;
        if (anchor.us > making->look.mature_us) {
            part.rows.immature++;
            continue;
        }
        making->cohorts->without_deal++;
        add_deal(&part, &lead, &anchor, (struct bc_cohort_record){ .outcome = BC_COHORT_OPEN });
    }
    join_part(making, &part);
    end_part(&part);
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;

    (void)err;
    if (rc == BC_OK) {
        add_without_deal(making);
        bc_cohort_rows_finish(making->cohorts, &making->rows, making->ask);
        *making->out = making->cohorts;
    } else {
        bc_cohorts_free(making->cohorts);
    }
    bc_walk_release(&making->walk);
    bc_about_none_release(&making->none);
    bc_cohort_rows_release(&making->rows);
    free(making);
    return rc;
}

bc_status bc_cohorts_begin(struct bc_walked *walked, struct bc_cohorts **out,
                           bc_timelines *timelines, const struct bc_question *question,
                           const struct bc_cohort_ask *ask, struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making *making = bc_calloc(1, sizeof(*making));
    bc_status rc;

    *walked = (struct bc_walked){ &making->walk, &walker, making, end };
    making->out = out;
    making->ask = ask;
    making->look = bc_cohort_look_of(ask, question->rules, question->as_of_us[0]);
    making->cohorts = bc_cohorts_new();
    rc = bc_walk_init(&making->walk, timelines, question, err);
    prepare(making);
    return rc < 0 ? rc : read_none(making, err);
}

bc_status bc_cohorts_make(struct bc_cohorts **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_cohort_ask *ask,
                          struct bc_err *err)
{
    struct bc_walked walked = { 0 };
    bc_status rc = bc_cohorts_begin(&walked, out, timelines, question, ask, err);

    return bc_walk_answer(&walked, 1, rc, err);
}
