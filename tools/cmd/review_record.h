/* tools/cmd/review_record.h - a review put on record: that it was held, and what it showed. */
#ifndef BC_TOOLS_CMD_REVIEW_RECORD_H
#define BC_TOOLS_CMD_REVIEW_RECORD_H

#include "tools/ask/basis.h"
#include "tools/show/recorded.h"

/* What was asked, as it was typed. */
struct review_typed {
    const char *dir;   /* of the ledger, or NULL */
    bool shared;       /* it is recorded through the shared log */
    const char *which; /* "weekly", "monthly" */
    struct when as_of; /* the date */
    const char *slice; /* or NULL */
};

/* What is put on record; borrowed. */
struct review_answer {
    struct bc_str text; /* what it showed, as JSON */
    bool held;          /* that it was held, too, and that these were looked at: */
    const struct bc_str *experiments;
    size_t experiment_n;
    struct bc_str page; /* what it was given out as, HTML; may be empty */
};

/* The ids that its events will have, for what says them before they are there. The caller releases
 * *out. */
void review_record_name(struct review_recorded *out, const struct basis *basis,
                        const struct review_typed *typed, bool held);

/* Appends the events at once, dated as the review is, or now where that has not come. Nothing is
 * appended where it fails. */
bc_status review_record(const struct review_recorded *named, const struct cmd_env *env,
                        const struct basis *basis, const struct review_typed *typed,
                        const struct review_answer *answer, struct bc_err *err);
void review_recorded_release(struct review_recorded *recorded);

#endif
