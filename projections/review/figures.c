#include "projections/review/figures.h"

#include <stdlib.h>

/* The dates: those of the line, the one before them, and then. */
enum { WEEK_DAYS = 7, BEFORE = BC_REVIEW_WEEKS, THEN };

/* A date, and which one it is. */
struct date {
    int64_t us;
    size_t which;
};

static int by_time(const void *a, const void *b)
{
    const struct date *left = a, *right = b;

    if (left->us != right->us)
        return left->us < right->us ? -1 : 1;
    return (left->which > right->which) - (left->which < right->which);
}

/* They ascend, wherever `since` falls among them. */
static void take_dates(struct bc_review_figures *figures, const struct bc_question *question,
                       int64_t since_us)
{
    const bc_zone *zone = question->rules->zone;
    const int64_t now_us = question->as_of_us[0];
    struct date dates[BC_REVIEW_DATES];
    size_t place[BC_REVIEW_DATES];

    for (size_t i = 0; i <= BC_REVIEW_WEEKS; i++) {
        const int32_t weeks = i == BEFORE ? BC_REVIEW_WEEKS : BC_REVIEW_WEEKS - 1 - (int32_t)i;

        dates[i] = (struct date){ bc_zone_window_begin(zone, now_us, weeks * WEEK_DAYS), i };
    }
    dates[THEN] = (struct date){ since_us, THEN };
    qsort(dates, BC_REVIEW_DATES, sizeof(dates[0]), by_time);
    for (size_t i = 0; i < BC_REVIEW_DATES; i++) {
        figures->as_of_us[i] = dates[i].us;
        place[dates[i].which] = i;
    }
    for (size_t i = 0; i < BC_REVIEW_WEEKS; i++)
        figures->line[i] = place[i];
    figures->now = figures->line[BC_REVIEW_WEEKS - 1];
    figures->weeks4 = figures->line[BC_REVIEW_WEEKS - 1 - 4];
    figures->weeks13 = place[BEFORE];
    figures->then = place[THEN];
}

bc_status bc_review_figures_begin(struct bc_walked *walked, struct bc_review_figures *out,
                                  bc_timelines *timelines, const struct bc_question *question,
                                  int64_t since_us, struct bc_err *err)
{
    static const struct bc_report_options options = { 0 };
    struct bc_question dated = *question;

    take_dates(out, question, since_us);
    dated.as_of_us = out->as_of_us;
    dated.date_n = BC_REVIEW_DATES;
    return bc_walked_report_begin(walked, &out->report, timelines, &dated, &options, err);
}
