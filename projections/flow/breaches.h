/* projections/flow/breaches.h - breaches of red lines that nobody answered, in all of a ledger's
 * time. */
#ifndef BC_PROJECTIONS_FLOW_BREACHES_H
#define BC_PROJECTIONS_FLOW_BREACHES_H

#include "projections/walk/walked_report.h"

/* A span of breached dates that is unanswered (projections/flow/red_line_spans.h). */
struct bc_breach {
    size_t line;     /* of the rules */
    int64_t from_us; /* the first date at which it was found, */
    int32_t day;     /* as a civil day */
    bool open;       /* it lasts at the question's date */
};

/* `{ 0 }` is empty. */
struct bc_breaches {
    struct bc_breach *at; /* in the order of the rules, of each line by time */
    size_t n, cap;
};

/* Looks at the question's one date, and week by week back from it, as far as there were deals. The
 * weeks are so many civil days, as windows' are. All weeks are counted in one walk over the deals.
 */
bc_status bc_breaches_make(struct bc_breaches *out, bc_timelines *timelines,
                           const struct bc_question *question, struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h): the report of all weeks
 * is begun, and once it was made the breaches are read of it. */
struct bc_breaches_weeks {
    struct bc_question weekly;
    int64_t *weeks_us;
    struct bc_report *report;
};
bc_status bc_breaches_begin(struct bc_walked *walked, struct bc_breaches_weeks *weeks,
                            bc_timelines *timelines, const struct bc_question *question,
                            struct bc_err *err);
/* Releases the weeks, also where making the report failed (`rc`, which it then returns); `{ 0 }` is
 * fine. */
bc_status bc_breaches_end(struct bc_breaches *out, struct bc_breaches_weeks *weeks,
                          bc_timelines *timelines, bc_status rc, struct bc_err *err);
void bc_breaches_release(struct bc_breaches *breaches);

/* Whether a meeting that was held last at `since` has it before it still, or only now: those that
 * are neither are old. */
static inline bool bc_breach_is_due(const struct bc_breach *breach, int64_t since_us)
{
    return breach->open || breach->from_us > since_us;
}

#endif
