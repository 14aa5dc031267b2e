/* tools/print/print_table.h - rows for people: a table. Wide characters line up, and what is unsafe
 * to print is escaped (tools/cli/text.h), in headings too. */
#ifndef BC_TOOLS_PRINT_PRINT_TABLE_H
#define BC_TOOLS_PRINT_PRINT_TABLE_H

#include "tools/cli/cmd.h"
#include "tools/print/column.h"
#include "tools/print/row.h"

struct table_form {
    struct columns columns;
    /* Inner rows of each row, by their key, have lines of their own below what the row itself
     * shows: the first of them in the same line, unless both have something for one column. */
    const char *below;
    /* So many lines are lined up together, below their own headings, and must then have gone out;
     * 0: all of them. */
    size_t page;
    const char *before; /* written before the first heading, if there are rows; or NULL */
};

/* Prints headings and rows; nothing where there are no rows. */
bc_status print_table(const struct cmd_env *env, const struct table_form *form,
                      const struct rows *rows, struct bc_err *err);
/* The same, of rows that are filled, which cannot fail. */
void print_table_of(const struct cmd_env *env, struct columns columns, struct rows rows);

#endif
