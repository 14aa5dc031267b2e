/* tools/show/named.h - deals with their names, and days, in answers that read both beforehand. */
#ifndef BC_TOOLS_SHOW_NAMED_H
#define BC_TOOLS_SHOW_NAMED_H

#include "projections/walk/names.h"
#include "tools/print/column.h"
#include "tools/print/row.h"

struct named {
    const struct bc_names *names; /* of all deals in the answer */
    const bc_zone *zone;          /* of the rules */
    bool off;                     /* people asked for no names; programs get them */
};

/* "deal" and "name", null where it has none; for people both as "dealShown". */
void named_deal(struct row *row, const struct named *named, struct bc_str deal);
void named_deal_shown(struct row *row, const struct named *named, struct bc_str deal);
#define NAMED_DEAL_COLUMN                                                                          \
    {                                                                                              \
        .name = "DEAL", .key = "dealShown", .fit = COLUMN_WRAP, .least = 20, .dash = true          \
    }
/* Adds the id and the name, or the id alone. */
void named_deal_add(struct bc_buf *out, const struct named *named, struct bc_str deal);

/* Adds the civil day of an instant; the same as a cell for people; a civil day as a cell. */
void named_day_add(struct bc_buf *out, const struct named *named, int64_t us);
void named_day(struct row *row, const char *key, const struct named *named, int64_t us);
void named_date(struct row *row, const char *key, int32_t day);

#endif
