/* projections/activity/deal_row.h - what a meeting asks of one deal: whose it is, where it stands
 * and since when, what was done last, and what comes next.
 *
 * For any walk over the deals; many rows are read with one reader:
 *
 *     bc_deal_row_ask(&reader, &walk);                        before bc_walk_run
 *     bc_view_at(view, deal);                                 in the walker's `see`
 *     if (bc_deal_row_there(deal, view, date, slice))
 *         bc_deal_row_read(&row, &reader, deal, view, date);
 *
 * What is done about it, actions, is known only once all deals were seen
 * (projections/activity/actions.h). */
#ifndef BC_PROJECTIONS_ACTIVITY_DEAL_ROW_H
#define BC_PROJECTIONS_ACTIVITY_DEAL_ROW_H

#include "projections/activity/last_activity.h"
#include "projections/audit/finding.h"

struct bc_deal_row {
    struct bc_str deal, name, owner, type; /* "": none */
    struct bc_str stage;                   /* as bc_walk_stage names it; "": it is in none */
    int stage_number;                      /* of the rules, or BC_NO_STAGE */
    int64_t in_stage_us; /* since its visit began, an observed one since its observation */
    int64_t age_us;      /* since the first of its facts that the walk reads */
    bool stalled;        /* projections/flow/stalled.h */
    bool stalled_but_parked;
    bool parked;          /* in whatever stage, */
    int32_t parked_until; /* to this day since 1970 */
    bool has_amount, has_mrr;
    int64_t amount, mrr;    /* in millionths */
    struct bc_str currency; /* of both; that of the rules where the deal has none */
    struct bc_last_activity last;
    int64_t next_meeting_us;         /* or BC_NEVER */
    const struct bc_str *properties; /* those that were asked for, in their order; or NULL */
    /* Found once all deals were seen; where that was asked for (projections/activity/deal_list.h):
     */
    uint32_t finding_n;
    bc_finding_set findings; /* their kinds */
};

/* What is read, and how, by the rules of a walk, which it borrows. One serves all threads. */
struct bc_deal_row_reader {
    const struct bc_walk *walk;
    struct bc_last_activity_words words;
    enum bc_time_mode name, owner, type, amount, mrr, currency;
};

/* Has a walk read what a row needs. An age is exact only where it reads everything
 * (bc_walk_everything). */
void bc_deal_row_ask(struct bc_deal_row_reader *out, struct bc_walk *walk);
/* Whether a deal that the view shows exists at a date, is not gone, and is in a slice of the rules.
 */
bool bc_deal_row_there(const struct bc_deal *deal, const struct bc_view *view, uint32_t date,
                       unsigned slice);
/* A row of a deal that is there. Its texts are lent by the deal and the rules. */
void bc_deal_row_read(struct bc_deal_row *out, const struct bc_deal_row_reader *reader,
                      const struct bc_deal *deal, const struct bc_view *view, uint32_t date);
/* Keeps a row's texts. */
void bc_deal_row_keep(struct bc_deal_row *row, bc_arena *arena);

#endif
