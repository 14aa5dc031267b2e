/* tools/show/restated.h - issued reports asked again as they were asked: what of each would read
 * differently now.
 *
 * Up to RESTATED_AT_ONCE of them are asked in one walk over the deals, whatever dates, rules and
 * known-at each has, and the deals behind what differs are found in a second one, where anything
 * does (projections/diff/diff.h). More are asked so many at a time, since each takes the memory of
 * a few answers. Beside that, the events that one has not seen are read from the log for each
 * report: those after it, or, of one that was asked by the source's clock, all. */
#ifndef BC_TOOLS_SHOW_RESTATED_H
#define BC_TOOLS_SHOW_RESTATED_H

#include "tools/show/issued_report.h"

enum { RESTATED_AT_ONCE = 32, RESTATED_LATELY_DAYS = 92 };

/* How reports are asked again; all of it is borrowed. */
struct restating {
    bc_timelines *timelines;
    rules_shelf *shelf; /* of now */
    unsigned threads;
    bool events;      /* name the events behind each deal, too */
    bool reviews;     /* make reviews again whole, of a log opened with all that is kept beside it;
                         else only their figures and red lines are asked, in the same walk */
    bool known_asked; /* now is what was known then; else all that the log holds */
    int64_t known_us;
    bool by_source;
};

struct restated {
    const struct bc_issued *report; /* borrowed */
    struct issued_report issued;    /* the same, read back as far as it can be */
    struct bc_diff *diff;  /* what differs; NULL: it can be held against nothing, and `problem` */
    struct bc_err problem; /* says why */
    /* Of a review that is made again: the parts that differ, and why they are not known, or "". */
    struct bc_str *parts;
    size_t part_n;
    struct bc_err parts_problem;
    struct bc_question today; /* as it is asked again, where it can be; its date is this: */
    int64_t as_of_us;
};

/* out[i] of reports[i]; the caller releases each. */
bc_status restated_make(struct restated *out, const struct bc_issued *const *reports, size_t n,
                        const struct restating *restating, struct bc_err *err);
void restated_release(struct restated *restated);
/* Can it not be told whether it would read differently? */
bool restated_unknown(const struct restated *restated);
/* Would it read differently, or is that unknown? */
bool restated_differs(const struct restated *restated);

/* Those issued in the civil days before a date, and at it, that differ. `{ 0 }` is empty. */
struct restated_list {
    struct restated *at; /* in the order in which they were issued */
    size_t n;
    struct bc_issued_list issued;
};
bc_status restated_lately(struct restated_list *out, const struct basis *basis, int64_t as_of_us,
                          struct bc_err *err);
void restated_list_release(struct restated_list *list);

#endif
