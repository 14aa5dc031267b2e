/* tools/pages/document.h - an HTML document: its head with the style sheet, its sections, what it
 * rests on. One that stands for itself has no script and nothing from elsewhere; one among others
 * (env->frame) has their bar, their style sheet, and links to them. */
#ifndef BC_TOOLS_PAGES_DOCUMENT_H
#define BC_TOOLS_PAGES_DOCUMENT_H

#include "tools/print/html_out.h"

/* A section, and its line in the list of them. */
struct document_place {
    const char *id;
    const char *heading; /* it may be of data, as may the next */
    const char *jump;    /* its name in that list */
    struct bc_str count; /* beside it; may be empty */
};

/* A key and a value of an address; both are data. */
struct document_pair {
    const char *key;
    struct bc_str value;
};

/* What a document among others has from them. */
struct document_frame {
    const char *style, *script; /* their addresses; NULL: the style stands within, there is none */
    struct bc_str style_within; /* that style; empty: that of documents that stand for themselves */
    const char *head_more;      /* a line of markup in the head; or NULL */
    struct bc_str head;         /* of the ledger that answered, for the script: "4222-XpV1..." */
    void (*begin)(struct html_out *out, const struct document_frame *frame); /* above it */
    void (*end)(struct html_out *out, const struct document_frame *frame);   /* below it */
    /* Below its heading, what else may be asked of it; or NULL. */
    void (*below)(struct html_out *out, const struct document_frame *frame);
    /* Adds the address of another of them, where what is asked of it is in the pairs, and else as
     * here; a value that is empty asks for none. False: there is no such document. */
    bool (*address)(struct bc_buf *out, const struct document_frame *frame, const char *page,
                    const struct document_pair *pairs, size_t n);
};

/* Begins a link to another document, `<a href="...">`; false, and nothing, where there is none:
 *     const bool linked = document_link(out, "deal", &(struct document_pair){ "id", deal }, 1);
 *     html_out_text(out, deal);
 *     document_link_end(out, linked); */
bool document_link(struct html_out *out, const char *page, const struct document_pair *pairs,
                   size_t n);
void document_link_end(struct html_out *out, bool linked);

/* Up to the list of sections. `title` is the window's, "Weekly review, 2026-03-29"; `lead` a line
 * below the heading. */
struct document_head {
    struct bc_str title, heading, lead;
    const struct document_place *places;
    size_t place_n; /* no list of one or none */
};
void document_begin(struct html_out *out, const struct document_head *head);
/* `note` says in a sentence what the section counts. The first has a heavier rule. */
void document_section(struct html_out *out, const struct document_place *place, struct bc_str note,
                      bool first);
void document_section_end(struct html_out *out);
/* In the place of a table without rows. */
void document_empty(struct html_out *out, const char *sentence);
/* Ends it with the basis of an answer (basis_cells), which stands on each sheet of paper. One that
 * is about several of them has no date and no clock, but a ledger. `rules` is the version and
 * whatever else is to be said of them. */
void document_end(struct html_out *out, const struct row *answer, struct bc_str rules);
/* The end of one that has no answer, but an error. */
void document_end_bare(struct html_out *out);

#endif
