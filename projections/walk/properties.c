#include "projections/walk/properties.h"

#include "projections/facts/learning.h"

enum bc_time_mode bc_properties_mode(const bc_rules *rules, struct bc_str name)
{
    for (size_t i = 0; i < rules->property_n; i++)
        if (bc_str_eq(bc_str_of(rules->properties[i].name), name))
            return rules->properties[i].mode;
    return BC_AS_RECORDED;
}

const struct bc_fact_at *bc_properties_setter(const struct bc_deal *deal, struct bc_str name,
                                              enum bc_time_mode mode, int64_t at_us)
{
    const struct bc_fact_at *setter = NULL;

    for (size_t i = 0; i < deal->learning_n; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];

        if (fact->kind != BC_FACT_PROPERTY ||
            !bc_str_eq(bc_learning_text(fact, BC_TEXT_PROPERTY_NAME), name))
            continue;
        if (fact->occurred_us > at_us &&
            (mode == BC_AS_RECORDED || (mode == BC_BACKFILL && setter)))
            break;
        setter = fact;
    }
    return setter;
}

struct bc_str bc_properties_at(const struct bc_deal *deal, struct bc_str name,
                               enum bc_time_mode mode, int64_t at_us)
{
    const struct bc_fact_at *setter = bc_properties_setter(deal, name, mode, at_us);

    return setter ? bc_learning_text(setter, BC_TEXT_PROPERTY_VALUE) : (struct bc_str){ 0 };
}
