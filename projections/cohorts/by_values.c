#include "projections/cohorts/by_values.h"

static void sooner(int64_t *next_us, int64_t us, int64_t after_us)
{
    if (us > after_us && us < *next_us)
        *next_us = us;
}

static struct bc_str value_at(const void *payload, const struct bc_deal *deal,
                              const struct bc_dates *dates, uint32_t date, uint32_t *end)
{
    const struct bc_by_values *values = payload;
    const int64_t at_us = dates->as_of_us[date];
    int64_t next_us = BC_NEVER;
    char room[BC_BY_ROOM]; /* for keys of the calendar, which are none of these */

    for (size_t i = 0; i < deal->learning_n; i++)
        sooner(&next_us, deal->learning[i].occurred_us, at_us);
    for (size_t i = 0; values->by.kind == BC_BY_MEETINGS && i < deal->meeting_n; i++) {
        sooner(&next_us, deal->meetings[i].occurred_us, at_us);
        sooner(&next_us, deal->meetings[i].starts_us, at_us);
    }
    sooner(&next_us, deal->opened_us, at_us);
    *end = next_us == BC_NEVER ? (uint32_t)dates->n : bc_dates_from(dates, next_us);
    return bc_by_value(&values->by, &values->world, deal, at_us, room);
}

void bc_by_values_init(struct bc_by_values *out, const struct bc_by *by, const bc_rules *rules,
                       const bc_string_table *strings)
{
    *out = (struct bc_by_values){ .splitter = { out, value_at },
                                  .by = *by,
                                  .world = bc_by_world_of(rules, strings) };
    out->world.late_values = true;
}
