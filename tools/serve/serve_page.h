/* tools/serve/serve_page.h - the pages that the server has to say itself: a heading and a sentence.
 */
#ifndef BC_TOOLS_SERVE_SERVE_PAGE_H
#define BC_TOOLS_SERVE_SERVE_PAGE_H

#include "tools/serve/serve.h"

/* Fills the answer with a page; what it held is given back. Both texts are ours, as HTML. */
void serve_page(struct serve_answer *answer, unsigned status, const char *heading,
                const char *sentence);
/* The same with a link to a sound target below. */
void serve_page_link(struct serve_answer *answer, unsigned status, const char *heading,
                     const char *sentence, struct bc_str target);

/* Frees what an answer holds. */
void serve_answer_release(struct serve_answer *answer);

#endif
