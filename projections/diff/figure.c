#include "projections/diff/figure.h"

const char *bc_figure_key(enum bc_figure_field field, const struct bc_metric_rule *metric)
{
    static const char *const keys[BC_FIGURE_FIELD_N] = {
        [BC_FIGURE_STATE] = "state",
        [BC_FIGURE_VALUE] = "value",
        [BC_FIGURE_LOW] = "low",
        [BC_FIGURE_HIGH] = "high",
        [BC_FIGURE_MEDIAN] = "median",
        [BC_FIGURE_P90] = "p90",
        [BC_FIGURE_CLOSED_MEAN] = "closedMean",
        [BC_FIGURE_CLOSED_N] = "closedN",
        [BC_FIGURE_EXCLUDED] = "excluded",
        [BC_FIGURE_STALLED] = "stalled",
        [BC_FIGURE_CAMPAIGNS] = "byCampaign",
        [BC_FIGURE_GUARD_NEEDS] = "guardNeeds",
        [BC_FIGURE_THRESHOLD] = "threshold",
        [BC_FIGURE_WORST] = "worst",
    };

    if (field == BC_FIGURE_N)
        return metric ? "n" : "guard";
    if (field == BC_FIGURE_HIT)
        return metric && bc_rules_kind(metric)->hit ? bc_rules_kind(metric)->hit : "hit";
    return keys[field];
}

#define BIT(field) BC_FIGURE_BIT(BC_FIGURE_##field)

struct bc_figure bc_figure_of_cell(const struct bc_metric_rule *rule, const struct bc_cell *cell)
{
    const struct bc_kind *kind = bc_rules_kind(rule);
    uint32_t more = 0;

    if (kind->measure == BC_MEASURE_RATE)
        more |= BIT(HIT) | BIT(LOW) | BIT(HIGH);
    if (kind->measure == BC_MEASURE_DAYS)
        more |= BIT(MEDIAN) | BIT(P90) | BIT(EXCLUDED);
    if (kind->closed)
        more |= BIT(CLOSED_MEAN) | BIT(CLOSED_N);
    if (kind->stalled)
        more |= BIT(STALLED);
    if (kind->campaigns)
        more |= BIT(CAMPAIGNS);
    return (struct bc_figure){ .there = true,
                               .has_value = cell->has_value,
                               .value = cell->value,
                               .n = cell->n,
                               .more = more,
                               .cell = cell };
}

struct bc_figure bc_figure_of_line(const struct bc_red_line_rule *rule,
                                   const struct bc_red_line_cell *line)
{
    uint32_t more = BIT(GUARD_NEEDS) | BIT(THRESHOLD);

    if (rule->conversion)
        more |= BIT(WORST);
    return (struct bc_figure){ .there = true,
                               .has_value = line->has_value,
                               .value = line->value,
                               .n = line->guard,
                               .state = line->state,
                               .more = more,
                               .line = line };
}

/* --- in what two differ --- */

static uint32_t bit_if(bool differs, enum bc_figure_field field)
{
    return differs ? BC_FIGURE_BIT(field) : 0;
}

/* A number, or null. */
static uint32_t number_bit(bool a_there, double a, bool b_there, double b,
                           enum bc_figure_field field)
{
    return bit_if(a_there != b_there || (a_there && a != b), field);
}

static bool same_stalled(const struct bc_cell *a, const struct bc_cell *b)
{
    if (a->stalled_n != b->stalled_n)
        return false;
    for (size_t i = 0; i < a->stalled_n; i++)
        if (!bc_str_eq(a->stalled[i], b->stalled[i]))
            return false;
    return true;
}

static bool same_campaigns(const struct bc_cell *a, const struct bc_cell *b)
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

static uint32_t cells_differ(const struct bc_cell *a, const struct bc_cell *b)
{
    bool in_a = a->has_value, in_b = b->has_value;

    return bit_if(a->hit != b->hit, BC_FIGURE_HIT) |
           number_bit(in_a, a->low, in_b, b->low, BC_FIGURE_LOW) |
           number_bit(in_a, a->high, in_b, b->high, BC_FIGURE_HIGH) |
           number_bit(in_a, a->median, in_b, b->median, BC_FIGURE_MEDIAN) |
           number_bit(in_a, a->p90, in_b, b->p90, BC_FIGURE_P90) |
           number_bit(a->closed_n, a->closed_mean, b->closed_n, b->closed_mean,
                      BC_FIGURE_CLOSED_MEAN) |
           bit_if(a->closed_n != b->closed_n, BC_FIGURE_CLOSED_N) |
           bit_if(a->excluded != b->excluded, BC_FIGURE_EXCLUDED) |
           bit_if(!same_stalled(a, b), BC_FIGURE_STALLED) |
           bit_if(!same_campaigns(a, b), BC_FIGURE_CAMPAIGNS);
}

static uint32_t lines_differ(const struct bc_red_line_cell *a, const struct bc_red_line_cell *b)
{
    return bit_if(a->guard_needs != b->guard_needs, BC_FIGURE_GUARD_NEEDS) |
           bit_if(a->threshold != b->threshold, BC_FIGURE_THRESHOLD) |
           number_bit(a->has_worst, a->worst, b->has_worst, b->worst, BC_FIGURE_WORST);
}

uint32_t bc_figure_differ(const struct bc_figure *a, const struct bc_figure *b)
{
    uint32_t more = 0;

    if (a->there != b->there)
        return BC_FIGURE_ITSELF;
    if (a->cell && b->cell)
        more = cells_differ(a->cell, b->cell);
    else if (a->line && b->line)
        more = lines_differ(a->line, b->line);
    return bit_if(a->state != b->state, BC_FIGURE_STATE) |
           number_bit(a->has_value, a->value, b->has_value, b->value, BC_FIGURE_VALUE) |
           bit_if(a->n != b->n, BC_FIGURE_N) | (more & a->more & b->more);
}
