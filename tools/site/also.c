#include "tools/site/also.h"

#include "tools/site/site_part.h"

#include <string.h>

/* By the page of the bar, which is the first of its own. */
static const struct {
    const char *within, *name, *label;
} pages[] = {
    { "losses", "losses", "Losses" },
    { "losses", "learnings", "Learnings and actions" },
};
enum { PAGE_N = sizeof(pages) / sizeof(pages[0]) };

void also_put(struct call_page *call)
{
    const struct call_place *place = call->place;
    const char *within = place->label ? place->name : place->within;
    struct html_out *out = &call->out;
    bool here, linked;
    size_t n = 0;

    for (size_t i = 0; within && i < PAGE_N; i++) {
        if (strcmp(pages[i].within, within) != 0 ||
            !site_place(call->site, bc_str_of(pages[i].name)))
            continue;
        if (n++ == 0)
            html_out_put(out, "<nav aria-label=\"Beside this page\"><ul class=\"also\">");
        here = strcmp(pages[i].name, place->name) == 0;
        html_out_put(out, here ? "<li aria-current=\"page\">" : "<li>");
        linked = !here && document_link(out, pages[i].name, NULL, 0);
        html_out_put(out, "%s", pages[i].label);
        document_link_end(out, linked);
        html_out_put(out, "</li>");
    }
    if (n)
        html_out_put(out, "</ul></nav>\n");
}
