#include "tools/cmd/deal_owner.h"

void deal_owner_ask(struct bc_deal_list_ask *ask, const char *typed)
{
    ask->by_owner = typed != NULL;
    if (typed && strcmp(typed, "none") != 0)
        ask->owner = bc_str_of(typed);
}

bool deal_owner_note(struct basis *basis, const struct bc_deal_list_ask *ask,
                     const struct bc_deal_list *deals)
{
    struct bc_buf text = { 0 };

    if (!ask->by_owner || deals->owned > 0 || deals->there == 0)
        return false;
    bc_buf_printf(&text, "%zu deal%s looked at, and ", deals->there,
                  deals->there == 1 ? " was" : "s were");
    if (ask->owner.len)
        bc_buf_printf(&text, "none has the owner '%.*s'; owners are ids", BC_STR_ARG(ask->owner));
    else
        bc_buf_printf(&text, "none is without an owner");
    bc_buf_add_byte(&text, '\0');
    notes_add(&basis->notes, "no_such_owner", text.at);
    bc_buf_release(&text);
    return true;
}
