/* tools/site/frame/thread.h - for insiders: what a thread has. */
#ifndef BC_TOOLS_SITE_FRAME_THREAD_H
#define BC_TOOLS_SITE_FRAME_THREAD_H

#include "tools/ask/opened.h"
#include "tools/cli/names.h"
#include "tools/cli/times.h"
#include "tools/site/frame/call.h"
#include "tools/site/frame/once.h"

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

#endif
