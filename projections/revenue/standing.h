/* projections/revenue/standing.h - for insiders: how deals stand by their contracts, now and at an
 * earlier instant, as the metrics `existing_business_active` and `overdue_renewal` of the rules
 * count them; and which deals are of one member. */
#ifndef BC_PROJECTIONS_REVENUE_STANDING_H
#define BC_PROJECTIONS_REVENUE_STANDING_H

#include "projections/metrics/metric.h"
#include "projections/walk/walk.h"

enum bc_standing {
    BC_WAS_ACTIVE = 1, /* at the earlier instant, and is not gone now */
    BC_IS_ACTIVE = 2,
    BC_IS_UPCOMING = 4, /* in a stage of kind won, and its contract begins after D */
    BC_IS_OVERDUE = 8,  /* till it is settled: unless another deal renews it */
};

/* Of all parts. */
struct bc_standings {
    const bc_rules *rules;
    struct bc_dates then; /* the earlier instant */
    bool has_active, has_overdue;
    struct bc_metric was_active, is_active, overdue;
};

/* Of the walk's one date, and of an instant before it; asks the walk for what it reads. */
void bc_standings_init(struct bc_standings *standings, struct bc_walk *walk, int64_t then_us);
void bc_standings_release(struct bc_standings *standings);

/* Of some of the deals. */
struct bc_standings_part {
    const struct bc_standings *all;
    struct bc_view then;
    struct bc_metric was_active, is_active, overdue;
};
void bc_standings_begin(struct bc_standings_part *part, const struct bc_standings *standings,
                        const struct bc_walk *walk);
/* A set of enum bc_standing, of a deal that the view shows and that is there. A deal that is not to
 * be counted may still renew another: it is to be seen, too. */
unsigned bc_standings_see(struct bc_standings_part *part, const struct bc_deal *deal,
                          struct bc_view *view);
void bc_standings_join(struct bc_standings *standings, struct bc_standings_part *part);
void bc_standings_end(struct bc_standings_part *part);
/* Once all are joined: whether another deal renews this one. */
void bc_standings_settle(struct bc_standings *standings);
bool bc_standings_renewed(const struct bc_standings *standings, struct bc_str deal);

#endif
