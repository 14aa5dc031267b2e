/* tests/model/answered.h - what the projections answer, in the form of a recount, to be held
 * against it. */
#ifndef BC_TESTS_MODEL_ANSWERED_H
#define BC_TESTS_MODEL_ANSWERED_H

#include "projections/report/report.h"
#include "tests/model/recount.h"

/* The report, the findings and the explanations of a question with one date. recount_release frees
 * it; its texts live in it. Fails the test where there is no answer. */
void answered_make(struct recount *out, bc_timelines *timelines,
                   const struct recount_question *question);
/* The reports alone of a question at n ascending dates, answered in one pass, into out[0..n). */
void answered_series(struct recount *out, bc_timelines *timelines,
                     const struct recount_question *question, const int64_t *as_of_us, size_t n);

/* Fails the test, with the seed and the first difference, unless two answers are the same. What
 * `got` has of findings and deals is compared only with `whole`. */
/* The same of each value of a report that was split with its lists, by `splitter`, without findings
 * and red lines; `out` has one for each. */
void answered_by(struct recount *out, struct bc_report_split *split, bc_timelines *timelines,
                 const struct recount_question *question, const struct bc_splitter *splitter);
void answered_check(uint64_t seed, const struct recount *want, const struct recount *got,
                    bool whole);

/* Whether two cells have the same in everything that can be printed of them, to the last bit. */
bool answered_same_cell(const struct bc_cell *a, const struct bc_cell *b);
bool answered_same_line(const struct bc_red_line_cell *a, const struct bc_red_line_cell *b);

#endif
