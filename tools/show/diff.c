#include "tools/show/diff.h"

#include "tools/print/cell_text.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/labels.h"
#include "tools/show/report.h"

#include <inttypes.h>

/* --- a figure on one side --- */

static enum cell_kind kind_of(const struct bc_diff_row *row)
{
    return row->metric ? report_figure(row->metric) : report_line_figure(row->red_line);
}

struct side {
    const struct bc_diff_row *row;
    const struct bc_figure *figure;
};

static bool is_in(uint32_t fields, enum bc_figure_field field)
{
    return fields >> field & 1;
}

/* Of the cells that were added since, keeps those of the fields. */
static void keep_fields(struct row *row, size_t since, uint32_t fields,
                        const struct bc_metric_rule *metric)
{
    size_t kept = since;

    for (size_t i = since; i < row->n; i++)
        for (int field = 0; field < BC_FIGURE_FIELD_N; field++)
            if (is_in(fields, (enum bc_figure_field)field) &&
                strcmp(row->cells[i].key, bc_figure_key((enum bc_figure_field)field, metric)) == 0)
                row->cells[kept++] = row->cells[i];
    row->n = kept;
}

/* What differs beside the figure itself, as the report prints it. */
static void add_more(struct row *row, const struct side *side)
{
    const struct bc_figure *figure = side->figure;
    uint32_t fields = side->row->fields & ~BC_FIGURE_ITSELF;
    size_t since = row->n;

    if (figure->cell)
        report_metric_cells(row, side->row->metric, side->row->slice, figure->cell);
    else if (figure->line)
        report_line_cells(row, side->row->red_line, figure->line);
    keep_fields(row, since, fields, side->row->metric);
}

static void fill_side(struct row *row, const void *source, size_t i)
{
    const struct side *side = source;
    const struct bc_figure *figure = side->figure;
    bool red_line = side->row->red_line != NULL;

    (void)i;
    if (red_line)
        row_word(row, "state", bc_red_line_state_name(figure->state));
    report_value(row, "value", kind_of(side->row), figure->has_value, figure->value);
    row_count(row, red_line ? "guard" : "n", figure->n);
    add_more(row, side);
}

/* For people: what differs, where the figure itself does not. */
static void add_more_text(struct bc_buf *text, const struct row *more)
{
    for (size_t i = 0; i < more->n; i++) {
        const struct cell *cell = &more->cells[i];

        bc_buf_printf(text, ", %s ", cell->key);
        if (cell->kind == CELL_TEXTS && cell->texts.n == 0)
            bc_buf_printf(text, "none");
        else if (cell->kind == CELL_ROWS)
            bc_buf_printf(text, "%zu", cell->rows.n);
        else
            cell_text_add(text, cell, more->times);
    }
}

static void add_side_text(struct row *row, const char *key, const struct side *side)
{
    const struct bc_figure *figure = side->figure;
    struct row more = { .readers = row->readers, .times = row->times };
    struct bc_buf *text = row_make(row);

    if (!figure->there) {
        row_word(row, key, "not there");
        return;
    }
    if (side->row->red_line)
        bc_buf_printf(text, "%.*s ",
                      BC_STR_ARG(labels_state(bc_str_of(bc_red_line_state_name(figure->state)))));
    cell_text_figure(text, figure->has_value ? kind_of(side->row) : CELL_NULL, figure->value);
    if (side->row->metric && bc_rules_kind(side->row->metric)->measure != BC_MEASURE_COUNT)
        bc_buf_printf(text, " of %" PRIu64, figure->n);
    if (!(side->row->fields & BC_FIGURE_ITSELF)) {
        add_more(&more, side);
        add_more_text(text, &more);
    }
    row_made(row, key);
    row_release(&more);
}

static void add_side(struct row *row, const char *key, const struct bc_diff_row *of,
                     const struct bc_figure *figure)
{
    struct side *side = row_alloc(row, sizeof(*side));

    *side = (struct side){ of, figure };
    if (row_for_people(row))
        add_side_text(row, key, side);
    else if (figure->there)
        row_row(row, key, fill_side, side);
    else
        row_null(row, key);
}

/* A change; people see it with its sign. From what is not there to a figure there is none. */
static void add_change(struct row *row, const struct bc_diff_row *of, bool numbered, double by)
{
    struct bc_buf *text;

    if (!numbered) {
        row_null(row, "change");
        return;
    }
    if (!row_for_people(row)) {
        row_figure(row, "change", kind_of(of), by);
        return;
    }
    text = row_make(row);
    cell_text_change(text, kind_of(of), by);
    row_made(row, "change");
}

static void add_n_change(struct row *row, const struct bc_diff_row *of, bool numbered, int64_t by)
{
    const char *key = of->red_line ? "guardChange" : "nChange";

    if (numbered)
        row_integer(row, key, by);
    else
        row_null(row, key);
}

/* The names of the fields in which a figure, or a step, differs. */
static void add_fields(struct row *row, const struct bc_diff_row *of, uint32_t fields)
{
    struct bc_str *names;
    size_t n = 0;

    if (row_for_people(row))
        return;
    for (int field = 0; field < BC_FIGURE_FIELD_N; field++)
        n += is_in(fields, (enum bc_figure_field)field);
    names = row_make_texts(row, "fields", n);
    for (int field = BC_FIGURE_FIELD_N; field-- > 0;)
        if (is_in(fields, (enum bc_figure_field)field))
            names[--n] = bc_str_of(bc_figure_key((enum bc_figure_field)field, of->metric));
}

/* --- the deals of a cause --- */

struct stake {
    const struct bc_metric_rule *metric;
    const struct bc_stake *of;
};

static void fill_stake(struct row *row, const void *source, size_t i)
{
    const struct stake *stake = source;
    const struct bc_kind *kind = bc_rules_kind(stake->metric);

    (void)i;
    row_count(row, "n", stake->of->n);
    if (kind->measure == BC_MEASURE_RATE)
        row_count(row, kind->hit, stake->of->hit);
    if (kind->measure == BC_MEASURE_DAYS && stake->of->n)
        row_figure(row, "days", CELL_TENTHS, (double)stake->of->value_us / (double)BC_DAY_US);
}

static void add_stake(struct row *row, const char *key, const struct bc_metric_rule *metric,
                      const struct bc_stake *of)
{
    struct stake *stake = row_alloc(row, sizeof(*stake));

    *stake = (struct stake){ metric, of };
    row_row(row, key, fill_stake, stake);
}

struct part {
    const struct bc_diff_row *row;
    const struct bc_diff_part *part;
};

static enum diff_how how_of(const struct bc_diff_deal *deal)
{
    return deal->before.n == 0 ? DIFF_HOW_IN : deal->after.n == 0 ? DIFF_HOW_OUT : DIFF_HOW_CHANGED;
}

/* What its stake changed by; pages put it into a column each. */
static void add_changes(struct row *row, const struct bc_metric_rule *metric,
                        const struct bc_diff_deal *deal)
{
    const struct bc_kind *kind = bc_rules_kind(metric);
    const struct bc_stake *before = &deal->before, *after = &deal->after;

    row_integer(row, "nChange", (int64_t)after->n - (int64_t)before->n);
    if (kind->measure == BC_MEASURE_RATE)
        row_integer(row, "hitChange", (int64_t)after->hit - (int64_t)before->hit);
    if (kind->measure != BC_MEASURE_DAYS)
        return;
    report_value(row, "daysOld", CELL_DAYS, before->n > 0,
                 (double)before->value_us / (double)BC_DAY_US);
    report_value(row, "daysNew", CELL_DAYS, after->n > 0,
                 (double)after->value_us / (double)BC_DAY_US);
}

static void fill_deal(struct row *row, const void *source, size_t i)
{
    const struct part *part = source;
    const struct bc_diff_deal *deal = &part->part->deals[i];

    row_text(row, "deal", deal->is.deal);
    row_word(row, "how", diff_how_name(how_of(deal)));
    add_stake(row, "old", part->row->metric, &deal->before);
    add_stake(row, "new", part->row->metric, &deal->after);
    row_texts(row, "events", deal->is.events, deal->is.event_n);
    if (row_for_pages(row))
        add_changes(row, part->row->metric, deal);
}

static enum diff_how tell_deal(struct bc_str *deal, const void *source, size_t i)
{
    const struct bc_diff_deal *moved = &((const struct bc_diff_part *)source)->deals[i];

    *deal = moved->is.deal;
    return how_of(moved);
}

/* --- causes --- */

/* "late event"; where it left the figure as it is, with what it changed: "late event: stalled". */
static void add_cause_text(struct row *row, const struct bc_diff_row *of,
                           const struct bc_diff_part *part)
{
    struct bc_buf *text = row_make(row);
    const char *before = ": ";

    bc_buf_printf(text, "%s", diff_cause_text(part->cause));
    for (int field = 0; field < BC_FIGURE_FIELD_N && !(part->fields & BC_FIGURE_ITSELF); field++) {
        if (!is_in(part->fields, (enum bc_figure_field)field))
            continue;
        bc_buf_printf(text, "%s%s", before, bc_figure_key((enum bc_figure_field)field, of->metric));
        before = ", ";
    }
    row_made(row, "cause");
}

/* What a cause did; people see its change where there are others, too. */
void diff_cause_cells(struct row *row, const struct bc_diff_row *of, size_t i)
{
    const struct bc_diff_part *part = &of->parts[i];
    struct part *within;

    if (row_for_people(row)) {
        if (of->part_n > 1)
            add_change(row, of, part->numbered, part->by);
        add_cause_text(row, of, part);
        diff_deals_text(row, tell_deal, part, part->deal_n);
        return;
    }
    row_word(row, "cause", bc_cause_name(part->cause));
    add_change(row, of, part->numbered, part->by);
    add_n_change(row, of, part->numbered, part->n_by);
    add_fields(row, of, part->fields);
    if (!of->metric)
        return;
    within = row_alloc(row, sizeof(*within));
    *within = (struct part){ of, part };
    row_rows(row, "deals", rows_of(fill_deal, within, part->deal_n));
}

static void fill_cause(struct row *row, const void *source, size_t i)
{
    diff_cause_cells(row, source, i);
}

/* --- figures --- */

void diff_change_cells(struct row *row, const struct bc_diff_row *of)
{
    const bool numbered = of->from.there && of->to.there;

    add_change(row, of, numbered, bc_figure_value(&of->to) - bc_figure_value(&of->from));
    add_n_change(row, of, numbered, (int64_t)of->to.n - (int64_t)of->from.n);
}

void diff_figure_cells(struct row *row, const struct bc_diff_row *of)
{
    row_word(row, "name", of->metric ? of->metric->name : of->red_line->name);
    if (of->metric)
        row_word(row, "slice", of->slice);
    else if (row_for_people(row))
        row_word(row, "slice", "red line");
    add_side(row, "old", of, &of->from);
    add_side(row, "new", of, &of->to);
    diff_change_cells(row, of);
    add_fields(row, of, of->fields);
    if (of->metric)
        row_word(row, "unit", report_unit(of->metric));
    row_rows(row, "causes", rows_of(fill_cause, of, of->part_n));
}

static void fill_figure(struct row *row, const void *source, size_t i)
{
    diff_figure_cells(row, &((const struct bc_diff *)source)->rows[i]);
}

/* The figures that are red lines, or those that are none. */
static bc_status find_figures(struct row_taker *taker, const struct bc_diff *diff, bool red_lines,
                              struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < diff->n; i++) {
        if ((diff->rows[i].red_line != NULL) != red_lines)
            continue;
        fill_figure(taker->row, diff, i);
        rc = row_take(taker, err);
    }
    return rc;
}

static bc_status find_metrics(struct row_taker *taker, void *finder, struct bc_err *err)
{
    return find_figures(taker, *(const struct bc_diff **)finder, false, err);
}

static bc_status find_red_lines(struct row_taker *taker, void *finder, struct bc_err *err)
{
    return find_figures(taker, *(const struct bc_diff **)finder, true, err);
}

void diff_cells(struct row *row, const struct bc_diff *diff)
{
    const struct bc_diff **finder = row_alloc(row, sizeof(const struct bc_diff *));

    *finder = diff;
    row_rows(row, "metrics", rows_found(find_metrics, finder));
    row_rows(row, "redLines", rows_found(find_red_lines, finder));
}

void diff_print_table(const struct cmd_env *env, const struct bc_diff *diff)
{
    static const struct column columns[] = {
        { .name = "FIGURE", .key = "name", .fit = COLUMN_WRAP, .least = 16 },
        { .name = "SLICE", .key = "slice", .stays = true },
        { .name = "OLD", .key = "old", .right = true, .fit = COLUMN_WRAP, .least = 12 },
        { .name = "NEW", .key = "new", .right = true, .fit = COLUMN_WRAP, .least = 12 },
        { .name = "CHANGE",
          .key = "change",
          .right = true,
          .begins = true,
          .fit = COLUMN_WRAP,
          .least = 8 },
        { .name = "BECAUSE OF", .key = "cause", .fit = COLUMN_WRAP, .least = 12 },
        { .name = "DEALS (+ in, - out, ~ changed)",
          .key = "deals",
          .fit = COLUMN_WRAP,
          .least = 20 },
    };
    const struct table_form form = { .columns = COLUMNS_OF(columns), .below = "causes" };
    const struct rows rows = rows_of(fill_figure, diff, diff->n);
    struct bc_err err;

    (void)print_table(env, &form, &rows, &err);
}

/* --- the whole answer --- */

struct whole {
    const struct diff_shown *shown;
    struct notes notes; /* of both sides */
};

static void fill(struct row *row, const void *source, size_t i)
{
    const struct whole *whole = source;
    const struct diff_shown *shown = whole->shown;

    (void)i;
    diff_sides_cells(row, &shown->sides);
    diff_cells(row, shown->diff);
    notes_cells(row, &whole->notes);
}

void diff_json(const struct cmd_env *env, const struct diff_shown *shown)
{
    struct whole whole = { .shown = shown };

    diff_sides_notes(&whole.notes, &shown->sides);
    print_json_of(env, fill, &whole);
    notes_release(&whole.notes);
}

void diff_print(const struct cmd_env *env, const struct diff_shown *shown)
{
    if (shown->diff->n == 0)
        fputs("no figure differs\n", env->out);
    diff_print_table(env, shown->diff);
    diff_sides_print(env, &shown->sides);
}
