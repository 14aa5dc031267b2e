/* projections/metrics/stats.h - the interval around a rate. */
#ifndef BC_PROJECTIONS_METRICS_STATS_H
#define BC_PROJECTIONS_METRICS_STATS_H

#include <stdint.h>

/* The 95 % score interval of hits / n, n > 0 (E. B. Wilson, Probable inference, 1927). */
void bc_wilson(uint64_t hits, uint64_t n, double *low, double *high);

#endif
