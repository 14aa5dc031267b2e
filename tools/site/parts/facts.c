#include "tools/site/parts/facts.h"

#include "tools/pages/page_cells.h"

void facts_begin(struct html_out *out)
{
    html_out_put(out, "<dl class=\"facts\">\n");
}

void facts_end(struct html_out *out)
{
    html_out_put(out, "</dl>\n");
}

void facts_term(struct html_out *out, const char *term)
{
    html_out_put(out, "<div><dt>%s</dt><dd>", term);
}

void facts_term_end(struct html_out *out)
{
    html_out_put(out, "</dd></div>\n");
}

void facts_put(struct html_out *out, const char *term, const struct row *row, const char *key)
{
    facts_term(out, term);
    page_cells_put(out, row, key);
    facts_term_end(out);
}
