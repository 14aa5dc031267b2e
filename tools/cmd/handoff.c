/* tools/cmd/handoff.c - how far the hand-off of deals that were won is. */
#include "tools/show/handoff.h"

#include "tools/cmd/learning_args.h"
#include "tools/print/print_csv.h"

struct args {
    struct learning_args common;
    const char *table;
    bool pending;
};

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    const struct learning_usual usual = { .slice = "all", .days = 365 };
    struct learning_asked asked = { 0 };
    struct bc_handoff_ask ask = { .pending_only = args->pending };
    struct handoff_shown shown = { .basis = basis, .ask = &ask };
    struct bc_handoff *handoff = NULL;
    size_t table = HANDOFF_TABLE_N;
    bc_status rc = learning_args_read(&asked, &args->common, basis, env, usual, err);

    ask.slice = asked.slice;
    ask.since_us = asked.since_us;
    if (rc == BC_OK)
        rc = learning_args_table(&table, &args->common, args->table, handoff_tables,
                                 HANDOFF_TABLE_N, err);
    if (rc == BC_OK)
        rc = bc_handoff_make(&handoff, basis->timelines, &basis->question, &ask, err);
    shown.handoff = handoff;
    if (rc == BC_OK && args->common.json)
        handoff_show_json(env, &shown);
    else if (rc == BC_OK && args->common.csv)
        handoff_show_csv(env, &shown, (enum handoff_table)table);
    else if (rc == BC_OK)
        handoff_show(env, &shown);
    bc_handoff_free(handoff);
    return rc;
}

int cmd_handoff(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = LEARNING_ARGS };
    const struct opt opts[] = {
        { "pending", NULL, .flag = &args.pending,
          .help = "name only the deals that wait for a step; all are counted" },
        { "table", "steps|deals", .text = &args.table, .help = "with --csv: which table" },
        LEARNING_WINDOW_OPTIONS(&args.common, "deals first won", "the last 365 days"),
        LEARNING_OPTIONS(&args.common, "all"),
        { 0 },
    };

    return learning_command_run(
        env, argc, argv,
        &(struct learning_command){ "backcast handoff", opts, &args.common.typed, answer, &args });
}
