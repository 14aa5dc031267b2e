/* tools/draw/forest.h - rates of several arms with their intervals, a row each, and below them the
 * differences about zero: a forest plot for each experiment. */
#ifndef BC_TOOLS_DRAW_FOREST_H
#define BC_TOOLS_DRAW_FOREST_H

#include "tools/draw/sheet.h"

struct forest_arm {
    struct bc_str label;
    uint64_t n, hit;
    double rate, low, high; /* where n > 0 */
};

struct forest_difference {
    struct bc_str label;
    bool known;                   /* else nothing is drawn */
    double difference, low, high; /* of rates */
    double p;
};

struct forest_plot {
    struct bc_str title, said; /* a line below the title: what is to be known first */
    const struct forest_arm *arms;
    size_t arm_n;
    bool has_target;
    double target; /* a rate */
    const struct forest_difference *differences;
    size_t difference_n;
};

/* Everything is borrowed. */
struct forest {
    struct sheet_place place;
    struct bc_str title;
    const struct forest_plot *plots;
    size_t n;
    const struct bc_str *notes; /* lines below */
    size_t note_n;
};

void forest_draw(struct bc_buf *out, const struct forest *of);

#endif
