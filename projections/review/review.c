#include "projections/review/review.h"

#include "projections/walk/since.h"

#include <stdlib.h>

/* The parts that are answered by a walk over the deals, all by the same one. */
enum walked_part {
    FIGURES,
    BREACHES,
    STAGES,
    HANDOFF,
    RENEWALS,
    DEALS,
    FLOW,
    CLOSED,
    EXPERIMENTS,
    WALKED_N,
};

struct making {
    bc_timelines *timelines;
    const struct bc_question *question;
    const struct bc_review_ask *ask;
    struct bc_review *review;
    struct bc_walked walked[WALKED_N];
    struct bc_question between; /* of the flow */
    struct bc_deal_list_ask deals_ask;
    struct bc_breaches_weeks weeks;
};

static int64_t window_begin(const struct making *making)
{
    return bc_zone_window_begin(making->question->rules->zone, making->review->as_of_us,
                                BC_REVIEW_DAYS);
}

static unsigned slice_of(const struct making *making, struct bc_str usual)
{
    return bc_review_slice_of(making->ask, making->question, usual);
}

/* --- since when --- */

static bc_status read_since(struct making *making, struct bc_err *err)
{
    struct bc_review *review = making->review;
    struct bc_since since;
    bc_status rc = BC_OK;

    if (making->ask->since_asked) {
        review->since_us = making->ask->since_us;
    } else {
        rc = bc_since_read(&since, making->timelines, making->question, err);
        if (rc == BC_OK)
            review->since_us = since.review_us;
    }
    if (rc == BC_OK && review->since_us >= review->as_of_us)
        rc = bc_err_set(err, BC_E_USAGE, "--since is not before --as-of");
    return rc;
}

/* --- parts of the walk --- */

static bc_status begin_figures(struct making *making, struct bc_err *err)
{
    struct bc_review *review = making->review;

    return bc_review_figures_begin(&making->walked[FIGURES], &review->figures, making->timelines,
                                   making->question, review->since_us, err);
}

static bc_status begin_breaches(struct making *making, struct bc_err *err)
{
    return bc_breaches_begin(&making->walked[BREACHES], &making->weeks, making->timelines,
                             making->question, err);
}

static bc_status begin_stages(struct making *making, struct bc_err *err)
{
    struct bc_review *review = making->review;

    review->stages_ask = (struct bc_velocity_ask){ .slice = slice_of(making, BC_STR("new")),
                                                   .since_us = window_begin(making) };
    return bc_velocity_begin(&making->walked[STAGES], &review->stages, making->timelines,
                             making->question, &review->stages_ask, err);
}

static bc_status begin_handoff(struct making *making, struct bc_err *err)
{
    struct bc_review *review = making->review;

    review->handoff_ask = (struct bc_handoff_ask){ .slice = slice_of(making, BC_STR("all")),
                                                   .since_us = window_begin(making),
                                                   .pending_only = true };
    return bc_handoff_begin(&making->walked[HANDOFF], &review->handoff, making->timelines,
                            making->question, &review->handoff_ask, err);
}

static bc_status begin_renewals(struct making *making, struct bc_err *err)
{
    return bc_renewals_begin(&making->walked[RENEWALS], &making->review->renewals,
                             making->timelines, making->question, making->ask->slice, err);
}

static bc_status begin_deals(struct making *making, struct bc_err *err)
{
    struct bc_review *review = making->review;

    making->deals_ask = (struct bc_deal_list_ask){ .slice = review->slice,
                                                   .only = BC_DEALS_STALLED | BC_DEALS_PARKED };
    return bc_deal_list_begin(&making->walked[DEALS], &review->deals, making->timelines,
                              making->question, &making->deals_ask, err);
}

static bc_status begin_flow(struct making *making, struct bc_err *err)
{
    const unsigned all = (1U << BC_FLOW_KIND_N) - 1;
    struct bc_review *review = making->review;

    review->flow_us[0] = review->since_us;
    review->flow_us[1] = review->as_of_us;
    making->between = *making->question;
    making->between.as_of_us = review->flow_us;
    making->between.date_n = 2;
    review->flow_ask = (struct bc_flow_ask){ .stages = bc_rules_qualified(making->question->rules),
                                             .slice = slice_of(making, BC_STR("new")),
                                             .list = all & ~BC_FLOW_BIT(BC_STAYED_SAME) };
    return bc_flow_begin(&making->walked[FLOW], &review->flow, making->timelines, &making->between,
                         &review->flow_ask, err);
}

static bc_status begin_closed(struct making *making, struct bc_err *err)
{
    struct bc_review *review = making->review;

    return bc_closed_begin(&making->walked[CLOSED], &review->closed, making->timelines,
                           making->question, review->slice, review->since_us, err);
}

static bc_status begin_experiments(struct making *making, struct bc_err *err)
{
    struct bc_review *review = making->review;

    review->experiments_ask = (struct bc_cohort_ask){ .anchor = BC_ANCHOR_ENROLMENT,
                                                      .slice = slice_of(making, BC_STR("all")),
                                                      .since_us = INT64_MIN,
                                                      .mature = BC_NOT_MATURE };
    return bc_experiments_begin(&making->walked[EXPERIMENTS], &review->experiments,
                                making->timelines, making->question, &review->experiments_ask, err);
}

/* --- what is looked at of it --- */

static void take_deals(struct bc_review *review)
{
    review->stalled.at = bc_calloc(review->deals->n + 1, sizeof(*review->stalled.at));
    review->parked.at = bc_calloc(review->deals->n + 1, sizeof(*review->parked.at));
    for (size_t i = 0; i < review->deals->n; i++) {
        struct bc_review_some *some =
            review->deals->at[i].stalled ? &review->stalled : &review->parked;

        some->at[some->n++] = i;
    }
}

static bool is_looked_at(const struct bc_review *review, const struct bc_experiment *experiment)
{
    const struct bc_fact_at *end = experiment->words.concluded;

    return !end || end->occurred_us > review->since_us;
}

static void take_experiments(struct bc_review *review)
{
    review->looked_at = bc_calloc(review->experiments->n + 1, sizeof(*review->looked_at));
    for (size_t i = 0; i < review->experiments->n; i++)
        if (is_looked_at(review, &review->experiments->at[i]))
            review->looked_at[review->looked_at_n++] = i;
}

static bc_status walk(struct making *making, struct bc_err *err)
{
    static bc_status (*const begins[])(struct making * making, struct bc_err * err) = {
        begin_figures, begin_breaches, begin_stages, begin_handoff,     begin_renewals,
        begin_deals,   begin_flow,     begin_closed, begin_experiments,
    };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < sizeof(begins) / sizeof(begins[0]); i++)
        rc = begins[i](making, err);
    rc = bc_walk_answer(making->walked, WALKED_N, rc, err);
    rc = bc_breaches_end(&making->review->breaches, &making->weeks, making->timelines, rc, err);
    if (rc < 0)
        return rc;
    take_deals(making->review);
    take_experiments(making->review);
    return BC_OK;
}

/* --- what was recorded late --- */

static bc_status read_late(struct making *making, struct bc_err *err)
{
    bc_log *log = bc_timelines_log(making->timelines);
    struct bc_review *review = making->review;
    struct bc_visible visible;
    bc_status rc = bc_question_known(making->question, log, &visible, err);

    return rc < 0 ? rc
                  : bc_recorded_late_read(&review->late, log, &visible, review->since_us,
                                          review->as_of_us, err);
}

/* --- names --- */

struct ids {
    struct bc_str *at;
    size_t n, cap;
};

static void add_id(struct ids *ids, struct bc_str deal)
{
    if (deal.len == 0)
        return; /* it is about none */
    BC_GROW(ids->at, ids->n, ids->cap);
    ids->at[ids->n++] = deal;
}

static bc_status read_names(struct making *making, struct bc_err *err)
{
    struct bc_review *review = making->review;
    struct ids ids = { 0 };
    bc_status rc;

    for (size_t i = 0; i < review->flow->deal_n; i++)
        add_id(&ids, review->flow->deals[i].deal);
    for (size_t i = 0; i < review->closed->n; i++)
        add_id(&ids, review->closed->at[i].deal);
    for (size_t i = 0; i < review->renewals->n; i++) {
        add_id(&ids, review->renewals->at[i].deal);
        add_id(&ids, review->renewals->at[i].renewed_by);
    }
    for (size_t i = 0; i < review->handoff->deal_n; i++)
        add_id(&ids, review->handoff->deals[i].deal);
    for (size_t i = 0; i < review->deals->n; i++)
        add_id(&ids, review->deals->at[i].deal);
    for (size_t i = 0; i < review->deals->actions.n; i++)
        add_id(&ids, review->deals->actions.at[i].deal);
    for (size_t i = 0; i < review->late.shown; i++)
        add_id(&ids, review->late.first[i].deal);
    rc = bc_names_read(&review->names, making->timelines, making->question, ids.at, ids.n, err);
    free(ids.at);
    return rc;
}

/* --- the whole --- */

bc_status bc_review_make(struct bc_review **out, bc_timelines *timelines,
                         const struct bc_question *question, const struct bc_review_ask *ask,
                         struct bc_err *err)
{
    /* The walk checks all that is read without one. */
    static bc_status (*const parts[])(struct making * making, struct bc_err * err) = {
        read_since,
        walk,
        read_late,
        read_names,
    };
    struct bc_review *review = bc_calloc(1, sizeof(*review));
    struct making making = {
        .timelines = timelines, .question = question, .ask = ask, .review = review
    };
    bc_status rc = BC_OK;

    review->as_of_us = question->as_of_us[0];
    review->slice = bc_review_slice_of(ask, question, BC_STR("all"));
    for (size_t i = 0; rc == BC_OK && i < sizeof(parts) / sizeof(parts[0]); i++)
        rc = parts[i](&making, err);
    if (rc < 0) {
        bc_review_free(review);
        return rc;
    }
    *out = review;
    return BC_OK;
}

void bc_review_free(struct bc_review *review)
{
    if (!review)
        return;
    bc_report_free(review->figures.report);
    bc_flow_free(review->flow);
    bc_velocity_free(review->stages);
    bc_deal_list_free(review->deals);
    free(review->stalled.at);
    free(review->parked.at);
    bc_closed_free(review->closed);
    bc_experiments_free(review->experiments);
    free(review->looked_at);
    bc_renewals_free(review->renewals);
    bc_handoff_free(review->handoff);
    bc_breaches_release(&review->breaches);
    bc_recorded_late_release(&review->late);
    bc_names_release(&review->names);
    free(review);
}
