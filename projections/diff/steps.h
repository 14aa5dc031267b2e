/* projections/diff/steps.h - the way from one question to another, in steps.
 *
 * First the rules change, then the date, then the visible events: late events, properties filled in
 * later, corrections, retractions (projections/diff/changed_events.h). Each step changes one thing
 * only, which causes all that a figure changes in it. So the parts of a figure's difference always
 * add up to the whole: the second figure of one step is the first of the next. (Where two causes
 * have an effect only together, the later step shows it.) */
#ifndef BC_PROJECTIONS_DIFF_STEPS_H
#define BC_PROJECTIONS_DIFF_STEPS_H

#include "projections/diff/changed_events.h"
#include "projections/report/question.h"

enum bc_cause {
    BC_CAUSE_RULE,
    BC_CAUSE_TIME, /* another date */
    BC_CAUSE_LATE,
    BC_CAUSE_FILLED_IN,
    BC_CAUSE_CORRECTION,
    BC_CAUSE_RETRACTION,
    BC_CAUSE_GIVEN, /* the first figure was given out, and is not what is computed today */
    BC_CAUSE_N
};
/* "rule", "time", "late_event", "property_filled_in", "correction", "retraction",
 * "given_otherwise" */
const char *bc_cause_name(enum bc_cause cause);

/* Two questions, each with one date, about one log. */
struct bc_ways {
    struct bc_question from, to;
    /* `from` under the rules of `to`: a date that was given as a day may be another instant in
     * their zone. The same as `from` where the rules are. */
    struct bc_question turned;
};
/* Which of the three has the date and the rules of a point. */
enum bc_way { BC_WAY_FROM, BC_WAY_TURNED, BC_WAY_TO };

enum { BC_POINTS_MAX = BC_CAUSE_N }; /* the first, and one after each step but "given" */

/* A question on the way from the first to the second. */
struct bc_point {
    enum bc_cause cause; /* what differs from the previous point */
    enum bc_way as;
    struct bc_question question;
    struct bc_override override;
};

/* `{ 0 }` may be released. The points refer to each other's memory: it stays where it is. */
struct bc_steps {
    struct bc_point points[BC_POINTS_MAX];
    size_t n;                         /* at least one */
    struct bc_changed_events changed; /* between the first and the last */
};

/* Rules and dates are borrowed. */
bc_status bc_steps_plan(struct bc_steps *out, bc_timelines *timelines, const struct bc_ways *ways,
                        struct bc_err *err);
void bc_steps_release(struct bc_steps *steps);

#endif
