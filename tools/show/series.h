/* tools/show/series.h - the dates of a series, answered under each of the rules given. */
#ifndef BC_TOOLS_SHOW_SERIES_H
#define BC_TOOLS_SHOW_SERIES_H

#include "tools/ask/dates.h"
#include "tools/show/report.h"

/* Which dates, and what of each to show. */
struct series_plan {
    struct step step;
    int32_t from, to; /* days */
    const struct opt_list *metrics;
    const char *slice;      /* or NULL: all */
    bool lists;             /* stalled deals and campaigns */
    const struct bc_by *by; /* split by this key; NULL: not */
};

/* Rules that answer some of the dates of a reference. */
struct series_used {
    size_t ref;
    const bc_rules *rules;
    int32_t from; /* the first day at which they are in use, from here on */
};

/* One date under one of the rules. */
struct series_answer {
    struct bc_report *report;
    size_t date; /* of the report */
    const struct report_part *part;
    const struct report_by *by; /* if it is split */
    bool rules_changed;         /* since the date before */
};

/* Dates that one report answers. */
struct series_range {
    struct bc_report *report; /* if it is split, that one's whole */
    struct report_part part;
    struct report_by by;
    int64_t *as_of_us;
};

struct series {
    struct basis *basis; /* borrowed */
    struct series_plan plan;
    struct series_used *used; /* by reference, then by date: a change a line */
    size_t used_n, used_cap;
    int64_t next; /* index of the next date */
    size_t dates_a_pass;
    /* The current pass. */
    int32_t *days;
    size_t n;
    struct series_answer *answers; /* [reference][date] */
    struct series_range *ranges;
    size_t range_n, range_cap;
};

/* Determines which rules answer which dates. BC_E_USAGE: a metric or the slice is in none of
 * them. */
bc_status series_init(struct series *out, struct basis *basis, const struct series_plan *plan,
                      struct bc_err *err);
void series_release(struct series *series); /* a zeroed one is fine */

/* Answers the next dates, as many as bounded memory allows. BC_DONE: there are no more. */
bc_status series_pass(struct series *series, struct bc_err *err);
/* Of the current pass. */
static inline const struct series_answer *series_answer(const struct series *series, size_t ref,
                                                        size_t date)
{
    return &series->answers[ref * series->n + date];
}
/* Puts the rules of that answer into use, for the basis that is printed with it. */
bc_status series_use(const struct series *series, size_t ref, size_t date, struct bc_err *err);
/* Do the rules of some reference depend on the date? */
bool series_varies(const struct series *series);

#endif
