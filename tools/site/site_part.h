/* tools/site/site_part.h - for insiders: what a thread has, and the pages. */
#ifndef BC_TOOLS_SITE_SITE_PART_H
#define BC_TOOLS_SITE_SITE_PART_H

#include "tools/ask/opened.h"
#include "tools/cli/names.h"
#include "tools/cli/times.h"
#include "tools/site/call.h"
#include "tools/site/once.h"

struct site {
    const struct cmd_env *env;
    const struct call_place *places; /* in the order of the bar; ends with a zeroed one */
    /* The frame of a call's pages, which is borrowed. */
    void (*frame)(struct document_frame *out, struct call_page *call);
    struct times times; /* of its pages: others have theirs */
    struct names names;
    struct opened opened;
    void *folder; /* of files that are written; NULL: pages are asked for */
    struct once once;
    int64_t first_us; /* of the ledger's life: when its first event happened */
};

/* The ledger as it is now, for the calls to come. */
bc_status site_open(struct site *site, struct bc_err *err);

/* In the place of a page that cannot be made: one with the question, so that it can be asked
 * otherwise, and the sentence. */
void site_say_error(struct call_page *call, bc_status rc, const struct bc_err *err,
                    struct site_answer *out);

/* The style sheet of all pages. */
struct bc_str site_style(void);

/* The status of a command that ended with this exit code. */
static inline bc_status site_status(int code)
{
    return (bc_status)-code;
}

/* NULL: there is none. */
static inline const struct call_place *site_place(const struct site *site, struct bc_str name)
{
    for (const struct call_place *place = site->places; place->name; place++)
        if (bc_str_eq(bc_str_of(place->name), name))
            return place;
    return NULL;
}

#define SITE_PAGE(name) call_page_fn name##_page;
SITE_PAGE(review)
SITE_PAGE(monthly)
SITE_PAGE(metrics)
SITE_PAGE(metric)
SITE_PAGE(diff)
SITE_PAGE(pipeline)
SITE_PAGE(deals)
SITE_PAGE(deal)
SITE_PAGE(evidence)
SITE_PAGE(timeline)
SITE_PAGE(list)
SITE_PAGE(experiments)
SITE_PAGE(experiment)
SITE_PAGE(signals)
SITE_PAGE(cohorts)
SITE_PAGE(leads)
SITE_PAGE(losses)
SITE_PAGE(paths)
SITE_PAGE(handoff)
SITE_PAGE(people)
SITE_PAGE(versions)
SITE_PAGE(learnings)
SITE_PAGE(revenue)
SITE_PAGE(members)
SITE_PAGE(red_lines)
SITE_PAGE(audit)
SITE_PAGE(report)
SITE_PAGE(ledger)
SITE_PAGE(log)
SITE_PAGE(event)
SITE_PAGE(verify)
SITE_PAGE(rules)
#undef SITE_PAGE

#endif
