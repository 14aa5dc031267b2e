#include "tools/show/answer.h"

#include "tools/print/csv_out.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const counted[] = { [BC_OF_DEALS] = "deals",
                                       [BC_OF_MEETINGS] = "meetings",
                                       [BC_OF_EMAILS] = "emails",
                                       [BC_OF_ATTEMPTS] = "attempts" };

const char *answer_unit(const struct bc_metric_rule *rule)
{
    switch (bc_rules_kind(rule)->measure) {
    case BC_MEASURE_COUNT:
        break;
    case BC_MEASURE_RATE:
        return "ratio";
    case BC_MEASURE_DAYS:
        return "days";
    }
    return counted[bc_rules_subject(rule)];
}

void answer_value(char out[ANSWER_VALUE_LEN], const struct bc_metric_rule *rule, double value)
{
    switch (bc_rules_kind(rule)->measure) {
    case BC_MEASURE_COUNT:
        (void)snprintf(out, ANSWER_VALUE_LEN, "%.0f", value);
        break;
    case BC_MEASURE_RATE:
        (void)snprintf(out, ANSWER_VALUE_LEN, "%.1f %%", 100 * value);
        break;
    case BC_MEASURE_DAYS:
        (void)snprintf(out, ANSWER_VALUE_LEN, "%.1f d", value);
        break;
    }
}

/* --- the part that is asked for --- */

static int by_index(const void *a, const void *b)
{
    size_t left = *(const size_t *)a, right = *(const size_t *)b;

    return (left > right) - (left < right);
}

/* Each once, in the order of the rules. */
static size_t sort_once(size_t *metrics, size_t n)
{
    size_t kept = 0;

    if (n)
        qsort(metrics, n, sizeof(*metrics), by_index);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || metrics[kept - 1] != metrics[i])
            metrics[kept++] = metrics[i];
    return kept;
}

void answer_part_init(struct answer_part *out, const bc_rules *rules,
                      const struct opt_list *metrics, const char *slice)
{
    *out = (struct answer_part){ .slice = -1, .red_lines = true };
    if (slice) {
        int index = bc_rules_slice(rules, bc_str_of(slice));

        out->slice = index < 0 ? (int)rules->slice_n : index;
    }
    if (!metrics || metrics->n == 0)
        return;
    out->red_lines = false;
    out->metrics = bc_reallocarray(NULL, metrics->n, sizeof(*out->metrics));
    for (size_t i = 0; i < metrics->n; i++) {
        const struct bc_metric_rule *rule = bc_rules_metric(rules, bc_str_of(metrics->items[i]));

        if (rule)
            out->metrics[out->metric_n++] = (size_t)(rule - rules->metrics);
    }
    out->metric_n = sort_once(out->metrics, out->metric_n);
}

void answer_part_release(struct answer_part *part)
{
    free(part->metrics);
    part->metrics = NULL;
}

/* --- JSON --- */

static void number_or_null(struct json_out *json, const char *key, bool there, double value)
{
    if (there)
        json_out_number(json, key, value);
    else
        json_out_null(json, key);
}

static void json_campaigns(struct json_out *json, const struct bc_cell *cell)
{
    json_out_array(json, "byCampaign");
    for (size_t i = 0; i < cell->campaign_n; i++) {
        const struct bc_campaign *campaign = &cell->campaigns[i];

        json_out_object(json, NULL);
        json_out_string(json, "campaign", campaign->name);
        json_out_integer(json, "sent", (int64_t)campaign->sent);
        json_out_integer(json, "opened", (int64_t)campaign->opened);
        json_out_number(json, "value", (double)campaign->opened / (double)campaign->sent);
        json_out_object_end(json);
    }
    json_out_array_end(json);
}

static void json_rate(struct json_out *json, const struct bc_cell *cell, const char *hit_name)
{
    json_out_integer(json, hit_name, (int64_t)cell->hit);
    number_or_null(json, "low", cell->has_value, cell->low);
    number_or_null(json, "high", cell->has_value, cell->high);
}

static void json_stalled(struct json_out *json, const struct bc_cell *cell)
{
    json_out_array(json, "stalled");
    for (size_t i = 0; i < cell->stalled_n; i++)
        json_out_string(json, NULL, cell->stalled[i]);
    json_out_array_end(json);
}

void answer_json_cell(struct json_out *json, const struct bc_metric_rule *rule, const char *slice,
                      const struct bc_cell *cell)
{
    const struct bc_kind *kind = bc_rules_kind(rule);

    json_out_object(json, NULL);
    json_out_text(json, "name", rule->name);
    json_out_text(json, "slice", slice);
    number_or_null(json, "value", cell->has_value, cell->value);
    if (kind->measure == BC_MEASURE_DAYS) {
        number_or_null(json, "median", cell->has_value, cell->median);
        number_or_null(json, "p90", cell->has_value, cell->p90);
    }
    json_out_integer(json, "n", (int64_t)cell->n);
    if (kind->measure == BC_MEASURE_RATE)
        json_rate(json, cell, kind->hit);
    if (kind->closed) {
        number_or_null(json, "closedMean", cell->closed_n > 0, cell->closed_mean);
        json_out_integer(json, "closedN", (int64_t)cell->closed_n);
    }
    if (kind->measure == BC_MEASURE_DAYS)
        json_out_integer(json, "excluded", (int64_t)cell->excluded);
    if (kind->stalled)
        json_stalled(json, cell);
    json_out_text(json, "unit", answer_unit(rule));
    if (kind->campaigns)
        json_campaigns(json, cell);
    json_out_object_end(json);
}

void answer_json_red_line(struct json_out *json, const struct bc_red_line_rule *rule,
                          const struct bc_red_line_cell *cell)
{
    json_out_object(json, NULL);
    json_out_text(json, "name", rule->name);
    json_out_text(json, "state", bc_red_line_state_name(cell->state));
    json_out_integer(json, "guard", (int64_t)cell->guard);
    json_out_integer(json, "guardNeeds", (int64_t)cell->guard_needs);
    number_or_null(json, "value", cell->has_value, cell->value);
    json_out_number(json, "threshold", cell->threshold);
    if (rule->conversion)
        number_or_null(json, "worst", cell->has_worst, cell->worst);
    json_out_object_end(json);
}

static void json_red_lines(struct json_out *json, const struct bc_report *report, size_t date)
{
    json_out_array(json, "redLines");
    for (size_t i = 0; i < report->rules->red_line_n; i++)
        answer_json_red_line(json, &report->rules->red_lines[i],
                             bc_report_red_line(report, date, i));
    json_out_array_end(json);
}

void answer_json(struct json_out *json, const struct asked *asked, const struct bc_report *report,
                 size_t date, const struct answer_part *part)
{
    const bc_rules *rules = report->rules;

    json_out_object(json, NULL);
    asked_json(json, asked, report->as_of_us[date]);
    if (part->rules_changed)
        json_out_bool(json, "rulesChanged", true);
    json_out_array(json, "metrics");
    for (size_t i = 0; i < answer_metric_n(part, rules); i++) {
        size_t metric = answer_metric(part, i);

        for (size_t slice = 0; slice < rules->slice_n; slice++)
            if (part->slice < 0 || (size_t)part->slice == slice)
                answer_json_cell(json, &rules->metrics[metric], rules->slices[slice].name,
                                 bc_report_cell(report, date, metric, slice));
    }
    json_out_array_end(json);
    if (part->red_lines)
        json_red_lines(json, report, date);
    notes_json(json, &asked->notes);
    json_out_object_end(json);
    json_out_line(json);
}

/* --- CSV --- */

void answer_csv(const struct cmd_env *env, const struct bc_report *report, size_t date,
                const char *date_text, const struct answer_part *part, bool with_rules)
{
    const bc_rules *rules = report->rules;

    for (size_t i = 0; i < answer_metric_n(part, rules); i++) {
        size_t metric = answer_metric(part, i);

        for (size_t slice = 0; slice < rules->slice_n; slice++) {
            const struct bc_cell *cell = bc_report_cell(report, date, metric, slice);

            if (part->slice >= 0 && (size_t)part->slice != slice)
                continue;
            fprintf(env->out, "%s,", date_text);
            csv_out_text(env->out, bc_str_of(rules->metrics[metric].name));
            fputc(',', env->out);
            csv_out_text(env->out, bc_str_of(rules->slices[slice].name));
            fputc(',', env->out);
            if (cell->has_value)
                csv_out_number(env->out, cell->value);
            fprintf(env->out, ",%llu", (unsigned long long)cell->n);
            if (with_rules) {
                fputc(',', env->out);
                csv_out_text(env->out, bc_str_of(rules->version));
            }
            fputc('\n', env->out);
        }
    }
}
