/* tools/site/frame/head_link.h - for insiders: the head that a copied link has,
 * `head=4222-XpV1...`, and where the page of such a link has room for what is said of it. */
#ifndef BC_TOOLS_SITE_FRAME_HEAD_LINK_H
#define BC_TOOLS_SITE_FRAME_HEAD_LINK_H

#include "ledger/record/merkle.h"
#include "tools/print/html_out.h"

void head_link_add(struct bc_buf *out, const struct bc_head *head);
/* False: it is none. */
bool head_link_read(struct bc_head *out, struct bc_str text);

void head_link_room(struct html_out *out);
/* The first room in a page, `*len` bytes; NULL: it has none. No text from data looks like it. */
const char *head_link_find(const struct bc_buf *page, size_t *len);

#endif
