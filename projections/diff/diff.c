#include "projections/diff/diff.h"

#include "projections/diff/diff_deals.h"

#include <assert.h>
#include <stdlib.h>

struct making {
    struct bc_diff *diff;
    bc_timelines *timelines;
    const struct bc_diff_question *question;
    struct bc_steps steps;
};

static bc_status plan(struct making *making, struct bc_err *err)
{
    const struct bc_diff_question *question = making->question;
    const struct bc_ways ways = { question->from, question->to, question->turned };

    return bc_steps_plan(&making->steps, making->timelines, &ways, err);
}

static int metric_of(const bc_rules *rules, const char *name)
{
    const struct bc_metric_rule *found = bc_rules_metric(rules, bc_str_of(name));

    return found ? (int)(found - rules->metrics) : -1;
}

/* Whether only one metric is counted: it has the same place in the rules of all points. */
static bool counts_one(const struct making *makings, size_t n, size_t *metric)
{
    int place = -1;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < makings[i].steps.n; j++) {
            const char *name = makings[i].question->metric;
            const int at = name ? metric_of(makings[i].steps.points[j].question.rules, name) : -1;

            if (at < 0 || (place >= 0 && at != place))
                return false;
            place = at;
        }
    *metric = (size_t)place;
    return place >= 0;
}

/* The figures at all points of n diffs, in one walk. */
static bc_status ask(struct making *makings, size_t n, struct bc_err *err)
{
    struct bc_report_options options = { .lists = true };
    const struct bc_question **questions =
        bc_reallocarray(NULL, n * BC_POINTS_MAX, sizeof(*questions));
    struct bc_report **reports = bc_calloc(n * BC_POINTS_MAX, sizeof(*reports));
    size_t point_n = 0, point = 0;
    bc_status rc;

    options.keep_alone = counts_one(makings, n, &options.keep_metric);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < makings[i].steps.n; j++)
            questions[point_n++] = &makings[i].steps.points[j].question;
    rc = bc_report_make_each(reports, makings->timelines, questions, point_n, &options, err);
    for (size_t i = 0; rc == BC_OK && i < n; i++)
        for (size_t j = 0; j < makings[i].steps.n; j++)
            makings[i].diff->reports[makings[i].diff->report_n++] = reports[point++];
    free(reports);
    free(questions);
    return rc;
}

/* --- figures --- */

static struct bc_figure red_line_figure(const struct bc_report *report, const char *name)
{
    int line = bc_rules_red_line(report->rules, bc_str_of(name));

    if (line < 0)
        return (struct bc_figure){ 0 };
    return bc_figure_of_line(&report->rules->red_lines[line],
                             bc_report_red_line(report, 0, (size_t)line));
}

static struct bc_figure figure_of(const struct bc_report *report, const struct bc_diff_row *row)
{
    int metric, slice;

    if (row->red_line)
        return red_line_figure(report, row->red_line->name);
    metric = metric_of(report->rules, row->metric->name);
    slice = bc_rules_slice(report->rules, bc_str_of(row->slice));
    if (metric < 0 || slice < 0)
        return (struct bc_figure){ 0 };
    return bc_figure_of_cell(&report->rules->metrics[metric],
                             bc_report_cell(report, 0, (size_t)metric, (size_t)slice));
}

/* A step that leaves the figure as it is may move deals all the same: one in, another out. Which it
 * moves shows later, so that it has a part until then. */
static void add_part(struct bc_diff_row *row, enum bc_cause cause, const struct bc_figure *before,
                     const struct bc_figure *after)
{
    row->parts[row->part_n++] =
        (struct bc_diff_part){ .cause = cause,
                               .fields = bc_figure_differ(before, after),
                               .numbered = before->there && after->there,
                               .by = bc_figure_value(after) - bc_figure_value(before),
                               .n_by = (int64_t)after->n - (int64_t)before->n };
}

/* Drops the parts of steps that moved nothing. */
static void drop_idle(struct bc_diff *diff)
{
    for (size_t i = 0; i < diff->n; i++) {
        struct bc_diff_row *row = &diff->rows[i];
        size_t kept = 0;

        for (size_t j = 0; j < row->part_n; j++)
            if (row->parts[j].fields || row->parts[j].deal_n)
                row->parts[kept++] = row->parts[j];
        row->part_n = kept;
    }
}

/* The figure that was given out, or NULL. */
static const struct bc_figure *given_for(const struct bc_diff_question *question,
                                         const struct bc_diff_row *row)
{
    assert(row->metric || row->red_line);
    const char *name = row->metric ? row->metric->name : row->red_line->name;

    for (size_t i = 0; i < question->given_n; i++) {
        const struct bc_given *given = &question->given[i];

        if (given->red_line == (row->red_line != NULL) && bc_str_eq(given->name, bc_str_of(name)) &&
            (given->red_line || bc_str_eq(given->slice, bc_str_of(row->slice))))
            return &given->figure;
    }
    return NULL;
}

static bool is_asked(const struct bc_diff_question *question, const struct bc_diff_row *row)
{
    if (!row->metric)
        return !question->metric;
    return (!question->metric ||
            bc_str_eq(bc_str_of(question->metric), bc_str_of(row->metric->name))) &&
           (!question->slice || bc_str_eq(bc_str_of(question->slice), bc_str_of(row->slice)));
}

/* Adds a row if its figure is asked for and differs. */
static void consider(struct making *making, struct bc_diff_row row)
{
    const struct bc_figure *given;
    struct bc_figure before;
    struct bc_diff *diff = making->diff;

    if (!is_asked(making->question, &row))
        return;
    given = given_for(making->question, &row);
    before = figure_of(diff->reports[0], &row);
    if (making->question->given && !given)
        return; /* it was not given out */
    row.from = given ? *given : before;
    row.to = figure_of(diff->reports[diff->report_n - 1], &row);
    row.fields = bc_figure_differ(&row.from, &row.to);
    if (!row.fields)
        return;
    add_part(&row, BC_CAUSE_GIVEN, &row.from, &before);
    for (size_t i = 1; i < making->steps.n; i++) {
        struct bc_figure after = figure_of(diff->reports[i], &row);

        add_part(&row, making->steps.points[i].cause, &before, &after);
        before = after;
    }
    BC_GROW(diff->rows, diff->n, diff->cap);
    diff->rows[diff->n++] = row;
}

/* The rows of some rules, without those that others have, too. */
static void consider_rules(struct making *making, const bc_rules *rules, const bc_rules *others)
{
    for (size_t m = 0; m < rules->metric_n; m++)
        for (size_t s = 0; s < rules->slice_n; s++)
            if (!others || metric_of(others, rules->metrics[m].name) < 0 ||
                bc_rules_slice(others, bc_str_of(rules->slices[s].name)) < 0)
                consider(making, (struct bc_diff_row){ .metric = &rules->metrics[m],
                                                       .slice = rules->slices[s].name });
    for (size_t i = 0; i < rules->red_line_n; i++)
        if (!others || bc_rules_red_line(others, bc_str_of(rules->red_lines[i].name)) < 0)
            consider(making, (struct bc_diff_row){ .red_line = &rules->red_lines[i] });
}

/* --- the whole --- */

static void find_rows(struct making *making)
{
    const struct bc_diff_question *question = making->question;

    consider_rules(making, question->to.rules, NULL);
    if (question->from.rules != question->to.rules)
        consider_rules(making, question->from.rules, question->to.rules);
}

/* Fills the deals of the rows of n diffs, in one walk. */
static bc_status find_deals(struct making *makings, size_t n, struct bc_err *err)
{
    struct bc_diff_walk *walks = bc_calloc(n, sizeof(*walks));
    bc_status rc;

    for (size_t i = 0; i < n; i++)
        walks[i] = (struct bc_diff_walk){ .diff = makings[i].diff,
                                          .timelines = makings[i].timelines,
                                          .steps = &makings[i].steps,
                                          .events = makings[i].question->events };
    rc = bc_diff_deals(walks, n, err);
    free(walks);
    return rc;
}

bc_status bc_diff_make_each(struct bc_diff **out, bc_timelines *timelines,
                            const struct bc_diff_question *questions, size_t n, struct bc_err *err)
{
    struct making *makings = bc_calloc(n, sizeof(*makings));
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        makings[i] = (struct making){ .timelines = timelines, .question = &questions[i] };
        makings[i].diff = bc_calloc(1, sizeof(*makings[i].diff));
        makings[i].diff->arena = bc_arena_new();
        rc = plan(&makings[i], err);
    }
    if (rc == BC_OK && n)
        rc = ask(makings, n, err);
    for (size_t i = 0; rc == BC_OK && i < n; i++)
        find_rows(&makings[i]);
    if (rc == BC_OK && n)
        rc = find_deals(makings, n, err);
    for (size_t i = 0; i < n; i++) {
        bc_steps_release(&makings[i].steps);
        if (rc == BC_OK) {
            drop_idle(makings[i].diff);
            out[i] = makings[i].diff;
        } else {
            bc_diff_free(makings[i].diff);
        }
    }
    free(makings);
    return rc;
}

bc_status bc_diff_make(struct bc_diff **out, bc_timelines *timelines,
                       const struct bc_diff_question *question, struct bc_err *err)
{
    return bc_diff_make_each(out, timelines, question, 1, err);
}

uint32_t bc_diff_causes(const struct bc_diff *diff)
{
    uint32_t causes = 0;

    for (size_t i = 0; i < diff->n; i++)
        for (size_t j = 0; j < diff->rows[i].part_n; j++)
            causes |= UINT32_C(1) << diff->rows[i].parts[j].cause;
    return causes;
}

void bc_diff_free(struct bc_diff *diff)
{
    if (!diff)
        return;
    for (size_t i = 0; i < diff->report_n; i++)
        bc_report_free(diff->reports[i]);
    free(diff->rows);
    bc_arena_free(diff->arena);
    free(diff);
}
