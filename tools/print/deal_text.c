#include "tools/print/deal_text.h"

#include "tools/cli/text.h"
#include "tools/print/fit.h"

void deal_text_add_name(struct bc_buf *out, struct bc_str deal, struct bc_str name, size_t most)
{
    struct bc_buf safe = { 0 };

    bc_buf_add_str(out, deal);
    if (name.len == 0)
        return;
    text_escape(&safe, name);
    bc_buf_add_str(out, BC_STR(" ("));
    fit_end(out, bc_buf_str(&safe), most ? most : safe.len);
    bc_buf_add_byte(out, ')');
    bc_buf_release(&safe);
}

void deal_text_add(struct bc_buf *out, struct names *names, struct bc_str deal)
{
    deal_text_add_name(out, deal, names_of_deal(names, deal).name, names ? names->most : 0);
}
