#include "tools/cmd/report_html.h"

#include "tools/ask/basis.h"
#include "tools/ask/open.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/site/folder.h"

#include <limits.h>
#include <stdlib.h>

struct args {
    struct typed typed;
    const char *dir, *as_of, *slice;
    bool replace;
};

static void add_pair(struct site_request *request, struct site_pair *pairs, const char *key,
                     const char *value)
{
    if (value)
        pairs[request->pair_n++] = (struct site_pair){ bc_str_of(key), bc_str_of(value) };
}

/* The rules may be a file's here: they are not of an address. */
static bc_status write(struct folder_written *out, const struct args *args,
                       const struct cmd_env *env, struct outdir *dir, const char *ledger,
                       struct bc_err *err)
{
    struct site_pair pairs[4];
    struct site_request request = { .pairs = pairs };
    struct cmd_env asking = *env;

    add_pair(&request, pairs, "as-of", args->as_of);
    add_pair(&request, pairs, "known-at", args->typed.known_at);
    add_pair(&request, pairs, "clock", args->typed.clock);
    add_pair(&request, pairs, "slice", args->slice);
    if (args->typed.rules) {
        asking.rules.value = args->typed.rules;
        asking.rules.from = "--rules";
        asking.rules.of_ledger = env->rules.of_ledger && args->typed.rules == env->rules.value;
    }
    asking.now_us = cmd_now_us(env);
    asking.rehearsed = true; /* one time for all pages */
    return folder_write(out, dir, &asking, ledger, &request, err);
}

static void say(const struct cmd_env *env, const char *dir, const struct folder_written *written)
{
    fprintf(env->out, "%zu page%s written to ", written->pages, text_plural(written->pages));
    text_put(env->out, bc_str_of(dir));
    fputs(", begin with index.html\n", env->out);
    if (written->left)
        fprintf(env->err,
                "backcast: %zu links lead to pages beyond the first %d, and are texts alone\n",
                written->left, (int)FOLDER_MOST);
}

static bc_status run(const struct cmd_env *env, const struct args *args, struct bc_err *err)
{
    struct folder_written written;
    struct outdir dir = { 0 };
    const char *ledger = NULL;
    char folder[PATH_MAX];
    bc_status rc = open_dir(&ledger, env, args->typed.dir, err);

    if (rc == BC_OK && !realpath(ledger, folder))
        rc = bc_err_errno(err, "open %s", ledger);
    if (rc == BC_OK)
        rc = outdir_open(&dir, args->dir, args->replace ? folder_may_go : NULL, err);
    if (rc == BC_OK)
        rc = write(&written, args, env, &dir, folder, err);
    if (rc == BC_OK)
        rc = outdir_commit(&dir, err);
    if (rc == BC_OK)
        say(env, args->dir, &written);
    outdir_release(&dir);
    return rc;
}

int cmd_report_html(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    const struct opt opts[] = {
        { NULL, "DIR", .text = &args.dir, .required = true, .writes = true,
          .help = "the folder to make: new, or an empty one" },
        { "replace", NULL, .flag = &args.replace,
          .help = "earlier pages in DIR are replaced when all are written" },
        { "as-of", "WHEN", .text = &args.as_of,
          .help = "count what had happened by then (default: today)" },
        { "slice", "SLICE", .text = &args.slice,
          .help = "all in this slice (default: each in its own)" },
        QUESTION_OPTIONS(&args.typed),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast report html"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = run(env, &args, &err);
    return cmd_exit(env, rc, &err);
}
