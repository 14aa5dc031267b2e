/* tools/show/finding.h - findings, as rows and as words. */
#ifndef BC_TOOLS_SHOW_FINDING_H
#define BC_TOOLS_SHOW_FINDING_H

#include "projections/audit/audit.h"
#include "tools/print/row.h"

/* A row each: for programs its deal, its kind as `finding`, and the cells of that kind; for people
 * and pages also `when` and `cause` (the event, where it comes from one), `actor`, `source`, and
 * `sentence`, in words. */
struct rows finding_rows(const struct bc_audit *audit);
/* Adds what was found, in words: "moved from discovery to closed_won, which is not allowed". */
void finding_text_add(struct bc_buf *out, const struct bc_finding *finding);

#endif
