/* tools/cmd/signals.c - which of what was known of deals tells most about what became of them. */
#include "tools/show/signals.h"

#include "tools/cmd/cohort_args.h"
#include "tools/print/print_csv.h"

struct args {
    struct cohort_args cohort;
    const char *at, *to, *table;
};

static bc_status read_list(struct cohort_asked *asked, const char *list, struct bc_err *err)
{
    struct bc_by by;

    if (!list)
        return BC_OK;
    asked->ask.list = asked->list;
    if (cohort_args_path(asked->list, 2, &asked->ask.list_outcomes, list) == 2 &&
        bc_by_parse(&by, asked->list[0]))
        return BC_OK;
    return bc_err_set(err, BC_E_USAGE, "--list '%s': expected a key, a comma and a value", list);
}

static bc_status read_asked(struct cohort_asked *asked, const struct args *args,
                            struct basis *basis, const struct cmd_env *env, struct bc_err *err)
{
    bc_status rc = cohort_args_read(asked, &args->cohort, basis, env, "new", err);

    if (rc == BC_OK)
        rc = cohort_args_stages(&asked->ask, basis->rules, args->at, args->to, err);
    return rc < 0 ? rc : read_list(asked, args->cohort.common.list, err);
}

static bc_status show(const struct cmd_env *env, const struct args *args,
                      const struct signals_shown *shown, enum signals_table table,
                      struct bc_err *err)
{
    if (shown->ask->list && !shown->signals->listed)
        return bc_err_set(err, BC_E_USAGE, "no row is '%s'", args->cohort.common.list);
    if (args->cohort.common.csv)
        signals_csv(env, shown, table);
    else
        (args->cohort.common.json ? signals_json : signals_print)(env, shown);
    return BC_OK;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    struct bc_signals *signals = NULL;
    struct cohort_asked asked = { 0 };
    size_t table = SIGNALS_ALL;
    bc_status rc = read_asked(&asked, args, basis, env, err);

    if (rc == BC_OK)
        rc = learning_args_table(&table, &args->cohort.common, args->table, signals_tables,
                                 SIGNALS_TABLE_N, err);
    if (rc == BC_OK)
        rc = bc_signals_make(&signals, basis->timelines, &basis->question, &asked.ask, err);
    if (rc == BC_OK)
        rc = show(env, args, &(struct signals_shown){ basis, &asked.ask, signals },
                  (enum signals_table)table, err);
    bc_signals_free(signals);
    return rc;
}

int cmd_signals(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .cohort = { .common = LEARNING_ARGS } };
    const struct opt opts[] = {
        { "at", "STAGE,...", .text = &args.at, .required = true,
          .help = "the deals that entered one of these stages, from their first entry on" },
        { "to", "STAGE,...", .text = &args.to, .help = COHORT_TO_HELP },
        { "list", "PATH", .text = &args.cohort.common.list,
          .help = "name the deals of a row: KEY,VALUE, and perhaps .converted,\n"
                  ".failed, .open or .already" },
        { "mature", "DAYS", .text = &args.cohort.mature, .help = COHORT_MATURE_HELP },
        { "table", SIGNALS_TABLES, .text = &args.table,
          .help = "with --csv: which table (default: signals)" },
        LEARNING_WINDOW_OPTIONS(&args.cohort.common, "beginnings", "all"),
        LEARNING_OPTIONS(&args.cohort.common, "new"),
        { 0 },
    };

    return learning_command_run(env, argc, argv,
                                &(struct learning_command){ "backcast signals", opts,
                                                            &args.cohort.common.typed, answer,
                                                            &args });
}
