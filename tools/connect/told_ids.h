/* tools/connect/told_ids.h - how ids end of what an import tells in another's place or takes back.
 */
#ifndef BC_TOOLS_CONNECT_TOLD_IDS_H
#define BC_TOOLS_CONNECT_TOLD_IDS_H

#include "ledger/record/event.h"

#define TOLD_AS        "/as/"       /* "ID/as/DIGEST.N": ID came with other content */
#define TOLD_RETRACTED "/retracted" /* "ID/retracted", "ID/retracted/2": with that it fell */
#define TOLD_TAKEN_BACK                                                                            \
    "/taken-back/" /* "ID/taken-back/US": its service says it no more, since US */

/* Does the retraction of that id come from an import, and not from a hand? `target` is the id of
 * what it retracts. */
static inline bool told_is_ours(struct bc_str id, struct bc_str target)
{
    const struct bc_str retracted = BC_STR(TOLD_RETRACTED), taken_back = BC_STR(TOLD_TAKEN_BACK);
    struct bc_str rest;

    if (!id.at || !bc_str_begins(id, target))
        return false;
    rest = bc_str_part(id, target.len, id.len);
    return bc_str_begins(rest, taken_back) ||
           (bc_str_begins(rest, retracted) &&
            (rest.len == retracted.len || rest.at[retracted.len] == '/'));
}

#endif
