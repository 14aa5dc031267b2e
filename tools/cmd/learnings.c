/* tools/cmd/learnings.c - what was learned, and which deals closed without it. */
#include "tools/show/learnings.h"

#include "tools/cmd/learning_args.h"
#include "tools/print/print_csv.h"

struct args {
    struct learning_args common;
    const char *topic, *table;
};

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    const struct learning_usual usual = { .slice = "all" };
    struct learning_asked asked = { 0 };
    struct bc_learnings_ask ask = { .by_topic = args->topic != NULL };
    struct learnings_shown shown = { .basis = basis, .ask = &ask };
    struct bc_learnings *learnings = NULL;
    size_t table = LEARNINGS_TABLE_N;
    bc_status rc = learning_args_read(&asked, &args->common, basis, env, usual, err);

    ask.slice = asked.slice;
    ask.since_us = asked.since_us;
    if (args->topic)
        ask.topic = bc_str_of(args->topic);
    if (rc == BC_OK)
        rc = learning_args_table(&table, &args->common, args->table, learnings_tables,
                                 LEARNINGS_TABLE_N, err);
    if (rc == BC_OK)
        rc = bc_learnings_make(&learnings, basis->timelines, &basis->question, &ask, err);
    shown.learnings = learnings;
    if (rc == BC_OK && args->common.json)
        learnings_show_json(env, &shown);
    else if (rc == BC_OK && args->common.csv)
        learnings_show_csv(env, &shown, (enum learnings_table)table);
    else if (rc == BC_OK)
        learnings_show(env, &shown);
    bc_learnings_free(learnings);
    return rc;
}

int cmd_learnings(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = LEARNING_ARGS };
    const struct opt opts[] = {
        { "topic", "TOPIC", .text = &args.topic, .help = "learnings of this topic only" },
        { "table", "learnings|missing", .text = &args.table, .help = "with --csv: which table" },
        LEARNING_WINDOW_OPTIONS(&args.common, "learnings, and closes,", "since the beginning"),
        LEARNING_OPTIONS(&args.common, "all"),
        { 0 },
    };

    return learning_command_run(env, argc, argv,
                                &(struct learning_command){ "backcast learnings", opts,
                                                            &args.common.typed, answer, &args });
}
