/* tools/pages/cohort_table.h - what became of groups of deals, in tables of several pages. */
#ifndef BC_TOOLS_PAGES_COHORT_TABLE_H
#define BC_TOOLS_PAGES_COHORT_TABLE_H

#include "tools/print/html_out.h"

struct cohort_table {
    const char *heading;   /* of the values */
    struct bc_str key;     /* whose values they are */
    bool leads, costs;     /* they are leads; and what each has cost is there */
    struct rows rows;      /* of cohorts_row (tools/show/cohorts.h) */
    const struct row *all; /* of them together, the last row; or NULL */
};

void cohort_table_put(struct html_out *out, const struct cohort_table *table);
/* What is in no row of them: already there, too young, only found there, gone. */
void cohort_table_put_left_out(struct html_out *out, const struct row *all);

#endif
