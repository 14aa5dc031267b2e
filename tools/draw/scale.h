/* tools/draw/scale.h - values to pixels, and round numbers among them. */
#ifndef BC_TOOLS_DRAW_SCALE_H
#define BC_TOOLS_DRAW_SCALE_H

/* Values from `low` on are drawn from `at_low` on; a higher value may have the lower pixel. */
struct scale {
    double low, high;
    double at_low, at_high;
};

static inline double scale_at(const struct scale *scale, double value)
{
    const double span = scale->high - scale->low;

    return span > 0 ? scale->at_low + (value - scale->low) / span * (scale->at_high - scale->at_low)
                    : scale->at_low;
}

/* From 0 in up to five equal steps, each 1, 2 or 5 times a power of ten and not below `least`: the
 * step, for which so many of them hold `most`. */
double scale_step(double most, double least);
/* The least multiple of a step that is no less than `most`; one step at least. */
double scale_top(double most, double step);

#endif
