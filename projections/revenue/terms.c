#include "projections/revenue/terms.h"

#include "projections/walk/properties.h"

#include <stdlib.h>

void bc_terms_reader_init(struct bc_terms_reader *reader, const bc_rules *rules)
{
    const struct bc_revenue_rule *rule = &rules->revenue;

    *reader = (struct bc_terms_reader){
        .rules = rules,
        .currency = bc_properties_mode(rules, BC_STR("currency")),
        .contract_start = bc_properties_mode(rules, BC_STR("contract_start")),
        .contract_end = bc_properties_mode(rules, BC_STR("contract_end")),
        .target_start = bc_properties_mode(rules, BC_STR("target_start")),
        .target_end = bc_properties_mode(rules, BC_STR("target_end")),
        .values = bc_calloc(rule->value_n, sizeof(*reader->values)),
    };
    for (size_t i = 0; i < rule->value_n; i++)
        reader->values[i] = bc_properties_mode(rules, rule->value[i]);
}

void bc_terms_reader_release(struct bc_terms_reader *reader)
{
    free(reader->values);
    *reader = (struct bc_terms_reader){ 0 };
}

bool bc_terms_other_currency(const struct bc_terms_reader *reader, const struct bc_deal *deal,
                             int64_t at_us)
{
    const struct bc_str currency =
        bc_properties_at(deal, BC_STR("currency"), reader->currency, at_us);

    return currency.len && !bc_str_eq(currency, bc_str_of(reader->rules->revenue.currency));
}

static bool read_day(int32_t *out, struct bc_terms *terms, const struct bc_deal *deal,
                     struct bc_str name, enum bc_time_mode mode, int64_t at_us)
{
    const struct bc_str text = bc_properties_at(deal, name, mode, at_us);
    const bool is_day = bc_day_parse(out, text);

    terms->unreadable |= text.len && !is_day;
    return is_day;
}

static bool read_interval(struct bc_days *out, struct bc_terms *terms, const struct bc_deal *deal,
                          const struct bc_str names[2], const enum bc_time_mode modes[2],
                          int64_t at_us)
{
    const bool has_first = read_day(&out->first, terms, deal, names[0], modes[0], at_us);
    const bool has_last = read_day(&out->last, terms, deal, names[1], modes[1], at_us);

    return has_first && has_last;
}

/* The first that is set. */
static void read_value(struct bc_terms *out, const struct bc_terms_reader *reader,
                       const struct bc_deal *deal, int64_t at_us)
{
    const struct bc_revenue_rule *rule = &reader->rules->revenue;

    for (size_t i = 0; i < rule->value_n && !out->has_value; i++) {
        const struct bc_str text = bc_properties_at(deal, rule->value[i], reader->values[i], at_us);

        out->has_value = bc_amount_parse(&out->millionths, text);
        out->unreadable |= text.len && !out->has_value;
        out->monthly = !bc_str_eq(rule->value[i], BC_STR("amount"));
    }
}

void bc_terms_read(struct bc_terms *out, const struct bc_terms_reader *reader,
                   const struct bc_deal *deal, int64_t at_us)
{
    const struct bc_str contract[] = { BC_STR("contract_start"), BC_STR("contract_end") };
    const struct bc_str target[] = { BC_STR("target_start"), BC_STR("target_end") };
    const enum bc_time_mode of_contract[] = { reader->contract_start, reader->contract_end };
    const enum bc_time_mode of_target[] = { reader->target_start, reader->target_end };

    *out = (struct bc_terms){ .other_currency = bc_terms_other_currency(reader, deal, at_us) };
    out->has_contract = read_interval(&out->contract, out, deal, contract, of_contract, at_us);
    out->has_target = read_interval(&out->target, out, deal, target, of_target, at_us);
    read_value(out, reader, deal, at_us);
}

int32_t bc_terms_month(int32_t day)
{
    int year, month, day_of_month;

    bc_civil_of_day(&year, &month, &day_of_month, day);
    return year * 12 + month - 1;
}

int32_t bc_terms_month_first(int32_t month)
{
    return bc_day_of_civil(month / 12, month % 12 + 1, 1);
}

int64_t bc_terms_worth(const struct bc_terms *terms, struct bc_days interval, struct bc_days days)
{
    const struct bc_days common = bc_days_common(interval, days);
    const int32_t month = bc_terms_month(days.first);
    const int64_t n = (int64_t)common.last - common.first + 1;
    const int64_t all = terms->monthly
                            ? bc_terms_month_first(month + 1) - bc_terms_month_first(month)
                            : (int64_t)interval.last - interval.first + 1;

    if (!terms->has_value || n <= 0)
        return 0;
    return (int64_t)bc_amount_share(terms->millionths, (uint64_t)n, (uint64_t)all);
}
