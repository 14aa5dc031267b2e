/* tools/hubspot/zone.c */
#include "tools/hubspot/zone.h"

#include "ledger/record/event.h"
#include "tools/hubspot/value.h"

/* Zones are compared for so many days back, and a year ahead. */
enum { DAYS_BACK = 20 * 366, DAYS_AHEAD = 366 };

void hubspot_zone_take(struct hubspot_run *run, struct bc_str name)
{
    bc_zone *zone = NULL;

    if (name.len == 0 || run->zone_name.len > 0)
        return;
    run->zone_name = bc_arena_copy(run->keep, name);
    if (bc_zone_open(&zone, name, NULL) == BC_OK)
        run->zone = zone;
}

const bc_zone *hubspot_zone(const struct hubspot_run *run)
{
    return run->account->zone ? run->account->zone : run->zone;
}

bool hubspot_zone_holds_times(const struct hubspot_run *run, struct bc_str property)
{
    const struct hubspot_defined *defined = hubspot_run_defined(run, property);

    return defined && defined->times;
}

struct bc_str hubspot_zone_day(struct hubspot_run *run, struct bc_str property, struct bc_str value)
{
    const bc_zone *zone = hubspot_zone_holds_times(run, property) ? hubspot_zone(run) : NULL;

    return hubspot_day(value, zone, run->record);
}

void hubspot_zone_check(struct hubspot_run *run)
{
    const struct hubspot_map *map = &run->account->properties;
    const bc_zone *zone = hubspot_zone(run);
    const bc_zone *own = run->account->zone;

    bc_arena_reset(run->record);
    for (size_t i = 0; i < map->n; i++) {
        if (!bc_property_is_day(map->pairs[i].to) ||
            !hubspot_zone_holds_times(run, map->pairs[i].from))
            continue;
        hubspot_tally_add(run, zone ? &run->notes.times : &run->notes.times_in_utc,
                          zone ? hubspot_print(run, "%.*s in %s", BC_STR_ARG(map->pairs[i].from),
                                               bc_zone_name(zone))
                               : map->pairs[i].from);
    }
    if (own && run->zone_name.len && !bc_str_eq(run->zone_name, bc_str_of(bc_zone_name(own))))
        hubspot_tally_add(run, &run->notes.zone_moved,
                          hubspot_print(run, "%s, HubSpot says %.*s", bc_zone_name(own),
                                        BC_STR_ARG(run->zone_name)));
}

static bool same_days(const bc_zone *a, const bc_zone *b, int32_t today)
{
    for (int32_t day = today - DAYS_BACK; day < today + DAYS_AHEAD; day++)
        if (bc_zone_day_end(a, day) != bc_zone_day_end(b, day))
            return false;
    return true;
}

struct hubspot_zones hubspot_zones_of(const struct hubspot_run *run, const bc_rules *rules,
                                      int64_t now_us)
{
    const bc_zone *zone = hubspot_zone(run);
    struct hubspot_zones zones = { .rules = rules->timezone };

    if (zone) {
        zones.account = bc_zone_name(zone);
        zones.differ = !same_days(zone, rules->zone, (int32_t)(now_us / BC_DAY_US));
    } else if (run->zone_name.len) { /* no files of it: its days are not known */
        zones.account = run->zone_name.at;
        zones.differ = true;
    }
    return zones;
}
