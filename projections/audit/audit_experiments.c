/* projections/audit/audit_experiments.c - findings about experiments, and about deals that were put
 * into them. */
#include "projections/audit/auditing.h"
#include "projections/facts/learning.h"

#include <stdlib.h>

bc_status bc_auditing_experiments_begin(struct bc_auditing *auditing, struct bc_err *err)
{
    struct bc_about_none *none = &auditing->none;
    bc_status rc =
        bc_about_none_read(none, auditing->timelines, auditing->rules, auditing->visible,
                           BC_FACT_BIT(BC_FACT_EXPERIMENT) | BC_FACT_BIT(BC_FACT_CONCLUSION), err);

    if (rc == BC_OK)
        bc_experiment_list_fill(&auditing->experiments, none->facts, none->n, auditing->as_of_us);
    return rc;
}

void bc_auditing_experiments_release(struct bc_auditing *auditing)
{
    bc_about_none_release(&auditing->none);
    bc_experiment_list_release(&auditing->experiments);
    free(auditing->enrolled);
}

/* --- a deal --- */

static struct bc_str id_of(const struct bc_fact_at *fact)
{
    return bc_learning_text(fact, BC_TEXT_ENROLMENT_EXPERIMENT);
}

static struct bc_str arm_of(const struct bc_fact_at *fact)
{
    return bc_learning_text(fact, BC_TEXT_ENROLMENT_ARM);
}

/* An experiment is there by its enrolments, too. */
static void note_experiment(struct bc_auditing *auditing, struct bc_str id)
{
    const struct bc_experiment_words *words = bc_experiment_find(&auditing->experiments, id);

    if (words && words->begun)
        return;
    for (size_t i = 0; i < auditing->enrolled_n; i++)
        if (bc_str_eq(auditing->enrolled[i], id))
            return;
    BC_GROW(auditing->enrolled, auditing->enrolled_n, auditing->enrolled_cap);
    auditing->enrolled[auditing->enrolled_n++] = bc_arena_copy(auditing->audit->arena, id);
}

/* The first enrolment in the same experiment. */
static const struct bc_fact_at *first_of(const struct bc_deal *deal, const struct bc_fact_at *fact)
{
    const struct bc_fact_at *first = deal->learning;

    while (first->kind != BC_FACT_ENROLMENT || !bc_str_eq(id_of(first), id_of(fact)))
        first++;
    return first;
}

static struct bc_finding *add(struct bc_auditing *auditing, enum bc_finding_kind kind,
                              const struct bc_deal *deal, const struct bc_fact_at *fact)
{
    struct bc_finding *finding = bc_auditing_add(auditing, kind, deal->id, fact->seq);

    finding->experiment = bc_arena_copy(auditing->audit->arena, id_of(fact));
    finding->at_us = fact->occurred_us;
    return finding;
}

static void look_at_enrolment(struct bc_auditing *auditing, const struct bc_deal *deal,
                              const struct bc_fact_at *fact)
{
    const struct bc_experiment_words *words =
        bc_experiment_find(&auditing->experiments, id_of(fact));
    const struct bc_fact_at *first = first_of(deal, fact);
    const struct bc_fact_at *end = words ? words->first_concluded : NULL;

    if (!bc_str_eq(arm_of(first), arm_of(fact))) {
        struct bc_finding *changed = add(auditing, BC_ARM_CHANGED, deal, fact);

        changed->from = bc_arena_copy(auditing->audit->arena, arm_of(first));
        changed->to = bc_arena_copy(auditing->audit->arena, arm_of(fact));
    }
    if (end && bc_fold_order(fact->occurred_us, fact->seq, end->occurred_us, end->seq) > 0)
        (void)add(auditing, BC_ENROLLED_AFTER_CONCLUSION, deal, fact);
}

void bc_auditing_enrolments(struct bc_auditing *auditing, const struct bc_deal *deal, bool there)
{
    for (size_t i = 0; i < deal->learning_n; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];

        if (fact->kind != BC_FACT_ENROLMENT || fact->occurred_us > auditing->as_of_us)
            continue;
        note_experiment(auditing, id_of(fact));
        if (there)
            look_at_enrolment(auditing, deal, fact);
    }
}

/* --- all experiments --- */

static struct bc_finding *add_about(struct bc_auditing *auditing, enum bc_finding_kind kind,
                                    struct bc_str id, const struct bc_fact_at *fact)
{
    struct bc_finding *finding =
        bc_auditing_add(auditing, kind, (struct bc_str){ 0 }, fact ? fact->seq : 0);

    finding->experiment = bc_arena_copy(auditing->audit->arena, id);
    return finding;
}

static void look_at_words(struct bc_auditing *auditing, const struct bc_experiment_words *words)
{
    const struct bc_str metric = bc_experiment_text(words, BC_TEXT_EXPERIMENT_METRIC);

    if (!bc_experiment_text(words, BC_TEXT_EXPERIMENT_HYPOTHESIS).len)
        (void)add_about(auditing, BC_NO_HYPOTHESIS, words->id, words->begun);
    if (words->concluded && !bc_experiment_end(words, BC_TEXT_CONCLUSION_LEARNING).len)
        (void)add_about(auditing, BC_CONCLUDED_WITHOUT_LEARNING, words->id, words->concluded);
    if (metric.len && !bc_rules_metric(auditing->rules, metric))
        add_about(auditing, BC_UNKNOWN_METRIC, words->id, words->begun)->metric =
            bc_arena_copy(auditing->audit->arena, metric);
}

static void look_at_running(struct bc_auditing *auditing, const struct bc_experiment_words *at,
                            size_t n)
{
    struct bc_str *running = bc_arena_alloc(auditing->audit->arena, (n + 1) * sizeof(*running));
    struct bc_finding *finding;
    size_t running_n = 0;

    for (size_t i = 0; i < n; i++)
        if (!at[i].concluded)
            running[running_n++] = bc_arena_copy(auditing->audit->arena, at[i].id);
    if (running_n <= (size_t)auditing->rules->learning.max_running)
        return;
    finding = bc_auditing_add(auditing, BC_TOO_MANY_RUNNING, (struct bc_str){ 0 }, 0);
    finding->experiments = running;
    finding->experiment_n = running_n;
}

static int by_id(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_experiment_words *)a)->id,
                      ((const struct bc_experiment_words *)b)->id);
}

void bc_auditing_experiments(struct bc_auditing *auditing)
{
    const struct bc_experiment_list *known = &auditing->experiments;
    struct bc_experiment_words *all = bc_calloc(known->n + auditing->enrolled_n + 1, sizeof(*all));
    size_t n = 0;

    for (size_t i = 0; i < known->n; i++)
        if (known->at[i].begun)
            all[n++] = known->at[i];
    for (size_t i = 0; i < auditing->enrolled_n; i++) {
        const struct bc_experiment_words *words = bc_experiment_find(known, auditing->enrolled[i]);

        all[n++] = words ? *words : (struct bc_experiment_words){ .id = auditing->enrolled[i] };
    }
    qsort(all, n, sizeof(*all), by_id);
    look_at_running(auditing, all, n);
    for (size_t i = 0; i < n; i++)
        look_at_words(auditing, &all[i]);
    free(all);
}
