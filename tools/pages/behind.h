/* tools/pages/behind.h - links from a figure to the deals that it counts, as --list of its command
 * names them. */
#ifndef BC_TOOLS_PAGES_BEHIND_H
#define BC_TOOLS_PAGES_BEHIND_H

#include "tools/pages/document.h"

/* Where they are listed: page_about.behind. Everything is borrowed. */
struct behind {
    const char *command;               /* "losses" */
    const struct document_pair *asked; /* the options that it was asked with */
    size_t asked_n;
    struct bc_str before; /* how the paths begin: "byReason."; may be empty */
};

/* Begins a link to the deals of a value, and of one of its counts, or with NULL of the value alone;
 * it is ended by document_link_end. False, and nothing: they are listed nowhere, or no path names
 * them. */
bool behind_link(struct html_out *out, struct bc_str value, const char *count);
/* The count of that key, with such a link. */
void behind_put_count(struct html_out *out, const struct row *row, struct bc_str value,
                      const char *key);
/* "8 of 40", each with its link: `hit` and "n". */
void behind_put_of(struct html_out *out, const struct row *row, struct bc_str value,
                   const char *hit);

#endif
