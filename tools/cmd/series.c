/* tools/cmd/series.c - the metrics at each of many dates. */
#include "tools/cmd/legend.h"
#include "tools/cmd/pages.h"
#include "tools/print/print_csv.h"
#include "tools/show/drawing.h"
#include "tools/show/series_drawing.h"
#include "tools/show/series_print.h"

struct args {
    struct typed typed;
    const char *from, *to, *every, *slice, *by, *svg;
    struct opt_list metrics;
    bool json, csv, chart, explain;
    struct bc_by key; /* of `by` */
};

static bc_status read_plan(struct series_plan *out, struct basis *basis, const struct args *args,
                           const struct cmd_env *env, struct bc_err *err)
{
    const char *to = args->to;
    bc_status rc;

    *out = (struct series_plan){ .metrics = &args->metrics,
                                 .slice = args->slice,
                                 .lists = args->json,
                                 .by = args->by ? &args->key : NULL };
    rc = step_parse(&out->step, args->every, err);
    if (rc == BC_OK)
        rc = basis_open(basis, env, &args->typed, err);
    if (rc == BC_OK)
        rc = basis_first_day(&out->from, basis, env, "from", args->from, err);
    if (rc == BC_OK && !to)
        to = basis_until(basis, env, args->from);
    if (rc == BC_OK)
        rc = basis_day(&out->to, basis, env, "to", to, err);
    if (rc == BC_OK && out->from > out->to)
        rc = bc_err_set(err, BC_E_USAGE, "--from is after --to");
    return rc;
}

static bc_status run(struct series *series, struct basis *basis, const struct args *args,
                     const struct cmd_env *env, struct bc_err *err)
{
    enum series_form form = args->json    ? SERIES_JSON
                            : args->csv   ? SERIES_CSV
                            : args->chart ? SERIES_CHART
                                          : SERIES_TABLE;
    const bool printed = !drawing_instead(env, args->svg);
    struct series_drawing drawing = { 0 };
    struct series_printer printer = { 0 };
    struct series_plan plan;
    bc_status rc = BC_OK;

    if (args->json + args->csv + args->chart > 1)
        return bc_err_set(err, BC_E_USAGE, "--json, --csv and --chart do not go together");
    if (args->by && args->chart)
        return bc_err_set(err, BC_E_USAGE, "--by and --chart do not go together");
    if (args->by && args->svg)
        return bc_err_set(err, BC_E_USAGE, "--by and --svg do not go together");
    rc = legend_check_instead(args->explain, "svg", args->svg, err);
    if (rc == BC_OK)
        rc = legend_check(args->explain, args->json, args->csv, err);
    if (rc == BC_OK)
        rc = read_plan(&plan, basis, args, env, err);
    if (rc == BC_OK)
        rc = series_init(series, basis, &plan, err);
    if (rc == BC_OK && args->svg)
        rc = series_drawing_init(&drawing, series, err);
    if (rc == BC_OK && printed)
        series_printer_init(&printer, env, series, form);
    while (rc == BC_OK) {
        rc = series_pass(series, err);
        if (rc == BC_OK && args->svg)
            series_drawing_pass(&drawing);
        if (rc == BC_OK && printed)
            rc = series_print_pass(&printer, err);
    }
    if (rc == BC_DONE && printed)
        series_print_end(&printer);
    if (rc == BC_DONE && args->svg)
        rc = drawing_write(env, args->svg, series_drawing_add, &drawing, err);
    if (rc >= 0 && args->explain)
        legend_print(env, LEGEND_FIGURES);
    series_drawing_release(&drawing);
    series_printer_release(&printer);
    return rc;
}

int cmd_series(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .typed = { .several = true }, .every = "1w" };
    const struct opt opts[] = {
        { "from", "DATE", .text = &args.from, .required = true,
          .help = "the first date, of a period (2025-q1) its first day" },
        { "to", "DATE", .text = &args.to,
          .help = BASIS_TO_HELP("the last date, if a step falls on it") },
        { "every", "STEP", .text = &args.every, .help = "1d, 1w, 1m, 3m, 1y (default: 1w)" },
        { "metric", "METRIC", .list = &args.metrics, .help = "only this metric" },
        { "slice", "SLICE", .text = &args.slice, .help = "only this slice" },
        { "by", "KEY", .text = &args.by, .help = REPORT_BY_HELP },
        QUESTION_OPTIONS_SEVERAL(&args.typed),
        OPT_VERIFIED(&args.typed.verified),
        OPT_THREADS(&args.typed.threads),
        { "chart", NULL, .flag = &args.chart, .help = "draw a small chart a metric" },
        OPT_SVG(&args.svg),
        OPT_EXPLAIN(&args.explain),
        { "csv", NULL, .flag = &args.csv,
          .help = "print date,metric,slice,value,n: " PRINT_CSV_HELP },
        { "json", NULL, .flag = &args.json, .help = "print for programs: one date a line" },
        { 0 },
    };
    struct series series = { 0 };
    struct basis basis = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast series"), env, argc, argv, &err);

    args.typed.learning = args.by != NULL;
    if (rc == BC_OK && args.by)
        rc = report_by_key(&args.key, args.by, &err);
    if (rc == BC_OK)
        rc = run(&series, &basis, &args, env, &err);
    series_release(&series);
    basis_close(&basis);
    opt_list_release(&args.metrics);
    return cmd_exit(env, rc, &err);
}
