/* tools/hubspot/zone.h - the time zone of an account: in it HubSpot shows times as days. */
#ifndef BC_TOOLS_HUBSPOT_ZONE_H
#define BC_TOOLS_HUBSPOT_ZONE_H

#include "projections/rules/rules.h"
#include "tools/hubspot/run.h"

/* Takes the zone that HubSpot says the account is in; one that the system has no files of is only
 * named. */
void hubspot_zone_take(struct hubspot_run *run, struct bc_str name);
/* The account file's zone, else HubSpot's; NULL: unknown. */
const bc_zone *hubspot_zone(const struct hubspot_run *run);

/* Does a property hold times, as far as HubSpot says? */
bool hubspot_zone_holds_times(const struct hubspot_run *run, struct bc_str property);
/* A value of a property that is a calendar day of ours, as YYYY-MM-DD: of one that holds times the
 * day that they show in the account's zone. Lives until the record's arena is reset. */
struct bc_str hubspot_zone_day(struct hubspot_run *run, struct bc_str property,
                               struct bc_str value);
/* Notes which properties are taken so, and an account file that names another zone than HubSpot. */
void hubspot_zone_check(struct hubspot_run *run);

/* The account's zone beside that in which the rules count days. */
struct hubspot_zones {
    const char *account; /* NULL: unknown */
    const char *rules;
    bool differ; /* their days do not end at the same instants, in the years around `now_us` */
};
struct hubspot_zones hubspot_zones_of(const struct hubspot_run *run, const bc_rules *rules,
                                      int64_t now_us);

#endif
