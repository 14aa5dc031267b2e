#include "projections/deal/look.h"

#include <stdlib.h>

void bc_look_init(struct bc_look *look, const struct bc_rules *rules,
                  const bc_string_table *strings, const struct bc_dates *dates)
{
    uint32_t *slice_words = bc_calloc(rules->slice_n, sizeof(*slice_words));

    for (size_t i = 0; i < rules->slice_n; i++)
        if (rules->slices[i].deal_type)
            slice_words[i] = bc_string_table_find(strings, bc_str_of(rules->slices[i].deal_type));
    *look = (struct bc_look){ .rules = rules, .dates = dates, .slice_words = slice_words };
    for (size_t i = 0; i < BC_P_N; i++)
        look->asked_in[i] = BC_EVERY_STAGE;
}

void bc_look_release(struct bc_look *look)
{
    free((void *)(uintptr_t)look->slice_words);
    free(look->visit_first);
    free(look->stretches);
    for (size_t i = 0; i < BC_P_N; i++)
        free(look->spans[i].at);
    *look = (struct bc_look){ 0 };
}

static void add_span(struct bc_look *look, enum bc_property property, uint32_t first, uint32_t end,
                     const struct bc_setting *setting)
{
    if (first >= end)
        return;
    BC_GROW(look->spans[property].at, look->spans[property].n, look->spans[property].cap);
    look->spans[property].at[look->spans[property].n++] = (struct bc_span){ first, end, setting };
}

static void make_spans(struct bc_look *look, enum bc_property property)
{
    const struct bc_setting *settings = look->deal->settings[property].at;
    size_t n = look->deal->settings[property].n;
    enum bc_time_mode mode = look->rules->mode[property];
    uint32_t date_n = (uint32_t)look->dates->n, first = 0;

    if (n == 0 || mode == BC_BEST_KNOWN) {
        add_span(look, property, 0, date_n, n ? &settings[n - 1] : NULL);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t from = bc_dates_from(look->dates, settings[i].occurred_us);

        if (i > 0)
            add_span(look, property, first, from, &settings[i - 1]);
        else /* before the first setting */
            add_span(look, property, 0, from, mode == BC_BACKFILL ? &settings[0] : NULL);
        first = from;
    }
    add_span(look, property, first, date_n, &settings[n - 1]);
}

static uint32_t slices_of(const struct bc_look *look, const struct bc_setting *type)
{
    uint32_t slices = 0;

    for (size_t i = 0; i < look->rules->slice_n; i++)
        if (look->slice_words[i] == 0 || (type && type->value == look->slice_words[i]))
            slices |= 1u << i;
    return slices;
}

/* The parts of first..end in each span of the deal type. */
static void add_present(struct bc_look *look, uint32_t first, uint32_t end)
{
    for (size_t i = 0; i < look->spans[BC_P_DEAL_TYPE].n; i++) {
        const struct bc_span *span = &look->spans[BC_P_DEAL_TYPE].at[i];
        uint32_t from = span->first > first ? span->first : first;
        uint32_t to = span->end < end ? span->end : end;

        if (from >= to)
            continue;
        BC_GROW(look->stretches, look->stretch_n, look->stretch_cap);
        look->stretches[look->stretch_n++] =
            (struct bc_stretch){ from, to, slices_of(look, span->setting),
                                 span->setting ? span->setting->seq : 0 };
    }
}

static void make_stretches(struct bc_look *look)
{
    const struct bc_deal *deal = look->deal;
    uint32_t first = 0;
    bool gone = false;

    look->stretch_n = 0;
    for (size_t i = 0; i < deal->presence_n; i++) {
        uint32_t from = bc_dates_from(look->dates, deal->presences[i].occurred_us);

        if (!gone)
            add_present(look, first, from);
        gone = deal->presences[i].gone;
        first = from;
    }
    if (!gone)
        add_present(look, first, (uint32_t)look->dates->n);
}

/* Every metric asks for them, so they are looked up once. A visit ends where the next begins. */
static void make_visits(struct bc_look *look)
{
    size_t n = look->deal->visit_n;

    if (n + 1 > look->visit_cap) {
        look->visit_cap = 2 * (n + 1);
        look->visit_first =
            bc_reallocarray(look->visit_first, look->visit_cap, sizeof(*look->visit_first));
    }
    look->stages = 0;
    for (size_t i = 0; i < n; i++) {
        const struct bc_visit *visit = &look->deal->visits[i];

        if (visit->stage >= 0)
            look->stages |= (bc_stage_set)1 << visit->stage;
        look->visit_first[i] = bc_dates_from(look->dates, visit->entered_us);
    }
    look->visit_first[n] = (uint32_t)look->dates->n;
}

void bc_look_at(struct bc_look *look, const struct bc_deal *deal)
{
    look->deal = deal;
    look->has_id = false;
    make_visits(look);
    for (int property = 0; property < BC_P_N; property++) {
        look->spans[property].n = 0;
        if (look->asked_in[property] == BC_EVERY_STAGE || look->asked_in[property] & look->stages)
            make_spans(look, (enum bc_property)property);
    }
    make_stretches(look);
}

bool bc_span_has_value(const struct bc_span *span, enum bc_property property)
{
    int32_t day;

    if (property == BC_P_CONTRACT_START || property == BC_P_CONTRACT_END ||
        property == BC_P_PARKED_UNTIL)
        return bc_span_day(span, &day);
    return span->setting && span->setting->value != BC_VALUE_UNSET;
}
