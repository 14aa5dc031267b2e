/* projections/report/question.h - a question to a ledger: as of which dates, known at when, under
 * which rules. Every answer prints it. */
#ifndef BC_PROJECTIONS_REPORT_QUESTION_H
#define BC_PROJECTIONS_REPORT_QUESTION_H

#include "projections/deal/view.h"
#include "projections/timelines/timelines.h"

/* The key by which a report is split. */
struct bc_splitter {
    const void *payload;
    /* The value that a deal, with all its facts and those of the family learning, has at a date;
     * *end: the first date after it at which it may have another. Lives as long as the facts.
     * Several threads call it. */
    struct bc_str (*value)(const void *payload, const struct bc_deal *deal,
                           const struct bc_dates *dates, uint32_t date, uint32_t *end);
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
};

/* What known-at lets through, as seqs of this log. */
bc_status bc_question_known(const struct bc_question *question, bc_log *log, struct bc_visible *out,
                            struct bc_err *err);

#endif
