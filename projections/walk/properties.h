/* projections/walk/properties.h - what a property of any name is at an instant, as a text: of a
 * deal that was folded with its facts of kind BC_FACT_PROPERTY. */
#ifndef BC_PROJECTIONS_WALK_PROPERTIES_H
#define BC_PROJECTIONS_WALK_PROPERTIES_H

#include "projections/deal/deal.h"

/* How the rules read a property over time. */
enum bc_time_mode bc_properties_mode(const bc_rules *rules, struct bc_str name);

/* What sets it at an instant, or NULL: never set, as far as that instant sees. */
const struct bc_fact_at *bc_properties_setter(const struct bc_deal *deal, struct bc_str name,
                                              enum bc_time_mode mode, int64_t at_us);
/* Its value; empty: unset. Lives as long as the deal's facts. */
struct bc_str bc_properties_at(const struct bc_deal *deal, struct bc_str name,
                               enum bc_time_mode mode, int64_t at_us);

#endif
