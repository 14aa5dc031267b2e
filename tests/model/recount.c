/* tests/model/recount.c - one question put to one log; and two answers compared. */
#include "tests/model/recount.h"

#include "tests/model/recount_world.h"

#include <inttypes.h>
#include <math.h>

void recount_make(struct recount *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question)
{
    const bc_rules *rules = question->rules;
    struct world world;

    *out = (struct recount){ .arena = bc_arena_new() };
    world_make(&world, events, n, question, out->arena);

    out->metrics =
        bc_arena_alloc(out->arena, rules->metric_n * rules->slice_n * sizeof(*out->metrics));
    for (size_t i = 0; i < rules->metric_n; i++) {
        int64_t begin_us =
            recount_window_begin(rules->zone, question->as_of_us, rules->metrics[i].window_days);

        world.counted = &rules->metrics[i];
        for (unsigned slice = 0; slice < rules->slice_n; slice++)
            world_metric(&world, &rules->metrics[i], slice, begin_us,
                         &out->metrics[out->metric_n++]);
    }
    world.counted = NULL;
    out->lines = bc_arena_alloc(out->arena, rules->red_line_n * sizeof(*out->lines));
    for (size_t i = 0; i < rules->red_line_n; i++)
        world_line(&world, &rules->red_lines[i], &out->lines[out->line_n++]);
    world_audit(&world, out);
    world_unknown(&world, out);
}

void recount_release(struct recount *recount)
{
    bc_arena_free(recount->arena);
    *recount = (struct recount){ 0 };
}

const struct recount_metric *recount_metric(const struct recount *recount, const char *name,
                                            const char *slice)
{
    for (size_t i = 0; i < recount->metric_n; i++)
        if (strcmp(recount->metrics[i].name, name) == 0 &&
            strcmp(recount->metrics[i].slice, slice) == 0)
            return &recount->metrics[i];
    return NULL;
}

const struct recount_line *recount_line(const struct recount *recount, const char *name)
{
    for (size_t i = 0; i < recount->line_n; i++)
        if (strcmp(recount->lines[i].name, name) == 0)
            return &recount->lines[i];
    return NULL;
}

static bool same_number(struct recount_number a, struct recount_number b)
{
    if (!a.is || !b.is)
        return a.is == b.is;
    return fabs(a.at - b.at) <= 1e-9 * fmax(1, fmax(fabs(a.at), fabs(b.at)));
}

static bool same_ids(const struct recount_ids *a, const struct recount_ids *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (!bc_str_eq(a->at[i], b->at[i]))
            return false;
    return true;
}

static bool same_campaigns(const struct recount_metric *a, const struct recount_metric *b)
{
    if (a->campaign_n != b->campaign_n)
        return false;
    for (size_t i = 0; i < a->campaign_n; i++)
        if (!bc_str_eq(a->campaigns[i].name, b->campaigns[i].name) ||
            a->campaigns[i].sent != b->campaigns[i].sent ||
            a->campaigns[i].opened != b->campaigns[i].opened)
            return false;
    return true;
}

bool recount_same_metric(const struct recount_metric *want, const struct recount_metric *got,
                         struct bc_buf *why)
{
    if (strcmp(want->name, got->name) == 0 && strcmp(want->slice, got->slice) == 0 &&
        same_number(want->value, got->value) && want->n == got->n && want->hit == got->hit &&
        same_number(want->low, got->low) && same_number(want->high, got->high) &&
        same_number(want->median, got->median) && same_number(want->p90, got->p90) &&
        same_number(want->closed_mean, got->closed_mean) && want->closed_n == got->closed_n &&
        want->excluded == got->excluded && same_ids(&want->stalled, &got->stalled) &&
        same_ids(&want->deals, &got->deals) && same_campaigns(want, got))
        return true;
    bc_buf_printf(why, "want %s/%s: ", want->name, want->slice);
    recount_print_metric(why, want);
    bc_buf_printf(why, "\n     got %s/%s: ", got->name, got->slice);
    recount_print_metric(why, got);
    return false;
}

bool recount_same_line(const struct recount_line *want, const struct recount_line *got,
                       struct bc_buf *why)
{
    if (strcmp(want->name, got->name) == 0 && want->state == got->state &&
        want->guard == got->guard && want->guard_needs == got->guard_needs &&
        same_number(want->value, got->value) && same_number(want->worst, got->worst) &&
        same_number(number(want->threshold), number(got->threshold)))
        return true;
    bc_buf_printf(why, "want %s: ", want->name);
    recount_print_line(why, want);
    bc_buf_printf(why, "\n     got %s: ", got->name);
    recount_print_line(why, got);
    return false;
}

static bool same_finding(const struct recount_finding *a, const struct recount_finding *b)
{
    return recount_finding_cmp(a, b) == 0 && bc_str_eq(a->from, b->from) &&
           bc_str_eq(a->to, b->to) && bc_str_eq(a->stage, b->stage) &&
           bc_str_eq(a->value, b->value) && bc_str_eq(a->red_line, b->red_line) &&
           bc_str_eq(a->told, b->told) && bc_str_eq(a->found, b->found) &&
           bc_str_eq(a->costs, b->costs) && bc_str_eq(a->metric, b->metric) &&
           a->no_start == b->no_start && a->no_end == b->no_end && a->no_mrr == b->no_mrr;
}

bool recount_same_findings(const struct recount_finding *want, size_t want_n,
                           const struct recount_finding *got, size_t got_n, struct bc_buf *why)
{
    size_t i = 0;

    while (i < want_n && i < got_n && same_finding(&want[i], &got[i]))
        i++;
    if (i == want_n && i == got_n)
        return true;
    bc_buf_printf(why, "finding %zu of %zu, want: ", i + 1, want_n);
    if (i < want_n)
        recount_print_finding(why, &want[i]);
    bc_buf_printf(why, "\n     got (of %zu): ", got_n);
    if (i < got_n)
        recount_print_finding(why, &got[i]);
    return false;
}
