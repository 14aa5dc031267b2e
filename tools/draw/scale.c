#include "tools/draw/scale.h"

#include <math.h>

enum { STEPS = 5 };

static const double MOST = 1e18; /* beyond what is counted */

static double within(double value)
{
    return isnan(value) ? 0 : fmin(value, MOST);
}

double scale_step(double most, double least)
{
    static const double round_ones[] = { 1, 2, 5, 10 };
    const double wanted = fmax(within(most) / STEPS, least);
    const double power = pow(10, floor(log10(wanted)));

    for (int i = 0; i < 4; i++)
        if (round_ones[i] * power * (1 + 1e-9) >= wanted)
            return round_ones[i] * power;
    return 10 * power;
}

double scale_top(double most, double step)
{
    const double steps = ceil(within(most) / step - 1e-9);

    return (steps < 1 ? 1 : steps) * step;
}
