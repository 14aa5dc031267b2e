/* tools/site/deals/deals_asked.h - for insiders: which deals a page lists, by its address: `q` (a
 * text within id or name), `stage`, `owner`, `open`, `stalled`, `within` (open within so many days,
 * or `all`), `sort`, `page`. */
#ifndef BC_TOOLS_SITE_DEALS_DEALS_ASKED_H
#define BC_TOOLS_SITE_DEALS_DEALS_ASKED_H

#include "tools/site/frame/call.h"

enum { DEALS_ASKED_WORDS = 14 };

/* What is asked where the address says nothing. */
struct deals_usual {
    size_t size; /* rows of a page */
    const char *sort, *within;
};

struct deals_asked {
    const char *words[DEALS_ASKED_WORDS]; /* of the command `deals`; ends with NULL */
    size_t page, size;                    /* from 1 on; rows of one */
    const char *within;                   /* one of the words; NULL: of any deal */
};

/* BC_E_USAGE: a page that is no number. */
bc_status deals_asked_read(struct deals_asked *out, struct call_page *call,
                           const struct deals_usual *usual, struct bc_err *err);
/* How many more there are than the n that are answered, without `within`. */
bc_status deals_asked_left_out(size_t *out, struct call_page *call, const struct deals_asked *asked,
                               size_t n, struct bc_err *err);
/* Says so, with the way to them; nothing where there are none. */
void deals_asked_put_left_out(struct call_page *call, const struct deals_usual *usual, size_t left);
/* Is anything asked but an order and a page? */
bool deals_asked_filtered(const struct call_page *call);

/* The form; for a page that stands alone there is none. */
void deals_asked_put_form(struct call_page *call, const struct deals_usual *usual);
/* "101 to 200 of 47617", with the ways to the pages before and after; nothing where all are there.
 */
void deals_asked_put_pager(struct call_page *call, const struct deals_asked *asked, size_t n);
/* The heading of a column, as a link that sorts by it, or the other way where it does so already.
 * `first` is the direction at first: "" or "-". */
void deals_asked_put_heading(struct html_out *out, const char *column, const char *heading,
                             const char *first);

#endif
