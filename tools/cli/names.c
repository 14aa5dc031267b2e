#include "tools/cli/names.h"

struct names_deal names_of_deal(struct names *names, struct bc_str deal)
{
    struct names_deal found = { 0 };

    if (!names || names->off || !names->find || names->failed < 0 || deal.len == 0)
        return found;
    names->failed = names->find(names->finder, &found, deal, &names->err);
    return names->failed < 0 ? (struct names_deal){ 0 } : found;
}
