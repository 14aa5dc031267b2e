/* tools/show/series_print.h - a series for people (a table, or a chart) and for programs (JSON,
 * CSV). It is printed pass by pass: a table lines up the dates of one pass, below its own
 * headings. */
#ifndef BC_TOOLS_SHOW_SERIES_PRINT_H
#define BC_TOOLS_SHOW_SERIES_PRINT_H

#include "tools/print/chart.h"
#include "tools/show/series_columns.h"

enum series_form { SERIES_TABLE, SERIES_CHART, SERIES_CSV, SERIES_JSON };

struct series_printer {
    const struct cmd_env *env;
    struct series *series;
    enum series_form form;
    struct series_columns columns; /* of a table, of a chart */
    struct bc_str value;           /* of a key that they are split by: whose block is printed */
    bool begun;                    /* a block was printed before */
    bool marks;                    /* a column says where the rules changed */
    struct chart *charts;          /* by column */
    struct notes last;             /* what the figures of the last date miss */
};

void series_printer_init(struct series_printer *out, const struct cmd_env *env,
                         struct series *series, enum series_form form);
void series_printer_release(struct series_printer *printer); /* a zeroed one is fine */
/* Prints the current pass. */
bc_status series_print_pass(struct series_printer *printer, struct bc_err *err);
/* After the last pass: what comes below. */
void series_print_end(struct series_printer *printer);

#endif
