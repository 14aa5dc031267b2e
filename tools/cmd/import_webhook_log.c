/* tools/cmd/import_webhook_log.c - a log of webhooks' deliveries, all or nothing, as a file is. */
#include "tools/ask/notes.h"
#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/import_run.h"
#include "tools/cmd/import_service.h"
#include "tools/cmd/pages.h"
#include "tools/print/print_json.h"
#include "tools/webhook/webhook_log.h"

#include <inttypes.h>
#include <unistd.h>

#define LINKS_FILE "links.yaml"

struct args {
    const char *file, *dir, *secret_file, *links, *rejects;
    bool unverified, dry_run, json;
};

/* A run of the command. */
struct imported {
    const struct cmd_env *env;
    struct args args;
    struct webhook_secrets secrets;
    struct connect_links links;
    bc_log *log;
    bc_rules *rules; /* by which words are known */
    struct unknown_words words;
    struct import_job job;
    struct import_sum sum;
    struct outfile rejects;
    struct notes notes;
};

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        { NULL, "FILE", .text = &args->file, .required = true,
          .help = "the log, a delivery a line; - reads standard input" },
        OPT_LEDGER(&args->dir),
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
        { "dry-run", NULL, .flag = &args->dry_run, .help = "check everything, append nothing" },
        OPT_JSON(&args->json),
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast import webhook-log"), env, argc, argv, err);

    if (rc == BC_OK && args->rejects && args->json && strcmp(args->rejects, "-") == 0)
        return bc_err_set(err, BC_E_USAGE,
                          "--rejects - and --json do not go together: both are standard output");
    if (rc == BC_OK && args->rejects && strcmp(args->rejects, args->file) == 0 &&
        strcmp(args->rejects, "-") != 0)
        return bc_err_set(err, BC_E_USAGE,
                          "--rejects would write over what is read; give another file");
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

static bc_status open_rejects(struct imported *imported, struct bc_err *err)
{
    const struct args *args = &imported->args;
    struct import_job *job = &imported->job;
    bc_status rc;

    job->reject = args->rejects != NULL;
    if (args->rejects && strcmp(args->rejects, "-") == 0)
        job->rejected = imported->env->out;
    if (!args->rejects || job->rejected || args->dry_run)
        return BC_OK;
    rc = outfile_open(&imported->rejects, args->rejects, err);
    if (rc < 0)
        return rc;
    job->rejects = &imported->rejects;
    job->rejected = imported->rejects.file;
    return BC_OK;
}

static void say(void *to, const char *note, const char *text)
{
    notes_add(to, note, text);
}

static void note_yielded(struct imported *imported)
{
    const uint64_t n = imported->sum.yielded;
    char text[160];

    if (n == 0)
        return;
    (void)snprintf(text, sizeof(text),
                   "%" PRIu64 " event%s in the ledger already, with other content, which stays", n,
                   n == 1 ? " is" : "s are");
    notes_add_count(&imported->notes, "told_otherwise", text, "events", n);
}

static bc_status read_log(struct imported *imported, struct bc_err *err)
{
    const struct args *args = &imported->args;
    struct import_job *job = &imported->job;
    struct webhook_log_opts opts = { .path = args->file,
                                     .log = imported->log,
                                     .secrets = &imported->secrets,
                                     .links = &imported->links,
                                     .unverified = args->unverified };
    bc_status rc;

    opts.connector_n = import_services(&opts.connectors);
    job->dry_run = args->dry_run;
    job->words = &imported->words;
    job->last = keep;
    job->to = imported;
    rc = webhook_log_open(&job->source, &opts, err);
    if (rc == BC_OK)
        rc = open_rejects(imported, err);
    if (rc == BC_OK)
        rc = import_run(&imported->sum, job, imported->log, imported->env, err);
    if (rc < 0)
        return rc;
    job->source->tell(job->source, say, &imported->notes);
    note_yielded(imported);
    return BC_OK;
}

static bc_status import(struct imported *imported, struct bc_err *err)
{
    bc_status rc = read_secrets(imported, err);

    if (rc == BC_OK)
        rc = connect_links_read(&imported->links, imported->args.links, err);
    if (rc == BC_OK)
        rc = open_to_append(&imported->log, imported->env, imported->args.dir, err);
    if (rc == BC_OK)
        rc = rules_ref_latest(&imported->rules, imported->log, err);
    imported->words.rules = imported->rules;
    if (rc == BC_OK)
        rc = read_log(imported, err);
    if (rc == BC_OK && !imported->args.dry_run)
        rc = open_catch_up(imported->log, err);
    return rc;
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct imported *imported = source;
    const struct import_sum *sum = &imported->sum;

    (void)i;
    row_word(row, "file", imported->args.file);
    row_bool(row, "dryRun", imported->args.dry_run);
    row_count(row, "added", sum->added);
    row_count(row, "duplicates", sum->duplicates);
    row_count(row, "rejected", sum->rejected);
    unknown_words_cells(row, &imported->words);
    row_head(row, "ledger", bc_log_head(imported->log));
    notes_cells(row, &imported->notes);
}

static void print(const struct imported *imported)
{
    const struct cmd_env *env = imported->env;
    const struct import_sum *sum = &imported->sum;
    const struct bc_head *head = bc_log_head(imported->log);
    char root[BC_HASH_TEXT_LEN];

    text_put(env->out, bc_str_of(imported->args.file));
    fprintf(env->out, ": %" PRIu64 " event%s %s, %" PRIu64 " duplicate%s skipped", sum->added,
            sum->added == 1 ? "" : "s", imported->args.dry_run ? "would be added" : "added",
            sum->duplicates, sum->duplicates == 1 ? "" : "s");
    if (imported->args.rejects)
        fprintf(env->out, ", %" PRIu64 " line%s rejected", sum->rejected,
                sum->rejected == 1 ? "" : "s");
    fputc('\n', env->out);
    unknown_words_print(env, &imported->words);
    bc_hash_print(root, &head->root);
    fprintf(env->out, "ledger: %" PRIu64 " event%s, root %s\n", head->size,
            head->size == 1 ? "" : "s", root);
    notes_print(env, &imported->notes);
}

int cmd_import_webhook_log(const struct cmd_env *env, int argc, char **argv)
{
    struct imported imported = { .env = env };
    struct bc_err err = { 0 };
    bc_status rc = parse(&imported.args, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = import(&imported, &err);
    if (rc == BC_OK && imported.args.json)
        print_json_of(env, fill, &imported);
    else if (rc == BC_OK)
        print(&imported);
    outfile_release(&imported.rejects);
    importer_free(imported.job.source);
    import_sum_release(&imported.sum);
    notes_release(&imported.notes);
    unknown_words_release(&imported.words);
    bc_rules_free(imported.rules);
    bc_log_close(imported.log);
    connect_links_release(&imported.links);
    webhook_secrets_release(&imported.secrets);
    return cmd_exit(env, rc, &err);
}
