/* tools/site/parts/form.h - for insiders: what one page asks beside the question, as a form that
 * works without a script. */
#ifndef BC_TOOLS_SITE_PARTS_FORM_H
#define BC_TOOLS_SITE_PARTS_FORM_H

#include "tools/site/frame/call.h"

/* Begins the form of a page, with the question unseen; `label` says what it is for. False, and
 * nothing: nobody would answer, as in a folder of pages. */
bool form_begin(struct call_page *call, const char *label);
/* The same without the question, which is put with bar_put_question; it leads to a section of the
 * page, "#flow", or "". */
bool form_begin_bare(struct call_page *call, const char *label, const char *section);
/* The parameter of this key goes along unseen, if there is one. */
void form_hidden(struct call_page *call, const char *key);
/* A field for the parameter of this key; `none` stands in it while it is empty. */
void form_field(struct call_page *call, const char *key, const char *label, const char *none);
/* One of the rules' stages; `chosen` is what is asked, and `none` what no choice means, or NULL
 * where there must be one. */
void form_stages(struct call_page *call, const char *key, const char *label, const char *none,
                 struct bc_str chosen);
/* One of these; the first is what no choice means. */
struct form_choice {
    const char *value, *label;
};
void form_choices(struct call_page *call, const char *key, const char *label,
                  const struct form_choice *choices, size_t n);
void form_end(struct call_page *call);

#endif
