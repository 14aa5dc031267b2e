#include "tools/show/issued_figures.h"

#include "tools/show/report.h"

#include <string.h>

/* A copy that lives as long as the row. */
struct figure {
    struct bc_str name, slice;
    enum cell_kind kind;
    struct bc_figure is;
};

static struct bc_str keep(struct row *row, struct bc_str text)
{
    char *copy = row_alloc(row, text.len + 1);

    if (text.len)
        memcpy(copy, text.at, text.len);
    return (struct bc_str){ copy, text.len };
}

static void fill_figure(struct row *row, const void *source, size_t i)
{
    const struct figure *figure = (const struct figure *)source + i;

    row_text(row, "name", figure->name);
    row_text(row, "slice", figure->slice);
    report_value(row, "value", figure->kind, figure->is.has_value, figure->is.value);
    row_count(row, "n", figure->is.n);
}

/* Of its metrics. */
static void add_figures(struct row *row, const struct issued_report *issued)
{
    struct figure *figures = row_alloc(row, (issued->given_n + 1) * sizeof(*figures));
    size_t n = 0;

    for (size_t i = 0; i < issued->given_n; i++) {
        const struct bc_given *given = &issued->given[i];
        const struct bc_metric_rule *metric = bc_rules_metric(issued->rules, given->name);

        if (given->red_line || !metric)
            continue;
        figures[n++] = (struct figure){ keep(row, given->name), keep(row, given->slice),
                                        report_figure(metric), given->figure };
    }
    row_rows(row, "figures", rows_of(fill_figure, figures, n));
}

void issued_figures_cells(struct row *row, const struct bc_issued *report)
{
    struct issued_report issued = { 0 };
    struct bc_err ignored;

    if (issued_report_read(&issued, report, &ignored) == BC_OK) {
        row_instant(row, "asOf", issued.as_of_us);
        add_figures(row, &issued);
    }
    issued_report_release(&issued);
}
