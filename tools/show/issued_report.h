/* tools/show/issued_report.h - a report as it was given out, written into an event and read back.
 *
 * `basis` is one JSON object: asOf, knownAt, clock, rules (the version) and ledger (size and root
 * of the log) as with every answer; asOfAsked and, where it was asked, knownAtAsked, the day or the
 * instant that was asked for; rulesRef, the reference that chose the rules; and rulesText, the
 * rules whole, so that nothing but the event is needed to read it again. Where a report
 * lacks what was asked, an instant that ends a day in the zone of its rules stands for that day.
 * `values` has one JSON object a figure, as `metrics --json` prints them: first the metrics, which
 * have a slice, then the red lines, which have a state. Of a review, whose basis has a `review`, it
 * has one object, the whole answer from its slice on; of it the figures as they were then and the
 * red lines are read back. */
#ifndef BC_TOOLS_SHOW_ISSUED_REPORT_H
#define BC_TOOLS_SHOW_ISSUED_REPORT_H

#include "projections/diff/diff.h"
#include "projections/events/reports.h"
#include "tools/ask/basis.h"

/* The texts of an event to be appended. `{ 0 }` before; release it. */
struct issued_report_texts {
    struct bc_buf basis;
    struct bc_str *values;
    size_t n;
    bc_arena *arena;
};
/* The basis of an answer of one date; `more` fills in what only it was asked, or is NULL. */
void issued_report_basis_add(struct bc_buf *out, const struct basis *basis,
                             const struct when *as_of, row_fill_fn *more, const void *source);
/* The report of a question with one date. */
void issued_report_write(struct issued_report_texts *out, const struct basis *basis,
                         const struct when *as_of, const struct bc_report *report);
void issued_report_texts_release(struct issued_report_texts *texts);

/* The same, read back. Its texts live in `arena`. */
struct issued_report {
    int64_t as_of_us;
    bool known_asked, by_source;
    int64_t known_us;
    struct when as_of, known; /* the same as they were asked: a day is another instant in a zone
                                 that the rules have since */
    uint64_t last_seq;        /* of the log as it was */
    struct bc_str root;
    const char *rules_version, *rules_ref;
    bool is_review;                    /* of one review, not of figures alone: */
    struct bc_str review, slice_asked; /* "weekly"; "": each part in its own */
    bc_rules *rules;
    struct bc_given *given;
    size_t given_n;
    bc_arena *arena;
};
/* BC_E_INPUT: the event says something else; *err says where. The caller releases *out. */
bc_status issued_report_read(struct issued_report *out, const struct bc_issued *event,
                             struct bc_err *err);
void issued_report_release(struct issued_report *issued);

#endif
