/* tools/print/html_out.h - HTML, written as it comes, into memory: what is ours as it is, what is
 * data escaped where it is written. */
#ifndef BC_TOOLS_PRINT_HTML_OUT_H
#define BC_TOOLS_PRINT_HTML_OUT_H

#include "tools/cli/cmd.h"
#include "tools/print/row.h"

struct html_out {
    struct bc_buf text;
    const struct cmd_env *env; /* for times and names */
    const void *about;         /* for those who draw cells: of what answer they are; or NULL */
    size_t drawings;           /* so far: each has a number, for its ids */
    const char *section;       /* the heading over what is written now, by which its tables are
                                  named to who hears them; or NULL */
    bool brief;                /* a table too long for a page has only what is seen at once */
};

/* `out->text` is given back with bc_buf_release. */

/* Markup, as printf has it; no text from data is among the arguments. */
void html_out_put(struct html_out *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A text, perhaps from data, between tags; a word that is very long may go on in the next line, a
 * date never does. */
void html_out_text(struct html_out *out, struct bc_str text);
/* The same of a sentence of ours, in which what is to be typed stands between backquotes. */
void html_out_marked(struct html_out *out, struct bc_str text);
/* The same where no tag may stand: between the quotes of an attribute, in a title. */
void html_out_plain(struct html_out *out, struct bc_str text);
/* A figure as text, "-1.4 pt", with a minus for its hyphen and the unit kept beside it. */
void html_out_figure(struct html_out *out, struct bc_str figure);
/* Of a cell what people read in a table, but with a minus for a hyphen before a number, and the
 * unit kept beside it. */
void html_out_cell(struct html_out *out, const struct cell *cell);
/* A drawing, whose markup is well-formed; it stands in one line. */
void html_out_drawing(struct html_out *out, struct bc_str svg);

/* The row within a cell of that key, filled for who reads `row`; false where it has none. Whoever
 * calls gives it back with row_release. */
bool html_out_within(struct row *within, const struct row *row, const char *key);

#endif
