/* tools/print/walk.h - answers handed to a program value by value: a row, the rows within it, and
 * their cells, in the order of their JSON.
 *
 * Whoever takes answers says in env->answers where they go; where nobody does, they are printed as
 * JSON (print_json.h), which is one taker more. */
#ifndef BC_TOOLS_PRINT_WALK_H
#define BC_TOOLS_PRINT_WALK_H

#include "tools/print/row.h"

enum { WALK_DEPTH = 16 }; /* rows and lists within each other */

/* Takes what a walk comes to. Within a row things have a key; within a list, and at the top, it is
 * NULL. What is pointed to is lent until the call returns. */
struct answer_taker {
    unsigned readers; /* for whom rows are filled besides programs: ROW_FOR_PAGES, or none */
    void (*open)(struct answer_taker *taker, const char *key, bool list);
    void (*close)(struct answer_taker *taker, bool list);
    /* Never CELL_ROW, CELL_ROWS or CELL_REST. */
    void (*value)(struct answer_taker *taker, const struct cell *cell);
    /* An answer is whole, or a line of one that has many. A negative status ends it there. */
    bc_status (*end)(struct answer_taker *taker, struct bc_err *err);
};

/* The one row that `fill` makes of the i-th of `source`. Fails where rows that are found fail: then
 * it is not whole. */
bc_status walk_row(struct answer_taker *taker, row_fill_fn *fill, const void *source, size_t i,
                   struct bc_err *err);
/* An answer a row. */
bc_status walk_rows(struct answer_taker *taker, const struct rows *rows, struct bc_err *err);

#endif
