/* tools/print/print_html.h - rows for people who look at a page: a table, a line of HTML each row.
 *
 * The columns are those of any table (column.h). One that may leave, leaves a page that is narrow:
 * `leave` 3 has the class p3, 2 p25, 1 p2, and the style sheet says at what width each goes. */
#ifndef BC_TOOLS_PRINT_PRINT_HTML_H
#define BC_TOOLS_PRINT_PRINT_HTML_H

#include "tools/print/column.h"
#include "tools/print/html_out.h"

enum {
    HTML_ROWS = 20, /* so many are seen; the others are folded, and their number stays */
    HTML_MOST = 200 /* more are not on the page, which says how many there are */
};

struct html_table {
    struct columns columns;
    const char *class; /* of the table; or NULL */
    const char *only;  /* rows where the cell of this key says no are left out; NULL: none */
    /* Rows that follow one another and have the same in the cell of this key have a heading
     * together, with their number; NULL: none have. It is written by draw_group, of their first. */
    const char *group;
    column_draw_fn *draw_group;
    bool uncounted; /* the heading is without the number */
    bool all;       /* none are folded, nor left out */
};

/* Prints headings and rows; nothing where there are no rows. Rows are found twice where they are
 * grouped. */
bc_status print_html(struct html_out *out, const struct html_table *table, const struct rows *rows,
                     struct bc_err *err);
/* The same, of rows that are filled, which cannot fail. */
void print_html_of(struct html_out *out, const struct html_table *table, struct rows rows);

#endif
