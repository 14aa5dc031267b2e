/* tools/site/parts/paged.h - for insiders: a long list a hundred rows a page, with plain links to
 * the others. */
#ifndef BC_TOOLS_SITE_PARTS_PAGED_H
#define BC_TOOLS_SITE_PARTS_PAGED_H

#include "tools/site/frame/call.h"

enum { PAGED_WHOLE = 200, PAGED_ROWS = 100 };

struct paged {
    struct rows all; /* that can be filled by number */
    bool reversed;   /* the last of them comes first */
    const char *key; /* the parameter that says which page: "page" */
    size_t first, n; /* of this page */
};

/* Up to PAGED_WHOLE rows are one page; `all`, `reversed` and `key` are set. */
void paged_read(struct paged *paged, const struct call_page *call);
/* The rows of this page, which live as long as `paged`. */
struct rows paged_rows(const struct paged *paged);
/* "101 to 200 of 345", and the links; nothing where all are on one page. */
void paged_put(struct call_page *call, const struct paged *paged);

#endif
