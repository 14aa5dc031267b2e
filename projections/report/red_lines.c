#include "projections/report/red_lines.h"

#include <stdlib.h>

/* One red line: what it measures, what guards it, and the visits that would be failed by now. */
struct line {
    const struct bc_red_line_rule *rule;
    struct bc_windows windows; /* each begins after the last pivot */
    struct bc_metric_rule value_rule, guard_rule, open_rule;
    struct bc_metric value, guard, open;
    bool has_guard, has_open; /* attempts are their own guard */
};

struct bc_red_lines {
    struct line *lines;
    size_t n;
    const struct bc_dates *dates;
    bool part; /* the windows belong to another one */
};

const char *bc_red_line_state_name(enum bc_red_line_state state)
{
    switch (state) {
    case BC_LINE_OK:
        return "ok";
    case BC_BREACHED:
        return "breached";
    case BC_WOULD_BREACH:
        return "would_breach";
    case BC_NOT_ENOUGH_DATA:
        return "not_enough_data";
    }
    return "";
}

/* The last pivot at each date that names the line, or none in particular. */
static int64_t *pivots_at(const struct bc_dates *dates, const struct bc_deal *pivots,
                          uint32_t red_line)
{
    int64_t *out = bc_reallocarray(NULL, dates->n, sizeof(*out)), last = INT64_MIN;
    size_t next = 0;

    for (size_t date = 0; date < dates->n; date++) {
        for (; next < pivots->pivot_n && pivots->pivots[next].occurred_us <= dates->as_of_us[date];
             next++)
            if (!pivots->pivots[next].stay &&
                (pivots->pivots[next].red_line == 0 || pivots->pivots[next].red_line == red_line))
                last = pivots->pivots[next].occurred_us;
        out[date] = last;
    }
    return out;
}

static void init_guard(struct line *line)
{
    const struct bc_red_line_rule *rule = line->rule;

    line->has_guard = rule->guard != BC_GUARD_ATTEMPTS;
    line->guard_rule = (struct bc_metric_rule){
        .name = rule->name,
        .kind = rule->guard == BC_GUARD_MEETINGS ? BC_MEETINGS : BC_ENTRIES,
        .stages = rule->guard_stages,
        .types = rule->guard_types,
        .type_n = rule->guard_type_n,
        .outcomes = rule->guard_outcomes,
        .outcome_n = rule->guard_outcome_n,
    };
}

static void line_init(struct line *line, const struct bc_red_line_rule *rule, size_t slice_n,
                      const struct bc_dates *dates, const bc_string_table *strings,
                      const struct bc_deal *pivots)
{
    line->rule = rule;
    bc_windows_take(&line->windows,
                    pivots_at(dates, pivots, bc_string_table_find(strings, bc_str_of(rule->name))),
                    dates->n);
    line->value_rule = (struct bc_metric_rule){
        .name = rule->name,
        .kind = rule->conversion ? BC_CONVERSION : BC_ENTRIES,
        .basis = BC_EXITS,
        .from = rule->from,
        .to = rule->to,
        .stages = rule->to,
    };
    bc_metric_init(&line->value, &line->value_rule, dates, &line->windows, slice_n, strings);
    init_guard(line);
    if (line->has_guard)
        bc_metric_init(&line->guard, &line->guard_rule, dates, &line->windows, slice_n, strings);
    line->has_open = rule->conversion;
    if (line->has_open) {
        line->open_rule = (struct bc_metric_rule){ .name = rule->name,
                                                   .kind = BC_COUNT,
                                                   .from = rule->from,
                                                   .stalled_after_us = rule->open_counts_after_us };
        bc_metric_init(&line->open, &line->open_rule, dates, NULL, slice_n, strings);
        line->open.add = bc_open_visits_add; /* no matter when they began */
    }
    line->value.tally.slices_asked = line->guard.tally.slices_asked =
        line->open.tally.slices_asked = 1u << rule->slice;
}

bc_red_lines *bc_red_lines_new(const bc_rules *rules, const struct bc_dates *dates,
                               const bc_string_table *strings, const struct bc_deal *pivots)
{
    bc_red_lines *lines = bc_calloc(1, sizeof(*lines));

    *lines = (bc_red_lines){ .lines = bc_calloc(rules->red_line_n, sizeof(*lines->lines)),
                             .n = rules->red_line_n,
                             .dates = dates };
    for (size_t i = 0; i < lines->n; i++)
        line_init(&lines->lines[i], &rules->red_lines[i], rules->slice_n, dates, strings, pivots);
    return lines;
}

void bc_red_lines_ask(const bc_red_lines *lines, struct bc_wants *wants, struct bc_view *view)
{
    for (size_t i = 0; i < lines->n; i++) {
        bc_metric_ask(&lines->lines[i].value, wants, view);
        if (lines->lines[i].has_guard)
            bc_metric_ask(&lines->lines[i].guard, wants, view);
    }
}

bc_red_lines *bc_red_lines_part(const bc_red_lines *lines)
{
    bc_red_lines *part = bc_calloc(1, sizeof(*part));

    *part = *lines;
    part->part = true;
    part->lines = bc_calloc(lines->n, sizeof(*part->lines));
    for (size_t i = 0; i < lines->n; i++) {
        const struct line *line = &lines->lines[i];

        part->lines[i] = *line;
        bc_metric_init_part(&part->lines[i].value, &line->value);
        if (line->has_guard)
            bc_metric_init_part(&part->lines[i].guard, &line->guard);
        if (line->has_open)
            bc_metric_init_part(&part->lines[i].open, &line->open);
    }
    return part;
}

void bc_red_lines_join(bc_red_lines *lines, bc_red_lines *from)
{
    for (size_t i = 0; i < lines->n; i++) {
        struct line *line = &lines->lines[i];

        bc_tally_join(&line->value.tally, &from->lines[i].value.tally);
        if (line->has_guard)
            bc_tally_join(&line->guard.tally, &from->lines[i].guard.tally);
        if (line->has_open)
            bc_tally_join(&line->open.tally, &from->lines[i].open.tally);
    }
}

void bc_red_lines_free(bc_red_lines *lines)
{
    if (!lines)
        return;
    for (size_t i = 0; i < lines->n; i++) {
        struct line *line = &lines->lines[i];

        bc_metric_release(&line->value);
        if (line->has_guard)
            bc_metric_release(&line->guard);
        if (line->has_open)
            bc_metric_release(&line->open);
        if (!lines->part)
            bc_windows_release(&line->windows);
    }
    free(lines->lines);
    free(lines);
}

void bc_red_lines_add(bc_red_lines *lines, struct bc_view *view)
{
    for (size_t i = 0; i < lines->n; i++) {
        struct line *line = &lines->lines[i];

        line->value.add(&line->value, view);
        if (line->has_guard)
            line->guard.add(&line->guard, view);
        if (line->has_open)
            line->open.add(&line->open, view);
    }
}

static uint64_t at(const int64_t *numbers, size_t date)
{
    return (uint64_t)numbers[date];
}

/* Whether the guard is met after so many attempts. A rate over none is never judged. */
static bool guard_met(const struct line *line, uint64_t guard, uint64_t attempts)
{
    if (line->rule->conversion && attempts == 0)
        return false;
    if (line->rule->guard == BC_GUARD_ATTEMPTS)
        guard = attempts;
    return guard >= line->rule->guard_needs;
}

static struct bc_red_line_cell judge(const struct line *line, size_t date)
{
    const struct bc_red_line_rule *rule = line->rule;
    const struct bc_slice_tally *value = &line->value.tally.slices[rule->slice];
    uint64_t attempts = at(value->n, date), converted, open = 0;
    struct bc_red_line_cell cell = { .state = BC_LINE_OK,
                                     .guard_needs = rule->guard_needs,
                                     .threshold = rule->threshold };

    cell.guard = line->has_guard ? at(line->guard.tally.slices[rule->slice].n, date) : attempts;
    if (rule->conversion) {
        converted = at(value->hit, date);
        open = at(line->open.tally.slices[rule->slice].n, date);
        cell.has_value = attempts > 0;
        cell.value = attempts ? (double)converted / (double)attempts : 0;
        cell.has_worst = attempts + open > 0;
        cell.worst = cell.has_worst ? (double)converted / (double)(attempts + open) : 0;
    } else {
        cell.has_value = true;
        cell.value = (double)attempts;
    }
    if (!guard_met(line, cell.guard, attempts))
        cell.state = BC_NOT_ENOUGH_DATA;
    else if (cell.value < rule->threshold)
        cell.state = BC_BREACHED;
    if (cell.state != BC_BREACHED && rule->conversion &&
        guard_met(line, cell.guard, attempts + open) && cell.worst < rule->threshold)
        cell.state = BC_WOULD_BREACH;
    return cell;
}

void bc_red_lines_finish(bc_red_lines *lines, struct bc_red_line_cell *out)
{
    for (size_t i = 0; i < lines->n; i++) {
        struct line *line = &lines->lines[i];

        bc_tally_finish(&line->value.tally);
        if (line->has_guard)
            bc_tally_finish(&line->guard.tally);
        if (line->has_open)
            bc_tally_finish(&line->open.tally);
        for (size_t date = 0; date < lines->dates->n; date++)
            out[date * lines->n + i] = judge(line, date);
    }
}
