/* projections/activity/deal_list.h - the deals that are there at a date, a row each, and the
 * actions that are open: in one walk.
 *
 *     struct bc_deal_list_ask ask = { .slice = slice, .only = BC_DEALS_STALLED | BC_DEALS_PARKED };
 *     struct bc_deal_list *deals;
 *
 *     rc = bc_deal_list_make(&deals, timelines, &question, &ask, err);
 *     for (size_t i = 0; rc == BC_OK && i < deals->n; i++)
 *         print(&deals->at[i], bc_actions_of(&deals->actions, deals->at[i].deal));
 *     bc_deal_list_free(deals);
 *
 * Where another walk sees the deals anyway, it reads rows with projections/activity/deal_row.h. */
#ifndef BC_PROJECTIONS_ACTIVITY_DEAL_LIST_H
#define BC_PROJECTIONS_ACTIVITY_DEAL_LIST_H

#include "projections/activity/actions.h"
#include "projections/activity/deal_row.h"

enum {
    BC_DEALS_STALLED = 1,
    BC_DEALS_PARKED = 2, /* stalled, but for that they are parked */
};

/* What is asked, beside the question's one date: the deals for which all of it holds. */
struct bc_deal_list_ask {
    unsigned slice;         /* of the rules */
    struct bc_str deal;     /* this one alone; empty: any; borrowed */
    bc_stage_set stages;    /* in one of these; 0: in any, or in none */
    bool open;              /* in a stage of kind open */
    int64_t open_within_us; /* in such a stage, or in another one for so long at most; 0: any */
    bool by_owner;          /* whose owner is this one; "": who have none */
    struct bc_str owner;    /* borrowed */
    unsigned only;          /* of one of these kinds; 0: of any */
    const char *const *properties; /* their values are wanted, too; ends with NULL; NULL: none */
    bc_finding_set findings; /* kinds of findings that are looked for, by another walk; 0: none */
};

struct bc_deal_list {
    struct bc_deal_row *at; /* by the bytes of their ids */
    size_t n, cap;
    size_t there, owned;       /* deals of the slice, and of these of the owner who was asked for */
    struct bc_actions actions; /* of all deals of the slice, and of none; whatever else is asked */
    struct bc_action_notes notes;
    bc_arena *arena;
};

/* The log was opened with all that is kept beside it (bc_ledger_open_all). The caller frees *out.
 */
bc_status bc_deal_list_make(struct bc_deal_list **out, bc_timelines *timelines,
                            const struct bc_question *question, const struct bc_deal_list_ask *ask,
                            struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h). */
bc_status bc_deal_list_begin(struct bc_walked *walked, struct bc_deal_list **out,
                             bc_timelines *timelines, const struct bc_question *question,
                             const struct bc_deal_list_ask *ask, struct bc_err *err);
/* Finds the findings of these kinds for rows that were made without, in whatever order they are by
 * now. */
bc_status bc_deal_list_find(struct bc_deal_list *deals, bc_timelines *timelines,
                            const struct bc_question *question, bc_finding_set findings,
                            struct bc_err *err);
/* Puts the rows by stage as the rules have them, those of unknown stages after them and those of
 * none last; within a stage who is there longest first, then by the bytes of their ids. */
void bc_deal_list_by_stage(struct bc_deal_list *deals);
void bc_deal_list_free(struct bc_deal_list *deals); /* NULL is fine */

#endif
