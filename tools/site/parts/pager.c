#include "tools/site/parts/pager.h"

enum { PAGE_DIGITS = 7 };

bc_status pager_read(size_t *out, const struct call_page *call, struct bc_err *err)
{
    const struct bc_str typed = call_param(call, "page");
    size_t page = 0;

    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] < '0' || typed.at[i] > '9' || typed.len > PAGE_DIGITS)
            return bc_err_set(err, BC_E_USAGE, "page '%.*s': expected a whole number from 1 up",
                              BC_STR_ARG(typed));
        page = page * 10 + (size_t)(typed.at[i] - '0');
    }
    *out = page ? page : 1;
    return BC_OK;
}

/* --- links --- */

enum { PAIRS_MAX = 24 };

static void put_link(struct call_page *call, const char *key, size_t page, const char *text,
                     const struct document_pair *pairs, size_t n)
{
    struct document_pair all[PAIRS_MAX];
    struct bc_buf number = { 0 };
    bool linked;

    if (n >= PAIRS_MAX)
        n = PAIRS_MAX - 1;
    for (size_t i = 0; i < n; i++)
        all[i] = pairs[i];
    bc_buf_printf(&number, "%zu", page);
    all[n] = (struct document_pair){ key, page == 1 ? BC_STR("") : bc_buf_str(&number) };
    linked = document_link(&call->out, call->place->name, all, n + 1);
    html_out_put(&call->out, "%s", text);
    document_link_end(&call->out, linked);
    bc_buf_release(&number);
}

void pager_put(struct call_page *call, const struct pager *pager, const struct document_pair *pairs,
               size_t n)
{
    const size_t pages = (pager->n + pager->size - 1) / pager->size, page = pager->page;
    const char *key = pager->key ? pager->key : "page";
    const size_t first = (page - 1) * pager->size + 1, last = first + pager->size - 1;

    if (pages <= 1 && page == 1)
        return;
    html_out_put(&call->out, "<nav class=\"pager\" aria-label=\"Pages of the list\">");
    if (page > 1) {
        put_link(call, key, 1, "First", pairs, n);
        put_link(call, key, page <= pages ? page - 1 : pages ? pages : 1, "Before", pairs, n);
    }
    if (first <= pager->n)
        html_out_put(&call->out, "<span>%zu to %zu of %zu</span>", first,
                     last < pager->n ? last : pager->n, pager->n);
    else
        html_out_put(&call->out, "<span>There are %zu</span>", pager->n);
    if (page < pages) {
        put_link(call, key, page + 1, "Next", pairs, n);
        put_link(call, key, pages, "Last", pairs, n);
    }
    html_out_put(&call->out, "</nav>\n");
}
