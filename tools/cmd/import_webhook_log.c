/* tools/cmd/import_webhook_log.c - a log of webhooks' deliveries, all or nothing, as a file is. */
#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cmd/import_answer.h"
#include "tools/cmd/import_service.h"
#include "tools/cmd/pages.h"
#include "tools/webhook/webhook_log.h"

#include <unistd.h>

#define LINKS_FILE "links.yaml"

struct args {
    const char *file, *dir, *secret_file, *links, *rejects;
    bool shared, unverified, dry_run, json;
};

/* A run of the command. */
struct imported {
    const struct cmd_env *env;
    struct args args;
    struct webhook_secrets secrets;
    struct connect_links links;
    bc_log *log;
    struct import_job job;
    struct import_answer answer;
};

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        { NULL, "FILE", .text = &args->file, .required = true,
          .help = "the log, a delivery a line; - reads standard input" },
        OPT_LEDGER(&args->dir),
        OPT_SHARED(&args->shared),
        { "secret-file", "FILE", .text = &args->secret_file,
          .help = "what the services sign with, beside the environment; a file that only its owner "
                  "can read" },
        { "links", "FILE", .text = &args->links,
          .help = "which object is of which deal (default: " LINKS_FILE ", if there is one)" },
        { "unverified", NULL, .flag = &args->unverified,
          .help = "take also what is not signed, or by a secret that is not at hand" },
        { "rejects", "FILE", .text = &args->rejects, .writes = true,
          .help =
              "take the good lines, and write the bad ones with the reasons to FILE, which then "
              "holds what the log held; - is standard output" },
        { "dry-run", NULL, .flag = &args->dry_run,
          .help = "check everything and show what it would make, append nothing" },
        OPT_JSON(&args->json),
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast import webhook-log"), env, argc, argv, err);

    if (!args->links && access(LINKS_FILE, F_OK) == 0)
        args->links = LINKS_FILE;
    return rc;
}

static bc_status read_secrets(struct imported *imported, struct bc_err *err)
{
    const struct cmd_env *env = imported->env;

    for (unsigned i = WEBHOOK_HUBSPOT; env->secret && i < WEBHOOK_SENDER_N; i++)
        webhook_secrets_add(&imported->secrets, (enum webhook_sender)i,
                            bc_str_of(env->secret(webhook_sender[i].variable)));
    if (!imported->args.secret_file)
        return BC_OK;
    return webhook_secrets_read(&imported->secrets, imported->args.secret_file, err);
}

static void keep(void *to, bc_append *append, const struct import_sum *sum)
{
    const struct imported *imported = to;

    (void)sum;
    webhook_log_keep(imported->job.source, append);
}

static bc_status open_log(struct imported *imported, struct bc_err *err)
{
    struct webhook_log_opts opts = { .path = imported->args.file,
                                     .log = imported->log,
                                     .secrets = &imported->secrets,
                                     .links = &imported->links,
                                     .unverified = imported->args.unverified };

    opts.connector_n = import_services(&opts.connectors);
    imported->job.last = keep;
    imported->job.to = imported;
    return webhook_log_open(&imported->job.source, &opts, err);
}

static bc_status import(struct imported *imported, struct bc_err *err)
{
    const struct args *args = &imported->args;
    const struct cmd_env *env = imported->env;
    struct import_answer *answer = &imported->answer;
    bc_status rc;

    *answer = (struct import_answer){ .key = "file",
                                      .name = args->file,
                                      .file = args->file,
                                      .rejects = args->rejects,
                                      .dry_run = args->dry_run,
                                      .json = args->json };
    rc = import_answer_check(answer, err);
    if (rc == BC_OK)
        rc = read_secrets(imported, err);
    if (rc == BC_OK)
        rc = connect_links_read(&imported->links, args->links, err);
    if (rc == BC_OK)
        rc = open_to_append(&imported->log, env, args->dir, args->shared, err);
    if (rc == BC_OK)
        rc = import_answer_begin(answer, &imported->job, imported->log, env, err);
    if (rc == BC_OK)
        rc = open_log(imported, err);
    if (rc == BC_OK)
        rc = import_answer_run(answer, &imported->job, env, err);
    return rc == BC_OK ? import_answer_show(answer, env, err) : rc;
}

int cmd_import_webhook_log(const struct cmd_env *env, int argc, char **argv)
{
    struct imported imported = { .env = env };
    struct bc_err err = { 0 };
    bc_status rc = parse(&imported.args, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = import(&imported, &err);
    import_answer_release(&imported.answer);
    bc_log_close(imported.log);
    connect_links_release(&imported.links);
    webhook_secrets_release(&imported.secrets);
    return cmd_exit(env, rc, &err);
}
