/* tools/cmd/review_record.h - a review put on record: that it was held, and what it showed. */
#ifndef BC_TOOLS_CMD_REVIEW_RECORD_H
#define BC_TOOLS_CMD_REVIEW_RECORD_H

#include "tools/show/review.h"

/* What was asked, as it was typed. */
struct review_typed {
    const char *dir;   /* of the ledger, or NULL */
    struct when as_of; /* the date */
    const char *slice; /* or NULL */
    bool since_asked;  /* then: */
    struct when since;
};

/* Appends both events at once, dated as the review is, or now where that has not come. Nothing is
 * appended where it fails. The caller releases *out. */
bc_status review_record(struct review_recorded *out, const struct cmd_env *env,
                        const struct review_shown *shown, const struct review_typed *typed,
                        struct bc_err *err);
void review_recorded_release(struct review_recorded *recorded);

#endif
