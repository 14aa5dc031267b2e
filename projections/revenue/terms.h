/* projections/revenue/terms.h - what a deal is worth on which days, read from its properties at a
 * date.
 *
 * A property that is no amount counts as unset, and so does a day that is none. */
#ifndef BC_PROJECTIONS_REVENUE_TERMS_H
#define BC_PROJECTIONS_REVENUE_TERMS_H

#include "ledger/base/amount.h"
#include "projections/deal/deal.h"

/* Civil days, both included; an end before the start: none of them. */
struct bc_days {
    int32_t first, last;
};

/* What is read, and how, by some rules; the texts are theirs. */
struct bc_terms_reader {
    const bc_rules *rules;
    enum bc_time_mode currency, contract_start, contract_end, target_start, target_end;
    enum bc_time_mode *values; /* of the properties that say what a deal is worth */
};
void bc_terms_reader_init(struct bc_terms_reader *reader, const bc_rules *rules);
void bc_terms_reader_release(struct bc_terms_reader *reader);

struct bc_terms {
    bool other_currency;           /* than that of the rules */
    bool has_contract, has_target; /* with both days */
    struct bc_days contract, target;
    bool unreadable; /* one of the days, or an amount that comes before the value, says something
                        that is none, and counts as unset */
    bool has_value;  /* else it is worth nothing */
    bool monthly;    /* so much a month; else over the whole interval */
    int64_t millionths;
};

/* At an instant; the deal was folded with its properties (BC_FACT_PROPERTY). */
bool bc_terms_other_currency(const struct bc_terms_reader *reader, const struct bc_deal *deal,
                             int64_t at_us);
void bc_terms_read(struct bc_terms *out, const struct bc_terms_reader *reader,
                   const struct bc_deal *deal, int64_t at_us);

/* Months by number: 12 a year, from January of the year 0 on. */
int32_t bc_terms_month(int32_t day);
/* Its first day; of the last day that is before the next one's first. */
int32_t bc_terms_month_first(int32_t month);

/* What of `days`, which lie within one civil month, the deal is worth whose interval this is;
 * exact, and then rounded half to even to a millionth. */
int64_t bc_terms_worth(const struct bc_terms *terms, struct bc_days interval, struct bc_days days);

/* The days of both. */
static inline struct bc_days bc_days_common(struct bc_days a, struct bc_days b)
{
    return (struct bc_days){ a.first > b.first ? a.first : b.first,
                             a.last < b.last ? a.last : b.last };
}

#endif
