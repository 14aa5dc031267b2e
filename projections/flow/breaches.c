#include "projections/flow/breaches.h"

#include "projections/flow/red_line_spans.h"

#include <stdlib.h>

enum { WEEK_DAYS = 7 };

/* Back to where instants begin, so that one walk will do: where the deals begin, it finds out. The
 * caller frees them. */
static int64_t *weeks_back(const bc_zone *zone, int64_t as_of_us, size_t *out_n)
{
    const size_t n = (size_t)(as_of_us / BC_DAY_US) / WEEK_DAYS + 1;
    int64_t *weeks_us = bc_calloc(n, sizeof(*weeks_us));

    for (size_t back = 0; back < n; back++)
        weeks_us[n - 1 - back] = bc_zone_window_begin(zone, as_of_us, (int32_t)back * WEEK_DAYS);
    *out_n = n;
    return weeks_us;
}

static void take(struct bc_breaches *out, size_t line, const struct bc_line_span *span,
                 const struct bc_question *weekly)
{
    const int64_t from_us = weekly->as_of_us[span->first];

    BC_GROW(out->at, out->n, out->cap);
    out->at[out->n++] = (struct bc_breach){ .line = line,
                                            .from_us = from_us,
                                            .day = bc_zone_day(weekly->rules->zone, from_us),
                                            .open = span->last + 1 == weekly->date_n };
}

static const struct bc_report_options lines_alone = { .lines_alone = true };

static void take_weeks(struct bc_breaches_weeks *weeks, const struct bc_question *question)
{
    *weeks = (struct bc_breaches_weeks){ .weekly = *question };
    weeks->weeks_us =
        weeks_back(question->rules->zone, question->as_of_us[0], &weeks->weekly.date_n);
    weeks->weekly.as_of_us = weeks->weeks_us;
}

bc_status bc_breaches_begin(struct bc_walked *walked, struct bc_breaches_weeks *weeks,
                            bc_timelines *timelines, const struct bc_question *question,
                            struct bc_err *err)
{
    take_weeks(weeks, question);
    return bc_walked_report_begin(walked, &weeks->report, timelines, &weeks->weekly, &lines_alone,
                                  err);
}

bc_status bc_breaches_end(struct bc_breaches *out, struct bc_breaches_weeks *weeks,
                          bc_timelines *timelines, bc_status rc, struct bc_err *err)
{
    const struct bc_question *weekly = &weeks->weekly;
    struct bc_red_line_spans *spans = NULL;

    *out = (struct bc_breaches){ 0 };
    if (rc == BC_OK)
        rc = bc_red_line_spans_begun(&spans, timelines, weekly, weeks->report, err);
    else
        bc_report_free(weeks->report); /* it is there where only a question after it failed */
    for (size_t line = 0; rc == BC_OK && line < weekly->rules->red_line_n; line++)
        for (size_t i = 0; i < spans->lines[line].span_n; i++)
            if (spans->lines[line].spans[i].unanswered)
                take(out, line, &spans->lines[line].spans[i], weekly);
    bc_red_line_spans_free(spans);
    free(weeks->weeks_us);
    return rc;
}

/* By the facts alone: the caller need not have the family learning open. */
bc_status bc_breaches_make(struct bc_breaches *out, bc_timelines *timelines,
                           const struct bc_question *question, struct bc_err *err)
{
    struct bc_breaches_weeks weeks;
    bc_status rc;

    take_weeks(&weeks, question);
    rc = bc_report_make(&weeks.report, timelines, &weeks.weekly, &lines_alone, err);
    return bc_breaches_end(out, &weeks, timelines, rc, err);
}

void bc_breaches_release(struct bc_breaches *breaches)
{
    free(breaches->at);
    *breaches = (struct bc_breaches){ 0 };
}
