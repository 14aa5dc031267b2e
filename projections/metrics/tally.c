#include "projections/metrics/tally.h"

#include "projections/metrics/metric.h"

#include <assert.h>
#include <stdlib.h>

/* The numbers of all slices lie together. */
static void begin_numbers(struct bc_tally *tally)
{
    const bool hit = tally->mode == BC_TALLY_RATE || tally->mode == BC_TALLY_CAMPAIGNS;
    const bool excluded = tally->mode == BC_TALLY_SAMPLES;
    const size_t n = tally->date_n + 1;
    int64_t *at = bc_calloc(tally->slice_n * (hit || excluded ? 2 : 1) * n, sizeof(*at));

    tally->numbers = at;
    for (size_t i = 0; i < tally->slice_n; i++, at += n) {
        tally->slices[i].n = at;
        if (hit)
            tally->slices[i].hit = at += n;
        if (excluded)
            tally->slices[i].excluded = at += n;
    }
}

void bc_tally_init(struct bc_tally *tally, enum bc_tally_mode mode, size_t date_n, size_t slice_n)
{
    assert(date_n <= BC_DATE_MAX && slice_n <= BC_SLICE_MAX);
    *tally = (struct bc_tally){ .mode = mode,
                                .date_n = date_n,
                                .slice_n = slice_n,
                                .slices_asked = (1u << slice_n) - 1,
                                .campaigns = { .date_n = date_n, .slice_n = slice_n },
                                .slices = bc_calloc(slice_n, sizeof(*tally->slices)),
                                .arena = bc_arena_new() };
    begin_numbers(tally);
    if (mode == BC_TALLY_DISTINCT || mode == BC_TALLY_RENEWABLE)
        tally->ranges = bc_calloc(1, sizeof(*tally->ranges));
    if (mode == BC_TALLY_RENEWABLE)
        tally->renewers = bc_calloc(1, sizeof(*tally->renewers));
}

void bc_tally_init_like(struct bc_tally *tally, const struct bc_tally *like)
{
    bc_tally_init(tally, like->mode, like->date_n, like->slice_n);
    tally->slices_asked = like->slices_asked;
    tally->keep_slices = like->keep_slices;
    tally->lists = like->lists;
}

static void release_ranges(struct bc_id_ranges *ranges)
{
    if (ranges)
        bc_id_ranges_release(ranges);
    free(ranges);
}

void bc_tally_release(struct bc_tally *tally)
{
    free(tally->numbers);
    free(tally->slices);
    bc_samples_release(&tally->samples);
    release_ranges(tally->ranges);
    release_ranges(tally->renewers);
    bc_chunks_release(&tally->stalled);
    bc_campaigns_release(&tally->campaigns);
    free(tally->kept);
    bc_arena_free(tally->arena);
    *tally = (struct bc_tally){ 0 };
}

/* --- a contribution --- */

static inline void add_range(int64_t *differences, uint32_t first, uint32_t end, int64_t by)
{
    differences[first] += by;
    differences[end] -= by;
}

static void add_stalled(struct bc_tally *tally, uint32_t slices, uint32_t first, uint32_t end,
                        struct bc_str deal)
{
    struct bc_stalled *stalled = bc_chunks_add(&tally->stalled, sizeof(*stalled));

    *stalled = (struct bc_stalled){ first, end & BC_DATE_MAX, slices & 0xff,
                                    bc_arena_copy(tally->arena, deal) };
}

static void add_counted(struct bc_tally *tally, uint32_t slices, uint32_t first, uint32_t end,
                        const struct bc_contribution *contribution)
{
    switch (tally->mode) {
    case BC_TALLY_DISTINCT:
    case BC_TALLY_RENEWABLE:
        bc_id_ranges_add(tally->ranges, contribution->id, first, end, slices);
        return; /* counted when all have been added */
    case BC_TALLY_CAMPAIGNS:
        if (contribution->word && tally->lists)
            bc_campaigns_add(&tally->campaigns, contribution->word, first, end, slices,
                             contribution->hit);
        break;
    case BC_TALLY_SAMPLES:
        bc_samples_add(&tally->samples, first, end, slices, contribution->value_us,
                       contribution->growing);
        break;
    case BC_TALLY_COUNT:
    case BC_TALLY_RATE:
        break;
    }
    for (size_t i = 0; slices >> i; i++) {
        if (!(slices >> i & 1))
            continue;
        add_range(tally->slices[i].n, first, end, 1);
        if (contribution->hit)
            add_range(tally->slices[i].hit, first, end, 1);
    }
}

/* At date 0, the only one of which anything is kept. */
static void keep_conditions(struct bc_kept *kept, const struct bc_metric *metric,
                            const struct bc_view *view)
{
    for (unsigned property = 0; property < BC_P_N; property++) {
        const struct bc_value_range *range = view->ranges[property].at;

        if (((metric->rule->having | metric->rule->lacking) >> property & 1) && range->setting)
            kept->condition_seqs[property] = range->setting->seq;
    }
}

static void keep(struct bc_tally *tally, const struct bc_metric *metric, const struct bc_view *view,
                 const struct bc_present_range *present, uint32_t slices,
                 const struct bc_contribution *contribution)
{
    for (unsigned i = 0; i < tally->slice_n; i++) {
        bool typed = view->rules->slices[i].deal_type_n || metric->deal_type_counts;

        if (!(slices >> i & 1))
            continue;
        BC_GROW(tally->kept, tally->kept_n, tally->kept_cap);
        tally->kept[tally->kept_n] =
            (struct bc_kept){ .deal = bc_arena_copy(tally->arena, view->deal->id),
                              .slice = i,
                              .contribution = *contribution,
                              .type_seq = typed ? present->type_seq : 0 };
        keep_conditions(&tally->kept[tally->kept_n++], metric, view);
    }
}

static struct bc_tally **place_of(struct bc_metric *metric, uint32_t value)
{
    if (value >= metric->value_n) {
        const size_t n = 2 * (size_t)value + 16;

        metric->values = bc_reallocarray(metric->values, n, sizeof(*metric->values));
        for (size_t i = metric->value_n; i < n; i++)
            metric->values[i] = NULL;
        metric->value_n = n;
    }
    return &metric->values[value];
}

struct bc_tally *bc_tally_of(struct bc_metric *metric, uint32_t value)
{
    struct bc_tally **place = place_of(metric, value);

    if (!*place) {
        *place = bc_malloc(sizeof(**place));
        bc_tally_init_like(*place, &metric->tally);
    }
    return *place;
}

static void add_to_slices(struct bc_metric *metric, const struct bc_view *view,
                          const struct bc_present_range *present, uint32_t first, uint32_t end,
                          const struct bc_contribution *contribution)
{
    const uint32_t slices = present->slices & metric->tally.slices_asked;
    struct bc_tally *tally;

    if (contribution->role == BC_RENEWER)
        bc_id_ranges_add(metric->tally.renewers, contribution->id, first, end, present->slices);
    if (contribution->role == BC_RENEWER || !slices)
        return;
    tally = metric->split ? bc_tally_of(metric, present->value) : &metric->tally;
    switch (contribution->role) {
    case BC_COUNTED:
        add_counted(tally, slices, first, end, contribution);
        if (slices & tally->keep_slices && first == 0)
            keep(tally, metric, view, present, slices & tally->keep_slices, contribution);
        break;
    case BC_EXCLUDED:
        for (size_t i = 0; slices >> i; i++)
            if (slices >> i & 1)
                add_range(tally->slices[i].excluded, first, end, 1);
        break;
    case BC_STALLED:
        add_stalled(tally, slices, first, end, view->deal->id);
        break;
    case BC_RENEWER:
        break;
    }
}

/* The dates at which the deal exists, and in which slices. */
static void add_present(struct bc_metric *metric, const struct bc_view *view, uint32_t first,
                        uint32_t end, const struct bc_contribution *contribution)
{
    for (size_t s = 0; s < view->present_n; s++) {
        const struct bc_present_range *present = &view->present_ranges[s];
        uint32_t from = bc_later(first, present->first), to = bc_earlier(end, present->end);

        if (from < to)
            add_to_slices(metric, view, present, from, to, contribution);
    }
}

/* --- conditions --- */

static bool asks(const struct bc_metric *metric, unsigned property)
{
    return ((metric->rule->having | metric->rule->lacking) >> property & 1) ||
           (property == BC_P_DEAL_TYPE && metric->deal_type_counts);
}

static bool meets(const struct bc_metric *metric, unsigned property,
                  const struct bc_value_range *range)
{
    bool there = bc_value_range_has_value(range, (enum bc_property)property);

    if ((metric->rule->having >> property & 1 && !there) ||
        (metric->rule->lacking >> property & 1 && there))
        return false;
    return property != BC_P_DEAL_TYPE || !metric->deal_type_counts ||
           (there && metric->deal_type_counts[range->setting->value]);
}

/* The dates at which the deal meets the conditions on `property` and the later ones. */
static void add_meeting(struct bc_metric *metric, const struct bc_view *view, uint32_t first,
                        uint32_t end, const struct bc_contribution *contribution, unsigned property)
{
    while (property < BC_P_N && !asks(metric, property))
        property++;
    if (property == BC_P_N) {
        add_present(metric, view, first, end, contribution);
        return;
    }
    for (size_t i = 0; i < view->ranges[property].n; i++) {
        const struct bc_value_range *range = &view->ranges[property].at[i];
        uint32_t from = bc_later(first, range->first), to = bc_earlier(end, range->end);

        if (from < to && meets(metric, property, range))
            add_meeting(metric, view, from, to, contribution, property + 1);
    }
}

/* Conditions apply to the deals that are counted; one that renews another may be any deal. */
void bc_contribution_add(struct bc_metric *metric, const struct bc_view *view, uint32_t first,
                         uint32_t end, const struct bc_contribution *contribution)
{
    bool any = metric->rule->having || metric->rule->lacking || metric->deal_type_counts;

    if (any && contribution->role != BC_RENEWER)
        add_meeting(metric, view, first, end, contribution, 0);
    else
        add_present(metric, view, first, end, contribution);
}

/* --- parts --- */

static void join_numbers(int64_t *numbers, const int64_t *from, size_t n)
{
    for (size_t i = 0; numbers && i < n; i++)
        numbers[i] += from[i];
}

void bc_tally_join(struct bc_tally *tally, struct bc_tally *from)
{
    for (size_t i = 0; i < tally->slice_n; i++) {
        join_numbers(tally->slices[i].n, from->slices[i].n, tally->date_n + 1);
        join_numbers(tally->slices[i].hit, from->slices[i].hit, tally->date_n + 1);
        join_numbers(tally->slices[i].excluded, from->slices[i].excluded, tally->date_n + 1);
    }
    bc_samples_join(&tally->samples, &from->samples);
    if (tally->ranges)
        bc_id_ranges_join(tally->ranges, from->ranges);
    if (tally->renewers)
        bc_id_ranges_join(tally->renewers, from->renewers);
    bc_chunks_join(&tally->stalled, &from->stalled);
    bc_campaigns_join(&tally->campaigns, &from->campaigns);
    for (size_t i = 0; i < from->kept_n; i++) {
        BC_GROW(tally->kept, tally->kept_n, tally->kept_cap);
        tally->kept[tally->kept_n++] = from->kept[i];
    }
}

/* --- the end --- */

/* Id ranges i..end of one id, by first date: a date counts once in a slice, however many ranges
 * contain it. */
static void count_once(struct bc_tally *tally, const struct bc_id_range *range,
                       const struct bc_id_range *end)
{
    uint32_t counted[BC_SLICE_MAX] = { 0 }; /* dates below are done */

    for (; range < end; range++)
        for (size_t s = 0; range->slices >> s; s++) {
            uint32_t first = bc_later(range->first, counted[s]);

            if (!(range->slices >> s & 1) || first >= range->end)
                continue;
            add_range(tally->slices[s].n, first, range->end, 1);
            counted[s] = range->end;
        }
}

static void count_distinct(struct bc_tally *tally)
{
    for (size_t bucket = 0; bucket < BC_BUCKETS; bucket++) {
        const struct bc_sorted *ranges = bc_id_ranges_sort(tally->ranges, bucket);

        for (size_t i = 0, end; i < ranges->n; i = end) {
            for (end = i + 1; end < ranges->n; end++)
                if (!bc_id128_eq(ranges->at[end].id, ranges->at[i].id))
                    break;
            count_once(tally, &ranges->at[i], &ranges->at[end]);
        }
        bc_id_ranges_drop(tally->ranges, bucket);
    }
}

/* Counts an id range except for the dates at which its deal is renewed; renewers of one id do not
 * overlap, and begin at index `renewer`. */
static void count_unrenewed(struct bc_tally *tally, const struct bc_id_range *range,
                            const struct bc_sorted *renewers, size_t renewer)
{
    for (size_t s = 0; range->slices >> s; s++) {
        if (!(range->slices >> s & 1))
            continue;
        add_range(tally->slices[s].n, range->first, range->end, 1);
        for (size_t i = renewer; i < renewers->n && bc_id128_eq(renewers->at[i].id, range->id);
             i++) {
            uint32_t first = bc_later(range->first, renewers->at[i].first);
            uint32_t end = bc_earlier(range->end, renewers->at[i].end);

            if (first < end)
                add_range(tally->slices[s].n, first, end, -1);
        }
    }
}

static const struct bc_id_ranges *merged(struct bc_id_ranges *renewers)
{
    for (size_t bucket = 0; bucket < BC_BUCKETS; bucket++)
        (void)bc_id_ranges_merge(renewers, bucket);
    return renewers;
}

/* Both are in the order of ids. */
static void count_renewable(struct bc_tally *tally)
{
    for (size_t bucket = 0; bucket < BC_BUCKETS; bucket++) {
        const struct bc_sorted *renewers = &tally->renewed_by->sorted[bucket];
        const struct bc_sorted *ranges = bc_id_ranges_sort(tally->ranges, bucket);
        size_t renewer = 0;

        for (size_t i = 0; i < ranges->n; i++) {
            while (renewer < renewers->n &&
                   bc_id128_cmp(renewers->at[renewer].id, ranges->at[i].id) < 0)
                renewer++;
            count_unrenewed(tally, &ranges->at[i], renewers, renewer);
        }
        bc_id_ranges_drop(tally->ranges, bucket);
    }
}

bool bc_tally_renewed(const struct bc_tally *tally, struct bc_id128 deal, uint32_t date)
{
    const struct bc_sorted *renewers = &tally->renewed_by->sorted[bc_id_ranges_bucket(deal)];

    for (size_t i = bc_sorted_from(renewers, deal);
         i < renewers->n && bc_id128_eq(renewers->at[i].id, deal); i++)
        if (renewers->at[i].first <= date && date < renewers->at[i].end)
            return true;
    return false;
}

static void sum_up(int64_t *differences, size_t n)
{
    for (size_t i = 1; differences && i < n; i++)
        differences[i] += differences[i - 1];
}

void bc_tally_finish(struct bc_tally *tally)
{
    if (tally->mode == BC_TALLY_DISTINCT)
        count_distinct(tally);
    if (tally->mode == BC_TALLY_RENEWABLE) {
        if (!tally->renewed_by)
            tally->renewed_by = merged(tally->renewers);
        count_renewable(tally);
    }
    if (tally->mode == BC_TALLY_SAMPLES)
        bc_samples_rank(&tally->samples);
    for (size_t i = 0; i < tally->slice_n; i++) {
        sum_up(tally->slices[i].n, tally->date_n);
        sum_up(tally->slices[i].hit, tally->date_n);
        sum_up(tally->slices[i].excluded, tally->date_n);
    }
}
