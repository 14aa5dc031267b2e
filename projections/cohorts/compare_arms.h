/* projections/cohorts/compare_arms.h - the arms of an experiment beside its control. */
#ifndef BC_PROJECTIONS_COHORTS_COMPARE_ARMS_H
#define BC_PROJECTIONS_COHORTS_COMPARE_ARMS_H

#include "projections/cohorts/cohorts.h"

/* The one called "control", else the first that has a name, is the control. */
struct bc_comparison {
    struct bc_str control, arm;
    bool known;                   /* both have deals; else the next three are not there */
    double difference, low, high; /* of the rates: of the arm, less that of the control */
    double p;                     /* Fisher's, with mid-p */
    bool enough;                  /* deals in both, for an interval that can be read */
};

/* The control against each other arm, of arms by the bytes of their names; who is in an arm without
 * one is not compared. The caller frees it. */
struct bc_comparison *bc_compare_arms(const struct bc_cohort *arms, size_t n, uint64_t enough,
                                      size_t *out_n);
/* What was tried: all arms with a name together but the control; where there is none, all arms.
 * Counts alone are added up. */
struct bc_cohort bc_tried_arms(const struct bc_cohort *arms, size_t n);

#endif
