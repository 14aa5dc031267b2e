/* tools/cmd_rules.c - the rules in force, and whether a file of rules is right. */
#include "tools/open.h"
#include "tools/opt.h"
#include "tools/rules_ref.h"
#include "tools/text.h"

static bc_status read_rules(bc_rules **out, const struct cmd_env *env, const char *dir,
                            const char *ref, struct bc_err *err)
{
    bc_log *log = NULL;
    bc_status rc = BC_OK;

    if (!ref || strcmp(ref, "latest") == 0)
        rc = open_ledger(&log, env, dir, false, err);
    if (rc == BC_OK)
        rc = rules_ref_read(out, ref, log, log ? bc_log_head(log)->size : 0, err);
    bc_log_close(log);
    return rc;
}

static int rules_show(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = { "backcast rules show",
                                            "backcast rules show default > rules.yaml", NULL };
    static const struct opt_page page = { "backcast rules show",
                                          "Prints rules as YAML that `--rules FILE` reads back, "
                                          "every parameter written out.",
                                          examples };
    const char *dir = NULL, *ref = NULL;
    const struct opt opts[] = {
        { NULL, "REF", .text = &ref, .help = "which: " RULES_REF_HELP },
        OPT_LEDGER(&dir),
        { 0 },
    };
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;
    bc_status rc = opt_parse(opts, &page, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = read_rules(&rules, env, dir, ref, &err);
    if (rc == BC_OK) {
        bc_rules_print(&text, rules);
        fwrite(text.at, 1, text.len, env->out);
    }
    bc_buf_release(&text);
    bc_rules_free(rules);
    return cmd_exit(env, rc, &err);
}

static int rules_check(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = { "backcast rules check rules.yaml", NULL };
    static const struct opt_page page = { "backcast rules check",
                                          "Reads a file of rules and says what is wrong in it, if "
                                          "anything is.",
                                          examples };
    const char *path = NULL;
    const struct opt opts[] = {
        { NULL, "FILE", .text = &path, .required = true, .help = "the rules, as YAML" },
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;
    bc_status rc = opt_parse(opts, &page, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = rules_ref_file(&rules, path, &err);
    if (rc == BC_OK) {
        text_put(env->out, bc_str_of(path));
        fputs(": no fault found; version ", env->out);
        text_put(env->out, bc_str_of(rules->version));
        fprintf(env->out, ", %zu stages, %zu slices, %zu metrics, %zu red lines\n", rules->stage_n,
                rules->slice_n, rules->metric_n, rules->red_line_n);
    }
    bc_rules_free(rules);
    return cmd_exit(env, rc, &err);
}

int cmd_rules(const struct cmd_env *env, int argc, char **argv)
{
    static const struct cmd commands[] = {
        { "show", "print rules as YAML", rules_show },
        { "check", "say what is wrong in a file of rules", rules_check },
        { 0 },
    };
    static const struct cmd_group group = {
        .name = "backcast rules",
        .about = "The rules: stages and moves, slices, metrics, red lines.",
        .commands = commands,
    };

    return cmd_dispatch(env, &group, argc, argv);
}
