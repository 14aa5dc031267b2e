/* projections/metrics/tally.h - shares of all deals added up, for each slice and date. */
#ifndef BC_PROJECTIONS_METRICS_TALLY_H
#define BC_PROJECTIONS_METRICS_TALLY_H

#include "projections/metrics/quantiles.h"
#include "projections/metrics/share.h"

/* What a tally does with counted shares beyond adding up how many there are. */
enum bc_tally_mode {
    BC_TALLY_COUNT,
    BC_TALLY_SAMPLES,   /* their values make mean and quantiles */
    BC_TALLY_DISTINCT,  /* those of one id count once: meetings */
    BC_TALLY_CAMPAIGNS, /* also for each campaign */
    BC_TALLY_RENEWABLE, /* they do not count while another deal renews theirs */
};

/* A share that needs more than being counted. */
struct bc_mark {
    uint32_t first, end;
    struct bc_id128 id;
    uint32_t word;
    bool hit;
};

struct bc_name {
    uint32_t first, end;
    struct bc_str deal;
};

/* A share as it was told, for explaining. */
struct bc_kept {
    struct bc_str deal;
    unsigned slice;
    struct bc_share share;
    uint64_t type_seq; /* of the event that put the deal into its slice, or 0 */
};

struct bc_slice_tally {
    /* Differences from date to date until bc_tally_finish, then how many at each. */
    int64_t *n, *hit, *excluded;
    struct bc_samples samples;
    struct bc_mark *marks;
    size_t mark_n, mark_cap;
    struct bc_name *names; /* stalled deals, in deal order */
    size_t name_n, name_cap;
};

struct bc_tally {
    enum bc_tally_mode mode;
    size_t date_n, slice_n;
    struct bc_slice_tally *slices;
    struct bc_mark *renewers; /* the deals that are renewed */
    size_t renewer_n, renewer_cap;
    uint32_t keep_slices; /* bits: of these, counted shares at date 0 are kept */
    struct bc_kept *kept;
    size_t kept_n, kept_cap;
    bc_arena *arena; /* copies of deal ids */
};

void bc_tally_init(struct bc_tally *tally, enum bc_tally_mode mode, size_t date_n, size_t slice_n);
void bc_tally_release(struct bc_tally *tally);
/* Adds what is told together; then n, hit and excluded hold a number for each date. */
void bc_tally_finish(struct bc_tally *tally);
/* Whether another deal renews the deal of an id at a date. Only after bc_tally_finish. */
bool bc_tally_renewed(const struct bc_tally *tally, struct bc_id128 deal, uint32_t date);

#endif
