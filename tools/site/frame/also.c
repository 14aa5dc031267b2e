#include "tools/site/frame/also.h"

#include "tools/site/frame/thread.h"

#include <string.h>

/* By the page of the bar, which is the first of its own. */
static const struct {
    const char *within, *name, *label;
} pages[] = {
    { "pipeline", "pipeline", "Pipeline" },
    { "pipeline", "paths", "Paths" },
    { "pipeline", "handoff", "Hand-off" },
    { "signals", "signals", "Signals" },
    { "signals", "cohorts", "Cohorts" },
    { "losses", "losses", "Losses" },
    { "losses", "learnings", "Learnings and actions" },
    { "audit", "audit", "Audit" },
    { "audit", "people", "People" },
    { "ledger", "ledger", "Ledger" },
    { "ledger", "versions", "Versions" },
};
enum { PAGE_N = sizeof(pages) / sizeof(pages[0]) };

static bool is_there(const struct call_page *call, const char *within, size_t i)
{
    return strcmp(pages[i].within, within) == 0 &&
           site_place(call->site, bc_str_of(pages[i].name)) != NULL;
}

static void put_item(struct call_page *call, size_t i)
{
    struct html_out *out = &call->out;
    const bool here = strcmp(pages[i].name, call->place->name) == 0;
    bool linked;

    html_out_put(out, here ? "<li aria-current=\"page\">" : "<li>");
    linked = !here && document_link(out, pages[i].name, NULL, 0);
    html_out_put(out, "%s", pages[i].label);
    document_link_end(out, linked);
    html_out_put(out, "</li>");
}

void also_put(struct call_page *call)
{
    const char *within = call->place->label ? call->place->name : call->place->within;
    struct html_out *out = &call->out;
    size_t n = 0;

    for (size_t i = 0; within && i < PAGE_N; i++)
        n += is_there(call, within, i);
    if (n < 2)
        return;
    html_out_put(out, "<nav aria-label=\"Beside this page\"><ul class=\"also\">");
    for (size_t i = 0; i < PAGE_N; i++)
        if (is_there(call, within, i))
            put_item(call, i);
    html_out_put(out, "</ul></nav>\n");
}
