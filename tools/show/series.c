#include "tools/show/series.h"

#include <stdlib.h>

/* So that memory is bounded however many dates there are; where they are split by a key of many
 * values, there are fewer. */
enum { DATES_A_PASS = 4096 };

static bc_status use_day(struct series *series, size_t ref, int32_t day, struct bc_err *err)
{
    const struct when when = { .is_day = true, .day = day };

    return basis_use(series->basis, ref, &when, err);
}

/* --- which rules answer which dates --- */

static void add_used(struct series *series, size_t ref, int32_t day)
{
    if (series->used_n > 0) {
        const struct series_used *last = &series->used[series->used_n - 1];

        if (last->ref == ref && last->rules == series->basis->rules)
            return;
    }
    BC_GROW(series->used, series->used_n, series->used_cap);
    series->used[series->used_n++] = (struct series_used){ ref, series->basis->rules, day };
}

static bc_status find_used(struct series *series, size_t ref, struct bc_err *err)
{
    const struct series_plan *plan = &series->plan;
    bool varies = rules_ref_as_then(series->basis->refs[ref]);
    int32_t day = plan->from;
    bc_status rc = BC_OK;

    for (int64_t i = 1; rc == BC_OK && day <= plan->to; i++) {
        rc = use_day(series, ref, day, err);
        if (rc == BC_OK)
            add_used(series, ref, day);
        if (!varies)
            break;
        day = step_day(&plan->step, plan->from, i);
    }
    return rc;
}

/* Some of the rules must have a name; else the message lists what the last of them have. */
static bc_status check_names(const struct series *series, struct bc_err *err)
{
    const struct series_plan *plan = &series->plan;
    bool found = false;
    size_t index;

    for (size_t i = 0; i < plan->metrics->n; i++, found = false) {
        for (size_t u = 0; !found && u < series->used_n; u++)
            found = bc_rules_metric(series->used[u].rules, bc_str_of(plan->metrics->items[i]));
        if (!found)
            return basis_metric(&index, series->basis, plan->metrics->items[i], err);
    }
    for (size_t u = 0; plan->slice && !found && u < series->used_n; u++)
        found = bc_rules_slice(series->used[u].rules, bc_str_of(plan->slice)) >= 0;
    return plan->slice && !found ? basis_slice(&index, series->basis, plan->slice, err) : BC_OK;
}

bc_status series_init(struct series *out, struct basis *basis, const struct series_plan *plan,
                      struct bc_err *err)
{
    bc_status rc = BC_OK;

    *out = (struct series){ .basis = basis, .plan = *plan, .dates_a_pass = DATES_A_PASS };
    out->days = bc_calloc(DATES_A_PASS, sizeof(*out->days));
    out->answers = bc_calloc(basis->ref_n * DATES_A_PASS, sizeof(*out->answers));
    for (size_t ref = 0; rc == BC_OK && ref < basis->ref_n; ref++)
        rc = find_used(out, ref, err);
    return rc == BC_OK ? check_names(out, err) : rc;
}

bool series_varies(const struct series *series)
{
    for (size_t ref = 0; ref < series->basis->ref_n; ref++)
        if (rules_ref_as_then(series->basis->refs[ref]))
            return true;
    return false;
}

/* --- a pass --- */

static void clear_pass(struct series *series)
{
    for (size_t i = 0; i < series->range_n; i++) {
        if (!series->plan.by)
            bc_report_free(series->ranges[i].report);
        report_by_release(&series->ranges[i].by);
        report_part_release(&series->ranges[i].part);
        free(series->ranges[i].as_of_us);
    }
    series->range_n = 0;
    series->n = 0;
}

void series_release(struct series *series)
{
    clear_pass(series);
    free(series->ranges);
    free(series->answers);
    free(series->days);
    free(series->used);
    *series = (struct series){ 0 };
}

static void next_days(struct series *series)
{
    for (; series->n < series->dates_a_pass; series->next++) {
        int32_t day = step_day(&series->plan.step, series->plan.from, series->next);

        if (day > series->plan.to)
            break;
        series->days[series->n++] = day;
    }
}

/* Rules in use from a day on, among those of a reference; the day is one of the series. */
static const struct series_used *used_at(const struct series *series, size_t ref, int32_t day)
{
    const struct series_used *found = NULL;

    for (size_t i = 0; i < series->used_n; i++)
        if (series->used[i].ref == ref && series->used[i].from <= day)
            found = &series->used[i];
    return found;
}

/* Answers the dates first <= date < end of the pass, under the rules in use. */
static bc_status answer_range(struct series *series, struct series_range *range, size_t first,
                              size_t end, struct bc_err *err)
{
    struct bc_report_options options = { .lists = series->plan.lists };
    struct bc_question *question = &series->basis->question;
    int64_t *as_of_us = bc_reallocarray(NULL, end - first, sizeof(*as_of_us));
    bc_status rc;

    for (size_t i = first; i < end; i++)
        as_of_us[i - first] = bc_zone_day_end(series->basis->rules->zone, series->days[i]);
    *range = (struct series_range){ .as_of_us = as_of_us };
    report_part_init(&range->part, series->basis->rules, series->plan.metrics, series->plan.slice);
    question->as_of_us = as_of_us;
    question->date_n = end - first;
    options.keep_alone = range->part.metric_n == 1; /* then no other is counted */
    options.keep_metric = options.keep_alone ? range->part.metrics[0] : 0;
    if (!series->plan.by)
        return bc_report_make(&range->report, series->basis->timelines, question, &options, err);
    rc = report_by_make(&range->by, series->plan.by, series->basis->timelines, question, &options,
                        err);
    if (rc == BC_OK)
        range->report = range->by.split->whole;
    return rc;
}

static bc_status answer_ref(struct series *series, size_t ref, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t first = 0, end; rc == BC_OK && first < series->n; first = end) {
        const struct series_used *used = used_at(series, ref, series->days[first]);

        for (end = first + 1; end < series->n; end++)
            if (used_at(series, ref, series->days[end]) != used)
                break;
        rc = use_day(series, ref, series->days[first], err);
        if (rc < 0)
            return rc;
        BC_GROW(series->ranges, series->range_n, series->range_cap);
        rc = answer_range(series, &series->ranges[series->range_n++], first, end, err);
        for (size_t i = first; i < end; i++)
            series->answers[ref * series->n + i] =
                (struct series_answer){ .date = i - first,
                                        .rules_changed = used->from == series->days[i] &&
                                                         series->days[i] != series->plan.from };
    }
    return rc;
}

/* The ranges are in their final place; answers point into them. */
static void join_answers(struct series *series)
{
    const struct series_range *range = series->ranges;

    for (size_t i = 0; i < series->basis->ref_n * series->n; i++) {
        if (i > 0 && series->answers[i].date == 0)
            range++;
        series->answers[i].report = range->report;
        series->answers[i].part = &range->part;
        series->answers[i].by = series->plan.by ? &range->by : NULL;
    }
}

static void note_values(const struct series *series)
{
    for (size_t i = 0; series->plan.by && i < series->range_n; i++) {
        const struct bc_report_split *split = series->ranges[i].by.split;

        basis_note_values(series->basis, series->plan.by->text, split->values, split->n);
    }
}

/* BC_DONE: these are too many dates for so many values. */
static bc_status answer_days(struct series *series, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t ref = 0; rc == BC_OK && ref < series->basis->ref_n; ref++)
        rc = answer_ref(series, ref, err);
    return rc;
}

bc_status series_pass(struct series *series, struct bc_err *err)
{
    const int64_t first = series->next;
    bc_status rc = BC_DONE;

    while (rc == BC_DONE) {
        clear_pass(series);
        series->next = first;
        next_days(series);
        if (series->n == 0)
            return BC_DONE;
        rc = answer_days(series, err);
        if (rc == BC_DONE)
            series->dates_a_pass = series->n / 2;
    }
    if (rc < 0)
        return rc;
    join_answers(series);
    note_values(series);
    return BC_OK;
}

bc_status series_use(const struct series *series, size_t ref, size_t date, struct bc_err *err)
{
    const struct when when = { .is_day = true, .day = series->days[date] };

    return basis_use(series->basis, ref, &when, err);
}
