#include "projections/revenue/backtest.h"

#include "projections/revenue/terms.h"

#include <stdlib.h>

/* --- what was recorded by then --- */

static bool is_known(const struct bc_visible *visible, const struct bc_event *event)
{
    return bc_visible_has(visible, event->seq,
                          event->has_source_recorded ? &event->source_recorded_us : NULL);
}

/* Whether any event is visible. By the ledger's clock the first one tells; a source's times come in
 * any order. */
static bc_status find_known(bool *out, bc_log *log, const struct bc_visible *visible,
                            struct bc_err *err)
{
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc;

    *out = visible->seq > 0;
    if (!visible->by_source)
        return BC_OK;
    *out = false;
    rc = bc_cursor_open(&cursor, log, 1, bc_log_head(log)->size, err);
    while (rc == BC_OK && !*out) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        *out = rc == BC_OK && is_known(visible, event);
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : BC_OK;
}

/* --- a month --- */

static int64_t month_end(const bc_rules *rules, int32_t month)
{
    return bc_zone_day_end(rules->zone, bc_terms_month_first(month + 1) - 1);
}

static bc_status forecast(struct bc_backtest_row *row, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_revenue_ask *asked,
                          int32_t horizon, struct bc_err *err)
{
    const int64_t then_us = month_end(question->rules, row->month - horizon);
    const struct bc_revenue_ask ask = {
        .slice = asked->slice, .from = row->month, .to = row->month, .rows_only = true
    };
    struct bc_question then = *question;
    struct bc_revenue *revenue = NULL;
    struct bc_visible visible;
    bc_status rc;

    then.as_of_us = &then_us;
    then.known_us =
        question->known_asked && question->known_us < then_us ? question->known_us : then_us;
    then.known_asked = true;
    rc = bc_question_known(&then, bc_timelines_log(timelines), &visible, err);
    if (rc == BC_OK)
        rc = find_known(&row->known, bc_timelines_log(timelines), &visible, err);
    if (rc < 0 || !row->known)
        return rc;
    rc = bc_revenue_make(&revenue, timelines, &then, &ask, err);
    if (rc == BC_OK)
        row->forecast = revenue->rows[0].fmrr;
    bc_revenue_free(revenue);
    return rc;
}

/* From the last month back: where nothing was known by one, nothing was by those before it. */
static bc_status forecast_all(struct bc_backtest *backtest, bc_timelines *timelines,
                              const struct bc_question *question, const struct bc_revenue_ask *ask,
                              int32_t horizon, struct bc_err *err)
{
    bc_status rc = BC_OK;
    bool known = true;

    for (size_t i = backtest->row_n; rc == BC_OK && known && i-- > 0;) {
        rc = forecast(&backtest->rows[i], timelines, question, ask, horizon, err);
        known = backtest->rows[i].known;
    }
    return rc;
}

static void take_outcomes(struct bc_backtest *backtest, const bc_rules *rules, int64_t as_of_us)
{
    const struct bc_revenue *outcome = backtest->outcome;
    const int32_t day = bc_zone_day(rules->zone, as_of_us);

    backtest->rows = bc_calloc(outcome->row_n, sizeof(*backtest->rows));
    for (size_t i = 0; i < outcome->row_n; i++) {
        const struct bc_revenue_row *row = &outcome->rows[i];

        if (bc_terms_month_first(row->month + 1) - 1 > day)
            break;
        backtest->rows[backtest->row_n++] =
            (struct bc_backtest_row){ .month = row->month, .outcome = row->of[BC_CMRR] };
    }
}

bc_status bc_backtest_make(struct bc_backtest **out, bc_timelines *timelines,
                           const struct bc_question *question, const struct bc_revenue_ask *ask,
                           int32_t horizon, struct bc_err *err)
{
    struct bc_backtest *backtest = bc_calloc(1, sizeof(*backtest));
    bc_status rc = bc_revenue_make(&backtest->outcome, timelines, question, ask, err);

    if (rc == BC_OK) {
        take_outcomes(backtest, question->rules, question->as_of_us[0]);
        rc = forecast_all(backtest, timelines, question, ask, horizon, err);
    }
    if (rc < 0) {
        bc_backtest_free(backtest);
        return rc;
    }
    *out = backtest;
    return BC_OK;
}

void bc_backtest_free(struct bc_backtest *backtest)
{
    if (!backtest)
        return;
    bc_revenue_free(backtest->outcome);
    free(backtest->rows);
    free(backtest);
}
