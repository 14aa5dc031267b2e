#include "tools/show/finding.h"

#include "tools/show/sentence.h"

/* The text of a cell that is one. */
static struct bc_str text_of(const struct bc_finding *finding, enum bc_finding_cell cell)
{
    switch (cell) {
    case BC_CELL_FROM:
        return finding->from;
    case BC_CELL_TO:
        return finding->to;
    case BC_CELL_STAGE:
        return finding->stage;
    case BC_CELL_PROPERTY:
        return finding->property;
    case BC_CELL_START:
        return finding->start;
    case BC_CELL_END:
        return finding->end;
    case BC_CELL_FIELD:
        return bc_str_of(finding->field);
    case BC_CELL_VALUE:
        return finding->value;
    case BC_CELL_COSTS:
        return finding->costs;
    case BC_CELL_DEAL_TYPE:
        return finding->deal_type;
    case BC_CELL_RED_LINE:
        return finding->red_line;
    case BC_CELL_DATE:
        return finding->date;
    case BC_CELL_EXPERIMENT:
        return finding->experiment;
    case BC_CELL_METRIC:
        return finding->metric;
    case BC_CELL_TOLD:
        return finding->told;
    case BC_CELL_FOUND:
        return finding->found;
    case BC_CELL_EVENT:
        return finding->event;
    case BC_CELL_NONE:
    case BC_CELL_SKIPPED:
    case BC_CELL_MISSING:
    case BC_CELL_N:
    case BC_CELL_EXPERIMENTS:
    case BC_CELL_AT:
    case BC_CELL_DAYS:
    case BC_FINDING_CELL_N:
        break;
    }
    return (struct bc_str){ 0 };
}

static void add_skipped(struct bc_buf *out, const struct bc_finding *finding)
{
    for (size_t i = 0; i < finding->skipped_n; i++)
        bc_buf_printf(out, "%s%.*s", i ? " " : "", BC_STR_ARG(finding->skipped[i]));
}

static void add_experiments(struct bc_buf *out, const struct bc_finding *finding)
{
    for (size_t i = 0; i < finding->experiment_n; i++)
        bc_buf_printf(out, "%s%.*s", i ? ", " : "", BC_STR_ARG(finding->experiments[i]));
}

static void add_missing(struct bc_buf *out, const struct bc_finding *finding)
{
    const char *before = "";

    for (size_t i = 0; i < BC_MISSING_N; i++) {
        if (!(finding->missing & bc_missing_rows[i].bit))
            continue;
        bc_buf_printf(out, "%s%s", before, bc_missing_rows[i].word);
        before = ", ";
    }
}

static void add_cell(struct bc_buf *out, const void *of, struct bc_str key)
{
    const struct bc_finding *finding = of;
    enum bc_finding_cell cell = bc_finding_cell_of(key);

    if (cell == BC_CELL_SKIPPED)
        add_skipped(out, finding);
    else if (cell == BC_CELL_MISSING)
        add_missing(out, finding);
    else if (cell == BC_CELL_EXPERIMENTS)
        add_experiments(out, finding);
    else if (cell == BC_CELL_N)
        bc_buf_printf(out, "%zu", finding->experiment_n);
    else if (cell == BC_CELL_DAYS)
        bc_buf_printf(out, "%d", (int)finding->days);
    else if (cell == BC_CELL_FOUND && finding->found.len == 0)
        bc_buf_add_str(out, BC_STR("no stage"));
    else if (cell == BC_CELL_PROPERTY && finding->experiment.len)
        bc_buf_printf(out, "the cost of experiment %.*s", BC_STR_ARG(finding->experiment));
    else
        bc_buf_add_str(out, text_of(finding, cell));
}

void finding_text_add(struct bc_buf *out, const struct bc_finding *finding)
{
    sentence_add(out, bc_finding_row(finding->kind)->sentence, add_cell, finding);
}

/* --- rows --- */

static void missing_cell(struct row *row, const char *key, const struct bc_finding *finding)
{
    struct bc_str texts[BC_MISSING_N], *kept;
    size_t n = 0;

    for (size_t i = 0; i < BC_MISSING_N; i++)
        if (finding->missing & bc_missing_rows[i].bit)
            texts[n++] = bc_str_of(bc_missing_rows[i].word);
    kept = row_make_texts(row, key, n);
    for (size_t i = 0; i < n; i++)
        kept[i] = texts[i];
}

/* What is about an experiment has no property, and what is about a deal no experiment. */
static bool is_of_other(const struct bc_finding *finding, enum bc_finding_cell cell)
{
    return (cell == BC_CELL_EXPERIMENT || cell == BC_CELL_PROPERTY) &&
           text_of(finding, cell).len == 0;
}

static void told_cells(struct row *row, const struct bc_finding *finding)
{
    const enum bc_finding_cell *cell = bc_finding_row(finding->kind)->cells;

    for (; *cell != BC_CELL_NONE; cell++) {
        const char *key = bc_finding_cell_key(*cell);

        if (*cell == BC_CELL_AT)
            row_instant(row, key, finding->at_us);
        else if (*cell == BC_CELL_SKIPPED)
            row_texts(row, key, finding->skipped, finding->skipped_n);
        else if (*cell == BC_CELL_N)
            row_count(row, key, finding->experiment_n);
        else if (*cell == BC_CELL_EXPERIMENTS)
            row_texts(row, key, finding->experiments, finding->experiment_n);
        else if (*cell == BC_CELL_MISSING)
            missing_cell(row, key, finding);
        else if (!is_of_other(finding, *cell))
            row_text(row, key, text_of(finding, *cell));
    }
}

static void people_cells(struct row *row, const struct bc_finding *finding)
{
    if (finding->event.len) {
        row_instant(row, "when", finding->at_us);
        row_text(row, "cause", finding->event);
    }
    row_text(row, "actor", finding->actor);
    row_text(row, "source", finding->source);
    finding_text_add(row_make(row), finding);
    row_made(row, "sentence");
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct bc_finding *finding = &((const struct bc_audit *)source)->findings[i];
    const struct bc_finding_row *kind = bc_finding_row(finding->kind);

    if (!kind->no_deal && finding->deal.len)
        row_text(row, "deal", finding->deal);
    row_word(row, "finding", kind->word);
    if (row_for_programs(row))
        told_cells(row, finding);
    if (row_for_people(row) || row_for_pages(row))
        people_cells(row, finding);
}

struct rows finding_rows(const struct bc_audit *audit)
{
    return rows_of(fill, audit, audit->n);
}
