/* tools/site/parts/ask_with.h - for insiders: commands that a page asks with what its address says
 * of their options. Most name the deals behind their figures (--list): such figures link to the
 * page /list, which asks the same, and shows the deals. */
#ifndef BC_TOOLS_SITE_PARTS_ASK_WITH_H
#define BC_TOOLS_SITE_PARTS_ASK_WITH_H

#include "tools/pages/behind.h"
#include "tools/site/frame/call.h"

enum { ASK_WITH_KEYS = 7 };

struct ask_with_command {
    const char *name;
    const char *keys[ASK_WITH_KEYS + 1]; /* its options that a page may ask; ends with NULL */
    const char *of; /* the page that has its figures; NULL: it names no deals */
};

/* NULL: there is none of this name. */
const struct ask_with_command *ask_with_command(struct bc_str name);

/* An option without a value. */
bool ask_with_is_flag(const char *key);
/* What is asked of an option: the address's, and of a stage that must be said, of --at, the usual
 * one. */
struct bc_str ask_with_value(const struct call_page *call, const char *key);

/* Asks it with the question, what the address asks of its options, and `more` words, or NULL:
 * an option among these is asked as it is there. */
bc_status ask_with(const struct row **out, struct call_page *call, const char *name,
                   const char *const *more, struct bc_err *err);

/* What links to its deals say; they are there until call->about.behind is NULL again. */
struct ask_with_behind {
    struct behind behind;
    struct document_pair pairs[ASK_WITH_KEYS];
};
void ask_with_links(struct ask_with_behind *out, struct call_page *call, const char *name);

#endif
