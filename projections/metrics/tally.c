#include "projections/metrics/tally.h"

#include "projections/metrics/metric.h"

#include <stdlib.h>

void bc_tally_init(struct bc_tally *tally, enum bc_tally_mode mode, size_t date_n, size_t slice_n)
{
    *tally = (struct bc_tally){ .mode = mode,
                                .date_n = date_n,
                                .slice_n = slice_n,
                                .slices = bc_calloc(slice_n, sizeof(*tally->slices)),
                                .arena = bc_arena_new() };
    for (size_t i = 0; i < slice_n; i++) {
        tally->slices[i].n = bc_calloc(date_n + 1, sizeof(int64_t));
        tally->slices[i].hit = bc_calloc(date_n + 1, sizeof(int64_t));
        tally->slices[i].excluded = bc_calloc(date_n + 1, sizeof(int64_t));
    }
}

void bc_tally_release(struct bc_tally *tally)
{
    for (size_t i = 0; i < tally->slice_n; i++) {
        free(tally->slices[i].n);
        free(tally->slices[i].hit);
        free(tally->slices[i].excluded);
        free(tally->slices[i].marks);
        free(tally->slices[i].names);
        bc_samples_release(&tally->slices[i].samples);
    }
    free(tally->slices);
    free(tally->renewers);
    free(tally->kept);
    bc_arena_free(tally->arena);
    *tally = (struct bc_tally){ 0 };
}

static void add_range(int64_t *differences, uint32_t first, uint32_t end, int64_t by)
{
    differences[first] += by;
    differences[end] -= by;
}

static void add_mark(struct bc_slice_tally *slice, uint32_t first, uint32_t end,
                     const struct bc_share *share)
{
    BC_GROW(slice->marks, slice->mark_n, slice->mark_cap);
    slice->marks[slice->mark_n++] =
        (struct bc_mark){ first, end, share->id, share->word, share->hit };
}

static void add_counted(struct bc_tally *tally, struct bc_slice_tally *slice, uint32_t first,
                        uint32_t end, const struct bc_share *share)
{
    switch (tally->mode) {
    case BC_TALLY_DISTINCT:
    case BC_TALLY_RENEWABLE:
        add_mark(slice, first, end, share);
        return; /* counted when all are told */
    case BC_TALLY_CAMPAIGNS:
        if (share->word)
            add_mark(slice, first, end, share);
        break;
    case BC_TALLY_SAMPLES:
        bc_samples_add(&slice->samples, first, end, share->value_us, share->growing);
        break;
    case BC_TALLY_COUNT:
        break;
    }
    add_range(slice->n, first, end, 1);
    if (share->hit)
        add_range(slice->hit, first, end, 1);
}

static void add_to_slice(struct bc_tally *tally, size_t i, const struct bc_look *look,
                         const struct bc_stretch *stretch, uint32_t first, uint32_t end,
                         const struct bc_share *share, bool typed)
{
    struct bc_slice_tally *slice = &tally->slices[i];

    switch (share->role) {
    case BC_COUNTED:
        add_counted(tally, slice, first, end, share);
        if ((tally->keep_slices >> i & 1) && first == 0) {
            BC_GROW(tally->kept, tally->kept_n, tally->kept_cap);
            tally->kept[tally->kept_n++] =
                (struct bc_kept){ bc_arena_copy(tally->arena, look->deal->id), (unsigned)i, *share,
                                  look->rules->slices[i].deal_type || typed ? stretch->type_seq
                                                                            : 0 };
        }
        break;
    case BC_EXCLUDED:
        add_range(slice->excluded, first, end, 1);
        break;
    case BC_STALLED:
        BC_GROW(slice->names, slice->name_n, slice->name_cap);
        slice->names[slice->name_n++] =
            (struct bc_name){ first, end, bc_arena_copy(tally->arena, look->deal->id) };
        break;
    case BC_RENEWER:
        break;
    }
}

/* The dates at which the deal is there, and in which slices. */
static void add_present(struct bc_metric *metric, const struct bc_look *look, uint32_t first,
                        uint32_t end, const struct bc_share *share)
{
    struct bc_tally *tally = &metric->tally;

    for (size_t s = 0; s < look->stretch_n; s++) {
        const struct bc_stretch *stretch = &look->stretches[s];
        uint32_t from = bc_later(first, stretch->first), to = bc_earlier(end, stretch->end);

        if (from >= to)
            continue;
        if (share->role == BC_RENEWER) {
            BC_GROW(tally->renewers, tally->renewer_n, tally->renewer_cap);
            tally->renewers[tally->renewer_n++] =
                (struct bc_mark){ .first = from, .end = to, .id = share->id };
            continue;
        }
        for (size_t i = 0; i < tally->slice_n; i++)
            if (stretch->slices >> i & 1)
                add_to_slice(tally, i, look, stretch, from, to, share,
                             metric->deal_type_counts != NULL);
    }
}

/* --- conditions --- */

static bool asks(const struct bc_metric *metric, unsigned property)
{
    return ((metric->rule->having | metric->rule->lacking) >> property & 1) ||
           (property == BC_P_DEAL_TYPE && metric->deal_type_counts);
}

static bool meets(const struct bc_metric *metric, unsigned property, const struct bc_span *span)
{
    bool there = bc_span_has_value(span, (enum bc_property)property);

    if ((metric->rule->having >> property & 1 && !there) ||
        (metric->rule->lacking >> property & 1 && there))
        return false;
    return property != BC_P_DEAL_TYPE || !metric->deal_type_counts ||
           (there && metric->deal_type_counts[span->setting->value]);
}

/* The dates at which the deal meets the conditions on `property` and those behind it. */
static void add_meeting(struct bc_metric *metric, const struct bc_look *look, uint32_t first,
                        uint32_t end, const struct bc_share *share, unsigned property)
{
    while (property < BC_P_N && !asks(metric, property))
        property++;
    if (property == BC_P_N) {
        add_present(metric, look, first, end, share);
        return;
    }
    for (size_t i = 0; i < look->spans[property].n; i++) {
        const struct bc_span *span = &look->spans[property].at[i];
        uint32_t from = bc_later(first, span->first), to = bc_earlier(end, span->end);

        if (from < to && meets(metric, property, span))
            add_meeting(metric, look, from, to, share, property + 1);
    }
}

/* Conditions are on the deals that are counted; one that renews another may be of any kind. */
void bc_share_add(struct bc_metric *metric, const struct bc_look *look, uint32_t first,
                  uint32_t end, const struct bc_share *share)
{
    bool any = metric->rule->having || metric->rule->lacking || metric->deal_type_counts;

    if (any && share->role != BC_RENEWER)
        add_meeting(metric, look, first, end, share, 0);
    else
        add_present(metric, look, first, end, share);
}

/* By id, then by first date. */
static int in_mark_order(const void *a, const void *b)
{
    const struct bc_mark *left = a, *right = b;
    int order = bc_id128_cmp(left->id, right->id);

    return order ? order : (left->first > right->first) - (left->first < right->first);
}

static void sort_marks(struct bc_mark *marks, size_t n)
{
    if (n > 1)
        qsort(marks, n, sizeof(*marks), in_mark_order);
}

/* Marks of one id that overlap or touch become one. They are sorted. Returns how many are left. */
static size_t join_marks(struct bc_mark *marks, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        struct bc_mark *last = kept ? &marks[kept - 1] : NULL;

        if (last && bc_id128_eq(last->id, marks[i].id) && marks[i].first <= last->end)
            last->end = bc_later(last->end, marks[i].end);
        else
            marks[kept++] = marks[i];
    }
    return kept;
}

static void count_distinct(struct bc_slice_tally *slice)
{
    sort_marks(slice->marks, slice->mark_n);
    slice->mark_n = join_marks(slice->marks, slice->mark_n);
    for (size_t i = 0; i < slice->mark_n; i++)
        add_range(slice->n, slice->marks[i].first, slice->marks[i].end, 1);
}

/* The first renewer of an id, or renewer_n. They are sorted. */
static size_t first_renewer(const struct bc_tally *tally, struct bc_id128 id)
{
    size_t low = 0, high = tally->renewer_n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (bc_id128_cmp(tally->renewers[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Counts a mark but for the dates at which its deal is renewed; renewers of one id are apart. */
static void count_unrenewed(const struct bc_tally *tally, struct bc_slice_tally *slice,
                            const struct bc_mark *mark)
{
    add_range(slice->n, mark->first, mark->end, 1);
    for (size_t i = first_renewer(tally, mark->id);
         i < tally->renewer_n && bc_id128_eq(tally->renewers[i].id, mark->id); i++) {
        uint32_t first = bc_later(mark->first, tally->renewers[i].first);
        uint32_t end = bc_earlier(mark->end, tally->renewers[i].end);

        if (first < end)
            add_range(slice->n, first, end, -1);
    }
}

bool bc_tally_renewed(const struct bc_tally *tally, struct bc_id128 deal, uint32_t date)
{
    for (size_t i = first_renewer(tally, deal);
         i < tally->renewer_n && bc_id128_eq(tally->renewers[i].id, deal); i++)
        if (tally->renewers[i].first <= date && date < tally->renewers[i].end)
            return true;
    return false;
}

static void sum_up(int64_t *differences, size_t n)
{
    for (size_t i = 1; i < n; i++)
        differences[i] += differences[i - 1];
}

void bc_tally_finish(struct bc_tally *tally)
{
    sort_marks(tally->renewers, tally->renewer_n);
    tally->renewer_n = join_marks(tally->renewers, tally->renewer_n);
    for (size_t i = 0; i < tally->slice_n; i++) {
        struct bc_slice_tally *slice = &tally->slices[i];

        if (tally->mode == BC_TALLY_DISTINCT)
            count_distinct(slice);
        for (size_t m = 0; tally->mode == BC_TALLY_RENEWABLE && m < slice->mark_n; m++)
            count_unrenewed(tally, slice, &slice->marks[m]);
        sum_up(slice->n, tally->date_n);
        sum_up(slice->hit, tally->date_n);
        sum_up(slice->excluded, tally->date_n);
    }
}
