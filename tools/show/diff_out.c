#include "tools/show/diff_out.h"

#include "tools/show/answer.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* --- JSON --- */

static void json_value(struct json_out *json, const struct bc_figure *figure)
{
    if (figure->has_value)
        json_out_number(json, "value", figure->value);
    else
        json_out_null(json, "value");
}

static void json_figure(struct json_out *json, const char *key, const struct bc_diff_row *row,
                        const struct bc_figure *figure)
{
    if (!figure->there) {
        json_out_null(json, key);
        return;
    }
    json_out_object(json, key);
    if (row->red_line)
        json_out_text(json, "state", bc_red_line_state_name(figure->state));
    json_value(json, figure);
    json_out_integer(json, row->red_line ? "guard" : "n", (int64_t)figure->n);
    json_out_object_end(json);
}

static void json_stake(struct json_out *json, const char *key, const struct bc_metric_rule *metric,
                       const struct bc_stake *stake)
{
    const struct bc_kind *kind = bc_rules_kind(metric);

    json_out_object(json, key);
    json_out_integer(json, "n", (int64_t)stake->n);
    if (kind->measure == BC_MEASURE_RATE)
        json_out_integer(json, kind->hit, (int64_t)stake->hit);
    if (kind->measure == BC_MEASURE_DAYS && stake->n)
        json_out_number(json, "days", (double)stake->value_us / (double)BC_DAY_US);
    json_out_object_end(json);
}

static const char *way_of(const struct bc_diff_deal *deal)
{
    return deal->before.n == 0 ? "in" : deal->after.n == 0 ? "out" : "changed";
}

static void json_deal(struct json_out *json, const struct bc_metric_rule *metric,
                      const struct bc_diff_deal *deal)
{
    json_out_object(json, NULL);
    json_out_string(json, "deal", deal->deal);
    json_out_text(json, "how", way_of(deal));
    json_stake(json, "old", metric, &deal->before);
    json_stake(json, "new", metric, &deal->after);
    json_out_array(json, "events");
    for (size_t i = 0; i < deal->event_n; i++)
        json_out_string(json, NULL, deal->events[i]);
    json_out_array_end(json);
    json_out_object_end(json);
}

static void json_causes(struct json_out *json, const struct bc_diff_row *row)
{
    json_out_array(json, "causes");
    for (size_t i = 0; i < row->part_n; i++) {
        const struct bc_diff_part *part = &row->parts[i];

        json_out_object(json, NULL);
        json_out_text(json, "cause", bc_cause_name(part->cause));
        json_out_number(json, "change", part->by);
        json_out_integer(json, row->red_line ? "guardChange" : "nChange", part->n_by);
        if (row->metric) {
            json_out_array(json, "deals");
            for (size_t d = 0; d < part->deal_n; d++)
                json_deal(json, row->metric, &part->deals[d]);
            json_out_array_end(json);
        }
        json_out_object_end(json);
    }
    json_out_array_end(json);
}

static void json_row(struct json_out *json, const struct bc_diff_row *row)
{
    json_out_object(json, NULL);
    json_out_text(json, "name", row->metric ? row->metric->name : row->red_line->name);
    if (row->metric)
        json_out_text(json, "slice", row->slice);
    json_figure(json, "old", row, &row->from);
    json_figure(json, "new", row, &row->to);
    json_out_number(json, "change", bc_figure_value(&row->to) - bc_figure_value(&row->from));
    json_out_integer(json, row->red_line ? "guardChange" : "nChange",
                     (int64_t)row->to.n - (int64_t)row->from.n);
    if (row->metric)
        json_out_text(json, "unit", answer_unit(row->metric));
    json_causes(json, row);
    json_out_object_end(json);
}

void diff_out_json(struct json_out *json, const struct bc_diff *diff)
{
    for (int red_lines = 0; red_lines < 2; red_lines++) {
        json_out_array(json, red_lines ? "redLines" : "metrics");
        for (size_t i = 0; i < diff->n; i++)
            if ((diff->rows[i].red_line != NULL) == (red_lines == 1))
                json_row(json, &diff->rows[i]);
        json_out_array_end(json);
    }
}

/* --- for people --- */

enum { DEALS_SHOWN = 5 };
enum column { NAME, SLICE, OLD, NEW, CHANGE, CAUSE, DEALS, COLUMNS };

static void value_text(char out[ANSWER_VALUE_LEN], const struct bc_diff_row *row, double value)
{
    if (row->metric)
        answer_value(out, row->metric, value);
    else if (row->red_line->conversion)
        (void)snprintf(out, ANSWER_VALUE_LEN, "%.1f %%", 100 * value);
    else
        (void)snprintf(out, ANSWER_VALUE_LEN, "%.0f", value);
}

static void add_figure(struct table *table, enum column column, const struct bc_diff_row *row,
                       const struct bc_figure *figure)
{
    char value[ANSWER_VALUE_LEN] = TABLE_NULL;

    if (figure->has_value)
        value_text(value, row, figure->value);
    if (!figure->there)
        table_format(table, column, "not there");
    else if (row->red_line)
        table_format(table, column, "%s %s", bc_red_line_state_name(figure->state), value);
    else if (bc_rules_kind(row->metric)->measure != BC_MEASURE_COUNT)
        table_format(table, column, "%s of %" PRIu64, value, figure->n);
    else
        table_format(table, column, "%s", value);
}

static void add_change(struct table *table, const struct bc_diff_row *row, double by)
{
    char value[ANSWER_VALUE_LEN];

    value_text(value, row, fabs(by));
    table_format(table, CHANGE, "%s%s", by < 0 ? "-" : "+", value);
}

static void add_deals(struct table *table, const struct bc_diff_part *part)
{
    struct bc_buf text = { 0 };

    for (size_t i = 0; i < part->deal_n; i++) {
        const struct bc_diff_deal *deal = &part->deals[i];

        if (i == DEALS_SHOWN && part->deal_n > DEALS_SHOWN + 1) {
            bc_buf_printf(&text, ", and %zu more", part->deal_n - i);
            break;
        }
        bc_buf_printf(&text, "%s%s", i ? ", " : "",
                      deal->before.n == 0  ? "+"
                      : deal->after.n == 0 ? "-"
                                           : "~");
        bc_buf_add_str(&text, deal->deal);
    }
    table_text(table, DEALS, bc_buf_str(&text));
    bc_buf_release(&text);
}

static const char *cause_text(enum bc_cause cause)
{
    static const char *const texts[] = { "other rules",        "another date", "late event",
                                         "property filled in", "correction",   "retraction",
                                         "given otherwise" };

    return texts[cause];
}

static void add_row(struct table *table, const struct bc_diff_row *row)
{
    table_row(table);
    table_text(table, NAME, bc_str_of(row->metric ? row->metric->name : row->red_line->name));
    if (row->metric)
        table_text(table, SLICE, bc_str_of(row->slice));
    else
        table_format(table, SLICE, "red line");
    add_figure(table, OLD, row, &row->from);
    add_figure(table, NEW, row, &row->to);
    add_change(table, row, bc_figure_value(&row->to) - bc_figure_value(&row->from));
    for (size_t i = 0; i < row->part_n; i++) {
        const struct bc_diff_part *part = &row->parts[i];

        if (row->part_n > 1) {
            table_row(table);
            add_change(table, row, part->by);
        }
        table_format(table, CAUSE, "%s", cause_text(part->cause));
        add_deals(table, part);
    }
}

void diff_out_print(const struct cmd_env *env, const struct bc_diff *diff)
{
    static const struct table_column columns[COLUMNS] = {
        [NAME] = { .name = "FIGURE" },
        [SLICE] = { .name = "SLICE" },
        [OLD] = { .name = "OLD", .right = true },
        [NEW] = { .name = "NEW", .right = true },
        [CHANGE] = { .name = "CHANGE", .right = true },
        [CAUSE] = { .name = "BECAUSE OF" },
        [DEALS] = { .name = "DEALS (+ in, - out, ~ changed)", .cut = true },
    };
    struct table *table = table_new(columns, COLUMNS);

    for (size_t i = 0; i < diff->n; i++)
        add_row(table, &diff->rows[i]);
    table_print(env, table);
    table_free(table);
}
