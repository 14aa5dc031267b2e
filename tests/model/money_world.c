#include "tests/model/money_world.h"

#include "tests/support/check.h"

#include <stdlib.h>

static void tell_at_random(struct law_world *world, struct bc_str deal, int64_t us,
                           int64_t recorded_us, uint64_t *random)
{
    static const struct {
        const char *name, *values[6];
    } rows[] = {
        { "mrr", { "100", "0.000001", "-12.345678", "1e3", "", "999999999999.9999995" } },
        { "amount", { "1000.05", "7", "0.0000005", "-1", "x", "123456789012" } },
        { "currency", { "USD", "EUR", "", "USD", "USD", "" } },
        { "company", { "acme", "bolt", "acme", "cone", "", "d1" } },
        { "target_start", { "2025-02-01", "2024-02-29", "2025-13-01", "", "2024-11-30", "" } },
        { "target_end", { "2025-06-30", "2024-02-29", "2025-08-11", "2024-01-01", "", "soon" } },
        { "contract_start", { "2024-01-31", "2025-02-01", "2024-12-24", "", "2025-03-31", "" } },
        { "contract_end", { "2025-01-31", "2025-03-01", "2024-02-29", "2026-12-31", "", "no" } },
    };
    static const char *const moods[] = { "good", "bad", "confirmed" };
    const size_t row = history_random(random, ARRAY_LEN(rows) + 1);
    const char *id = events_printf(&world->added, "money/%zu", world->added.n);
    const char *about = events_printf(&world->added, "%.*s", BC_STR_ARG(deal));

    if (row == ARRAY_LEN(rows)) {
        events_add(&world->added,
                   history_random(random, 2) ? BC_HEALTH_RECORDED : BC_RENEWAL_INTENT_RECORDED, id,
                   about, us, recorded_us);
        events_set_text(&world->added, 1, moods[history_random(random, 3)]);
        return;
    }
    events_add(&world->added, BC_PROPERTY_CHANGED, id, about, us, recorded_us);
    events_set_text(&world->added, BC_PROPERTY_CHANGED_NAME, rows[row].name);
    events_set_text(&world->added, BC_PROPERTY_CHANGED_VALUE,
                    rows[row].values[history_random(random, 6)]);
}

void money_world_open(struct law_world *world, unsigned n)
{
    const struct history *history = &world->history;
    uint64_t random = 100 + n;
    struct bc_str *deals;
    int64_t recorded_us;
    size_t deal_n;

    law_world_open(world, n);
    recorded_us = history->logged.at[history->logged.n - 1].recorded_us;
    deals = bc_calloc(history->logged.n, sizeof(*deals));
    deal_n = events_deals(deals, history->logged.at, history->logged.n);
    for (size_t i = 0; i < deal_n * 10; i++) {
        const struct bc_str deal = deals[history_random(&random, deal_n)];
        const int64_t asked_us = history->asked[history_random(&random, history->asked_n)];
        const int64_t half_days = (int64_t)history_random(&random, 200);

        tell_at_random(world, deal, asked_us - half_days * BC_DAY_US / 2, recorded_us, &random);
    }
    free(deals);
    law_world_append(world);
}
