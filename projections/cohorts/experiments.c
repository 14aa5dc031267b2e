/* One walk for all experiments: each part of the deals numbers those that it meets, with the arms
 * of each; the parts are joined by the ids of the experiments, and an experiment that no deal is in
 * is added from its own events. */
#include "projections/cohorts/experiments.h"

#include "ledger/base/number.h"
#include "projections/cohorts/experiment_arms.h"
#include "projections/facts/learning.h"
#include "projections/walk/about_none.h"

#include <stdlib.h>

/* What an answer points into. */
struct bc_experiments_owned {
    struct bc_about_none none;
    struct bc_experiment_list known;
    bc_arena *arena;
};

/* Experiments by number. */
struct set {
    bc_arena *arena;
    struct bc_table table;
    struct bc_experiment_arms *at;
    size_t n, cap;
};

struct making {
    struct bc_experiments **out;
    const struct bc_cohort_ask *ask;
    struct bc_walk walk;
    struct bc_cohort_look look;
    const struct bc_experiment_list *known;
    struct set set; /* of all parts */
    struct bc_experiments *experiments;
};

/* Some of the deals. */
struct part {
    const struct making *making;
    struct set set;
    uint64_t deal;
    struct bc_buf arm, listed_arm;
};

/* --- the experiments of a part --- */

static void release_set(struct set *set)
{
    for (size_t i = 0; i < set->n; i++)
        bc_cohort_rows_release(&set->at[i].rows);
    free(set->at);
    bc_table_release(&set->table);
    bc_arena_free(set->arena);
}

static struct bc_experiment_arms *add_experiment(const struct making *making, struct set *set,
                                                 struct bc_str id)
{
    const struct bc_experiment_words *found = bc_experiment_find(making->known, id);
    const struct bc_experiment_words words = found ? *found : (struct bc_experiment_words){ 0 };
    struct bc_experiment_arms *arms;
    bc_stage_set to;

    if (!set->arena)
        set->arena = bc_arena_new();
    BC_GROW(set->at, set->n, set->cap);
    arms = &set->at[set->n++];
    *arms =
        (struct bc_experiment_arms){ .id = bc_arena_copy(set->arena, id),
                                     .goal = bc_experiment_goal(&to, making->walk.rules, &words),
                                     .look = making->look };
    arms->look.to |= to;
    arms->has_target =
        bc_number_parse(&arms->target, bc_experiment_text(&words, BC_TEXT_EXPERIMENT_TARGET));
    return arms;
}

static struct bc_experiment_arms *arms_of(const struct making *making, struct set *set,
                                          struct bc_str id)
{
    const uint64_t hash = bc_str_hash(id);
    struct bc_table_probe probe = bc_table_find(&set->table, hash);
    uint32_t at;

    while (bc_table_next(&set->table, &probe, &at))
        if (bc_str_eq(set->at[at].id, id))
            return &set->at[at];
    bc_table_add(&set->table, hash, (uint32_t)set->n);
    return add_experiment(making, set, id);
}

/* --- one deal --- */

/* The outcomes that are to be listed of an arm. */
static unsigned listed_of(const struct part *part, const struct bc_experiment_arms *arms)
{
    const struct bc_cohort_ask *ask = part->making->ask;
    const bool listed = ask->list && bc_str_eq(ask->list[0], arms->id) &&
                        bc_str_eq(bc_buf_str(&part->listed_arm), bc_buf_str(&part->arm));

    return listed ? ask->list_outcomes : 0;
}

static void add_enrolment(struct part *part, const struct bc_deal *deal, const struct bc_view *view,
                          const struct bc_fact_at *fact, struct bc_experiment_arms *arms)
{
    const struct bc_cohort_anchor anchor = { fact->occurred_us, fact->seq };

    if (!bc_cohort_counts(&arms->rows, &arms->look, view, &anchor))
        return;
    part->arm.len = 0;
    bc_cohort_key_add(&part->arm, bc_learning_text(fact, BC_TEXT_ENROLMENT_ARM));
    bc_experiment_arms_add(arms, deal, &anchor, bc_buf_str(&part->arm), listed_of(part, arms));
}

/* An experiment is there once any deal is in it, also one that is gone, or of another slice. */
static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct making *making = part->making;
    const struct bc_str only = making->ask->experiment;
    bool viewed = false;

    (void)err;
    part->deal++;
    for (size_t i = 0; i < deal->learning_n; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];
        const struct bc_str id = bc_learning_text(fact, BC_TEXT_ENROLMENT_EXPERIMENT);
        struct bc_experiment_arms *arms;

        if (fact->occurred_us > making->look.as_of_us)
            break;
        if (fact->kind != BC_FACT_ENROLMENT || (only.len && !bc_str_eq(only, id)))
            continue;
        arms = arms_of(making, &part->set, id);
        if (arms->deal == part->deal)
            continue;
        arms->deal = part->deal;
        if (!viewed)
            bc_view_at(view, deal);
        viewed = true;
        if (fact->occurred_us > making->look.since_us)
            add_enrolment(part, deal, view, fact, arms);
    }
    return BC_OK;
}

/* --- all of them --- */

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;
    const struct bc_cohort_ask *ask;

    part->making = of;
    ask = part->making->ask;
    if (ask->list)
        bc_cohort_key_add(&part->listed_arm, ask->list[1]);
}

static void join_part(void *payload, void *of)
{
    struct making *making = payload;
    const struct part *part = of;

    for (size_t i = 0; i < part->set.n; i++) {
        const struct bc_experiment_arms *from = &part->set.at[i];
        struct bc_experiment_arms *arms = arms_of(making, &making->set, from->id);

        bc_cohort_rows_join(&arms->rows, &from->rows);
    }
}

static void end_part(void *payload)
{
    struct part *part = payload;

    release_set(&part->set);
    bc_buf_release(&part->arm);
    bc_buf_release(&part->listed_arm);
}

static void prepare(struct making *making)
{
    struct bc_walk *walk = &making->walk;

    walk->wants.kinds |= BC_FACT_BIT(BC_FACT_ENROLMENT);
    for (size_t i = 0; i < making->known->n; i++) {
        bc_stage_set to;

        if (bc_experiment_goal(&to, walk->rules, &making->known->at[i]) != BC_GOAL_OPENED)
            continue;
        walk->wants.kinds |= BC_FACT_BIT(BC_FACT_EMAIL_SENT) | BC_FACT_BIT(BC_FACT_EMAIL_OPENED) |
                             BC_FACT_BIT(BC_FACT_REPLY);
        walk->wants.emails_after_us = -1;
    }
}

/* --- the answer --- */

static int by_arm(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_cohort *)a)->values[0],
                      ((const struct bc_cohort *)b)->values[0]);
}

static void finish_cohort(struct bc_experiment *out, const struct bc_experiment_arms *arms)
{
    const struct bc_cohort_ask ask = { .by_n = 1 };
    struct bc_cohorts *cohort = out->cohort = bc_cohorts_new();

    bc_cohort_rows_finish(cohort, &arms->rows, &ask);
    qsort(cohort->rows, cohort->row_n, sizeof(*cohort->rows), by_arm);
}

static enum bc_met met_of(const struct bc_experiment *experiment,
                          const struct bc_experiment_arms *arms, const struct bc_cohort *tried)
{
    double rate;

    if (!arms->has_target || tried->n == 0 || experiment->goal == BC_GOAL_CLOSED)
        return BC_MET_UNKNOWN;
    if (experiment->goal == BC_GOAL_DAYS)
        return 2 * tried->beside.on_time >= tried->n ? BC_MET : BC_NOT_MET;
    rate = experiment->goal == BC_GOAL_OPENED
               ? (double)tried->beside.opened / (double)tried->beside.sent
               : (double)tried->converted / (double)tried->n;
    return rate >= arms->target ? BC_MET : BC_NOT_MET;
}

static void fill_cost(struct bc_experiment *out, const bc_rules *rules)
{
    out->has_cost = bc_experiment_cost(&out->cost, &out->words);
    out->currency = out->has_cost ? bc_experiment_currency(&out->words, rules)
                                  : bc_experiment_text(&out->words, BC_TEXT_EXPERIMENT_CURRENCY);
}

static void fill(struct bc_experiment *out, const struct making *making,
                 const struct bc_experiment_arms *arms, bc_arena *arena)
{
    const struct bc_experiment_words *words = bc_experiment_find(making->known, arms->id);
    const bc_rules *rules = making->walk.rules;
    struct bc_cohort tried;

    out->words =
        words ? *words : (struct bc_experiment_words){ .id = bc_arena_copy(arena, arms->id) };
    out->goal = arms->goal;
    out->to = arms->goal == BC_GOAL_OPENED ? 0 : arms->look.to;
    finish_cohort(out, arms);
    out->compare = bc_compare_arms(out->cohort->rows, out->cohort->row_n,
                                   (uint64_t)rules->learning.enough, &out->compare_n);
    tried = bc_tried_arms(out->cohort->rows, out->cohort->row_n);
    out->met = met_of(out, arms, &tried);
    fill_cost(out, rules);
}

static int by_id(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_experiment *)a)->words.id,
                      ((const struct bc_experiment *)b)->words.id);
}

/* A row that was to be listed is that of an experiment and an arm. */
static void take_list(struct bc_experiments *out, const struct bc_cohort_ask *ask)
{
    for (size_t i = 0; ask->list && i < out->n; i++) {
        const struct bc_cohorts *cohort = out->at[i].cohort;

        if (!bc_str_eq(out->at[i].words.id, ask->list[0]))
            continue;
        out->deals = cohort->deals;
        out->deal_n = cohort->deal_n;
        for (size_t arm = 0; arm < cohort->row_n; arm++)
            out->listed |= bc_str_eq(cohort->rows[arm].values[0], ask->list[1]);
    }
}

static void take(struct bc_experiments *out, struct making *making)
{
    const struct bc_str only = making->ask->experiment;

    for (size_t i = 0; i < making->known->n; i++)
        if (making->known->at[i].begun && (!only.len || bc_str_eq(only, making->known->at[i].id)))
            (void)arms_of(making, &making->set, making->known->at[i].id);
    out->n = making->set.n;
    out->at = bc_calloc(out->n + 1, sizeof(*out->at));
    for (size_t i = 0; i < out->n; i++)
        fill(&out->at[i], making, &making->set.at[i], out->owned->arena);
    qsort(out->at, out->n, sizeof(*out->at), by_id);
    take_list(out, making->ask);
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;

    (void)err;
    if (rc == BC_OK) {
        take(making->experiments, making);
        *making->out = making->experiments;
    } else {
        bc_experiments_free(making->experiments);
    }
    bc_walk_release(&making->walk);
    release_set(&making->set);
    free(making);
    return rc;
}

static bc_status read_known(struct making *making, struct bc_err *err)
{
    const struct bc_walk *walk = &making->walk;
    struct bc_experiments_owned *owned = making->experiments->owned;
    bc_status rc =
        bc_about_none_read(&owned->none, walk->timelines, walk->rules, walk->visible,
                           BC_FACT_BIT(BC_FACT_EXPERIMENT) | BC_FACT_BIT(BC_FACT_CONCLUSION), err);

    if (rc == BC_OK)
        bc_experiment_list_fill(&owned->known, owned->none.facts, owned->none.n,
                                making->look.as_of_us);
    making->known = &owned->known;
    return rc;
}

bc_status bc_experiments_begin(struct bc_walked *walked, struct bc_experiments **out,
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
    making->experiments = bc_calloc(1, sizeof(*making->experiments));
    making->experiments->owned = bc_calloc(1, sizeof(*making->experiments->owned));
    making->experiments->owned->arena = bc_arena_new();
    rc = bc_walk_init(&making->walk, timelines, question, err);
    if (rc == BC_OK)
        rc = read_known(making, err);
    if (rc == BC_OK)
        prepare(making);
    return rc;
}

bc_status bc_experiments_make(struct bc_experiments **out, bc_timelines *timelines,
                              const struct bc_question *question, const struct bc_cohort_ask *ask,
                              struct bc_err *err)
{
    struct bc_walked walked = { 0 };
    bc_status rc = bc_experiments_begin(&walked, out, timelines, question, ask, err);

    return bc_walk_answer(&walked, 1, rc, err);
}

void bc_experiments_free(struct bc_experiments *experiments)
{
    if (!experiments)
        return;
    for (size_t i = 0; i < experiments->n; i++) {
        bc_cohorts_free(experiments->at[i].cohort);
        free(experiments->at[i].compare);
    }
    free(experiments->at);
    bc_experiment_list_release(&experiments->owned->known);
    bc_about_none_release(&experiments->owned->none);
    bc_arena_free(experiments->owned->arena);
    free(experiments->owned);
    free(experiments);
}
