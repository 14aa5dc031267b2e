#include "projections/diff/rules_effect.h"

enum { DATES_A_PASS = 512 }; /* so that memory is bounded however many dates there are */

static bool same(struct bc_figure a, struct bc_figure b)
{
    return !bc_figure_differ(&a, &b);
}

/* Do both rules have the same figures, by name and place? Else every date may differ. */
static bool same_figures(const bc_rules *a, const bc_rules *b)
{
    if (a->metric_n != b->metric_n || a->slice_n != b->slice_n || a->red_line_n != b->red_line_n)
        return false;
    for (size_t i = 0; i < a->metric_n; i++)
        if (strcmp(a->metrics[i].name, b->metrics[i].name) != 0)
            return false;
    for (size_t i = 0; i < a->slice_n; i++)
        if (strcmp(a->slices[i].name, b->slices[i].name) != 0)
            return false;
    for (size_t i = 0; i < a->red_line_n; i++)
        if (strcmp(a->red_lines[i].name, b->red_lines[i].name) != 0)
            return false;
    return true;
}

static bool same_date(struct bc_report *a, struct bc_report *b, size_t date)
{
    bc_report_show(a, date);
    bc_report_show(b, date);
    for (size_t m = 0; m < a->rules->metric_n; m++)
        for (size_t s = 0; s < a->rules->slice_n; s++)
            if (!same(bc_figure_of_cell(&a->rules->metrics[m], bc_report_cell(a, date, m, s)),
                      bc_figure_of_cell(&b->rules->metrics[m], bc_report_cell(b, date, m, s))))
                return false;
    for (size_t i = 0; i < a->rules->red_line_n; i++)
        if (!same(bc_figure_of_line(&a->rules->red_lines[i], bc_report_red_line(a, date, i)),
                  bc_figure_of_line(&b->rules->red_lines[i], bc_report_red_line(b, date, i))))
            return false;
    return true;
}

struct walk {
    bc_timelines *timelines;
    const struct bc_question *from, *to;
    bc_rules_effect_visit *visit;
    void *payload;
};

static struct bc_question dated(const struct bc_question *question, size_t date, size_t n)
{
    struct bc_question part = *question;

    part.as_of_us += date;
    part.date_n = n;
    return part;
}

static bc_status visit_date(const struct walk *walk, size_t date, struct bc_err *err)
{
    const struct bc_diff_question question = { .from = dated(walk->from, date, 1),
                                               .turned = dated(walk->to, date, 1),
                                               .to = dated(walk->to, date, 1) };
    struct bc_diff *diff = NULL;
    bc_status rc = bc_diff_make(&diff, walk->timelines, &question, err);

    if (rc == BC_OK && diff->n)
        rc = walk->visit(walk->payload, date, diff, err);
    bc_diff_free(diff);
    return rc;
}

static bc_status visit_dates(const struct walk *walk, size_t first, size_t n, struct bc_err *err)
{
    const struct bc_report_options options = { .lists = true };
    const struct bc_question from = dated(walk->from, first, n), to = dated(walk->to, first, n);
    bool comparable = same_figures(from.rules, to.rules);
    struct bc_report *a = NULL, *b = NULL;
    bc_status rc = BC_OK;

    if (comparable)
        rc = bc_report_make(&a, walk->timelines, &from, &options, err);
    if (comparable && rc == BC_OK)
        rc = bc_report_make(&b, walk->timelines, &to, &options, err);
    for (size_t i = 0; rc == BC_OK && i < n; i++)
        if (!comparable || !same_date(a, b, i))
            rc = visit_date(walk, first + i, err);
    bc_report_free(a);
    bc_report_free(b);
    return rc;
}

bc_status bc_rules_effect(bc_timelines *timelines, const struct bc_question *from,
                          const struct bc_question *to, bc_rules_effect_visit *visit, void *payload,
                          struct bc_err *err)
{
    const struct walk walk = { timelines, from, to, visit, payload };
    bc_status rc = BC_OK;

    for (size_t first = 0, n; rc == BC_OK && first < from->date_n; first += n) {
        n = from->date_n - first < DATES_A_PASS ? from->date_n - first : DATES_A_PASS;
        rc = visit_dates(&walk, first, n, err);
    }
    return rc;
}
