/* tools/draw/sankey.h - what stood where at one time and at another: nodes on both sides, and a
 * ribbon for each way from one to the other, as thick as it counts. */
#ifndef BC_TOOLS_DRAW_SANKEY_H
#define BC_TOOLS_DRAW_SANKEY_H

#include "tools/draw/sheet.h"

enum sankey_kind {
    SANKEY_CAME,   /* from nowhere */
    SANKEY_ON,     /* forward */
    SANKEY_STAYED, /* where it was */
    SANKEY_BACK,
    SANKEY_WENT, /* to nowhere */
    SANKEY_WON,
    SANKEY_LOST,
    SANKEY_KIND_N
};

struct sankey_ribbon {
    size_t from, to; /* nodes of the left and of the right */
    uint64_t n;      /* at least 1 */
    enum sankey_kind kind;
};

struct sankey_side {
    struct bc_str head;          /* above it */
    const struct bc_str *labels; /* of the nodes, from above; each has at least one ribbon */
    size_t n;
};

/* Everything is borrowed. */
struct sankey {
    struct sheet_place place;
    struct bc_str title;
    struct bc_str sum; /* a line below the title; may be empty */
    struct sankey_side left, right;
    struct sankey_ribbon *ribbons; /* which are put in order: by left, then by right */
    size_t ribbon_n;
    const struct bc_str *notes; /* lines below */
    size_t note_n;
};

void sankey_draw(struct bc_buf *out, const struct sankey *of);

#endif
