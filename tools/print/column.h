/* tools/print/column.h - which cell of a row is in a column, and how. */
#ifndef BC_TOOLS_PRINT_COLUMN_H
#define BC_TOOLS_PRINT_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

struct column {
    const char *name; /* its heading */
    const char *key;  /* of the cell in it, and empty where a row has none; NULL: columns without a
                         key have a row's cells without one, in turn */
    /* For people: */
    bool right; /* numbers */
    bool cut;   /* may be cut where the terminal is too narrow */
    bool dash;  /* a dash where there is no text, too */
};

struct columns {
    const struct column *at;
    size_t n;
};
/* All of an array. */
#define COLUMNS_OF(array) ((struct columns){ (array), sizeof(array) / sizeof((array)[0]) })

#endif
