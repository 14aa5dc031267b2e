/* tools/site/parts/pager.h - for insiders: a long list a page at a time, `page=2` in the address,
 * with plain links to the others. */
#ifndef BC_TOOLS_SITE_PARTS_PAGER_H
#define BC_TOOLS_SITE_PARTS_PAGER_H

#include "tools/site/frame/call.h"

struct pager {
    size_t page, size; /* from 1 on; rows of one */
    size_t n;          /* rows of all */
    const char *key;   /* the parameter that says which page; NULL: "page" */
};

/* Which page is asked for; BC_E_USAGE: it is no number. */
bc_status pager_read(size_t *page, const struct call_page *call, struct bc_err *err);
/* "101 to 200 of 47617", with the ways to the pages before and after, which are asked the same, by
 * `pairs`; nothing where all rows are on the page. */
void pager_put(struct call_page *call, const struct pager *pager, const struct document_pair *pairs,
               size_t n);

#endif
