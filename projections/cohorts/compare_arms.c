#include "projections/cohorts/compare_arms.h"

#include "projections/metrics/significance.h"

/* Its place, or n. */
static size_t control_of(const struct bc_cohort *arms, size_t n)
{
    size_t first = n;

    for (size_t i = n; i > 0; i--) {
        if (bc_str_eq(arms[i - 1].values[0], BC_STR("control")))
            return i - 1;
        if (arms[i - 1].values[0].len)
            first = i - 1;
    }
    return first;
}

static struct bc_comparison compare(const struct bc_cohort *control, const struct bc_cohort *arm,
                                    uint64_t enough)
{
    const struct bc_rate of_control = { control->converted, control->n };
    const struct bc_rate of_arm = { arm->converted, arm->n };
    struct bc_comparison out = { .control = control->values[0],
                                 .arm = arm->values[0],
                                 .known = control->n && arm->n,
                                 .p = bc_fisher_test(of_arm, of_control).mid_p,
                                 .enough = control->n >= enough && arm->n >= enough };

    if (out.known) {
        out.difference = arm->rate - control->rate;
        bc_newcombe(of_arm, of_control, &out.low, &out.high);
    }
    return out;
}

struct bc_comparison *bc_compare_arms(const struct bc_cohort *arms, size_t n, uint64_t enough,
                                      size_t *out_n)
{
    struct bc_comparison *out = bc_calloc(n + 1, sizeof(*out));
    const size_t control = control_of(arms, n);

    *out_n = 0;
    for (size_t i = 0; i < n; i++)
        if (i != control && arms[i].values[0].len)
            out[(*out_n)++] = compare(&arms[control], &arms[i], enough);
    return out;
}

static void add(struct bc_cohort *sum, const struct bc_cohort *arm)
{
    sum->n += arm->n;
    sum->converted += arm->converted;
    sum->beside.on_time += arm->beside.on_time;
    sum->beside.sent += arm->beside.sent;
    sum->beside.opened += arm->beside.opened;
}

struct bc_cohort bc_tried_arms(const struct bc_cohort *arms, size_t n)
{
    const size_t control = control_of(arms, n);
    struct bc_cohort tried = { 0 }, all = { 0 };
    size_t tried_n = 0;

    for (size_t i = 0; i < n; i++) {
        add(&all, &arms[i]);
        if (i == control || !arms[i].values[0].len)
            continue;
        add(&tried, &arms[i]);
        tried_n++;
    }
    return tried_n ? tried : all;
}
