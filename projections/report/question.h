/* projections/report/question.h - a question to a ledger: as of which dates, known at when, under
 * which rules. Every answer prints it. */
#ifndef BC_PROJECTIONS_REPORT_QUESTION_H
#define BC_PROJECTIONS_REPORT_QUESTION_H

#include "projections/deal/view.h"
#include "projections/timelines/timelines.h"

/* Which of the deals a report counts. */
struct bc_only {
    const void *payload;
    uint64_t kinds; /* of facts that it reads; the log was opened with all that is kept beside it */
    /* Takes a deal out of its slices, in the view's present ranges. Several threads call it. */
    void (*narrow)(const void *payload, const struct bc_deal *deal, struct bc_view *view);
};

struct bc_question {
    const bc_rules *rules;   /* borrowed */
    const int64_t *as_of_us; /* ascending; borrowed */
    size_t date_n;
    bool known_asked; /* else all that the log holds is visible */
    int64_t known_us;
    bool by_source;                     /* by the source's clock where an event has one */
    unsigned threads;                   /* to compute on, 0: one; no figure depends on it */
    uint64_t last_seq;                  /* ignore events after this seq; 0: none are ignored */
    const struct bc_override *override; /* overrides, or NULL */
    const struct bc_only *only;         /* of a report: NULL counts every deal */
};

/* What known-at lets through, as seqs of this log. */
bc_status bc_question_known(const struct bc_question *question, bc_log *log, struct bc_visible *out,
                            struct bc_err *err);

#endif
