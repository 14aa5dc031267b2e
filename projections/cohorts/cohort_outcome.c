#include "projections/cohorts/cohort_outcome.h"

struct bc_cohort_look bc_cohort_look_of(const struct bc_cohort_ask *ask, const bc_rules *rules,
                                        int64_t as_of_us)
{
    return (struct bc_cohort_look){
        .rules = rules,
        .kind = ask->anchor,
        .to = ask->to | bc_rules_closed(rules),
        .slice = ask->slice,
        .as_of_us = as_of_us,
        .since_us = ask->since_us,
        .mature = ask->mature,
        .mature_us = ask->mature == BC_NOT_MATURE
                         ? INT64_MAX
                         : bc_zone_window_begin(rules->zone, as_of_us, ask->mature),
    };
}

/* Visits that begin up to the date. */
static size_t visits_by(const struct bc_deal *deal, int64_t us)
{
    size_t n = deal->visit_n;

    while (n && deal->visits[n - 1].entered_us > us)
        n--;
    return n;
}

bool bc_cohort_entry(struct bc_cohort_anchor *out, const struct bc_cohort_look *look,
                     const struct bc_deal *deal, bc_stage_set at)
{
    const struct bc_visit *visit = bc_deal_entry(deal, 0, at);

    if (!visit || visit->entered_us > look->as_of_us)
        return false;
    *out = (struct bc_cohort_anchor){ visit->entered_us, visit->seq };
    return true;
}

static bool found_in(const struct bc_cohort_look *look, const struct bc_deal *deal, bc_stage_set at)
{
    for (size_t i = 0; i < visits_by(deal, look->as_of_us); i++)
        if (bc_stage_in(at, deal->visits[i].stage))
            return deal->visits[i].entered_us > look->since_us;
    return false;
}

bool bc_cohort_asked(const struct bc_cohort_look *look, const struct bc_deal *deal, bc_stage_set at,
                     const struct bc_cohort_anchor *anchor)
{
    return anchor ? anchor->us > look->since_us
                  : look->kind == BC_ANCHOR_ENTRY && found_in(look, deal, at);
}

bool bc_cohort_counts(struct bc_cohort_rows *rows, const struct bc_cohort_look *look,
                      const struct bc_view *view, const struct bc_cohort_anchor *anchor)
{
    if (!(bc_view_slices(view, 0) >> look->slice & 1))
        return false;
    if (!bc_view_present(view, 0))
        rows->gone += anchor != NULL;
    else if (!anchor)
        rows->excluded++;
    else if (anchor->us > look->mature_us)
        rows->immature++;
    else
        return true;
    return false;
}

static bool is_after(const struct bc_cohort_look *look, const struct bc_visit *visit,
                     const struct bc_cohort_anchor *anchor)
{
    if (look->kind == BC_ANCHOR_LEAD)
        return visit->entered_us >= anchor->us;
    return bc_fold_order(visit->entered_us, visit->seq, anchor->us, anchor->seq) > 0;
}

bool bc_cohort_in_time(const struct bc_cohort_look *look, int64_t us,
                       const struct bc_cohort_anchor *anchor)
{
    return look->mature == BC_NOT_MATURE ||
           bc_zone_window_begin(look->rules->zone, us, look->mature) <= anchor->us;
}

struct bc_cohort_record bc_cohort_outcome(const struct bc_cohort_look *look,
                                          const struct bc_deal *deal,
                                          const struct bc_cohort_anchor *anchor)
{
    const size_t n = visits_by(deal, look->as_of_us);
    int stage = BC_NO_STAGE;
    size_t i = 0;

    for (; i < n && !is_after(look, &deal->visits[i], anchor); i++)
        stage = deal->visits[i].stage;
    if (bc_stage_in(look->to, stage))
        return (struct bc_cohort_record){ .outcome = BC_COHORT_ALREADY };
    for (; i < n; i++) {
        if (!bc_cohort_in_time(look, deal->visits[i].entered_us, anchor))
            continue; /* not the last one: a clock that was set back shows an hour twice */
        stage = deal->visits[i].stage;
        if (bc_stage_in(look->to, stage))
            return (struct bc_cohort_record){ .outcome = BC_COHORT_CONVERTED,
                                              .us = deal->visits[i].entered_us - anchor->us };
    }
    return (struct bc_cohort_record){ .outcome = bc_stage_in(look->rules->lost, stage)
                                                     ? BC_COHORT_FAILED
                                                     : BC_COHORT_OPEN };
}
