/* tools/site/frame/address.h - for insiders: addresses, with all that is asked in them. */
#ifndef BC_TOOLS_SITE_FRAME_ADDRESS_H
#define BC_TOOLS_SITE_FRAME_ADDRESS_H

#include "tools/pages/document.h"
#include "tools/site/frame/request.h"

/* The value of a key; the last one where it is there twice; empty where it is not there. */
struct bc_str address_value(const struct site_request *request, const char *key);

/* The keys that all pages have: as-of, known-at, clock, rules, slice. Ends with NULL. */
extern const char *const address_question[];

/* Whether a key of an address goes on into others: not what is of a copied link, nor what the
 * script asks while the slider moves. */
bool address_stays(struct bc_str key);

/* Adds "/deal?id=165-larkness&as-of=2026-03-29": the pairs, and of the keys that all pages have,
 * what `request` asks, unless a pair says otherwise. */
void address_add(struct bc_buf *out, const struct site_request *request, const char *page,
                 const struct document_pair *pairs, size_t n);
/* The same of all that is asked of this page, with these pairs in the place of its own, which the
 * others follow. The page by its name: what was typed as a path may lead anywhere. */
void address_add_same(struct bc_buf *out, const struct site_request *request, const char *page,
                      const struct document_pair *pairs, size_t n);

#endif
