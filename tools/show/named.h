/* tools/show/named.h - deals with their names, and days, in answers that read both beforehand. */
#ifndef BC_TOOLS_SHOW_NAMED_H
#define BC_TOOLS_SHOW_NAMED_H

#include "projections/walk/names.h"
#include "tools/cli/cmd.h"
#include "tools/print/column.h"
#include "tools/print/row.h"

struct named {
    const struct bc_names *names; /* of all deals in the answer */
    const bc_zone *zone;          /* of the rules */
    bool off;                     /* people asked for no names; programs get them */
    size_t most;                  /* columns of a name within a sentence; 0: all that it needs */
};

/* `off` and `most`, for people. */
void named_as_asked(struct named *named, const struct cmd_env *env);

/* "deal" and "name", null where it has none; for people both as "dealShown". */
void named_deal(struct row *row, const struct named *named, struct bc_str deal);
/* A cell for people alone: the id and the name. */
void named_deal_shown(struct row *row, const char *key, const struct named *named,
                      struct bc_str deal);
#define NAMED_DEAL_COLUMN                                                                          \
    {                                                                                              \
        .name = "DEAL", .key = "dealShown", .fit = COLUMN_WRAP, .least = 20, .dash = true          \
    }
/* Within a sentence: adds the id and the name, or the id alone. */
void named_deal_add(struct bc_buf *out, const struct named *named, struct bc_str deal);

/* Adds the civil day of an instant; the same as a cell for people; a civil day as a cell. */
void named_day_add(struct bc_buf *out, const struct named *named, int64_t us);
void named_day(struct row *row, const char *key, const struct named *named, int64_t us);
void named_date(struct row *row, const char *key, int32_t day);

#endif
