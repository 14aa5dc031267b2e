#include "tests/model/answered.h"

#include "projections/audit/audit.h"
#include "projections/explain/explain.h"
#include "tests/support/check.h"

#include <stdlib.h>

static struct bc_question question_of(const struct recount_question *question,
                                      const int64_t *as_of_us, size_t n)
{
    return (struct bc_question){ .rules = question->rules,
                                 .as_of_us = as_of_us,
                                 .date_n = n,
                                 .known_asked = question->has_known,
                                 .known_us = question->known_us,
                                 .by_source = question->clock_source,
                                 .threads = question->threads };
}

static struct recount_number number(bool is, double at)
{
    return (struct recount_number){ .is = is, .at = is ? at : 0 };
}

static void take_lists(struct recount_metric *out, const struct bc_cell *cell, bc_arena *arena)
{
    out->stalled.at = bc_arena_alloc(arena, cell->stalled_n * sizeof(*out->stalled.at));
    for (size_t i = 0; i < cell->stalled_n; i++)
        out->stalled.at[i] = bc_arena_copy(arena, cell->stalled[i]);
    out->stalled.n = cell->stalled_n;
    out->campaigns = bc_arena_alloc(arena, cell->campaign_n * sizeof(*out->campaigns));
    for (size_t i = 0; i < cell->campaign_n; i++)
        out->campaigns[i] =
            (struct recount_campaign){ bc_arena_copy(arena, cell->campaigns[i].name),
                                       cell->campaigns[i].sent, cell->campaigns[i].opened };
    out->campaign_n = cell->campaign_n;
}

static struct recount_metric take_metric(const struct bc_rules *rules, size_t m, size_t slice,
                                         const struct bc_cell *cell, bc_arena *arena)
{
    const struct bc_metric_rule *rule = &rules->metrics[m];
    const struct bc_kind *kind = bc_rules_kind(rule);
    bool rate = kind->measure == BC_MEASURE_RATE, mean = kind->measure == BC_MEASURE_DAYS;
    struct recount_metric out = { .name = rule->name,
                                  .slice = rules->slices[slice].name,
                                  .kind = rule->kind,
                                  .value = number(cell->has_value, cell->value),
                                  .n = cell->n,
                                  .excluded = cell->excluded };

    out.hit = rate ? cell->hit : 0;
    out.low = number(rate && cell->has_value, cell->low);
    out.high = number(rate && cell->has_value, cell->high);
    out.median = number(mean && cell->has_value, cell->median);
    out.p90 = number(mean && cell->has_value, cell->p90);
    out.closed_n = kind->closed ? cell->closed_n : 0;
    out.closed_mean = number(kind->closed && cell->closed_n, cell->closed_mean);
    take_lists(&out, cell, arena);
    return out;
}

static struct recount_line take_line(const struct bc_red_line_rule *rule,
                                     const struct bc_red_line_cell *cell)
{
    return (struct recount_line){ .name = rule->name,
                                  .state = (enum recount_state)cell->state,
                                  .guard = cell->guard,
                                  .guard_needs = cell->guard_needs,
                                  .value = number(cell->has_value, cell->value),
                                  .worst = number(cell->has_worst, cell->worst),
                                  .threshold = cell->threshold };
}

static void take_date(struct recount *out, struct bc_report *report, size_t date)
{
    const bc_rules *rules = report->rules;

    bc_report_show(report, date);

    *out = (struct recount){ .arena = bc_arena_new(),
                             .metric_n = rules->metric_n * rules->slice_n,
                             .line_n = rules->red_line_n };
    out->metrics = bc_arena_alloc(out->arena, out->metric_n * sizeof(*out->metrics));
    out->lines = bc_arena_alloc(out->arena, out->line_n * sizeof(*out->lines));
    for (size_t m = 0; m < rules->metric_n; m++)
        for (size_t slice = 0; slice < rules->slice_n; slice++)
            out->metrics[m * rules->slice_n + slice] =
                take_metric(rules, m, slice, bc_report_cell(report, date, m, slice), out->arena);
    _Static_assert((int)RECOUNT_UNKNOWN_N == (int)BC_UNKNOWN_N, "of one order");
    memcpy(out->unknown, report->unknown[date].n, sizeof(out->unknown));
    for (size_t i = 0; i < rules->red_line_n; i++)
        out->lines[i] = take_line(&rules->red_lines[i], bc_report_red_line(report, date, i));
}

void answered_series(struct recount *out, bc_timelines *timelines,
                     const struct recount_question *question, const int64_t *as_of_us, size_t n)
{
    const struct bc_question asked = question_of(question, as_of_us, n);
    const struct bc_report_options options = { .lists = true };
    struct bc_report *report = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_report_make(&report, timelines, &asked, &options, &err), &err);
    for (size_t date = 0; date < n; date++)
        take_date(&out[date], report, date);
    bc_report_free(report);
}

/* An explanation adds up to the figure: as many items as n, and the deals. */
static void take_deals(struct recount_metric *out, const struct bc_explanation *explanation,
                       bc_arena *arena)
{
    uint64_t hits = 0;

    if (explanation->item_n != out->n)
        fail_msg("%s/%s: %zu items explain n %lu", out->name, out->slice, explanation->item_n,
                 (unsigned long)out->n);
    for (size_t i = 0; i < explanation->item_n; i++)
        hits += explanation->items[i].hit;
    if (bc_metric_kinds[out->kind].measure == BC_MEASURE_RATE)
        assert_int_equal(hits, out->hit);
    out->deals.at = bc_arena_alloc(arena, explanation->deal_n * sizeof(*out->deals.at));
    for (size_t i = 0; i < explanation->deal_n; i++)
        out->deals.at[i] = bc_arena_copy(arena, explanation->deals[i]);
    out->deals.n = explanation->deal_n;
}

static void explain(struct recount_metric *out, bc_timelines *timelines,
                    const struct bc_question *asked, size_t metric, size_t slice, bc_arena *arena)
{
    struct bc_explanation *explanation = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_explain(&explanation, timelines, asked, metric, slice, &err), &err);
    take_deals(out, explanation, arena);
    bc_explanation_free(explanation);
}

static struct bc_str take_experiments(const struct bc_finding *finding, bc_arena *arena)
{
    struct bc_buf texts = { 0 };
    struct bc_str out;

    bc_buf_add_str(&texts, finding->experiment);
    for (size_t i = 0; i < finding->experiment_n; i++)
        bc_buf_printf(&texts, "%s%.*s", i ? " " : "", BC_STR_ARG(finding->experiments[i]));
    out = bc_arena_copy(arena, bc_buf_str(&texts));
    bc_buf_release(&texts);
    return out;
}

static struct recount_finding take_finding(const struct bc_finding *finding, bc_arena *arena)
{
    struct recount_finding out = { .kind = bc_finding_row(finding->kind)->word,
                                   .deal = bc_arena_copy(arena, finding->deal),
                                   .from = bc_arena_copy(arena, finding->from),
                                   .to = bc_arena_copy(arena, finding->to),
                                   .stage = bc_arena_copy(arena, finding->stage),
                                   .property = bc_arena_copy(arena, finding->property),
                                   .value = bc_arena_copy(arena, finding->value),
                                   .start = bc_arena_copy(arena, finding->start),
                                   .end = bc_arena_copy(arena, finding->end),
                                   .red_line = bc_arena_copy(arena, finding->red_line),
                                   .date = bc_arena_copy(arena, finding->date),
                                   .told = bc_arena_copy(arena, finding->told),
                                   .found = bc_arena_copy(arena, finding->found),
                                   .event = bc_arena_copy(arena, finding->event),
                                   .field = bc_str_of(finding->field ? finding->field : ""),
                                   .costs = bc_arena_copy(arena, finding->costs),
                                   .experiment = take_experiments(finding, arena),
                                   .metric = bc_arena_copy(arena, finding->metric),
                                   .at_us = finding->at_us,
                                   .no_start = finding->missing & BC_MISSING_START,
                                   .no_end = finding->missing & BC_MISSING_END,
                                   .no_mrr = finding->missing & BC_MISSING_MRR };

    return out;
}

static int by_finding(const void *a, const void *b)
{
    return recount_finding_cmp(a, b);
}

static void take_findings(struct recount *out, bc_timelines *timelines,
                          const struct bc_question *asked)
{
    struct bc_audit *audit = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_audit_make(&audit, timelines, asked, bc_findings_usual(), false, &err), &err);
    out->findings = bc_arena_alloc(out->arena, audit->n * sizeof(*out->findings));
    for (size_t i = 0; i < audit->n; i++)
        out->findings[i] = take_finding(&audit->findings[i], out->arena);
    out->finding_n = audit->n;
    qsort(out->findings, audit->n, sizeof(*out->findings), by_finding);
    bc_audit_free(audit);
}

void answered_make(struct recount *out, bc_timelines *timelines,
                   const struct recount_question *question)
{
    const struct bc_question asked = question_of(question, &question->as_of_us, 1);
    const bc_rules *rules = question->rules;

    answered_series(out, timelines, question, &question->as_of_us, 1);
    for (size_t m = 0; m < rules->metric_n; m++)
        for (size_t slice = 0; slice < rules->slice_n; slice++)
            explain(&out->metrics[m * rules->slice_n + slice], timelines, &asked, m, slice,
                    out->arena);
    take_findings(out, timelines, &asked);
}

/* All values of one figure are explained from one walk. */
static void explain_values(struct recount *out, bc_timelines *timelines,
                           const struct bc_question *asked, const struct bc_splitter *splitter,
                           size_t metric, size_t slice)
{
    const struct bc_report_options options = bc_explain_options(metric, slice);
    struct bc_report_split *split = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_report_make_split(&split, timelines, asked, splitter, SIZE_MAX, &options, &err),
             &err);
    for (size_t i = 0; i < split->n; i++) {
        struct bc_explanation *explanation = NULL;

        check_ok(
            bc_explain_kept(&explanation, timelines, asked, split->reports[i], metric, slice, &err),
            &err);
        take_deals(&out[i].metrics[metric * asked->rules->slice_n + slice], explanation,
                   out[i].arena);
        bc_explanation_free(explanation);
    }
    bc_report_split_free(split);
}

void answered_by(struct recount *out, struct bc_report_split *split, bc_timelines *timelines,
                 const struct recount_question *question, const struct bc_splitter *splitter)
{
    const struct bc_question asked = question_of(question, &question->as_of_us, 1);
    const bc_rules *rules = question->rules;

    for (size_t i = 0; i < split->n; i++)
        take_date(&out[i], split->reports[i], 0);
    for (size_t m = 0; m < rules->metric_n; m++)
        for (size_t slice = 0; slice < rules->slice_n; slice++)
            explain_values(out, timelines, &asked, splitter, m, slice);
}

static bool same_deals(const struct recount_metric *want, const struct recount_metric *got,
                       struct bc_buf *why)
{
    bool same = want->deals.n == got->deals.n;

    for (size_t i = 0; same && i < want->deals.n; i++)
        same = bc_str_eq(want->deals.at[i], got->deals.at[i]);
    if (!same)
        bc_buf_printf(why, "%s/%s rests on other deals", want->name, want->slice);
    return same;
}

void answered_check(uint64_t seed, const struct recount *want, const struct recount *got,
                    bool whole)
{
    struct bc_buf why = { 0 };
    bool same = true;

    assert_int_equal(want->metric_n, got->metric_n);
    assert_int_equal(want->line_n, got->line_n);
    for (size_t i = 0; same && i < want->metric_n; i++)
        same = recount_same_metric(&want->metrics[i], &got->metrics[i], &why) &&
               (!whole || same_deals(&want->metrics[i], &got->metrics[i], &why));
    for (size_t i = 0; same && i < want->line_n; i++)
        same = recount_same_line(&want->lines[i], &got->lines[i], &why);
    for (size_t i = 0; same && i < RECOUNT_UNKNOWN_N; i++) {
        same = want->unknown[i] == got->unknown[i];
        if (!same)
            bc_buf_printf(&why, "unknown %zu: want %lu, got %lu", i,
                          (unsigned long)want->unknown[i], (unsigned long)got->unknown[i]);
    }
    if (same && whole)
        same = recount_same_findings(want->findings, want->finding_n, got->findings, got->finding_n,
                                     &why);
    if (!same)
        fail_msg("seed %lu: %.*s", (unsigned long)seed, BC_STR_ARG(bc_buf_str(&why)));
    bc_buf_release(&why);
}

/* --- one cell --- */

static bool same_number(double a, double b)
{
    return memcmp(&a, &b, sizeof(a)) == 0; /* NOLINT: the sign of a zero, too */
}

bool answered_same_cell(const struct bc_cell *a, const struct bc_cell *b)
{
    bool same = a->n == b->n && a->has_value == b->has_value && same_number(a->value, b->value) &&
                a->hit == b->hit && same_number(a->low, b->low) && same_number(a->high, b->high) &&
                same_number(a->median, b->median) && same_number(a->p90, b->p90) &&
                a->excluded == b->excluded && a->closed_n == b->closed_n &&
                same_number(a->closed_mean, b->closed_mean) && a->stalled_n == b->stalled_n &&
                a->campaign_n == b->campaign_n;

    for (size_t i = 0; same && i < a->stalled_n; i++)
        same = bc_str_eq(a->stalled[i], b->stalled[i]);
    for (size_t i = 0; same && i < a->campaign_n; i++)
        same = bc_str_eq(a->campaigns[i].name, b->campaigns[i].name) &&
               a->campaigns[i].sent == b->campaigns[i].sent &&
               a->campaigns[i].opened == b->campaigns[i].opened;
    return same;
}

bool answered_same_line(const struct bc_red_line_cell *a, const struct bc_red_line_cell *b)
{
    return a->state == b->state && a->guard == b->guard && a->has_value == b->has_value &&
           same_number(a->value, b->value) && a->guard_needs == b->guard_needs &&
           same_number(a->threshold, b->threshold) && a->has_worst == b->has_worst &&
           same_number(a->worst, b->worst);
}
