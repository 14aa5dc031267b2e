/* projections/cohorts/by_values.h - the values of a key among the deals of each slice, at the dates
 * of a question; and the question asked again of the deals that have one of them.
 *
 * Unlike in a cohort a key is read at the dates: a property by its time mode, the others by what is
 * known then. */
#ifndef BC_PROJECTIONS_COHORTS_BY_VALUES_H
#define BC_PROJECTIONS_COHORTS_BY_VALUES_H

#include "projections/cohorts/cohort_keys.h"
#include "projections/report/question.h"

struct bc_by_values {
    struct bc_by by; /* borrowed */
    struct bc_by_world world;
    struct bc_str *at; /* in byte order */
    size_t n, date_n;
    uint32_t *slices; /* [date][value]: bits, the slices in which some deal has it then */
    bc_arena *arena;
};

/* The question's dates; it is borrowed. No key of published versions or of the calendar, which are
 * the same for all deals. The log was opened with all that is kept beside it. */
bc_status bc_by_values_find(struct bc_by_values **out, bc_timelines *timelines,
                            const struct bc_question *question, const struct bc_by *by,
                            struct bc_err *err);
void bc_by_values_free(struct bc_by_values *values); /* NULL is fine */

static inline uint32_t bc_by_values_slices(const struct bc_by_values *values, size_t date, size_t i)
{
    return values->slices[date * values->n + i];
}

/* `only.only` put into a question: of its deals, at each date, those that have the value. */
struct bc_by_only {
    struct bc_only only;
    const struct bc_by_values *values; /* borrowed */
    size_t value;
};
/* `out` must stay where it is. */
void bc_by_only_init(struct bc_by_only *out, const struct bc_by_values *values, size_t value);

#endif
