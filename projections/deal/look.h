/* projections/deal/look.h - a deal as the asked dates see it: where it is there, in which slices,
 * and what its properties are. */
#ifndef BC_PROJECTIONS_DEAL_LOOK_H
#define BC_PROJECTIONS_DEAL_LOOK_H

#include "projections/deal/dates.h"
#include "projections/deal/deal.h"

/* A stretch of dates, first <= date < end, at which the deal is there. */
struct bc_stretch {
    uint32_t first, end;
    uint32_t slices;   /* bit i: in slice i of the rules */
    uint64_t type_seq; /* of the event that set its deal type, or 0 */
};

/* A stretch of dates at which a property has one value. */
struct bc_span {
    uint32_t first, end;
    const struct bc_setting *setting; /* NULL: never set, as far as these dates see */
};

/* In place of a set of stages: any, and none. */
#define BC_EVERY_STAGE (~(bc_stage_set)0)

struct bc_look {
    const struct bc_rules *rules;
    const struct bc_dates *dates;
    const uint32_t *slice_words; /* the deal type of each slice as a word; 0: every deal */
    /* A property is looked at where the deal was ever in one of these stages. */
    bc_stage_set asked_in[BC_P_N];
    const struct bc_deal *deal;
    bc_stage_set stages; /* in which the deal was ever */
    struct bc_id128 id;  /* of the deal, where has_id */
    bool has_id;
    uint32_t
        *visit_first; /* of each visit, the first date at or behind its entry; one more: date_n */
    size_t visit_cap;
    struct bc_stretch *stretches;
    size_t stretch_n, stretch_cap;
    struct {
        struct bc_span *at;
        size_t n, cap;
    } spans[BC_P_N];
};

/* Prepares a look at all properties for the rules and dates; words are those of the facts. */
void bc_look_init(struct bc_look *look, const struct bc_rules *rules,
                  const bc_string_table *strings, const struct bc_dates *dates);
void bc_look_release(struct bc_look *look);
/* Turns it to a deal. */
void bc_look_at(struct bc_look *look, const struct bc_deal *deal);

/* The id of the deal, worked out once. */
static inline struct bc_id128 bc_look_id(struct bc_look *look)
{
    if (!look->has_id)
        look->id = bc_id128_of(look->deal->id);
    look->has_id = true;
    return look->id;
}

/* The value of a contract date or of parked_until as a day since 1970; false: unset, or no date. */
static inline bool bc_span_day(const struct bc_span *span, int32_t *out_day)
{
    if (!span->setting || span->setting->value < BC_VALUE_OF_DAY)
        return false;
    *out_day = (int32_t)(span->setting->value - BC_VALUE_OF_DAY);
    return true;
}

/* Whether a property has a value; a contract date or parked_until that is no date has none. */
bool bc_span_has_value(const struct bc_span *span, enum bc_property property);

#endif
