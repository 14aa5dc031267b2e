/* tools/cmd/rules.c - the rules, shown; and the commands about them. */
#include "tools/cmd/rules.h"

#include "tools/ask/basis.h"
#include "tools/cmd/pages.h"

#include <unistd.h>

struct show {
    struct typed typed;
    const char *as_of;
};

static void print_rules(const struct cmd_env *env, const bc_rules *rules)
{
    struct bc_buf text = { 0 };

    bc_rules_print(&text, rules);
    fwrite(text.at, 1, text.len, env->out);
    bc_buf_release(&text);
}

/* Where nothing is said of the ledger whose rules are meant; and that they are not its, since one
 * may only have been forgotten. */
static bc_status show_built_in(bc_rules **out, const struct cmd_env *env, struct bc_err *err)
{
    bc_status rc = rules_ref_without(out, "default", err);

    if (rc == BC_OK)
        fputs("backcast: no ledger is named: these are the built-in rules\n", env->err);
    return rc;
}

/* A file needs no ledger, and nor do the built-in rules. */
static bc_status show_alone(const struct cmd_env *env, const struct show *show, struct bc_err *err)
{
    const char *ref = show->typed.rules;
    bool ledger = show->typed.dir || (env->ledger_dir && env->ledger_dir[0]);
    bc_rules *rules = NULL;
    bc_status rc = env->named_rules ? BC_DONE : rules_ref_without(&rules, ref, err);

    if (rc == BC_DONE && !ledger && ref && access(ref, F_OK) == 0)
        rc = rules_ref_file(&rules, NULL, ref, err);
    if (rc == BC_DONE && !ledger && !ref && !show->as_of && !show->typed.known_at)
        rc = show_built_in(&rules, env, err);
    if (rc == BC_OK)
        print_rules(env, rules);
    bc_rules_free(rules);
    return rc;
}

static bc_status show_asked(const struct cmd_env *env, const struct show *show, struct bc_err *err)
{
    struct basis basis = { 0 };
    struct when when;
    bc_status rc = basis_open(&basis, env, &show->typed, err);

    if (rc == BC_OK)
        rc = basis_when(&when, &basis, env, show->as_of, err);
    if (rc == BC_OK)
        print_rules(env, basis.rules);
    basis_close(&basis);
    return rc;
}

static int rules_show(const struct cmd_env *env, int argc, char **argv)
{
    struct show show = { 0 };
    const struct opt opts[] = {
        { NULL, "REF", .text = &show.typed.rules, .help = "which: " RULES_REF_HELP },
        OPT_LEDGER(&show.typed.dir),
        { "as-of", "WHEN", .text = &show.as_of,
          .help = "for as-then: in force at this date (default: today)" },
        { "known-at", "WHEN", .text = &show.typed.known_at,
          .help = "as published by then (default: everything)" },
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast rules show"), env, argc, argv, &err);

    if (rc == BC_OK) {
        rc = show_alone(env, &show, &err);
        if (rc == BC_DONE)
            rc = show_asked(env, &show, &err);
    }
    return cmd_exit(env, rc, &err);
}

int cmd_rules(const struct cmd_env *env, int argc, char **argv)
{
    static const struct cmd commands[] = {
        { "show", rules_show },     { "list", cmd_rules_list },       { "check", cmd_rules_check },
        { "diff", cmd_rules_diff }, { "publish", cmd_rules_publish }, { 0 },
    };
    static const struct cmd_group group = { "backcast rules", commands, cmd_pages };

    return cmd_dispatch(env, &group, argc, argv);
}
