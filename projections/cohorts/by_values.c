#include "projections/cohorts/by_values.h"

#include "ledger/base/table.h"
#include "projections/walk/walk.h"

#include <stdlib.h>

/* --- one deal --- */

static void sooner(int64_t *next_us, int64_t us, int64_t after_us)
{
    if (us > after_us && us < *next_us)
        *next_us = us;
}

/* The value at a date, and the first date after it at which there may be another. */
static struct bc_str value_at(const struct bc_by *by, const struct bc_by_world *world,
                              const struct bc_deal *deal, const struct bc_dates *dates,
                              uint32_t date, uint32_t *end)
{
    const int64_t at_us = dates->as_of_us[date];
    int64_t next_us = BC_NEVER;
    char room[BC_BY_ROOM]; /* for keys of the calendar, which are none of these */

    for (size_t i = 0; i < deal->learning_n; i++)
        sooner(&next_us, deal->learning[i].occurred_us, at_us);
    for (size_t i = 0; by->kind == BC_BY_MEETINGS && i < deal->meeting_n; i++) {
        sooner(&next_us, deal->meetings[i].occurred_us, at_us);
        sooner(&next_us, deal->meetings[i].starts_us, at_us);
    }
    sooner(&next_us, deal->opened_us, at_us);
    *end = next_us == BC_NEVER ? (uint32_t)dates->n : bc_dates_from(dates, next_us);
    return bc_by_value(by, world, deal, at_us, room);
}

/* --- the values of all --- */

struct found {
    bc_arena *arena;
    struct bc_table table;
    struct bc_str *at;
    uint32_t **slices; /* of each value, by date */
    size_t n, cap, slices_cap;
};

struct finding {
    struct bc_walk walk;
    const struct bc_by *by;
    struct bc_by_world world;
    struct found found; /* of all parts */
};

struct part {
    const struct finding *finding;
    struct found found;
};

static void release_found(struct found *found)
{
    for (size_t i = 0; i < found->n; i++)
        free(found->slices[i]);
    free(found->slices);
    free(found->at);
    bc_table_release(&found->table);
    bc_arena_free(found->arena);
    *found = (struct found){ 0 };
}

static uint32_t *slices_of(struct found *found, struct bc_str value, size_t date_n)
{
    const uint64_t hash = bc_str_hash(value);
    struct bc_table_probe probe = bc_table_find(&found->table, hash);
    uint32_t at;

    while (bc_table_next(&found->table, &probe, &at))
        if (bc_str_eq(found->at[at], value))
            return found->slices[at];
    if (!found->arena)
        found->arena = bc_arena_new();
    BC_GROW(found->at, found->n, found->cap);
    BC_GROW(found->slices, found->n, found->slices_cap);
    bc_table_add(&found->table, hash, (uint32_t)found->n);
    found->at[found->n] = bc_arena_copy(found->arena, value);
    found->slices[found->n] = bc_calloc(date_n + 1, sizeof(uint32_t));
    return found->slices[found->n++];
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    const struct finding *finding = part->finding;
    const struct bc_dates *dates = &finding->walk.dates;
    const uint32_t begun = bc_dates_from(dates, bc_walk_begun(deal));

    (void)err;
    bc_view_at(view, deal);
    for (size_t i = 0; i < view->present_n; i++) {
        const struct bc_present_range *present = &view->present_ranges[i];
        uint32_t date = present->first > begun ? present->first : begun, end;

        for (; date < present->end; date = end) {
            const struct bc_str value =
                value_at(finding->by, &finding->world, deal, dates, date, &end);
            uint32_t *slices = slices_of(&part->found, value, dates->n);

            for (uint32_t at = date; at < end && at < present->end; at++)
                slices[at] |= present->slices;
        }
    }
    return BC_OK;
}

static void begin_part(void *payload, void *of)
{
    ((struct part *)payload)->finding = of;
}

static void join_part(void *payload, void *of)
{
    struct finding *finding = payload;
    const struct found *from = &((const struct part *)of)->found;

    for (size_t i = 0; i < from->n; i++) {
        uint32_t *slices = slices_of(&finding->found, from->at[i], finding->walk.dates.n);

        for (size_t date = 0; date < finding->walk.dates.n; date++)
            slices[date] |= from->slices[i][date];
    }
}

static void end_part(void *payload)
{
    release_found(&((struct part *)payload)->found);
}

static int by_bytes(const void *a, const void *b, void *texts)
{
    const struct bc_str *at = texts;

    return bc_str_cmp(at[*(const size_t *)a], at[*(const size_t *)b]);
}

static struct bc_by_values *take(const struct finding *finding)
{
    struct bc_by_values *out = bc_calloc(1, sizeof(*out));
    const struct found *found = &finding->found;
    size_t *order = bc_calloc(found->n + 1, sizeof(*order));

    *out = (struct bc_by_values){ .by = *finding->by,
                                  .world = finding->world,
                                  .n = found->n,
                                  .date_n = finding->walk.dates.n,
                                  .arena = bc_arena_new() };
    out->at = bc_calloc(out->n + 1, sizeof(*out->at));
    out->slices = bc_calloc(out->n * out->date_n + 1, sizeof(*out->slices));
    for (size_t i = 0; i < found->n; i++)
        order[i] = i;
    qsort_r(order, found->n, sizeof(*order), by_bytes, found->at);
    for (size_t i = 0; i < found->n; i++) {
        out->at[i] = bc_arena_copy(out->arena, found->at[order[i]]);
        for (size_t date = 0; date < out->date_n; date++)
            out->slices[date * out->n + i] = found->slices[order[i]][date];
    }
    free(order);
    return out;
}

bc_status bc_by_values_find(struct bc_by_values **out, bc_timelines *timelines,
                            const struct bc_question *question, const struct bc_by *by,
                            struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct finding finding = { .by = by };
    bc_status rc = bc_walk_init(&finding.walk, timelines, question, err);

    bc_walk_everything(&finding.walk);
    finding.world = bc_by_world_of(finding.walk.rules, finding.walk.strings);
    finding.world.late_values = true;
    if (rc == BC_OK)
        rc = bc_walk_run(&finding.walk, &walker, &finding, err);
    if (rc == BC_OK)
        *out = take(&finding);
    bc_walk_release(&finding.walk);
    release_found(&finding.found);
    return rc;
}

void bc_by_values_free(struct bc_by_values *values)
{
    if (!values)
        return;
    free(values->at);
    free(values->slices);
    bc_arena_free(values->arena);
    free(values);
}

/* --- one of them --- */

/* At the other dates the deal is in no slice. It stays there, for it may renew another. */
static void narrow(const void *payload, const struct bc_deal *deal, struct bc_view *view)
{
    const struct bc_by_only *only = payload;
    const struct bc_by_values *values = only->values;
    struct bc_present_range *old = view->present_ranges;
    const size_t n = view->present_n;

    view->present_ranges = NULL;
    view->present_n = view->present_cap = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t date = old[i].first, end;

        for (; date < old[i].end; date = end) {
            const struct bc_str value =
                value_at(&values->by, &values->world, deal, view->dates, date, &end);
            struct bc_present_range *range;

            end = end < old[i].end ? end : old[i].end;
            BC_GROW(view->present_ranges, view->present_n, view->present_cap);
            range = &view->present_ranges[view->present_n++];
            *range = old[i];
            range->first = date;
            range->end = end;
            if (!bc_str_eq(value, values->at[only->value]))
                range->slices = 0;
        }
    }
    free(old);
}

void bc_by_only_init(struct bc_by_only *out, const struct bc_by_values *values, size_t value)
{
    struct bc_wants wants = { 0 };

    bc_by_ask(&values->by, &wants);
    *out = (struct bc_by_only){ { out, wants.kinds, narrow }, values, value };
}
