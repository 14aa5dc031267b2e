/* projections/walk/deal_names.h - what people call single deals, and who owns them: the properties
 * `deal_name` and `owner` at a question's last date, as the rules read them.
 *
 * For answers that show some deals: each is read from the log when it is asked for, and held
 * against the timelines, so that nothing else need be opened or walked. Who walks the family
 * learning has the same with bc_properties_at. */
#ifndef BC_PROJECTIONS_WALK_DEAL_NAMES_H
#define BC_PROJECTIONS_WALK_DEAL_NAMES_H

#include "projections/report/question.h"

/* Empty: it has none. */
struct bc_deal_name {
    struct bc_str name, owner;
};

typedef struct bc_deal_names bc_deal_names; /* borrows the timelines and the rules */

/* A question without dates sees all that happened. The caller frees *out. */
bc_status bc_deal_names_open(bc_deal_names **out, bc_timelines *timelines,
                             const struct bc_question *question, struct bc_err *err);
void bc_deal_names_free(bc_deal_names *names); /* NULL is fine */

/* The texts live as long as `names`, which keeps them: a deal is read once. A deal that the log
 * does not mention has none. BC_E_DAMAGED as bc_deal_events_read has it. */
bc_status bc_deal_names_get(bc_deal_names *names, struct bc_deal_name *out, struct bc_str deal,
                            struct bc_err *err);

#endif
