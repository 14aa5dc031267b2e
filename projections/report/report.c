#include "projections/report/report.h"

#include "projections/report/lists.h"
#include "projections/report/report_making.h"

#include <stdlib.h>

bc_status bc_report_make_each(struct bc_report **out, bc_timelines *timelines,
                              const struct bc_question *const *questions, size_t n,
                              const struct bc_report_options *options, struct bc_err *err)
{
    struct bc_report_making *makings = bc_calloc(n, sizeof(*makings));
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < n; i++)
        rc = bc_report_making_begin(&makings[i], timelines, questions[i], NULL, options, err);
    if (rc == BC_OK && n)
        rc = bc_report_making_see(makings, n, err);
    for (size_t i = 0; i < n; i++) {
        if (rc == BC_OK)
            bc_report_making_finish(&makings[i]);
        if (makings[i].report)
            bc_report_making_end(&makings[i]);
        if (rc == BC_OK)
            out[i] = makings[i].report;
        else
            bc_report_free(makings[i].report);
    }
    free(makings);
    return rc;
}

bc_status bc_report_make(struct bc_report **out, bc_timelines *timelines,
                         const struct bc_question *question,
                         const struct bc_report_options *options, struct bc_err *err)
{
    return bc_report_make_each(out, timelines, &question, 1, options, err);
}

void bc_report_show(struct bc_report *report, size_t date)
{
    bc_lists_show(report->lists,
                  &report->cells[date * report->rules->metric_n * report->rules->slice_n],
                  (uint32_t)date);
}

void bc_report_free(struct bc_report *report)
{
    if (!report)
        return;
    free(report->as_of_us);
    free(report->cells);
    free(report->red_lines);
    free(report->unknown);
    free(report->kept);
    bc_lists_free(report->lists);
    bc_arena_free(report->arena);
    free(report);
}
