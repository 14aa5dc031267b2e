/* tools/site/figures/listed.h - for insiders: the deals of a figure, which answers name in
 * a list. */
#ifndef BC_TOOLS_SITE_FIGURES_LISTED_H
#define BC_TOOLS_SITE_FIGURES_LISTED_H

#include "tools/print/html_out.h"

/* A table of the deals in a cell of texts, each by its name; a sentence where there are none. */
void listed_deals(struct html_out *out, const struct cell *deals);

#endif
