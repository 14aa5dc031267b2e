/* tools/cmd/history.c - what happened to one deal. */
#include "tools/show/history.h"

#include "tools/cmd/pages.h"

struct args {
    struct ask ask;
    const char *deal, *as_of;
    bool json;
};

static bc_status answer(const struct cmd_env *env, struct asked *asked, const struct args *args,
                        struct bc_err *err)
{
    struct bc_history *history = NULL;
    struct when when;
    int64_t as_of_us;
    bc_status rc = asked_when(&when, asked, env, args->as_of, err);

    if (rc < 0)
        return rc;
    as_of_us = when_instant(&when, asked->rules->zone);
    asked->question.as_of_us = &as_of_us;
    asked->question.date_n = 1;
    rc = bc_history_make(&history, asked->timelines, &asked->question, bc_str_of(args->deal), err);
    if (rc == BC_DONE)
        return bc_err_set(err, BC_E_USAGE, "the ledger has no event about the deal '%s'",
                          args->deal);
    if (rc < 0)
        return rc;
    (args->json ? history_json
                : history_print)(env, &(struct history_shown){ asked, args->deal, history });
    bc_history_free(history);
    return BC_OK;
}

int cmd_history(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    const struct opt opts[] = {
        { NULL, "DEAL", .text = &args.deal, .help = "the deal's id", .required = true },
        { "as-of", "WHEN", .text = &args.as_of,
          .help = "visits and findings as of then (default: today)" },
        ASK_OPTIONS(&args.ask),
        OPT_VERIFIED(&args.ask.verified),
        { "json", NULL, .flag = &args.json, .help = "print for programs" },
        { 0 },
    };
    struct asked asked = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast history"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = asked_open(&asked, env, &args.ask, &err);
    if (rc == BC_OK)
        rc = answer(env, &asked, &args, &err);
    asked_close(&asked);
    return cmd_exit(env, rc, &err);
}
