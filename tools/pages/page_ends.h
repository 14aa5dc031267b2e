/* tools/pages/page_ends.h - what every page of a review begins and ends with. */
#ifndef BC_TOOLS_PAGES_PAGE_ENDS_H
#define BC_TOOLS_PAGES_PAGE_ENDS_H

#include "tools/ask/basis.h"
#include "tools/cli/times.h"
#include "tools/pages/document.h"

/* "Sunday 2026-03-29", or with the time where it is not the end of a day; in the rules' zone. */
void page_ends_when(struct bc_buf *out, const struct basis *basis, int64_t us);
/* The same without the weekday and the zone, which the first line of the page has. */
void page_ends_when_short(char out[TIMES_LEN], const struct basis *basis, int64_t us);
/* Begins the document: "Weekly review", and of which date, since when, in which slice. */
void page_ends_begin(struct html_out *out, const char *heading, const struct basis *basis,
                     const struct row *answer, const char *slice,
                     const struct document_place *places, size_t n);
/* Where it stands among others, a line that leads to one of these. */
void page_ends_beside(struct html_out *out, const char *page, const char *words);
/* Are there notes, or was it put on record? */
bool page_ends_has_notes(const struct row *answer);
extern const struct document_place page_ends_notes;
/* The section with these, if there are any. */
void page_ends_put_notes(struct html_out *out, const struct row *answer);
/* The same, if there are any; then the end of the document. */
void page_ends_end(struct html_out *out, const struct basis *basis, const struct row *answer);

#endif
