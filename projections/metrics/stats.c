#include "projections/metrics/stats.h"

#include <math.h>

void bc_wilson(uint64_t hits, uint64_t n, double *low, double *high)
{
    const double z = 1.959963984540054;
    double count = (double)n, p = (double)hits / count;
    double scale = 1 + z * z / count;
    double centre = (p + z * z / (2 * count)) / scale;
    double half = z * sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / scale;

    /* At the ends the formula is exact; rounding must not push it past them. */
    *low = hits == 0 ? 0 : centre - half;
    *high = hits == n ? 1 : centre + half;
}
