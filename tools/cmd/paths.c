/* tools/cmd/paths.c - which ways deals take through the stages. */
#include "tools/show/paths.h"

#include "tools/cmd/learning_args.h"
#include "tools/print/print_csv.h"

struct args {
    struct learning_args common;
    const char *top;
};

/* A path, and perhaps one of its counts. The text is changed in place. */
static void read_list(struct bc_paths_ask *ask, char *typed)
{
    char *point = typed ? strrchr(typed, '.') : NULL;

    ask->list = typed;
    ask->list_won = point && strcmp(point, ".won") == 0;
    if (point && (ask->list_won || strcmp(point, ".n") == 0))
        *point = '\0';
}

static bc_status run(const struct cmd_env *env, struct basis *basis, const struct args *args,
                     char *list, struct bc_err *err)
{
    struct learning_asked asked = { 0 };
    struct bc_paths_ask ask = { 0 };
    struct bc_paths *paths = NULL;
    struct paths_shown shown = { .basis = basis, .ask = &ask, .top = SIZE_MAX };
    uint64_t top = SIZE_MAX;
    bc_status rc = learning_args_read(&asked, &args->common, basis, env,
                                      (struct learning_usual){ .slice = "all" }, err);

    ask.slice = asked.slice;
    ask.since_us = asked.since_us;
    if (rc == BC_OK && args->top)
        rc = opt_number(&top, "top", args->top, 1, UINT32_MAX, err);
    read_list(&ask, list);
    if (rc == BC_OK)
        rc = bc_paths_make(&paths, basis->timelines, &basis->question, &ask, err);
    if (rc == BC_OK && ask.list && !paths->list_found)
        rc = bc_err_set(err, BC_E_USAGE,
                        "--list '%s': no deal went this way; expected a path's stages with commas "
                        "between, and perhaps .n or .won",
                        args->common.list);
    shown.paths = paths;
    shown.top = (size_t)top;
    if (rc == BC_OK)
        (args->common.json  ? paths_show_json
         : args->common.csv ? paths_show_csv
                            : paths_show)(env, &shown);
    bc_paths_free(paths);
    return rc;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct args *args = of;
    struct bc_buf list = { 0 };
    bc_status rc;

    if (args->common.list)
        bc_buf_printf(&list, "%s%c", args->common.list, '\0');
    rc = run(env, basis, args, args->common.list ? list.at : NULL, err);
    bc_buf_release(&list);
    return rc;
}

int cmd_paths(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = LEARNING_ARGS };
    const struct opt opts[] = {
        { "top", "N", .text = &args.top, .help = "only the N paths that most deals took" },
        { "list", "PATH", .text = &args.common.list,
          .help = "name the deals of a path: its stages with commas between,\n"
                  "and perhaps .won" },
        LEARNING_WINDOW_OPTIONS(&args.common, "deals whose first stage began", "all"),
        LEARNING_OPTIONS(&args.common, "all"),
        { 0 },
    };

    return learning_command_run(
        env, argc, argv,
        &(struct learning_command){ "backcast paths", opts, &args.common.typed, answer, &args });
}
