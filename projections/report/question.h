/* projections/report/question.h - what is asked of a ledger: as of which dates, known at when,
 * under which rules. Every answer prints it. */
#ifndef BC_PROJECTIONS_REPORT_QUESTION_H
#define BC_PROJECTIONS_REPORT_QUESTION_H

#include "projections/deal/deal.h"
#include "projections/timelines/timelines.h"

struct bc_question {
    const bc_rules *rules;   /* borrowed */
    const int64_t *as_of_us; /* ascending; borrowed */
    size_t date_n;
    bool known_asked; /* else all that the log holds is known */
    int64_t known_us;
    bool by_source;    /* known by the source's clock where it has one */
    unsigned threads;  /* to answer on, 0: one; no figure depends on it */
    uint64_t last_seq; /* asked of the log as it was when it ended here; 0: as it is */
    const struct bc_override *override; /* events about which it is decided apart, or NULL */
};

/* What known-at lets through, as seqs of this log. */
bc_status bc_question_known(const struct bc_question *question, bc_log *log, struct bc_visible *out,
                            struct bc_err *err);

#endif
