/* ledger/base/tzif_rule.h - the rule by which a zone's clocks go after the last change that is
 * told: POSIX's, "CET-1CEST,M3.5.0,M10.5.0/3", and RFC 8536's hours of -167 to 167. */
#ifndef BC_LEDGER_BASE_TZIF_RULE_H
#define BC_LEDGER_BASE_TZIF_RULE_H

#include "ledger/base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* When in a year the clocks change. */
struct bc_tzif_change {
    char form; /* M: a weekday of a week of a month; J: a day without 02-29; 0: a day with it */
    int32_t month, week, day;
    int32_t second; /* of that day, by the clocks as they went before */
};

struct bc_tzif_rule {
    int32_t standard, summer;         /* seconds east of UTC */
    bool changes;                     /* else it is standard time for ever */
    struct bc_tzif_change begin, end; /* of summer time */
};

/* False: it is none. */
bool bc_tzif_rule_parse(struct bc_tzif_rule *out, struct bc_str text);
int32_t bc_tzif_rule_offset(const struct bc_tzif_rule *rule, int64_t second);

#endif
