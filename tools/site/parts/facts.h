/* tools/site/parts/facts.h - for insiders: terms, each with what it is, in a list of facts. */
#ifndef BC_TOOLS_SITE_PARTS_FACTS_H
#define BC_TOOLS_SITE_PARTS_FACTS_H

#include "tools/print/html_out.h"

void facts_begin(struct html_out *out);
void facts_end(struct html_out *out);

/* One of them; what it is stands between. */
void facts_term(struct html_out *out, const char *term);
void facts_term_end(struct html_out *out);
/* One that is a cell. */
void facts_put(struct html_out *out, const char *term, const struct row *row, const char *key);

#endif
