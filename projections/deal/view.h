/* projections/deal/view.h - a deal at the dates of a question: where it exists, in which slices,
 * and what its properties are. */
#ifndef BC_PROJECTIONS_DEAL_VIEW_H
#define BC_PROJECTIONS_DEAL_VIEW_H

#include "projections/deal/dates.h"
#include "projections/deal/deal.h"

/* A range of dates, first <= date < end, at which the deal exists. */
struct bc_present_range {
    uint32_t first, end;
    uint32_t slices;   /* bit i: in slice i of the rules */
    uint32_t type;     /* its deal type, a string number; 0: none */
    uint64_t type_seq; /* of the event that set its deal type, or 0 */
    uint32_t value;    /* of the key that a report is split by, as it numbers them */
};

/* A range of dates at which a property has one value. */
struct bc_value_range {
    uint32_t first, end;
    const struct bc_setting *setting; /* NULL: never set, as far as these dates see */
};

/* The set of all stages. */
#define BC_EVERY_STAGE (~(bc_stage_set)0)

/* The deal types of the slices: a string number each, with the slice's bit. */
struct bc_slice_words {
    struct bc_slice_word {
        uint32_t word, slices;
    } * at;
    size_t n;
    uint32_t every; /* slices that hold every deal */
};

/* The slices that hold deals of a type; 0: without one. */
static inline uint32_t bc_slices_of(const struct bc_slice_words *words, uint32_t type)
{
    uint32_t slices = words->every;

    for (size_t i = 0; i < words->n; i++)
        slices |= words->at[i].word == type ? words->at[i].slices : 0;
    return slices;
}

struct bc_view {
    const struct bc_rules *rules;
    const struct bc_dates *dates;
    struct bc_slice_words slice_words;
    /* A property is read if the deal was ever in one of these stages. */
    bc_stage_set asked_in[BC_P_N];
    const struct bc_deal *deal;
    bc_stage_set stages; /* in which the deal was ever */
    struct bc_id128 id;  /* of the deal, where has_id */
    bool has_id;
    uint32_t *visit_first; /* of each visit, the first date from its entry on; then date_n */
    size_t visit_cap;
    struct bc_present_range *present_ranges;
    size_t present_n, present_cap;
    struct {
        struct bc_value_range *at;
        size_t n, cap;
    } ranges[BC_P_N];
};

/* Prepares a view of all properties for the rules and dates; `strings` is the string table of the
 * facts. */
void bc_view_init(struct bc_view *view, const struct bc_rules *rules,
                  const bc_string_table *strings, const struct bc_dates *dates);
void bc_view_release(struct bc_view *view);
/* Shows a deal. */
void bc_view_at(struct bc_view *view, const struct bc_deal *deal);

/* Does the deal exist at a date? (False: it is deleted, or merged into another.) */
bool bc_view_present(const struct bc_view *view, uint32_t date);
/* What a property is at a date; NULL: never set, as far as these dates see, or not read. */
const struct bc_setting *bc_view_setting(const struct bc_view *view, enum bc_property property,
                                         uint32_t date);
/* The slices of the deal type that the deal has at a date, whether it exists then or not. */
uint32_t bc_view_slices(const struct bc_view *view, uint32_t date);

/* The id of the deal, computed once. */
static inline struct bc_id128 bc_view_id(struct bc_view *view)
{
    if (!view->has_id)
        view->id = bc_id128_of(view->deal->id);
    view->has_id = true;
    return view->id;
}

/* The value of a contract date or of parked_until as a day since 1970, negative before; false:
 * unset, or no date. */
static inline bool bc_value_range_day(const struct bc_value_range *range, int32_t *out_day)
{
    if (!range->setting || range->setting->value < BC_VALUE_OF_DAY)
        return false;
    *out_day = bc_value_day(range->setting->value);
    return true;
}

/* Whether a property has a value; a contract date or parked_until that is no date has none. */
bool bc_value_range_has_value(const struct bc_value_range *range, enum bc_property property);

#endif
