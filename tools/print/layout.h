/* tools/print/layout.h - how wide the columns of a table are where the terminal is too narrow for
 * all of them. Widths are in columns of the terminal. */
#ifndef BC_TOOLS_PRINT_LAYOUT_H
#define BC_TOOLS_PRINT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

enum { LAYOUT_GAP = 2 }; /* between two columns */

struct layout {
    size_t natural; /* as wide as its widest cell; 0: is not there */
    size_t least;   /* how far it may be narrowed, at most `natural` */
    unsigned leave; /* 0: is always there; else columns are left out, the highest number first */
    bool begins;    /* a block begins with it */
    size_t width;   /* out: 0 where it is left out */
};

/* Have all of them room as wide as they are? */
bool layout_whole(const struct layout *columns, size_t n, size_t most);

/* Narrows the columns until they take at most `most` (what is widest gives first), and leaves some
 * out where that is not enough. False: even so they are too wide; the widths are then the least. */
bool layout_fit(struct layout *columns, size_t n, size_t most);

/* Of a table that is folded into several, each with the first `fixed` columns: how many columns
 * from `from` on fit beside these, all of them at their least, up to one with which a block begins.
 * At least one, unless there is none. */
size_t layout_block(const struct layout *columns, size_t n, size_t fixed, size_t from, size_t most);

#endif
