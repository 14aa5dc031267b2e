/* tools/hubspot/meaning.c */
#include "tools/hubspot/meaning.h"

#include "ledger/record/event.h"
#include "tools/hubspot/value.h"
#include "tools/hubspot/zone.h"

struct bc_str hubspot_meaning(struct hubspot_run *run, struct bc_str ours, struct bc_str value)
{
    const struct hubspot_account *account = run->account;

    if (bc_property_is_day(ours))
        return hubspot_zone_day(run, hubspot_map_key(&account->properties, ours), value);
    if (bc_str_eq(ours, BC_STR("deal_type")))
        return hubspot_map_word(&account->deal_types, value);
    return value;
}

struct bc_str hubspot_meaning_now(struct hubspot_run *run, const json_t *record, const char *ours)
{
    struct bc_str theirs = hubspot_map_key(&run->account->properties, bc_str_of(ours));

    if (theirs.len == 0)
        return (struct bc_str){ 0 };
    return hubspot_meaning(run, bc_str_of(ours), hubspot_property(record, theirs.at));
}
