/* tests/model/recount_versions.h - publications listed the slow way; shares no code with
 * projections/, but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_VERSIONS_H
#define BC_TESTS_MODEL_RECOUNT_VERSIONS_H

#include "projections/walk/versions.h"
#include "tests/model/recount.h"

/* Adds lines: "2025-01-03T12:00:00Z icp v1, by ACTOR, new: CHANGELOG", less what there is none of.
 */
void recount_versions(struct bc_buf *out, const struct bc_event *events, size_t n,
                      const struct recount_question *question, int64_t since_us);
/* The same of an answer. */
void recount_versions_print(struct bc_buf *out, const struct bc_versions *versions);

#endif
