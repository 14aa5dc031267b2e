/* projections/closing/losses.h - deals that were lost in a window: from which stage, for which
 * reason and under which ICP; and which of the lost are to be asked again.
 *
 * A loss is a visit to a stage of kind lost that was entered, or found after another visit: a deal
 * may be lost more than once. Its reason is the last that was recorded between the end of the loss
 * before and the end of this one. */
#ifndef BC_PROJECTIONS_CLOSING_LOSSES_H
#define BC_PROJECTIONS_CLOSING_LOSSES_H

#include "projections/walk/walk.h"

enum bc_loss_by {
    BC_LOSS_BY_STAGE,  /* the stage that was left; "": none before */
    BC_LOSS_BY_REASON, /* "": none was recorded */
    BC_LOSS_BY_ICP,    /* the version in force when the visit began; "": none was published */
    BC_LOSS_BY_N,
};

/* What is asked, beside the question's one date. Everything is borrowed. */
struct bc_losses_ask {
    unsigned slice;          /* of the rules */
    int64_t since_us;        /* visits that begin after it; INT64_MIN: since the beginning */
    bool list;               /* name the deals of all losses, or of those with a value: */
    enum bc_loss_by list_by; /* BC_LOSS_BY_N: of all */
    struct bc_str list_value;
};

struct bc_loss_count {
    struct bc_str value;
    uint64_t n;
};

/* Losses of one reason out of one stage. */
struct bc_loss_pair {
    struct bc_str stage, reason;
    uint64_t n, stage_n; /* of it; of all that are out of the stage */
};

/* A deal that stands in a stage of kind lost, and whose last loss names a day. */
struct bc_reengage {
    struct bc_str deal, date;
    bool due; /* the day has come */
};

struct bc_losses {
    uint64_t n;
    struct {
        struct bc_loss_count *at; /* by n downward, then in byte order */
        size_t n;
    } by[BC_LOSS_BY_N];
    struct bc_loss_pair *pairs; /* as by stage; of each by n downward, then in byte order */
    size_t pair_n;
    struct bc_reengage *reengage; /* in byte order of the deals */
    size_t reengage_n;
    struct bc_str *deals; /* those that are listed, in byte order, each once */
    size_t deal_n;
    bc_arena *arena;
};

/* The log was opened with all that is kept beside it (bc_ledger_open_all). */
bc_status bc_losses_make(struct bc_losses **out, bc_timelines *timelines,
                         const struct bc_question *question, const struct bc_losses_ask *ask,
                         struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h). */
bc_status bc_losses_begin(struct bc_walked *walked, struct bc_losses **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_losses_ask *ask,
                          struct bc_err *err);
void bc_losses_free(struct bc_losses *losses); /* NULL is fine */

#endif
