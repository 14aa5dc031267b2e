/* tests/model/recount_people.h - who did what counted the slow way; shares no code with
 * projections/, but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_PEOPLE_H
#define BC_TESTS_MODEL_RECOUNT_PEOPLE_H

#include "projections/activity/people.h"
#include "tests/model/recount.h"

/* Adds a line each, of what is not 0: "amy 3 deals 2 forward 1 lost 1 stageChanged 2
 * learningRecorded 1 roles hunter", and below "deal d1" for each that is listed. */
void recount_people(struct bc_buf *out, const struct bc_event *events, size_t n,
                    const struct recount_question *question, const struct bc_people_ask *ask);
/* The same of an answer. */
void recount_people_print(struct bc_buf *out, const struct bc_people *people);

#endif
