/* tools/cmd/versions.c - what was published, when, by whom, and what was new. */
#include "tools/show/versions.h"

#include "tools/cmd/learning_args.h"
#include "tools/print/print_csv.h"

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct learning_args *args = of;
    const struct learning_usual usual = { .slice = "new" };
    struct learning_asked asked = { 0 };
    struct bc_versions versions = { 0 };
    struct versions_shown shown = { .basis = basis, .versions = &versions };
    bc_status rc = learning_args_read(&asked, args, basis, env, usual, err);

    shown.slice = asked.slice;
    shown.since_us = asked.since_us;
    if (rc == BC_OK)
        rc = bc_versions_read(&versions, basis->timelines, &basis->question, asked.since_us, err);
    if (rc == BC_OK)
        versions_show(env, &shown, args->json, args->csv);
    bc_versions_release(&versions);
    return rc;
}

int cmd_versions(const struct cmd_env *env, int argc, char **argv)
{
    struct learning_args args = LEARNING_ARGS;
    const struct opt opts[] = {
        LEARNING_WINDOW_OPTIONS(&args, "publications", "since the beginning"),
        LEARNING_OPTIONS(&args, "new"),
        { 0 },
    };

    return learning_command_run(
        env, argc, argv,
        &(struct learning_command){ "backcast versions", opts, &args.typed, answer, &args });
}
