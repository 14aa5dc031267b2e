/* projections/metrics/campaigns.h - how many e-mails of each campaign count at each date, in memory
 * proportional to campaigns and the dates at which they run, not to e-mails.
 *
 *   all       | campaign | campaign | ...        as they are met; a table finds them by word
 *                  v
 *   at        | first date: slice 0, 1, ... | the date after it: slice 0, 1, ... | ... | */
#ifndef BC_PROJECTIONS_METRICS_CAMPAIGNS_H
#define BC_PROJECTIONS_METRICS_CAMPAIGNS_H

#include "ledger/base/mem.h"
#include "ledger/base/table.h"

/* How many more count, and are opened, than at the previous date. */
struct bc_change {
    int32_t sent, opened;
};

/* The changes of a campaign at the dates first <= date < end; there are none at others. */
struct bc_changes {
    uint32_t word; /* the campaign, a string number */
    uint32_t first, end;
    struct bc_change *at;
};

struct bc_campaigns {
    size_t date_n, slice_n; /* set before the first e-mail */
    struct bc_table table;  /* of numbers in `all` */
    struct bc_changes *all; /* of each campaign */
    size_t n, cap;
};

/* An e-mail counts in some slices at the dates first <= date < end. */
void bc_campaigns_add(struct bc_campaigns *campaigns, uint32_t word, uint32_t first, uint32_t end,
                      uint32_t slices, bool opened);
/* Moves the e-mails of `from` to those of `campaigns`. */
void bc_campaigns_join(struct bc_campaigns *campaigns, struct bc_campaigns *from);
void bc_campaigns_release(struct bc_campaigns *campaigns);

#endif
