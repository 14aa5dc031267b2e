/* tools/pages/document.h - an HTML document that stands for itself: its head with the style sheet,
 * its sections, what it rests on. No script, and nothing from elsewhere. */
#ifndef BC_TOOLS_PAGES_DOCUMENT_H
#define BC_TOOLS_PAGES_DOCUMENT_H

#include "tools/print/html_out.h"

/* A section, and its line in the list of them. */
struct document_place {
    const char *id, *heading;
    const char *jump;    /* its name in that list */
    struct bc_str count; /* beside it; may be empty */
};

/* Up to the list of sections. `title` is the window's, "Weekly review, 2026-03-29"; `lead` a line
 * below the heading. */
struct document_head {
    struct bc_str title, heading, lead;
    const struct document_place *places;
    size_t place_n;
};
void document_begin(struct html_out *out, const struct document_head *head);
/* `note` says in a sentence what the section counts. The first has a heavier rule. */
void document_section(struct html_out *out, const struct document_place *place, struct bc_str note,
                      bool first);
void document_section_end(struct html_out *out);
/* In the place of a table without rows. */
void document_empty(struct html_out *out, const char *sentence);
/* Ends it with the basis of an answer (basis_cells), which stands on each sheet of paper. `rules`
 * is the version and whatever else is to be said of them. */
void document_end(struct html_out *out, const struct row *answer, struct bc_str rules);

#endif
