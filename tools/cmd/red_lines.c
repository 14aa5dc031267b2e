/* tools/cmd/red_lines.c - red lines through time, and whether breaches were answered. */
#include "tools/ask/dates.h"
#include "tools/cmd/learning_args.h"
#include "tools/cmd/legend.h"
#include "tools/print/print_csv.h"
#include "tools/show/drawing.h"
#include "tools/show/red_lines_drawing.h"

#include <stdlib.h>

enum { DATES_MAX = 10000 };

struct args {
    struct learning_args common;
    const char *from, *to, *every, *table, *svg;
};

/* The dates of a question; released also where they were not read. */
struct dates {
    int32_t *days;
    int64_t *us;
    size_t n;
};

static bc_status read_dates(struct dates *out, struct basis *basis, const struct args *args,
                            const struct cmd_env *env, struct bc_err *err)
{
    const char *last = args->to ? args->to : args->common.as_of;
    int32_t from = 0, to = 0;
    struct step step;
    bc_status rc = step_parse(&step, args->every, err);

    if (rc == BC_OK && args->to && args->common.as_of)
        rc = bc_err_set(err, BC_E_USAGE, "give one of --to and --as-of");
    if (rc == BC_OK && !last)
        last = basis_until(basis, env, args->from);
    if (rc == BC_OK)
        rc = basis_day(&to, basis, env, args->to ? "to" : "as-of", last, err);
    if (rc == BC_OK)
        rc = basis_first_day(&from, basis, env, "from", args->from, err);
    if (rc == BC_OK && from > to)
        rc = bc_err_set(err, BC_E_USAGE, "--from is after --to");
    if (rc < 0)
        return rc;
    out->n = step_count(&step, from, to);
    if (out->n > DATES_MAX)
        return bc_err_set(err, BC_E_USAGE, "--every %s gives %zu dates, expected at most %d",
                          args->every, out->n, DATES_MAX);
    out->days = bc_calloc(out->n, sizeof(*out->days));
    out->us = bc_calloc(out->n, sizeof(*out->us));
    for (size_t i = 0; i < out->n; i++) {
        out->days[i] = step_day(&step, from, (int64_t)i);
        out->us[i] = bc_zone_day_end(basis->rules->zone, out->days[i]);
    }
    basis->question.as_of_us = out->us;
    basis->question.date_n = out->n;
    return BC_OK;
}

/* The drawing, if one is asked for; then the answer, unless the drawing has its place. */
static bc_status show(const struct cmd_env *env, const struct red_lines_shown *shown,
                      const struct args *args, enum red_lines_table table, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (args->svg) {
        rc = drawing_write(env, args->svg, red_lines_drawing_add, shown, err);
    }
    if (rc < 0 || drawing_instead(env, args->svg))
        return rc;
    if (args->common.json)
        red_lines_show_json(env, shown);
    else if (args->common.csv)
        red_lines_show_csv(env, shown, table);
    else
        red_lines_show(env, shown);
    return BC_OK;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    struct dates dates = { 0 };
    struct bc_red_line_spans *spans = NULL;
    struct red_lines_shown shown = { .basis = basis, .every = args->every };
    size_t table = RED_LINES_TABLE_N;
    bc_status rc = read_dates(&dates, basis, args, env, err);

    if (rc == BC_OK)
        rc = legend_check(args->common.explain, args->common.json, args->common.csv, err);
    if (rc == BC_OK)
        rc = legend_check_instead(args->common.explain, "svg", args->svg, err);
    if (rc == BC_OK && args->common.json && args->common.csv)
        rc = bc_err_set(err, BC_E_USAGE, "--json and --csv do not go together");
    if (rc == BC_OK)
        rc = learning_args_table(&table, &args->common, args->table, red_lines_tables,
                                 RED_LINES_TABLE_N, err);
    if (rc == BC_OK)
        rc = bc_red_line_spans_make(&spans, basis->timelines, &basis->question, err);
    shown.spans = spans;
    shown.days = dates.days;
    if (rc == BC_OK)
        rc = show(env, &shown, args, (enum red_lines_table)table, err);
    if (rc == BC_OK && args->common.explain)
        legend_print(env, LEGEND_RED_LINES);
    bc_red_line_spans_free(spans);
    free(dates.days);
    free(dates.us);
    return rc;
}

int cmd_red_lines(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .every = "1w" };
    const struct opt opts[] = {
        { "from", "DATE", .text = &args.from, .required = true,
          .help = "the first date, of a period (2025-q1) its first day" },
        { "to", "DATE", .text = &args.to,
          .help = BASIS_TO_HELP("the last date, if a step falls on it") },
        { "every", "STEP", .text = &args.every, .help = "1d, 1w, 1m, 3m, 1y (default: 1w)" },
        { "as-of", "DATE", .text = &args.common.as_of, .help = "the same as --to" },
        OPT_SVG(&args.svg),
        { "table", "dates|spans|pivots|unanswered", .text = &args.table,
          .help = "with --csv: which table" },
        QUESTION_OPTIONS(&args.common.typed),
        OPT_VERIFIED(&args.common.typed.verified),
        OPT_THREADS(&args.common.typed.threads),
        OPT_EXPLAIN(&args.common.explain),
        OPT_JSON(&args.common.json),
        { "csv", NULL, .flag = &args.common.csv,
          .help = "print for spreadsheets: " PRINT_CSV_HELP },
        { 0 },
    };

    return learning_command_run(env, argc, argv,
                                &(struct learning_command){ "backcast red-lines", opts,
                                                            &args.common.typed, answer, &args });
}
