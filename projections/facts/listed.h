/* projections/facts/listed.h - words that mean something whatever the rules: reasons of a loss, and
 * the properties that figures are made of. Any other word is kept, and counts as none of them. */
#ifndef BC_PROJECTIONS_FACTS_LISTED_H
#define BC_PROJECTIONS_FACTS_LISTED_H

#include "ledger/base/str.h"

#include <stdbool.h>

/* They end with a NULL. */
extern const char *const bc_listed_reasons[];
extern const char *const bc_listed_properties[];

bool bc_listed_reason(struct bc_str reason);
/* The property that figures are made of and that this name was meant for: "deal_type" for
 * "dealtype", "Deal Type" or "deal_typ"; NULL: it is one of them, or resembles none. */
const char *bc_listed_property_meant(struct bc_str name);

#endif
