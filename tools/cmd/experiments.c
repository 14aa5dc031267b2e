/* tools/cmd/experiments.c - what was tried, on whom, and what came of it. */
#include "tools/cmd/cohort_args.h"
#include "tools/cmd/legend.h"
#include "tools/print/print_csv.h"
#include "tools/show/drawing.h"
#include "tools/show/experiments_drawing.h"

struct args {
    struct cohort_args cohort;
    const char *experiment, *table, *svg;
};

/* The deals of an arm; where one experiment is asked for, it need not be named again. */
static bc_status read_list(struct cohort_asked *asked, const struct args *args, struct bc_err *err)
{
    const size_t most = args->experiment ? 1 : 2;

    if (!args->cohort.common.list)
        return BC_OK;
    asked->ask.list = asked->list;
    asked->list[0] = asked->ask.experiment;
    if (cohort_args_path(&asked->list[2 - most], most, &asked->ask.list_outcomes,
                         args->cohort.common.list) == most)
        return BC_OK;
    return bc_err_set(err, BC_E_USAGE, "--list '%s': expected an experiment, a comma and an arm",
                      args->cohort.common.list);
}

static bc_status read_asked(struct cohort_asked *asked, const struct args *args,
                            struct basis *basis, const struct cmd_env *env, struct bc_err *err)
{
    bc_status rc = cohort_args_read(asked, &args->cohort, basis, env, "all", err);

    asked->ask.anchor = BC_ANCHOR_ENROLMENT;
    if (args->experiment)
        asked->ask.experiment = bc_str_of(args->experiment);
    return rc < 0 ? rc : read_list(asked, args, err);
}

/* The drawing, if one is asked for; then the answer, unless the drawing has its place. */
static bc_status draw_and_print(const struct cmd_env *env, const struct args *args,
                                const struct experiments_shown *shown, enum experiments_table table,
                                struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (args->svg) {
        rc = drawing_write(env, args->svg, experiments_drawing_add, shown, err);
    }
    if (rc < 0 || drawing_instead(env, args->svg))
        return rc;
    if (args->cohort.common.csv)
        experiments_csv(env, shown, table);
    else
        (args->cohort.common.json ? experiments_json : experiments_print)(env, shown);
    return BC_OK;
}

static bc_status show(const struct cmd_env *env, const struct args *args,
                      const struct experiments_shown *shown, enum experiments_table table,
                      struct bc_err *err)
{
    if (args->experiment && shown->experiments->n == 0)
        return bc_err_set(err, BC_E_USAGE, "there is no experiment '%s' by then", args->experiment);
    if (shown->ask->list && !shown->experiments->listed)
        return bc_err_set(err, BC_E_USAGE, "no arm is called '%s'", args->cohort.common.list);
    return draw_and_print(env, args, shown, table, err);
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    struct bc_experiments *experiments = NULL;
    struct cohort_asked asked = { 0 };
    size_t table = EXPERIMENTS_ALL;
    bc_status rc = legend_check_instead(args->cohort.common.explain, "svg", args->svg, err);

    if (rc == BC_OK)
        rc = read_asked(&asked, args, basis, env, err);
    if (rc == BC_OK)
        rc = learning_args_table(&table, &args->cohort.common, args->table, experiments_tables,
                                 EXPERIMENTS_TABLE_N, err);
    if (rc == BC_OK)
        rc = bc_experiments_make(&experiments, basis->timelines, &basis->question, &asked.ask, err);
    if (rc == BC_OK)
        rc = show(env, args, &(struct experiments_shown){ basis, &asked.ask, experiments },
                  (enum experiments_table)table, err);
    if (rc == BC_OK && args->cohort.common.explain)
        legend_print(env, LEGEND_EXPERIMENTS);
    bc_experiments_free(experiments);
    return rc;
}

int cmd_experiments(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .cohort = { .common = LEARNING_ARGS } };
    const struct opt opts[] = {
        { NULL, "EXPERIMENT", .text = &args.experiment,
          .help = "this experiment alone (default: all)" },
        { "list", "PATH", .text = &args.cohort.common.list,
          .help = "name the deals of an arm: EXPERIMENT,ARM, or of one its ARM,\n"
                  "and perhaps .converted, .failed, .open or .already" },
        { "mature", "DAYS", .text = &args.cohort.mature, .help = COHORT_MATURE_HELP },
        OPT_SVG(&args.svg),
        { "table", EXPERIMENTS_TABLES, .text = &args.table,
          .help = "with --csv: which table (default: experiments)" },
        OPT_EXPLAIN(&args.cohort.common.explain),
        LEARNING_WINDOW_OPTIONS(&args.cohort.common, "enrolments", "all"),
        LEARNING_OPTIONS(&args.cohort.common, "all"),
        { 0 },
    };

    return learning_command_run(env, argc, argv,
                                &(struct learning_command){ "backcast experiments", opts,
                                                            &args.cohort.common.typed, answer,
                                                            &args });
}
