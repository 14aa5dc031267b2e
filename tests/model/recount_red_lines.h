/* tests/model/recount_red_lines.h - red lines through time counted the slow way; shares no code
 * with projections/, but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_RED_LINES_H
#define BC_TESTS_MODEL_RECOUNT_RED_LINES_H

#include "projections/flow/breaches.h"
#include "projections/flow/red_line_spans.h"
#include "tests/model/recount.h"

/* Adds a line a span: "no_wins breached 0 3 unanswered", with the first date and the last one by
 * number, and a line a pivot: "no_wins pivot DECISION". The question's own date plays no part. */
void recount_red_lines(struct bc_buf *out, const struct bc_event *events, size_t n,
                       const struct recount_question *question, const int64_t *dates_us,
                       size_t date_n);
/* The same of an answer. */
void recount_red_lines_print(struct bc_buf *out, const struct bc_red_line_spans *spans,
                             const bc_rules *rules);

/* Adds a line for each breach that nobody answered by the question's date: "no_wins 2025-01-20 open
 * due", open if it still is, due if a meeting whose last was at `since` has it before it. */
void recount_breaches(struct bc_buf *out, const struct bc_event *events, size_t n,
                      const struct recount_question *question, int64_t since_us);
/* The same of an answer. */
void recount_breaches_print(struct bc_buf *out, const struct bc_breaches *breaches,
                            const bc_rules *rules, int64_t since_us);

#endif
