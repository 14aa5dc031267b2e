#include "tools/site/paged.h"

#include "tools/site/address.h"

void paged_read(struct paged *paged, const struct call_page *call)
{
    const size_t pages = (paged->all.n + PAGED_ROWS - 1) / PAGED_ROWS;
    const struct bc_str typed = call_param(call, paged->key);
    size_t page = 0;

    for (size_t i = 0; i < typed.len && typed.at[i] >= '0' && typed.at[i] <= '9' && page <= pages;
         i++)
        page = 10 * page + (size_t)(typed.at[i] - '0');
    paged->first = 0;
    paged->n = paged->all.n;
    if (paged->all.n <= PAGED_WHOLE)
        return;
    page = page < 1 ? 1 : page > pages ? pages : page;
    paged->first = PAGED_ROWS * (page - 1);
    paged->n = paged->all.n - paged->first;
    if (paged->n > PAGED_ROWS)
        paged->n = PAGED_ROWS;
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct paged *paged = source;
    const size_t at = paged->first + i;

    paged->all.fill(row, paged->all.source, paged->reversed ? paged->all.n - 1 - at : at);
}

struct rows paged_rows(const struct paged *paged)
{
    return rows_of(fill, paged, paged->n);
}

static void put_link(struct call_page *call, const struct paged *paged, size_t page,
                     const char *word)
{
    struct bc_buf address = { 0 }, number = { 0 };

    bc_buf_printf(&number, "%zu", page);
    address_add_same(&address, call->request,
                     &(struct document_pair){ paged->key, bc_buf_str(&number) }, 1);
    html_out_put(&call->out, "<a href=\"");
    html_out_plain(&call->out, bc_buf_str(&address));
    html_out_put(&call->out, "\">%s</a>\n", word);
    bc_buf_release(&address);
    bc_buf_release(&number);
}

void paged_put(struct call_page *call, const struct paged *paged)
{
    const size_t page = paged->first / PAGED_ROWS + 1;

    if (paged->n == paged->all.n)
        return;
    html_out_put(&call->out, "<p class=\"note\">%zu to %zu of %zu ", paged->first + 1,
                 paged->first + paged->n, paged->all.n);
    if (page > 1)
        put_link(call, paged, page - 1, "before");
    if (paged->first + paged->n < paged->all.n)
        put_link(call, paged, page + 1, "next");
    html_out_put(&call->out, "</p>\n");
}
