/* tools/cmd/losses.c - why deals were lost, from where, and which to ask again. */
#include "tools/show/losses.h"

#include "tools/cmd/learning_args.h"
#include "tools/print/print_csv.h"

struct args {
    struct learning_args common;
    const char *table;
};

static bc_status read_list(struct bc_losses_ask *ask, const char *typed, struct bc_err *err)
{
    struct bc_str group = learning_args_group(&ask->list_value, typed);

    ask->list = true;
    if (bc_str_eq(group, BC_STR("n")) && strcmp(typed, "n") == 0) {
        ask->list_by = BC_LOSS_BY_N;
        return BC_OK;
    }
    for (size_t by = 0; by < BC_LOSS_BY_N && group.len < strlen(typed); by++)
        if (bc_str_eq(group, bc_str_of(losses_tables[by]))) {
            ask->list_by = (enum bc_loss_by)by;
            return BC_OK;
        }
    return bc_err_set(err, BC_E_USAGE,
                      "--list '%s': expected n, byStage.STAGE, byReason.REASON or byIcp.VERSION",
                      typed);
}

static bc_status check_listed(const struct bc_losses_ask *ask, const struct bc_losses *losses,
                              const char *typed, struct bc_err *err)
{
    if (!ask->list || ask->list_by == BC_LOSS_BY_N)
        return BC_OK;
    for (size_t i = 0; i < losses->by[ask->list_by].n; i++)
        if (bc_str_eq(losses->by[ask->list_by].at[i].value, ask->list_value))
            return BC_OK;
    return bc_err_set(err, BC_E_USAGE, "no row has the value '%s'", typed);
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    const struct learning_usual usual = { .slice = "all", .days = 365 };
    struct learning_asked asked = { 0 };
    struct bc_losses_ask ask = { 0 };
    struct losses_shown shown = { .basis = basis, .ask = &ask };
    struct bc_losses *losses = NULL;
    size_t table = LOSSES_TABLE_N;
    bc_status rc = learning_args_read(&asked, &args->common, basis, env, usual, err);

    ask.slice = asked.slice;
    ask.since_us = asked.since_us;
    if (rc == BC_OK)
        rc = learning_args_table(&table, &args->common, args->table, losses_tables, LOSSES_TABLE_N,
                                 err);
    if (rc == BC_OK && args->common.list)
        rc = read_list(&ask, args->common.list, err);
    if (rc == BC_OK)
        rc = bc_losses_make(&losses, basis->timelines, &basis->question, &ask, err);
    if (rc == BC_OK)
        rc = check_listed(&ask, losses, args->common.list, err);
    shown.losses = losses;
    if (rc == BC_OK && args->common.json)
        losses_show_json(env, &shown);
    else if (rc == BC_OK && args->common.csv)
        losses_show_csv(env, &shown, (enum losses_table)table);
    else if (rc == BC_OK)
        losses_show(env, &shown);
    bc_losses_free(losses);
    return rc;
}

int cmd_losses(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = LEARNING_ARGS };
    const struct opt opts[] = {
        { "list", "PATH", .text = &args.common.list,
          .help = "name the deals of a row: byStage.proposal, byReason.price,\n"
                  "byIcp.2, or n for all" },
        { "table", "byStage|byReason|byIcp|reengage", .text = &args.table,
          .help = "with --csv: which table" },
        LEARNING_WINDOW_OPTIONS(&args.common, "losses", "the last 365 days"),
        LEARNING_OPTIONS(&args.common, "all"),
        { 0 },
    };

    return learning_command_run(
        env, argc, argv,
        &(struct learning_command){ "backcast losses", opts, &args.common.typed, answer, &args });
}
