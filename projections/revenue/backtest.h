/* projections/revenue/backtest.h - what was forecast for past months some months before, against
 * what came. */
#ifndef BC_PROJECTIONS_REVENUE_BACKTEST_H
#define BC_PROJECTIONS_REVENUE_BACKTEST_H

#include "projections/revenue/revenue.h"

struct bc_backtest_row {
    int32_t month;
    bool known; /* something was recorded by the time of the forecast; else there is none */
    bc_int128
        forecast; /* FMRR, asked as of the end of the month so many before, and as known then */
    bc_int128 outcome; /* CMRR, as the question has it */
};

struct bc_backtest {
    struct bc_backtest_row *rows; /* of the months that are over at the date */
    size_t row_n;
    struct bc_revenue *outcome; /* of all months that are asked: what is left out, and the list */
};

/* `horizon`: months before, 1 or more. What is known at the forecast is never more than what the
 * question knows. The caller frees *out. */
bc_status bc_backtest_make(struct bc_backtest **out, bc_timelines *timelines,
                           const struct bc_question *question, const struct bc_revenue_ask *ask,
                           int32_t horizon, struct bc_err *err);
void bc_backtest_free(struct bc_backtest *backtest); /* NULL is fine */

#endif
