/* tools/cmd/members.c - who has a contract, till when, and how they are. */
#include "tools/show/members.h"

#include "tools/cmd/learning_args.h"
#include "tools/print/print_csv.h"

/* A member's name, perhaps with a figure of its row after it. */
static struct bc_str listed(const char *typed)
{
    static const char *const figures[] = { ".deals", ".mrr" };
    const struct bc_str text = bc_str_of(typed ? typed : "");

    for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++) {
        const size_t len = strlen(figures[i]);

        if (text.len > len &&
            bc_str_eq(bc_str_part(text, text.len - len, text.len), bc_str_of(figures[i])))
            return bc_str_part(text, 0, text.len - len);
    }
    return text;
}

static bc_status answer(const struct cmd_env *env, struct basis *basis, void *of,
                        struct bc_err *err)
{
    const struct learning_args *args = of;
    struct members_shown shown = { .basis = basis, .list = args->list != NULL };
    struct learning_asked asked = { 0 };
    struct bc_members *members = NULL;
    bc_status rc = learning_args_read(&asked, args, basis, env,
                                      (struct learning_usual){ .slice = "all" }, err);

    shown.slice = asked.slice;
    if (rc == BC_OK)
        rc = bc_members_make(&members, basis->timelines, &basis->question, asked.slice,
                             listed(args->list), err);
    if (rc == BC_OK && args->list && members->deal_n == 0)
        rc = bc_err_set(err, BC_E_USAGE, "--list: no member '%s' has a contract", args->list);
    shown.members = members;
    if (rc == BC_OK)
        members_show(env, &shown, args->json, args->csv);
    bc_members_free(members);
    return rc;
}

int cmd_members(const struct cmd_env *env, int argc, char **argv)
{
    struct learning_args args = LEARNING_ARGS;
    const struct opt opts[] = {
        { "list", "MEMBER", .text = &args.list, .help = "name the member's deals" },
        LEARNING_OPTIONS(&args, "all"),
        { 0 },
    };

    return learning_command_run(
        env, argc, argv,
        &(struct learning_command){ "backcast members", opts, &args.typed, answer, &args });
}
