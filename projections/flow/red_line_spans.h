/* projections/flow/red_line_spans.h - red lines through time: how long each was in which state, and
 * whether a breach was answered. */
#ifndef BC_PROJECTIONS_FLOW_RED_LINE_SPANS_H
#define BC_PROJECTIONS_FLOW_RED_LINE_SPANS_H

#include "projections/report/report.h"

/* Dates, by number, one after the other, at which a line has one state, and no pivot between. */
struct bc_line_span {
    enum bc_red_line_state state;
    size_t first, last;
    bool unanswered; /* breached, and in the days after its first date that the rules give no pivot
                        was decided; these are over */
};

/* A decision that resets the line: it names the line or none, and is not one to stay. */
struct bc_line_pivot {
    int64_t at_us;
    uint64_t seq;
    struct bc_str red_line; /* empty: all of them */
    struct bc_str decision; /* as the log has it */
};

struct bc_line_story {
    struct bc_line_span *spans;
    size_t span_n;
    struct bc_line_pivot *pivots; /* after the first date, up to the last one */
    size_t pivot_n;
};

struct bc_red_line_spans {
    struct bc_report *report;    /* has the red lines at every date, and no metrics */
    struct bc_line_story *lines; /* in the order of the rules */
    bc_arena *arena;
};

/* The rules are borrowed. */
bc_status bc_red_line_spans_make(struct bc_red_line_spans **out, bc_timelines *timelines,
                                 const struct bc_question *question, struct bc_err *err);
/* The same of a report of the question that was made, with its red lines alone, and which it frees;
 * from the first of the dates on by which a deal has stood in a stage: spans and pivots of those
 * before are left out. */
bc_status bc_red_line_spans_begun(struct bc_red_line_spans **out, bc_timelines *timelines,
                                  const struct bc_question *question, struct bc_report *report,
                                  struct bc_err *err);
void bc_red_line_spans_free(struct bc_red_line_spans *spans); /* NULL is fine */

#endif
