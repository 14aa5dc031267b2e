/* tests/model/recount_deals.h - rows of deals and open actions found the slow way; shares no code
 * with projections/, but takes the question as data. */
#ifndef BC_TESTS_MODEL_RECOUNT_DEALS_H
#define BC_TESTS_MODEL_RECOUNT_DEALS_H

#include "projections/activity/deal_list.h"
#include "tests/model/recount.h"

/* Adds a line a deal, of what it has: "d1 name N owner O stage S 3d age 5d+7 type T stalled parked
 * 2025-01-01 amount 7 mrr 1.5 USD last emailSent AT next AT odd 2 bad_date action a1" (7
 * microseconds over 5 days), and below "action a1 deal d1 owner O due 2025-01-01 late text T". */
void recount_deals(struct bc_buf *out, const struct bc_event *events, size_t n,
                   const struct recount_question *question, const struct bc_deal_list_ask *ask);
/* The same of an answer. */
void recount_deals_print(struct bc_buf *out, const struct bc_deal_list *deals);

#endif
