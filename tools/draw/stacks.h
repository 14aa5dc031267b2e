/* tools/draw/stacks.h - columns of layers, with a mark across each: months of revenue. Of more
 * columns than pixels every so many are drawn. */
#ifndef BC_TOOLS_DRAW_STACKS_H
#define BC_TOOLS_DRAW_STACKS_H

#include "tools/draw/axis.h"
#include "tools/draw/sheet.h"

enum { STACKS_LAYERS = 4 };

struct stacks_column {
    struct bc_str label;
    double layers[STACKS_LAYERS]; /* from below; what is below 0 is not drawn */
    double mark;
};

/* Everything is borrowed. */
struct stacks {
    struct sheet_place place;
    struct bc_str title, sum; /* a line below the title; may be empty */
    enum axis_kind kind;
    struct bc_str layers[STACKS_LAYERS], mark; /* their names */
    const struct stacks_column *columns;
    size_t n;
    const struct bc_str *notes; /* lines below */
    size_t note_n;
};

void stacks_draw(struct bc_buf *out, const struct stacks *of);

#endif
