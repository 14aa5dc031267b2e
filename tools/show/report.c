#include "tools/show/report.h"

#include "tools/print/cell_text.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/by_value.h"
#include "tools/show/unknown_notes.h"

#include <stdlib.h>

/* --- the part that is wanted --- */

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

void report_part_init(struct report_part *out, const bc_rules *rules,
                      const struct opt_list *metrics, const char *slice)
{
    *out = (struct report_part){ .slice = -1, .red_lines = true };
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

void report_part_release(struct report_part *part)
{
    free(part->metrics);
    part->metrics = NULL;
}

/* --- figures --- */

static const char *const counted[] = { [BC_OF_DEALS] = "deals",
                                       [BC_OF_MEETINGS] = "meetings",
                                       [BC_OF_EMAILS] = "emails",
                                       [BC_OF_ATTEMPTS] = "attempts" };

const char *report_unit(const struct bc_metric_rule *rule)
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

enum cell_kind report_figure(const struct bc_metric_rule *rule)
{
    switch (bc_rules_kind(rule)->measure) {
    case BC_MEASURE_COUNT:
        break;
    case BC_MEASURE_RATE:
        return CELL_RATE;
    case BC_MEASURE_DAYS:
        return CELL_DAYS;
    }
    return CELL_NUMBER;
}

enum cell_kind report_line_figure(const struct bc_red_line_rule *rule)
{
    return rule->conversion ? CELL_RATE : CELL_NUMBER;
}

void report_value(struct row *row, const char *key, enum cell_kind kind, bool there, double value)
{
    row_figure(row, key, there ? kind : CELL_NULL, value);
}

/* --- rows --- */

static void fill_campaign(struct row *row, const void *source, size_t i)
{
    const struct bc_campaign *campaign = &((const struct bc_cell *)source)->campaigns[i];

    row_text(row, "campaign", campaign->name);
    row_count(row, "sent", campaign->sent);
    row_count(row, "opened", campaign->opened);
    row_figure(row, "value", CELL_RATE, (double)campaign->opened / (double)campaign->sent);
}

void report_metric_cells(struct row *row, const struct bc_metric_rule *rule, const char *slice,
                         const struct bc_cell *cell)
{
    const struct bc_kind *kind = bc_rules_kind(rule);
    bool there = cell->has_value;

    row_word(row, "name", rule->name);
    row_word(row, "slice", slice);
    report_value(row, "value", report_figure(rule), there, cell->value);
    if (kind->measure == BC_MEASURE_DAYS) {
        report_value(row, "median", CELL_DAYS, there, cell->median);
        report_value(row, "p90", CELL_DAYS, there, cell->p90);
    }
    row_count(row, "n", cell->n);
    if (kind->measure == BC_MEASURE_RATE) {
        row_count(row, kind->hit, cell->hit);
        report_value(row, "low", CELL_RATE, there, cell->low);
        report_value(row, "high", CELL_RATE, there, cell->high);
    }
    if (kind->closed) {
        report_value(row, "closedMean", CELL_DAYS, cell->closed_n > 0, cell->closed_mean);
        row_count(row, "closedN", cell->closed_n);
    }
    if (kind->measure == BC_MEASURE_DAYS)
        row_count(row, "excluded", cell->excluded);
    if (kind->stalled)
        row_texts(row, "stalled", cell->stalled, cell->stalled_n);
    row_word(row, "unit", report_unit(rule));
    if (kind->campaigns)
        row_rows(row, "byCampaign", rows_of(fill_campaign, cell, cell->campaign_n));
}

void report_line_cells(struct row *row, const struct bc_red_line_rule *rule,
                       const struct bc_red_line_cell *cell)
{
    enum cell_kind kind = report_line_figure(rule);

    row_word(row, "name", rule->name);
    row_word(row, "state", bc_red_line_state_name(cell->state));
    row_count(row, "guard", cell->guard);
    row_count(row, "guardNeeds", cell->guard_needs);
    report_value(row, "value", kind, cell->has_value, cell->value);
    row_figure(row, "threshold", kind, cell->threshold);
    if (rule->conversion)
        report_value(row, "worst", kind, cell->has_worst, cell->worst);
}

/* Each metric of the part in each slice of it. */
static size_t slices_of(const struct report_shown *shown)
{
    size_t slice_n = shown->report->rules->slice_n;

    if (shown->part->slice < 0)
        return slice_n;
    return (size_t)shown->part->slice < slice_n; /* one, or none */
}

static void fill_metric(struct row *row, const void *source, size_t i)
{
    const struct report_shown *shown = source;
    const bc_rules *rules = shown->report->rules;
    bool each = shown->part->slice < 0;
    size_t metric = report_metric(shown->part, each ? i / rules->slice_n : i);
    size_t slice = each ? i % rules->slice_n : (size_t)shown->part->slice;

    report_metric_cells(row, &rules->metrics[metric], rules->slices[slice].name,
                        bc_report_cell(shown->report, shown->date, metric, slice));
    if (!row_for_people(row))
        return;
    row_word(row, "date", shown->day);
    row_word(row, "rules", rules->version);
}

static struct rows metrics_of(const struct report_shown *shown)
{
    return rows_of(fill_metric, shown,
                   report_metric_n(shown->part, shown->report->rules) * slices_of(shown));
}

/* --- split by a key --- */

/* A row of a split report. */
struct by_place {
    const struct report_shown *shown;
    size_t metric, slice, value;
};

static bool is_shown(const struct report_shown *shown, size_t metric, size_t slice, bool headline)
{
    if (shown->part->slice >= 0)
        return (size_t)shown->part->slice == slice;
    return !headline || shown->report->rules->metrics[metric].headline == slice;
}

/* In the place of each row of the report one for each value that a deal of the slice has; `out`
 * NULL: only how many there are. */
static size_t by_places(struct by_place *out, const struct report_shown *shown, bool headline)
{
    const bc_rules *rules = shown->report->rules;
    const struct bc_report_split *split = shown->by->split;
    size_t n = 0;

    for (size_t i = 0; i < report_metric_n(shown->part, rules); i++)
        for (size_t slice = 0; slice < rules->slice_n; slice++)
            for (size_t value = 0; value < split->n; value++) {
                const size_t metric = report_metric(shown->part, i);

                if (!is_shown(shown, metric, slice, headline) ||
                    !(bc_report_split_slices(split, shown->date, value) >> slice & 1))
                    continue;
                if (out)
                    out[n] = (struct by_place){ shown, metric, slice, value };
                n++;
            }
    return n;
}

static void fill_by(struct row *row, const void *source, size_t i)
{
    const struct by_place *place = (const struct by_place *)source + i;
    const struct report_shown *shown = place->shown;
    const struct report_by *by = shown->by;
    const bc_rules *rules = shown->report->rules;
    const struct bc_str value = by->split->values[place->value];

    report_metric_cells(
        row, &rules->metrics[place->metric], rules->slices[place->slice].name,
        bc_report_cell(by->split->reports[place->value], shown->date, place->metric, place->slice));
    row_text(row, "by", by->by.text);
    row_text(row, "of", value);
    if (!row_for_people(row))
        return;
    row_word(row, "date", shown->day);
    row_word(row, "rules", rules->version);
    row_text(row, "told", by_value_said(row->names, by->by.text, value));
}

static struct rows by_rows(struct row *row, const struct report_shown *shown)
{
    const size_t n = by_places(NULL, shown, false);
    struct by_place *places = row_alloc(row, (n + 1) * sizeof(*places));

    (void)by_places(places, shown, false);
    return rows_of(fill_by, places, n);
}

static void fill_line(struct row *row, const void *source, size_t i)
{
    const struct report_shown *shown = source;

    report_line_cells(row, &shown->report->rules->red_lines[i],
                      bc_report_red_line(shown->report, shown->date, i));
}

void report_cells(struct row *row, const struct report_noted *noted)
{
    const struct report_shown *shown = noted->shown;

    basis_cells(row, shown->basis, shown->report->as_of_us[shown->date]);
    if (shown->rules_changed)
        row_bool(row, "rulesChanged", true);
    row_rows(row, "metrics", shown->by ? by_rows(row, shown) : metrics_of(shown));
    if (shown->part->red_lines && !shown->by)
        row_rows(row, "redLines", rows_of(fill_line, shown, shown->report->rules->red_line_n));
    notes_cells(row, &noted->notes);
}

static void fill(struct row *row, const void *source, size_t i)
{
    (void)i;
    report_cells(row, source);
}

void report_note_unknown(struct notes *notes, const struct report_shown *shown, const char *when)
{
    unknown_notes_add(notes, shown->report->rules, &shown->report->unknown[shown->date],
                      shown->part->slice, when);
}

void report_noted_init(struct report_noted *out, const struct report_shown *shown)
{
    *out = (struct report_noted){ .shown = shown };
    if (shown->by)
        report_by_show(shown->by, shown->date);
    notes_add_all(&out->notes, &shown->basis->notes);
    report_note_unknown(&out->notes, shown, "");
}

void report_noted_release(struct report_noted *noted)
{
    notes_release(&noted->notes);
}

/* --- forms --- */

void report_json(const struct cmd_env *env, const struct report_shown *shown)
{
    struct report_noted noted;

    report_noted_init(&noted, shown);
    print_json_of(env, fill, &noted);
    report_noted_release(&noted);
}

static const struct column csv[] = {
    { .name = "date", .key = "date" },   { .name = "metric", .key = "name" },
    { .name = "slice", .key = "slice" }, { .name = "value", .key = "value" },
    { .name = "n", .key = "n" },         { .name = "rules", .key = "rules" },
    { .name = "by", .key = "by" },       { .name = "of", .key = "of" },
};
enum { CSV_PLAIN = 5, CSV_RULES = 6, CSV_N = 8 };

/* The columns that are wanted, of all. */
static struct columns csv_columns(struct column out[CSV_N], bool with_rules, bool split)
{
    size_t n = 0;

    for (size_t i = 0; i < CSV_N; i++)
        if (i < CSV_PLAIN || (i < CSV_RULES ? with_rules : split))
            out[n++] = csv[i];
    return (struct columns){ out, n };
}

void report_csv_head(const struct cmd_env *env, bool with_rules, bool split)
{
    struct column columns[CSV_N];

    print_csv_head(env->out, csv_columns(columns, with_rules, split));
}

void report_csv(const struct cmd_env *env, const struct report_shown *shown, bool with_rules)
{
    struct row room = { .readers = ROW_FOR_PROGRAMS };
    struct column columns[CSV_N];
    const struct rows rows = shown->by ? by_rows(&room, shown) : metrics_of(shown);
    struct bc_err err;

    (void)print_csv(env->out, csv_columns(columns, with_rules, shown->by != NULL), &rows, &err);
    row_release(&room);
}

void report_print_by(const struct cmd_env *env, const struct report_shown *shown)
{
    const char *key = shown->by->by.text.at;
    const struct column columns[] = {
        { .name = "METRIC", .key = "name" },
        { .name = "SLICE", .key = "slice" },
        { .name = key, .key = "told", .fit = COLUMN_MIDDLE },
        { .name = "VALUE", .key = "value", .right = true },
        { .name = "N", .key = "n", .right = true },
        { .name = "FROM", .key = "low", .right = true },
        { .name = "TO", .key = "high", .right = true },
    };
    const size_t n = by_places(NULL, shown, true);
    struct by_place *places = bc_calloc(n + 1, sizeof(*places));

    (void)by_places(places, shown, true);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_by, places, n));
    free(places);
}
