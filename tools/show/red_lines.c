#include "tools/show/red_lines.h"

#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/report.h"

const char *const red_lines_tables[RED_LINES_TABLE_N] = {
    [RED_LINES_DATES] = "dates",
    [RED_LINES_SPANS] = "spans",
    [RED_LINES_PIVOTS] = "pivots",
    [RED_LINES_UNANSWERED] = "unanswered",
};

/* One line, or all of them one after the other. */
struct lines {
    const struct red_lines_shown *shown;
    size_t first, end;
};

static const struct bc_red_line_rule *rule_of(const struct lines *lines, size_t line)
{
    return &lines->shown->basis->rules->red_lines[line];
}

static void day_cell(struct row *row, const char *key, const struct lines *lines, size_t date)
{
    char text[BC_DAY_LEN];

    bc_day_print(text, lines->shown->days[date]);
    row_format(row, key, "%s", text);
}

/* --- how many rows of a kind there are, and which is the i-th --- */

/* A row: of a line, which of its dates, spans or pivots. */
struct place {
    size_t line, at;
};

static bool is_row(const struct lines *lines, enum red_lines_table table, struct place place)
{
    return table != RED_LINES_UNANSWERED ||
           lines->shown->spans->lines[place.line].spans[place.at].unanswered;
}

static size_t length(const struct lines *lines, enum red_lines_table table, size_t line)
{
    const struct bc_line_story *story = &lines->shown->spans->lines[line];

    switch (table) {
    case RED_LINES_DATES:
        return lines->shown->spans->report->date_n;
    case RED_LINES_SPANS:
    case RED_LINES_UNANSWERED:
        return story->span_n;
    case RED_LINES_PIVOTS:
        return story->pivot_n;
    case RED_LINES_TABLE_N:
        break;
    }
    return 0;
}

/* The i-th row, or where i is past the last, how many there are. */
static size_t find(struct place *out, const struct lines *lines, enum red_lines_table table,
                   size_t i)
{
    size_t n = 0;

    for (out->line = lines->first; out->line < lines->end; out->line++) {
        const size_t of_line = length(lines, table, out->line);

        if (table != RED_LINES_UNANSWERED && i >= n + of_line) {
            n += of_line;
            continue;
        }
        for (out->at = 0; out->at < of_line; out->at++)
            if (is_row(lines, table, *out) && n++ == i)
                return n;
    }
    return n;
}

static void name_cell(struct row *row, const struct lines *lines, size_t line)
{
    if (lines->end - lines->first != 1 || row_for_people(row))
        row_word(row, "name", rule_of(lines, line)->name);
}

static void fill_date(struct row *row, const void *source, size_t i)
{
    const struct lines *lines = source;
    struct place at;

    (void)find(&at, lines, RED_LINES_DATES, i);
    day_cell(row, "date", lines, at.at);
    report_line_cells(row, rule_of(lines, at.line),
                      bc_report_red_line(lines->shown->spans->report, at.at, at.line));
}

static void fill_span_of(struct row *row, const struct lines *lines, enum red_lines_table table,
                         size_t i)
{
    const struct bc_line_span *span;
    struct place at;

    (void)find(&at, lines, table, i);
    span = &lines->shown->spans->lines[at.line].spans[at.at];
    name_cell(row, lines, at.line);
    row_word(row, "state", bc_red_line_state_name(span->state));
    if (row_for_people(row))
        report_state_told(row, span->state);
    day_cell(row, "from", lines, span->first);
    day_cell(row, "to", lines, span->last);
    if (row_for_people(row) && span->unanswered)
        row_word(row, "answer", "no pivot was decided in time");
}

static void fill_span(struct row *row, const void *source, size_t i)
{
    fill_span_of(row, source, RED_LINES_SPANS, i);
}

static void fill_unanswered(struct row *row, const void *source, size_t i)
{
    fill_span_of(row, source, RED_LINES_UNANSWERED, i);
}

static void fill_pivot(struct row *row, const void *source, size_t i)
{
    const struct lines *lines = source;
    const struct bc_line_pivot *pivot;
    struct place at;

    (void)find(&at, lines, RED_LINES_PIVOTS, i);
    pivot = &lines->shown->spans->lines[at.line].pivots[at.at];
    name_cell(row, lines, at.line);
    row_instant(row, "at", pivot->at_us);
    row_text(row, "redLine", pivot->red_line);
    row_text(row, "decision", pivot->decision);
}

static struct rows rows_in(const struct lines *lines, enum red_lines_table table)
{
    static row_fill_fn *const fills[RED_LINES_TABLE_N] = {
        [RED_LINES_DATES] = fill_date,
        [RED_LINES_SPANS] = fill_span,
        [RED_LINES_PIVOTS] = fill_pivot,
        [RED_LINES_UNANSWERED] = fill_unanswered,
    };
    struct place past;

    return rows_of(fills[table], lines, find(&past, lines, table, SIZE_MAX));
}

/* --- forms --- */

static void first_breached(struct row *row, const struct lines *lines)
{
    const struct bc_line_story *story = &lines->shown->spans->lines[lines->first];
    size_t i = 0;

    while (i < story->span_n && story->spans[i].state != BC_BREACHED)
        i++;
    if (i < story->span_n)
        day_cell(row, "firstBreached", lines, story->spans[i].first);
    else
        row_null(row, "firstBreached");
}

static void fill_line(struct row *row, const void *source, size_t i)
{
    struct lines *lines = row_alloc(row, sizeof(*lines));

    *lines = (struct lines){ source, i, i + 1 };
    row_word(row, "name", rule_of(lines, i)->name);
    row_rows(row, "dates", rows_in(lines, RED_LINES_DATES));
    row_rows(row, "spans", rows_in(lines, RED_LINES_SPANS));
    first_breached(row, lines);
    row_rows(row, "pivots", rows_in(lines, RED_LINES_PIVOTS));
    row_rows(row, "unanswered", rows_in(lines, RED_LINES_UNANSWERED));
}

static struct lines every_line(const struct red_lines_shown *shown)
{
    return (struct lines){ shown, 0, shown->basis->rules->red_line_n };
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct red_lines_shown *shown = source;
    const struct lines lines = every_line(shown);
    const size_t last = shown->spans->report->date_n - 1;

    (void)i;
    basis_cells(row, shown->basis, shown->spans->report->as_of_us[last]);
    day_cell(row, "from", &lines, 0);
    day_cell(row, "to", &lines, last);
    row_word(row, "every", shown->every);
    row_rows(row, "redLines", rows_of(fill_line, shown, lines.end));
    notes_cells(row, &shown->basis->notes);
}

void red_lines_show_json(const struct cmd_env *env, const struct red_lines_shown *shown)
{
    print_json_of(env, fill, shown);
}

void red_lines_show_csv(const struct cmd_env *env, const struct red_lines_shown *shown,
                        enum red_lines_table table)
{
    static const struct column dates[] = {
        { "date", "date", .dash = false },
        { "name", "name", .dash = false },
        { "state", "state", .dash = false },
        { "guard", "guard", .right = true },
        { "guardNeeds", "guardNeeds", .right = true },
        { "value", "value", .right = true },
        { "threshold", "threshold", .right = true },
        { "worst", "worst", .right = true },
    };
    static const struct column spans[] = { { "name", "name", .dash = false },
                                           { "state", "state", .dash = false },
                                           { "from", "from", .dash = false },
                                           { "to", "to", .dash = false } };
    static const struct column pivots[] = { { "name", "name", .dash = false },
                                            { "at", "at", .dash = false },
                                            { "redLine", "redLine", .dash = false },
                                            { "decision", "decision", .dash = false } };
    const struct lines lines = every_line(shown);
    const struct columns columns = table == RED_LINES_DATES    ? COLUMNS_OF(dates)
                                   : table == RED_LINES_PIVOTS ? COLUMNS_OF(pivots)
                                                               : COLUMNS_OF(spans);

    print_csv_of(env->out, columns, rows_in(&lines, table));
}

void red_lines_show(const struct cmd_env *env, const struct red_lines_shown *shown)
{
    static const struct column spans[] = { { "RED LINE", "name", .dash = false },
                                           { "STATE", "stateShown", .dash = false },
                                           { "FROM", "from", .dash = false },
                                           { "TO", "to", .dash = false },
                                           { "ANSWER", "answer", .fit = COLUMN_WRAP } };
    static const struct column pivots[] = { { "PIVOT OF", "name", .dash = false },
                                            { "AT", "at", .dash = false },
                                            { "DECISION", "decision", .fit = COLUMN_WRAP } };
    const struct lines lines = every_line(shown);
    const struct rows decided = rows_in(&lines, RED_LINES_PIVOTS);

    print_table_of(env, COLUMNS_OF(spans), rows_in(&lines, RED_LINES_SPANS));
    if (decided.n) {
        fputc('\n', env->out);
        print_table_of(env, COLUMNS_OF(pivots), decided);
    }
    basis_print(env, shown->basis,
                &shown->spans->report->as_of_us[shown->spans->report->date_n - 1]);
}
