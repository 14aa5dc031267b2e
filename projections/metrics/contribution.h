/* projections/metrics/contribution.h - what one deal adds to a metric, at which dates.
 *
 * A metric goes through the deals and adds each deal's contributions to a tally; a contribution is
 * valid for a range of dates. The tally divides it by the ranges at which the deal exists and by
 * its slices, and adds it up; when a figure is explained, it also keeps the contributions. So what
 * explains a figure is what makes it. */
#ifndef BC_PROJECTIONS_METRICS_CONTRIBUTION_H
#define BC_PROJECTIONS_METRICS_CONTRIBUTION_H

#include "projections/deal/view.h"

enum bc_role {
    BC_COUNTED,  /* n rests on it */
    BC_EXCLUDED, /* belongs here, but has no value */
    BC_STALLED,  /* goes into the list of stalled deals */
    BC_RENEWER,  /* renews the deal `id`; of no slice */
};

struct bc_contribution {
    enum bc_role role;
    bool hit;           /* converted; opened */
    bool growing;       /* its value at a date is value_us + the date */
    int64_t value_us;   /* lead time, time in stage */
    uint32_t word;      /* campaign */
    struct bc_id128 id; /* meeting; the deal itself, if it may be renewed; the deal renewed */
    int64_t left_us;    /* attempt: when the visit was left, */
    int to_stage;       /*   for which stage, */
    uint32_t to_word;   /*   with which id */
    uint64_t seqs[3];   /* events that cause it; 0: none */
};

struct bc_metric;
/* Adds a contribution for the dates first <= date < end to the tally of `metric`. */
void bc_contribution_add(struct bc_metric *metric, const struct bc_view *view, uint32_t first,
                         uint32_t end, const struct bc_contribution *contribution);

static inline uint32_t bc_later(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static inline uint32_t bc_earlier(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The dates at which a visit is open. */
static inline uint32_t bc_visit_first(const struct bc_view *view, const struct bc_visit *visit)
{
    return view->visit_first[visit - view->deal->visits];
}
static inline uint32_t bc_visit_end(const struct bc_view *view, const struct bc_visit *visit)
{
    return view->visit_first[visit - view->deal->visits + 1];
}

#endif
