#include "tools/site/parts/paged.h"

#include "tools/site/parts/pager.h"

enum { PAIRS_MAX = 16 };

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

void paged_put(struct call_page *call, const struct paged *paged)
{
    struct document_pair pairs[PAIRS_MAX];
    size_t n = 0;

    if (paged->n == paged->all.n)
        return;
    for (size_t i = 0; i < call->request->pair_n && n < PAIRS_MAX; i++) {
        const struct site_pair *pair = &call->request->pairs[i];

        if (!bc_str_eq(pair->key, bc_str_of(paged->key)) && !bc_str_eq(pair->key, BC_STR("head")))
            pairs[n++] =
                (struct document_pair){ bc_arena_copy(call->arena, pair->key).at, pair->value };
    }
    pager_put(call,
              &(struct pager){ .page = paged->first / PAGED_ROWS + 1,
                               .size = PAGED_ROWS,
                               .n = paged->all.n,
                               .key = paged->key },
              pairs, n);
}
