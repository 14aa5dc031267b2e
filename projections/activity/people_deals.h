/* projections/activity/people_deals.h - for insiders: which deals count for people, and by which
 * events they were moved. */
#ifndef BC_PROJECTIONS_ACTIVITY_PEOPLE_DEALS_H
#define BC_PROJECTIONS_ACTIVITY_PEOPLE_DEALS_H

#include "ledger/base/table.h"
#include "projections/activity/people.h"
#include "projections/report/question.h"

struct bc_person_move {
    uint64_t seq; /* of the event that made it */
    enum bc_person_move_kind kind;
};

/* `{ 0 }` is empty. */
struct bc_people_deals {
    /* The slice is of every deal: then those that no fact is about count, too, and none. */
    bool whole;
    struct bc_table table; /* of the exceptions: those that do not count, or else those that do */
    struct bc_str *exceptions;
    size_t exception_n, exception_cap;
    struct bc_person_move *moves; /* by seq */
    size_t move_n, move_cap;
    bc_arena *arena;
};

/* Walks over the deals. A deal counts if it is not gone at the question's one date, and is in the
 * slice; moves are those of the window. */
bc_status bc_people_deals_read(struct bc_people_deals *out, bc_timelines *timelines,
                               const struct bc_question *question, const struct bc_people_ask *ask,
                               struct bc_err *err);
bool bc_people_deals_count(const struct bc_people_deals *deals, struct bc_str deal);
void bc_people_deals_release(struct bc_people_deals *deals);

#endif
