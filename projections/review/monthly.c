#include "projections/review/monthly.h"

#include "projections/walk/since.h"

#include <stdlib.h>

struct making {
    bc_timelines *timelines;
    const struct bc_question *question;
    const struct bc_review_ask *ask;
    struct bc_monthly *monthly;
    struct bc_walked *walked; /* the parts that are answered by one walk over the deals */
    size_t walked_n, walked_cap;
};

static struct bc_walked *add_walked(struct making *making)
{
    BC_GROW(making->walked, making->walked_n, making->walked_cap);
    making->walked[making->walked_n] = (struct bc_walked){ 0 };
    return &making->walked[making->walked_n++];
}

/* The first stage by which leads qualify, as a set; none: the rules have none. */
static bc_stage_set first_qualified(const bc_rules *rules)
{
    const bc_stage_set set = bc_rules_qualified(rules);

    return set & (~set + 1);
}

/* --- parts --- */

static bc_status begin_signals(struct making *making, struct bc_err *err)
{
    struct bc_monthly *monthly = making->monthly;
    const bc_stage_set at = first_qualified(making->question->rules);

    monthly->signals_ask =
        (struct bc_cohort_ask){ .anchor = BC_ANCHOR_ENTRY,
                                .at = at,
                                .to = bc_rules_target(making->question->rules, at),
                                .slice = bc_review_slice_of(making->ask, making->question,
                                                            BC_STR("new")),
                                .since_us = INT64_MIN,
                                .mature = BC_NOT_MATURE };
    return at ? bc_signals_begin(add_walked(making), &monthly->signals, making->timelines,
                                 making->question, &monthly->signals_ask, err)
              : BC_OK;
}

static bc_status read_since(struct making *making, struct bc_err *err)
{
    struct bc_monthly *monthly = making->monthly;
    struct bc_since since;
    bc_status rc = BC_OK;

    if (making->ask->since_asked) {
        monthly->since_us = making->ask->since_us;
    } else {
        rc = bc_since_read(&since, making->timelines, making->question, err);
        if (rc == BC_OK)
            monthly->since_us = since.playbook_us;
    }
    if (rc == BC_OK && monthly->since_us >= monthly->as_of_us)
        rc = bc_err_set(err, BC_E_USAGE, "--since is not before --as-of");
    return rc;
}

static bc_status begin_closed(struct making *making, struct bc_err *err)
{
    struct bc_monthly *monthly = making->monthly;

    return bc_closed_begin(add_walked(making), &monthly->closed, making->timelines,
                           making->question, monthly->slice, monthly->since_us, err);
}

static bc_status begin_losses(struct making *making, struct bc_err *err)
{
    struct bc_monthly *monthly = making->monthly;

    monthly->losses_ask = (struct bc_losses_ask){ .slice = bc_review_slice_of(
                                                      making->ask, making->question, BC_STR("all")),
                                                  .since_us = monthly->since_us };
    return bc_losses_begin(add_walked(making), &monthly->losses, making->timelines,
                           making->question, &monthly->losses_ask, err);
}

static bc_status begin_learnings(struct making *making, struct bc_err *err)
{
    struct bc_monthly *monthly = making->monthly;

    monthly->learnings_ask =
        (struct bc_learnings_ask){ .slice = bc_review_slice_of(making->ask, making->question,
                                                               BC_STR("all")),
                                   .since_us = monthly->since_us };
    return bc_learnings_begin(add_walked(making), &monthly->learnings, making->timelines,
                              making->question, &monthly->learnings_ask, err);
}

static bc_status begin_cohorts(struct making *making, struct bc_err *err)
{
    static const struct bc_str keys[] = { { "playbook", 8 }, { "icp", 3 } };
    struct bc_monthly *monthly = making->monthly;
    const bc_rules *rules = making->question->rules;
    bc_status rc = BC_OK;

    monthly->cohorts = bc_calloc(2 * rules->metric_n, sizeof(*monthly->cohorts));
    for (size_t i = 0; i < 2 * rules->metric_n && rc == BC_OK; i++) {
        const struct bc_metric_rule *rule = &rules->metrics[i / 2];
        struct bc_monthly_cohorts *cohorts = &monthly->cohorts[monthly->cohort_n];

        if (rule->kind != BC_CONVERSION)
            continue;
        (void)bc_by_parse(&cohorts->by, keys[i % 2]);
        cohorts->metric = i / 2;
        cohorts->ask = (struct bc_cohort_ask){ .anchor = BC_ANCHOR_ENTRY,
                                               .at = rule->from,
                                               .to = rule->to,
                                               .slice = bc_review_slice_of(
                                                   making->ask, making->question, BC_STR("new")),
                                               .since_us = INT64_MIN,
                                               .mature = BC_NOT_MATURE,
                                               .by = &cohorts->by,
                                               .by_n = 1 };
        monthly->cohort_n++;
        rc = bc_cohorts_begin(add_walked(making), &cohorts->cohorts, making->timelines,
                              making->question, &cohorts->ask, err);
    }
    return rc;
}

static bc_status walk(struct making *making, struct bc_err *err)
{
    static bc_status (*const begins[])(struct making * making, struct bc_err * err) = {
        begin_signals, begin_cohorts, begin_closed, begin_losses, begin_learnings,
    };
    struct bc_monthly *monthly = making->monthly;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < sizeof(begins) / sizeof(begins[0]); i++)
        rc = begins[i](making, err);
    rc = bc_walk_answer(making->walked, making->walked_n, rc, err);
    if (rc == BC_OK)
        monthly->due = monthly->closed->n >= (size_t)making->question->rules->learning.closed_min;
    return rc;
}

/* --- versions --- */

static bc_status read_versions(struct making *making, struct bc_err *err)
{
    struct bc_versions *versions = &making->monthly->versions;
    bc_status rc = bc_versions_read(versions, making->timelines, making->question, INT64_MIN, err);
    size_t kept = 0;

    for (size_t i = 0; rc == BC_OK && i < versions->n; i++)
        if (versions->at[i].what != BC_VERSION_RULES)
            versions->at[kept++] = versions->at[i];
    versions->n = kept;
    return rc;
}

const struct bc_cohort *bc_monthly_row(const struct bc_monthly_cohorts *cohorts,
                                       const struct bc_version *version)
{
    const enum bc_by_kind kind = version->what == BC_VERSION_PLAYBOOK ? BC_BY_PLAYBOOK : BC_BY_ICP;

    for (size_t i = 0; cohorts->by.kind == kind && i < cohorts->cohorts->row_n; i++)
        if (bc_str_eq(cohorts->cohorts->rows[i].values[0], version->version))
            return &cohorts->cohorts->rows[i];
    return NULL;
}

/* --- names --- */

static bc_status read_names(struct making *making, struct bc_err *err)
{
    struct bc_monthly *monthly = making->monthly;
    const size_t most = monthly->closed->n + monthly->losses->reengage_n +
                        monthly->learnings->lesson_n + monthly->learnings->missing_n;
    struct bc_str *ids = bc_calloc(most + 1, sizeof(*ids));
    size_t n = 0;
    bc_status rc;

    for (size_t i = 0; i < monthly->closed->n; i++)
        ids[n++] = monthly->closed->at[i].deal;
    for (size_t i = 0; i < monthly->losses->reengage_n; i++)
        ids[n++] = monthly->losses->reengage[i].deal;
    for (size_t i = 0; i < monthly->learnings->missing_n; i++)
        ids[n++] = monthly->learnings->missing[i].deal;
    for (size_t i = 0; i < monthly->learnings->lesson_n; i++)
        if (monthly->learnings->lessons[i].deal.len)
            ids[n++] = monthly->learnings->lessons[i].deal;
    rc = bc_names_read(&monthly->names, making->timelines, making->question, ids, n, err);
    free(ids);
    return rc;
}

/* --- the whole --- */

bc_status bc_monthly_make(struct bc_monthly **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_review_ask *ask,
                          struct bc_err *err)
{
    /* The walk checks all that is read without one. */
    static bc_status (*const parts[])(struct making * making, struct bc_err * err) = {
        read_since,
        walk,
        read_versions,
        read_names,
    };
    struct bc_monthly *monthly = bc_calloc(1, sizeof(*monthly));
    struct making making = {
        .timelines = timelines, .question = question, .ask = ask, .monthly = monthly
    };
    bc_status rc = BC_OK;

    monthly->as_of_us = question->as_of_us[0];
    monthly->slice = bc_review_slice_of(ask, question, BC_STR("all"));
    for (size_t i = 0; rc == BC_OK && i < sizeof(parts) / sizeof(parts[0]); i++)
        rc = parts[i](&making, err);
    free(making.walked);
    if (rc < 0) {
        bc_monthly_free(monthly);
        return rc;
    }
    *out = monthly;
    return BC_OK;
}

void bc_monthly_free(struct bc_monthly *monthly)
{
    if (!monthly)
        return;
    bc_closed_free(monthly->closed);
    bc_losses_free(monthly->losses);
    bc_learnings_free(monthly->learnings);
    bc_signals_free(monthly->signals);
    bc_versions_release(&monthly->versions);
    for (size_t i = 0; i < monthly->cohort_n; i++)
        bc_cohorts_free(monthly->cohorts[i].cohorts);
    free(monthly->cohorts);
    bc_names_release(&monthly->names);
    free(monthly);
}
