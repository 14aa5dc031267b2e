/* tests/support/history_plan.c - which histories a law is tried on, and where their chance is from.
 */
#include "tests/support/check.h"
#include "tests/support/history.h"

#include <stdlib.h>

/* splitmix64: https://prng.di.unimi.it/splitmix64.c */
uint64_t history_random(uint64_t *state, uint64_t below)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (z ^ (z >> 31)) % below;
}

struct history_plan history_plan_of(unsigned n, bc_zone **zone)
{
    static const char *const zones[] = { "UTC", "Europe/Berlin", "America/New_York" };
    static const int32_t days[] = { 150, 300, 560 };
    const char *seed = getenv("BC_SEED");
    struct history_plan plan = { .seed = (seed ? strtoull(seed, NULL, 10) : 1) + n };
    struct bc_err err = { 0 };
    int year = 2023 + (int)(plan.seed % 2);

    plan.first_day = bc_day_of_civil(year, 6, 1);
    plan.last_day = plan.first_day + days[plan.seed % ARRAY_LEN(days)];
    *zone = NULL;
    check_ok(bc_zone_open(zone, bc_str_of(zones[plan.seed / 2 % ARRAY_LEN(zones)]), &err), &err);
    plan.zone = *zone;
    return plan;
}
