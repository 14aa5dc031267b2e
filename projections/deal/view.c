#include "projections/deal/view.h"

#include <stdlib.h>

/* Each type once, with all its slices; a type that no deal ever had is left out. */
static void add_type(struct bc_slice_words *words, uint32_t word, uint32_t slice)
{
    size_t at = 0;

    if (word == BC_WORD_NONE || word == 0)
        return;
    while (at < words->n && words->at[at].word != word)
        at++;
    if (at == words->n)
        words->at[words->n++] = (struct bc_slice_word){ .word = word };
    words->at[at].slices |= slice;
}

static struct bc_slice_words find_types(const struct bc_rules *rules,
                                        const bc_string_table *strings)
{
    struct bc_slice_words words = { 0 };
    size_t n = 0;

    for (size_t i = 0; i < rules->slice_n; i++)
        n += rules->slices[i].deal_type_n;
    words.at = bc_calloc(n, sizeof(*words.at));
    for (size_t i = 0; i < rules->slice_n; i++) {
        const struct bc_slice *slice = &rules->slices[i];

        if (slice->deal_type_n == 0)
            words.every |= 1u << i;
        for (size_t j = 0; j < slice->deal_type_n; j++)
            add_type(&words, bc_string_table_find(strings, slice->deal_types[j]), 1u << i);
    }
    return words;
}

void bc_view_init(struct bc_view *view, const struct bc_rules *rules,
                  const bc_string_table *strings, const struct bc_dates *dates)
{
    *view = (struct bc_view){ .rules = rules,
                              .dates = dates,
                              .slice_words = find_types(rules, strings) };
    for (size_t i = 0; i < BC_P_N; i++)
        view->asked_in[i] = BC_EVERY_STAGE;
}

void bc_view_release(struct bc_view *view)
{
    free(view->slice_words.at);
    free(view->visit_first);
    free(view->present_ranges);
    for (size_t i = 0; i < BC_P_N; i++)
        free(view->ranges[i].at);
    *view = (struct bc_view){ 0 };
}

static void add_value_range(struct bc_view *view, enum bc_property property, uint32_t first,
                            uint32_t end, const struct bc_setting *setting)
{
    if (first >= end)
        return;
    BC_GROW(view->ranges[property].at, view->ranges[property].n, view->ranges[property].cap);
    view->ranges[property].at[view->ranges[property].n++] =
        (struct bc_value_range){ first, end, setting };
}

static void make_value_ranges(struct bc_view *view, enum bc_property property)
{
    const struct bc_setting *settings = view->deal->settings[property].at;
    size_t n = view->deal->settings[property].n;
    enum bc_time_mode mode = view->rules->mode[property];
    uint32_t date_n = (uint32_t)view->dates->n, first = 0;

    if (n == 0 || mode == BC_BEST_KNOWN) {
        add_value_range(view, property, 0, date_n, n ? &settings[n - 1] : NULL);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t from = bc_dates_from(view->dates, settings[i].occurred_us);

        if (i > 0)
            add_value_range(view, property, first, from, &settings[i - 1]);
        else /* before the first setting */
            add_value_range(view, property, 0, from, mode == BC_BACKFILL ? &settings[0] : NULL);
        first = from;
    }
    add_value_range(view, property, first, date_n, &settings[n - 1]);
}

/* The parts of first..end in each range of one deal type. */
static void add_present(struct bc_view *view, uint32_t first, uint32_t end)
{
    for (size_t i = 0; i < view->ranges[BC_P_DEAL_TYPE].n; i++) {
        const struct bc_value_range *range = &view->ranges[BC_P_DEAL_TYPE].at[i];
        uint32_t from = range->first > first ? range->first : first;
        uint32_t to = range->end < end ? range->end : end;
        uint32_t type = range->setting ? range->setting->value : BC_VALUE_UNSET;

        if (from >= to)
            continue;
        BC_GROW(view->present_ranges, view->present_n, view->present_cap);
        view->present_ranges[view->present_n++] =
            (struct bc_present_range){ from,
                                       to,
                                       bc_slices_of(&view->slice_words, type),
                                       type,
                                       range->setting ? range->setting->seq : 0,
                                       0 };
    }
}

static void make_present_ranges(struct bc_view *view)
{
    const struct bc_deal *deal = view->deal;
    uint32_t first = 0;
    bool gone = false;

    view->present_n = 0;
    for (size_t i = 0; i < deal->presence_n; i++) {
        uint32_t from = bc_dates_from(view->dates, deal->presences[i].occurred_us);

        if (!gone)
            add_present(view, first, from);
        gone = deal->presences[i].gone;
        first = from;
    }
    if (!gone)
        add_present(view, first, (uint32_t)view->dates->n);
}

/* Every metric uses them, so they are looked up once. A visit ends where the next begins. */
static void make_visits(struct bc_view *view)
{
    size_t n = view->deal->visit_n;

    if (n + 1 > view->visit_cap) {
        view->visit_cap = 2 * (n + 1);
        view->visit_first =
            bc_reallocarray(view->visit_first, view->visit_cap, sizeof(*view->visit_first));
    }
    view->stages = 0;
    for (size_t i = 0; i < n; i++) {
        const struct bc_visit *visit = &view->deal->visits[i];

        if (visit->stage >= 0)
            view->stages |= (bc_stage_set)1 << visit->stage;
        view->visit_first[i] = bc_dates_from(view->dates, visit->entered_us);
    }
    view->visit_first[n] = (uint32_t)view->dates->n;
}

void bc_view_at(struct bc_view *view, const struct bc_deal *deal)
{
    view->deal = deal;
    view->has_id = false;
    make_visits(view);
    for (int property = 0; property < BC_P_N; property++) {
        view->ranges[property].n = 0;
        if (view->asked_in[property] == BC_EVERY_STAGE || view->asked_in[property] & view->stages)
            make_value_ranges(view, (enum bc_property)property);
    }
    make_present_ranges(view);
}

bool bc_view_present(const struct bc_view *view, uint32_t date)
{
    for (size_t i = 0; i < view->present_n; i++)
        if (view->present_ranges[i].first <= date && date < view->present_ranges[i].end)
            return true;
    return false;
}

const struct bc_setting *bc_view_setting(const struct bc_view *view, enum bc_property property,
                                         uint32_t date)
{
    size_t i = 0;

    while (i < view->ranges[property].n && view->ranges[property].at[i].end <= date)
        i++;
    return i < view->ranges[property].n ? view->ranges[property].at[i].setting : NULL;
}

uint32_t bc_view_slices(const struct bc_view *view, uint32_t date)
{
    const struct bc_setting *type = bc_view_setting(view, BC_P_DEAL_TYPE, date);

    return bc_slices_of(&view->slice_words, type ? type->value : BC_VALUE_UNSET);
}

bool bc_value_range_has_value(const struct bc_value_range *range, enum bc_property property)
{
    int32_t day;

    if (property == BC_P_CONTRACT_START || property == BC_P_CONTRACT_END ||
        property == BC_P_PARKED_UNTIL)
        return bc_value_range_day(range, &day);
    return range->setting && range->setting->value != BC_VALUE_UNSET;
}
