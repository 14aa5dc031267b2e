#include "tools/cli/names.h"

#include <stdlib.h>

struct names_deal names_of_deal(struct names *names, struct bc_str deal)
{
    struct names_deal found = { 0 };

    if (!names || names->off || !names->find || names->failed < 0 || deal.len == 0)
        return found;
    names->failed = names->find(names->finder, &found, deal, &names->err);
    return names->failed < 0 ? (struct names_deal){ 0 } : found;
}

static int by_id(const void *a, const void *b)
{
    return bc_str_cmp(((const struct names_person *)a)->id, ((const struct names_person *)b)->id);
}

struct bc_str names_of_person(const struct names *names, struct bc_str id)
{
    const struct names_person key = { .id = id }, *found = NULL;

    if (names && !names->off && names->people_n)
        found = bsearch(&key, names->people, names->people_n, sizeof(key), by_id);
    return found ? found->name : id;
}
