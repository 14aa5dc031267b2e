/* tools/export/tables_facts.c - a deal's facts of a kind, put together by what they are about. */
#include "projections/facts/learning.h"
#include "tools/export/tables_impl.h"

#include <stdlib.h>

static int by_first_text(const void *a, const void *b)
{
    const struct bc_fact_at *left = *(const struct bc_fact_at *const *)a;
    const struct bc_fact_at *right = *(const struct bc_fact_at *const *)b;
    const int order = bc_str_cmp(bc_learning_text(left, 0), bc_learning_text(right, 0));

    return order ? order : (left > right) - (left < right); /* both of one array, in its order */
}

size_t tables_sort_facts(struct tables_deal *deals, const struct bc_deal *deal,
                         enum bc_learning_kind kind)
{
    size_t n = 0;

    for (size_t i = 0; i < deal->learning_n; i++) {
        if (deal->learning[i].kind != kind)
            continue;
        BC_GROW(deals->facts, n, deals->fact_cap);
        deals->facts[n++] = &deal->learning[i];
    }
    if (n > 1)
        qsort(deals->facts, n, sizeof(*deals->facts), by_first_text);
    return n;
}
