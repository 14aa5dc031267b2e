/* projections/revenue/members.h - the members that have a contract, with what is known of each.
 *
 * A member is a company, or a deal without one. Deals in another currency than that of the rules
 * are counted, and are in nothing else. */
#ifndef BC_PROJECTIONS_REVENUE_MEMBERS_H
#define BC_PROJECTIONS_REVENUE_MEMBERS_H

#include "ledger/base/amount.h"
#include "projections/report/question.h"

enum bc_member_state {
    BC_MEMBER_ACTIVE,
    BC_MEMBER_UPCOMING, /* its contract begins after D */
    BC_MEMBER_OVERDUE,
    BC_MEMBER_ENDED,
    BC_MEMBER_STATE_N
};

struct bc_member {
    struct bc_str name; /* of the company; else the deal's id */
    bool is_deal;
    uint64_t deals;     /* with a contract */
    bc_int128 mrr;      /* what they are worth in the month of the date, in millionths */
    int32_t start, end; /* the first start, the last end */
    enum bc_member_state state;
    struct bc_str health, intent; /* the last of any of its deals; or empty */
};

struct bc_members {
    struct bc_member *rows; /* by name; a company before a deal of its name */
    size_t row_n;
    uint64_t other_currency; /* deals with a contract */
    struct bc_str *deals;    /* with a contract, of the members of the name that is listed */
    size_t deal_n, deal_cap;
    bc_arena *arena;
};

/* `list`: a member's name, or empty. The question has one date; its log was opened with all that is
 * kept beside it (bc_ledger_open_all). The caller frees *out. */
bc_status bc_members_make(struct bc_members **out, bc_timelines *timelines,
                          const struct bc_question *question, unsigned slice, struct bc_str list,
                          struct bc_err *err);
void bc_members_free(struct bc_members *members); /* NULL is fine */

#endif
