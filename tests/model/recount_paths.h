/* tests/model/recount_paths.h - paths counted the slow way; shares no code with projections/, but
 * takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_PATHS_H
#define BC_TESTS_MODEL_RECOUNT_PATHS_H

#include "projections/flow/paths.h"
#include "tests/model/recount.h"

/* Adds a line a path: "outreach > discovery: 2, 1 won, 3.500000 days". */
void recount_paths(struct bc_buf *out, const struct bc_event *events, size_t n,
                   const struct recount_question *question, const struct bc_paths_ask *ask);
/* The same of an answer. */
void recount_paths_print(struct bc_buf *out, const struct bc_paths *paths);

#endif
