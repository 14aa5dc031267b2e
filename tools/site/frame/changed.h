/* tools/site/frame/changed.h - for insiders: what a copied link says when more is known than when
 * it was copied. The link has the head that the ledger had; the page is made as it read then, too,
 * and compared. */
#ifndef BC_TOOLS_SITE_FRAME_CHANGED_H
#define BC_TOOLS_SITE_FRAME_CHANGED_H

#include "tools/site/frame/call.h"

/* Puts the line into a page that was made, where its bar left room for it (head_link_room). */
bc_status changed_say(struct call_page *call, struct bc_err *err);

#endif
