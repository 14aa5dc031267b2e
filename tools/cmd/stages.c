/* tools/cmd/stages.c - how fast deals get through each stage, and where they wait. */
#include "tools/show/stages.h"

#include "tools/cmd/learning_args.h"
#include "tools/cmd/legend.h"
#include "tools/print/print_csv.h"

/* A stage, and perhaps one of its counts. */
static bc_status read_list(struct bc_velocity_ask *ask, const char *typed, const bc_rules *rules,
                           struct bc_err *err)
{
    const char *point = strrchr(typed, '.');
    int stage = bc_rules_stage(rules, bc_str_of(typed));

    ask->list = true;
    ask->list_count = BC_PACE_NOW;
    if (stage == BC_NO_STAGE && point) {
        stage = bc_rules_stage(rules, (struct bc_str){ typed, (size_t)(point - typed) });
        ask->list_count = BC_PACE_COUNT_N;
        for (unsigned i = 0; i < BC_PACE_COUNT_N; i++)
            if (strcmp(point + 1, stages_counts[i]) == 0)
                ask->list_count = (enum bc_pace_count)i;
    }
    if (stage == BC_NO_STAGE || ask->list_count == BC_PACE_COUNT_N)
        return bc_err_set(err, BC_E_USAGE,
                          "--list '%s': expected a stage of these rules, and perhaps .now, "
                          ".stalled, .entered, .left, .n or .openN",
                          typed);
    ask->list_stage = (unsigned)stage;
    return BC_OK;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct learning_args *args = of;
    const struct learning_usual usual = { .slice = "new", .days = 365 };
    struct learning_asked asked = { 0 };
    struct bc_velocity_ask ask = { 0 };
    struct bc_velocity *velocity = NULL;
    struct stages_shown shown = { .basis = basis, .ask = &ask };
    bc_status rc = learning_args_read(&asked, args, basis, env, usual, err);

    ask.slice = asked.slice;
    ask.since_us = asked.since_us;
    if (rc == BC_OK && args->list)
        rc = read_list(&ask, args->list, basis->rules, err);
    if (rc == BC_OK)
        rc = bc_velocity_make(&velocity, basis->timelines, &basis->question, &ask, err);
    shown.velocity = velocity;
    if (rc == BC_OK)
        (args->json ? stages_show_json : args->csv ? stages_show_csv : stages_show)(env, &shown);
    if (rc == BC_OK && args->explain)
        legend_print(env, LEGEND_STAGES);
    bc_velocity_free(velocity);
    return rc;
}

int cmd_stages(const struct cmd_env *env, int argc, char **argv)
{
    struct learning_args args = LEARNING_ARGS;
    const struct opt opts[] = {
        { "list", "PATH", .text = &args.list,
          .help = "name the deals in a stage, or those behind one of its\n"
                  "counts: proposal, proposal.stalled, discovery.left" },
        OPT_EXPLAIN(&args.explain),
        LEARNING_WINDOW_OPTIONS(&args, "entries and exits", "the last 365 days"),
        LEARNING_OPTIONS(&args, "new"),
        { 0 },
    };

    return learning_command_run(
        env, argc, argv,
        &(struct learning_command){ "backcast stages", opts, &args.typed, answer, &args });
}
