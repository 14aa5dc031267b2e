/* tools/pages/page_pictures.h - drawings in cells that several pages have, of the row's own cells.
 */
#ifndef BC_TOOLS_PAGES_PAGE_PICTURES_H
#define BC_TOOLS_PAGES_PAGE_PICTURES_H

#include "tools/draw/interval.h"
#include "tools/print/column.h"
#include "tools/print/html_out.h"

/* "rate" with its interval from "low" to "high", on a scale from 0 to 100 %; nothing where there is
 * none. */
column_draw_fn page_pictures_rate;
/* "n" against that of the row around, as a bar. */
column_draw_fn page_pictures_share;
/* A count against another one. */
void page_pictures_put_share(struct html_out *out, const struct row *row, const char *key,
                             const struct row *of, const char *most);

/* The same into `interval`, with what is said of it: false where there is none. */
bool page_pictures_read_rate(struct interval *interval, struct bc_buf *said, const struct row *row,
                             const char *value);

/* A drawing in one width, or in two where that of its column has text. */
void page_pictures_put(struct html_out *out, const struct interval *interval);
void page_pictures_put_both(struct html_out *out, struct interval interval, double wide,
                            double narrow);

#endif
