/* projections/review/figures.h - every metric and red line now, when the team looked last, and over
 * a quarter. */
#ifndef BC_PROJECTIONS_REVIEW_FIGURES_H
#define BC_PROJECTIONS_REVIEW_FIGURES_H

#include "projections/walk/walked_report.h"

enum { BC_REVIEW_WEEKS = 13, BC_REVIEW_DATES = BC_REVIEW_WEEKS + 2 };

/* One report of all these dates. */
struct bc_review_figures {
    struct bc_report *report;          /* the caller frees it */
    int64_t as_of_us[BC_REVIEW_DATES]; /* ascending */
    /* Numbers of dates: */
    size_t now, then;             /* then: since when the review looks */
    size_t weeks4, weeks13;       /* so many weeks of civil days before */
    size_t line[BC_REVIEW_WEEKS]; /* a week apart, up to now */
};

/* At the question's one date; ended with the walk (projections/walk/walk.h). */
bc_status bc_review_figures_begin(struct bc_walked *walked, struct bc_review_figures *out,
                                  bc_timelines *timelines, const struct bc_question *question,
                                  int64_t since_us, struct bc_err *err);

#endif
