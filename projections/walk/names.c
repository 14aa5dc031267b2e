#include "projections/walk/names.h"

#include "projections/walk/deal_names.h"

#include <stdlib.h>

static int by_deal(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_name *)a)->deal, ((const struct bc_name *)b)->deal);
}

static void take_deals(struct bc_names *out, const struct bc_str *deals, size_t n)
{
    size_t kept = 0;

    out->arena = bc_arena_new();
    out->at = bc_calloc(n + 1, sizeof(*out->at));
    for (size_t i = 0; i < n; i++)
        out->at[i].deal = deals[i];
    qsort(out->at, n, sizeof(*out->at), by_deal);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !bc_str_eq(out->at[kept - 1].deal, out->at[i].deal))
            out->at[kept++].deal = bc_arena_copy(out->arena, out->at[i].deal);
    out->n = kept;
}

bc_status bc_names_read(struct bc_names *out, bc_timelines *timelines,
                        const struct bc_question *question, const struct bc_str *deals, size_t n,
                        struct bc_err *err)
{
    bc_deal_names *each;
    struct bc_names names;
    bc_status rc = bc_deal_names_open(&each, timelines, question, err);

    if (rc < 0)
        return rc;
    take_deals(&names, deals, n);
    for (size_t i = 0; rc == BC_OK && i < names.n; i++) {
        struct bc_deal_name name;

        rc = bc_deal_names_get(each, &name, names.at[i].deal, err);
        if (rc == BC_OK)
            names.at[i].name = bc_arena_copy(names.arena, name.name);
    }
    bc_deal_names_free(each);
    if (rc < 0)
        bc_names_release(&names);
    else
        *out = names;
    return rc;
}

void bc_names_release(struct bc_names *names)
{
    free(names->at);
    bc_arena_free(names->arena);
    *names = (struct bc_names){ 0 };
}

struct bc_str bc_names_of(const struct bc_names *names, struct bc_str deal)
{
    const struct bc_name key = { .deal = deal };
    const struct bc_name *found =
        names->n ? bsearch(&key, names->at, names->n, sizeof(*names->at), by_deal) : NULL;

    return found ? found->name : (struct bc_str){ 0 };
}
