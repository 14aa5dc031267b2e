/* projections/metrics/tally.h - the contributions of all deals added up, for each slice and
 * date. */
#ifndef BC_PROJECTIONS_METRICS_TALLY_H
#define BC_PROJECTIONS_METRICS_TALLY_H

#include "projections/metrics/campaigns.h"
#include "projections/metrics/contribution.h"
#include "projections/metrics/id_ranges.h"
#include "projections/metrics/quantiles.h"

/* What a tally does with contributions beyond counting them. */
enum bc_tally_mode {
    BC_TALLY_COUNT,
    BC_TALLY_RATE,      /* some are hits */
    BC_TALLY_SAMPLES,   /* their values make mean and quantiles */
    BC_TALLY_DISTINCT,  /* those of one id count once: meetings */
    BC_TALLY_CAMPAIGNS, /* some are hits; also for each campaign, if lists are wanted */
    BC_TALLY_RENEWABLE, /* they do not count while another deal renews theirs */
};

/* A range of dates at which a deal is stalled. */
struct bc_stalled {
    uint32_t first;
    uint32_t end : 24, slices : 8; /* dates first <= date < end; a bit each slice */
    struct bc_str deal;
};

/* A contribution as it was added, for explaining. */
struct bc_kept {
    struct bc_str deal;
    unsigned slice;
    struct bc_contribution contribution;
    uint64_t type_seq; /* of the event that put the deal into its slice, or 0 */
    /* Of the events by which the deal meets the metric's conditions on properties, or 0: what was
     * never set is lacking without one. */
    uint64_t condition_seqs[BC_P_N];
};

/* Differences from date to date until bc_tally_finish, then how many at each. Only rates have hits,
 * only means have what is excluded; for others they are NULL. */
struct bc_slice_tally {
    int64_t *n, *hit, *excluded;
};

/* The sums over a part of the deals; parts are joined in the order of their deals. */
struct bc_tally {
    enum bc_tally_mode mode;
    size_t date_n, slice_n;
    uint32_t slices_asked; /* bits: others stay 0 */
    bool lists;            /* stalled deals and campaigns are wanted */
    struct bc_slice_tally *slices;
    int64_t *numbers; /* what those point into */
    struct bc_samples samples;
    struct bc_id_ranges *ranges;   /* of modes that count by id; else NULL */
    struct bc_id_ranges *renewers; /* of BC_TALLY_RENEWABLE: the deals that are renewed */
    /* Those by which it is finished: its own, or another tally's, which is finished before. */
    const struct bc_id_ranges *renewed_by;
    struct bc_chunks stalled; /* bc_stalled, in deal order */
    struct bc_campaigns campaigns;
    uint32_t keep_slices; /* bits: of these, contributions that count at date 0 are kept */
    struct bc_kept *kept;
    size_t kept_n, kept_cap;
    bc_arena *arena; /* copies of deal ids */
};

/* With all slices, no lists, and nothing kept. */
void bc_tally_init(struct bc_tally *tally, enum bc_tally_mode mode, size_t date_n, size_t slice_n);
/* The same as another, but empty. */
void bc_tally_init_like(struct bc_tally *tally, const struct bc_tally *like);
void bc_tally_release(struct bc_tally *tally); /* a zeroed one is fine */
/* Of a metric that is split, that of a value, with which the present ranges of a view are marked;
 * made when it is first asked for. */
struct bc_tally *bc_tally_of(struct bc_metric *metric, uint32_t value);
/* Appends the contributions of `from` to those of `tally`; texts stay where they are, in both
 * arenas. */
void bc_tally_join(struct bc_tally *tally, struct bc_tally *from);
/* After the last contribution: adds up what is counted by id, and ranks samples; then n, hit and
 * excluded hold a number for each date. */
void bc_tally_finish(struct bc_tally *tally);
/* Whether another deal renews the deal of an id at a date. Only after bc_tally_finish. */
bool bc_tally_renewed(const struct bc_tally *tally, struct bc_id128 deal, uint32_t date);

#endif
