/* tools/cmd/import.c - imports a file; services have source files of their own. */
#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cmd/import_all.h"
#include "tools/cmd/import_answer.h"
#include "tools/cmd/import_discover.h"
#include "tools/cmd/import_service.h"
#include "tools/cmd/pages.h"
#include "tools/import/importers.h"

#include <assert.h>

struct args {
    const struct importer_row *importer;
    const char *file, *map, *dir, *batch, *rejects, *threads;
    bool shared, keep_recorded, dry_run, discover, json;
};

#define IMPORTER_ROW(name) &importer_##name##_row,
static const struct importer_row *const importers[] = { IMPORTERS(IMPORTER_ROW) };
#undef IMPORTER_ROW
enum { IMPORTER_N = sizeof(importers) / sizeof(importers[0]) };

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    char command[64];
    const struct opt map = { "map", "MAP", .text = &args->map,
                             .required = !args->importer->discovers,
                             .help = args->importer->discovers
                                         ? "says which column is what; with --discover, where it "
                                           "is written"
                                         : "says which column is what" };
    const struct opt found = { "discover", NULL, .flag = &args->discover,
                               .help = "write a first map from the table itself, and import "
                                       "nothing" };
    const struct opt keep = { "keep-recorded-at", NULL, .flag = &args->keep_recorded,
                              .help = "keep the recorded times that the events bring along" };
    const struct opt opts[] = {
        { NULL, "FILE", .text = &args->file, .required = true,
          .help = "the file; - reads standard input" },
        OPT_LEDGER(&args->dir),
        OPT_SHARED(&args->shared),
        args->importer->by_map ? map : keep,
        { "batch", "N", .text = &args->batch,
          .help = "for a feed: commit every N lines, and print `ack LINES` once they are on disk" },
        { "rejects", "FILE", .text = &args->rejects, .writes = true,
          .help = "take the good lines, and write the bad ones with the reasons to FILE; - is "
                  "standard output" },
        { "dry-run", NULL, .flag = &args->dry_run,
          .help = "check everything and show what it would make, append nothing" },
        OPT_THREADS(&args->threads),
        OPT_JSON(&args->json),
        args->importer->discovers ? found : (struct opt){ 0 },
        { 0 },
    };
    bc_status rc;

    snprintf(command, sizeof(command), "backcast import %s", args->importer->word);
    rc = opt_parse(opts, cmd_page(command), env, argc, argv, err);
    if (rc == BC_OK && args->importer->discovers && !args->map && !args->discover)
        return bc_err_set(err, BC_E_USAGE,
                          "--map MAP is missing; --discover writes a first one, and `%s --help` "
                          "says more",
                          command);
    if (rc == BC_OK && args->discover && (args->batch || args->rejects || args->dry_run))
        return bc_err_set(err, BC_E_USAGE,
                          "--discover imports nothing, so --batch, --rejects and --dry-run do not "
                          "go with it");
    return rc;
}

static bc_status check_use(struct import_job *job, const struct args *args,
                           const struct import_answer *answer, struct bc_err *err)
{
    bc_status rc;

    if (args->batch && args->dry_run)
        return bc_err_set(err, BC_E_USAGE, "--batch and --dry-run do not go together");
    rc = import_answer_check(answer, err);
    if (rc == BC_OK && args->batch)
        rc = opt_number(&job->batch, "batch", args->batch, 1, UINT64_MAX, err);
    return rc;
}

/* The one of the command's name, which is one of the list. */
static const struct importer_row *importer_of(const char *word)
{
    size_t i = 0;

    while (strcmp(importers[i]->word, word) != 0) {
        i++;
        assert(i < IMPORTER_N);
    }
    return importers[i];
}

static bc_status discover(const struct cmd_env *env, const struct args *args, struct bc_err *err)
{
    const struct import_discover job = { .word = args->importer->word,
                                         .file = args->file,
                                         .map = args->map,
                                         .dir = args->dir,
                                         .json = args->json };

    return import_discover(env, &job, err);
}

static struct import_answer answer_of(const struct args *args)
{
    return (struct import_answer){ .key = "file",
                                   .name = args->file,
                                   .file = args->file,
                                   .map = args->map,
                                   .rejects = args->rejects,
                                   .by_map = args->importer->by_map,
                                   .dry_run = args->dry_run,
                                   .json = args->json };
}

static int import(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .importer = importer_of(argv[0]) };
    struct import_job job = { 0 };
    struct import_answer answer;
    struct bc_err err = { 0 };
    unsigned threads = 1;
    bc_log *log = NULL;
    bc_status rc = parse(&args, env, argc, argv, &err);

    if (rc == BC_OK && args.discover)
        return cmd_exit(env, discover(env, &args, &err), &err);
    answer = answer_of(&args);
    if (rc == BC_OK)
        rc = check_use(&job, &args, &answer, &err);
    job.keep_recorded = args.keep_recorded;
    if (rc == BC_OK)
        rc = opt_threads(&threads, env, args.threads, &err);
    if (rc == BC_OK)
        rc = open_to_append(&log, env, args.dir, args.shared, &err);
    if (rc == BC_OK)
        bc_log_set_threads(log, threads);
    if (rc == BC_OK)
        rc = import_answer_begin(&answer, &job, log, env, &err);
    if (rc == BC_OK)
        rc = args.importer->open(&job.source, args.file, args.map, &err);
    if (rc == BC_OK)
        rc = import_answer_run(&answer, &job, env, &err);
    if (rc == BC_OK)
        rc = import_answer_show(&answer, env, &err);
    import_answer_release(&answer);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}

int cmd_import(const struct cmd_env *env, int argc, char **argv)
{
    enum { SERVICES_MAX = 32 };
    struct cmd commands[IMPORTER_N + SERVICES_MAX + 5] = { 0 };
    const struct cmd_group group = { "backcast import", commands, cmd_pages };
    const struct connector *const *services;
    const size_t service_n = import_services(&services);

    for (size_t i = 0; i < IMPORTER_N; i++)
        commands[i] = (struct cmd){ importers[i]->word, import };
    commands[IMPORTER_N] = (struct cmd){ "sheet", cmd_import_sheet };
    commands[IMPORTER_N + 1] = (struct cmd){ "hubspot", cmd_import_hubspot };
    commands[IMPORTER_N + 2] = (struct cmd){ "webhook-log", cmd_import_webhook_log };
    commands[IMPORTER_N + 3] = (struct cmd){ "all", import_all };
    assert(service_n <= SERVICES_MAX);
    for (size_t i = 0; i < service_n; i++)
        commands[IMPORTER_N + 4 + i] = (struct cmd){ services[i]->word, import_service };
    return cmd_dispatch(env, &group, argc, argv);
}
