/* tools/cmd/import.c - imports a file; services have source files of their own. */
#include "tools/ask/notes.h"
#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/import_all.h"
#include "tools/cmd/import_discover.h"
#include "tools/cmd/import_run.h"
#include "tools/cmd/import_service.h"
#include "tools/cmd/pages.h"
#include "tools/import/importers.h"
#include "tools/print/print_json.h"

#include <assert.h>
#include <inttypes.h>
#include <sys/stat.h>

struct args {
    const struct importer_row *importer;
    const char *file, *map, *dir, *batch, *rejects, *threads;
    bool keep_recorded, dry_run, discover, json;
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

/* What is said when it is done. */
struct imported {
    const struct args *args;
    const struct import_sum *sum;
    const struct notes *notes;
    const struct unknown_words *words;
    const bc_log *log;
    bool corrects;                        /* the source may tell otherwise what it told before */
    const struct import_preview *preview; /* of a dry run, or NULL */
};

/* What it meant that a table came again. */
static void print_again(const struct cmd_env *env, const struct import_sum *sum)
{
    if (sum->corrected > 0)
        fprintf(env->out, ", %" PRIu64 " corrected", sum->corrected);
    if (sum->taken_back > 0)
        fprintf(env->out, ", %" PRIu64 " taken back", sum->taken_back);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct imported *imported = source;
    const struct import_sum *sum = imported->sum;

    (void)i;
    row_word(row, "file", imported->args->file);
    row_bool(row, "dryRun", imported->args->dry_run);
    row_count(row, "added", sum->added);
    row_count(row, "duplicates", sum->duplicates);
    row_count(row, "rejected", sum->rejected);
    if (imported->args->importer->by_map)
        row_count(row, "leftOut", sum->left_out);
    if (imported->corrects) {
        row_count(row, "corrected", sum->corrected);
        row_count(row, "takenBack", sum->taken_back);
        row_count(row, "dealsGone", sum->gone);
    }
    if (sum->ahead)
        row_count(row, "datedAfterRecorded", sum->ahead);
    unknown_words_cells(row, imported->words);
    row_head(row, "ledger", bc_log_head(imported->log));
    if (imported->preview)
        import_preview_cells(row, imported->preview);
    notes_cells(row, imported->notes);
}

static bool is_dash(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

static void print_rejected(const struct cmd_env *env, const struct imported *imported)
{
    const struct args *args = imported->args;
    const uint64_t n = imported->sum->rejected;

    if (!args->rejects)
        return;
    fprintf(env->out, ", %" PRIu64 " line%s %srejected", n, n == 1 ? "" : "s",
            args->dry_run ? "would be " : "");
    if (is_dash(args->rejects))
        return;
    fputs(" into ", env->out);
    text_put(env->out, bc_str_of(args->rejects));
    if (args->dry_run && n > 0)
        fputs(" (`--rejects -` shows them)", env->out);
}

static void print(const struct cmd_env *env, const struct imported *imported)
{
    const struct bc_head *head = bc_log_head(imported->log);
    const struct import_sum *sum = imported->sum;
    const struct args *args = imported->args;
    char root[BC_HASH_TEXT_LEN];

    text_put(env->out, bc_str_of(args->file));
    fprintf(env->out, ": %" PRIu64 " event%s %s, %" PRIu64 " duplicate%s skipped", sum->added,
            sum->added == 1 ? "" : "s", args->dry_run ? "would be added" : "added", sum->duplicates,
            sum->duplicates == 1 ? "" : "s");
    print_rejected(env, imported);
    if (sum->left_out > 0)
        fprintf(env->out, ", %" PRIu64 " row%s left out, as the map says", sum->left_out,
                sum->left_out == 1 ? "" : "s");
    print_again(env, sum);
    if (sum->ahead)
        fprintf(env->out,
                "\n%" PRIu64 " event%s dated after %s recorded, in the future: `backcast audit "
                "--kind dated_after_recorded` names %s",
                sum->ahead, sum->ahead == 1 ? " is" : "s are",
                sum->ahead == 1 ? "it was" : "they were", sum->ahead == 1 ? "it" : "them");
    bc_hash_print(root, &head->root);
    fputc('\n', env->out);
    if (imported->preview)
        import_preview_print(env, imported->preview);
    unknown_words_print(env, imported->words);
    fprintf(env->out, "ledger: %" PRIu64 " event%s, root %s\n", head->size,
            head->size == 1 ? "" : "s", root);
    notes_print(env, imported->notes);
    if (imported->preview)
        import_preview_print_figures(env, imported->preview);
}

/* Both, as it is wanted. */
static void show(const struct cmd_env *env, const struct imported *imported)
{
    if (imported->args->json)
        print_json_of(env, fill, imported);
    else
        print(env, imported);
}

static bc_status check_use(struct import_job *job, const struct args *args, struct bc_err *err)
{
    if (args->batch && args->dry_run)
        return bc_err_set(err, BC_E_USAGE, "--batch and --dry-run do not go together");
    if (is_dash(args->rejects) && args->json)
        return bc_err_set(err, BC_E_USAGE,
                          "--rejects - and --json do not go together: both are standard output");
    if (args->batch)
        return opt_number(&job->batch, "batch", args->batch, 1, UINT64_MAX, err);
    return BC_OK;
}

static bool same_file(const char *a, const char *b)
{
    struct stat left, right;

    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

/* Fills in *out where rejects are to be in a file; a dry run writes none. */
static bc_status open_rejects(struct import_job *job, struct outfile *out, const struct args *args,
                              const struct cmd_env *env, struct bc_err *err)
{
    bc_status rc;

    job->reject = args->rejects != NULL;
    if (is_dash(args->rejects))
        job->rejected = env->out;
    if (!args->rejects || is_dash(args->rejects))
        return BC_OK;
    if (same_file(args->rejects, args->file) || (args->map && same_file(args->rejects, args->map)))
        return bc_err_set(err, BC_E_USAGE,
                          "--rejects would write over what is read; give another "
                          "file");
    if (args->dry_run)
        return BC_OK;
    rc = outfile_open(out, args->rejects, err);
    if (rc < 0)
        return rc;
    job->rejects = out;
    job->rejected = out->file;
    return BC_OK;
}

static void say(void *to, const char *note, const char *text)
{
    notes_add(to, note, text);
}

/* Under --rejects a source that breaks off is no failure: what else it holds is not known. */
static void note_not_read(struct notes *notes, const struct importer *source)
{
    char text[96];

    (void)snprintf(text, sizeof(text), "what comes after line %" PRIu64 " was not read",
                   source->line);
    notes_add(notes, "not_read", text);
}

static void note_gone(struct notes *notes, const struct import_sum *sum)
{
    struct bc_buf text = { 0 };

    bc_buf_printf(&text, "%" PRIu64 " deal%s of earlier imports %s not in this one: ", sum->gone,
                  sum->gone == 1 ? "" : "s", sum->gone == 1 ? "is" : "are");
    bc_buf_add_str(&text, bc_buf_str(&sum->gone_names));
    bc_buf_printf(&text, "; %s as before, until `record dealDeleted` says otherwise",
                  sum->gone == 1 ? "it counts" : "they count");
    bc_buf_add_byte(&text, '\0');
    notes_add(notes, "deals_gone", text.at);
    bc_buf_release(&text);
}

/* A date that was taken back, a row that is gone; or all of a deal, in other words. */
static void note_untold(struct notes *notes, const struct import_sum *sum)
{
    char text[256];

    (void)snprintf(text, sizeof(text),
                   "%" PRIu64 " event%s that this map made before of deals in this table %s not in "
                   "it now, and stay%s; `table: snapshot` would take %s back, as never true",
                   sum->untold, sum->untold == 1 ? "" : "s", sum->untold == 1 ? "is" : "are",
                   sum->untold == 1 ? "s" : "", sum->untold == 1 ? "it" : "them");
    notes_add(notes, "not_again", text);
}

/* Which deals lost something, beside how many events. */
static void note_back(struct notes *notes, const struct import_sum *sum)
{
    struct bc_buf text = { 0 };

    bc_buf_printf(&text,
                  "%" PRIu64 " event%s of %" PRIu64 " deal%s, which the table no longer has: ",
                  sum->taken_back, sum->taken_back == 1 ? "" : "s", sum->back_deals,
                  sum->back_deals == 1 ? "" : "s");
    bc_buf_add_str(&text, bc_buf_str(&sum->back_names));
    bc_buf_add_byte(&text, '\0');
    notes_add(notes, "taken_back", text.at);
    bc_buf_release(&text);
}

static void note_untyped(struct notes *notes, const struct import_sum *sum, const bc_rules *rules)
{
    const bool one = sum->untyped == 1;
    struct bc_buf text = { 0 };

    bc_buf_printf(&text, "%" PRIu64 " deal%s of this table %s no deal type: ", sum->untyped,
                  one ? "" : "s", one ? "has" : "have");
    bc_buf_add_str(&text, bc_buf_str(&sum->untyped_names));
    bc_buf_printf(&text, "; %s in no slice", one ? "it counts" : "they count");
    bc_words_put_whole_slices(&text, rules);
    bc_buf_add_str(&text, BC_STR(", until a property `deal_type` says it: of a column, or for all "
                                 "of them `dealType: newbusiness` in the map's dealCreated"));
    bc_buf_add_byte(&text, '\0');
    notes_add_count(notes, "no_deal_type", text.at, "deals", sum->untyped);
    bc_buf_release(&text);
}

/* Ids have the map's name in them. */
static void note_twice(struct notes *notes, const struct import_sum *sum, bool dry_run)
{
    const bool one = sum->twice == 1;
    struct bc_buf text = { 0 };

    bc_buf_printf(
        &text,
        "%" PRIu64 " of the %" PRIu64 " event%s (%sline %" PRIu64
        ") say%s what a map of another name made before, %.*s: %s %s in the ledger twice; "
        "a table that comes again, whatever its file is called, keeps its map's `name`",
        sum->twice, sum->added, sum->added == 1 ? "" : "s", one ? "" : "the first on ",
        sum->twice_line, one ? "s" : "", BC_STR_ARG(bc_buf_str(&sum->twice_maps)),
        one ? "it" : "they",
        dry_run ? "would be"
        : one   ? "is"
                : "are");
    bc_buf_add_byte(&text, '\0');
    notes_add_count(notes, "twice", text.at, "events", sum->twice);
    bc_buf_release(&text);
}

static bc_status check_source(const struct importer *source, const struct args *args,
                              struct bc_err *err)
{
    if (source->whole && args->rejects)
        return bc_err_set(err, BC_E_USAGE,
                          "--rejects and a map with `table: snapshot` do not go together: a row "
                          "that is refused would be taken for one that is gone");
    if (source->whole && args->batch)
        return bc_err_set(err, BC_E_USAGE,
                          "--batch and a map with `table: snapshot` do not go together: what rows "
                          "make no more is known at the end, and taken back with all the rest");
    return BC_OK;
}

static bc_status run(struct import_sum *sum, struct notes *notes, struct import_job *job,
                     bc_log *log, const struct args *args, const struct cmd_env *env,
                     struct bc_err *err)
{
    struct outfile rejects = { 0 };
    bc_status rc = args->importer->open(&job->source, args->file, args->map, err);

    if (rc == BC_OK)
        rc = check_source(job->source, args, err);
    if (rc == BC_OK)
        rc = open_rejects(job, &rejects, args, env, err);
    if (rc == BC_OK)
        rc = import_run(sum, job, log, env, err);
    if (rc == BC_OK && job->source->broken)
        note_not_read(notes, job->source);
    if (rc == BC_OK && job->source->tell)
        job->source->tell(job->source, say, notes);
    if (rc == BC_OK && sum->untold > 0 && sum->rejected == 0)
        note_untold(notes, sum);
    if (rc == BC_OK && sum->taken_back > 0)
        note_back(notes, sum);
    if (rc == BC_OK && sum->gone > 0)
        note_gone(notes, sum);
    if (rc == BC_OK && sum->twice > 0)
        note_twice(notes, sum, args->dry_run);
    if (rc == BC_OK && sum->untyped > 0)
        note_untyped(notes, sum, job->words->rules);
    outfile_release(&rejects);
    job->corrects = rc == BC_OK && job->source->corrects;
    importer_free(job->source);
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
    const struct import_discover job = { args->file, args->map, args->dir, args->json };

    return import_discover(env, &job, err);
}

static int import(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .importer = importer_of(argv[0]) };
    struct import_job job = { 0 };
    struct import_sum sum = { 0 };
    struct notes notes = { 0 };
    struct unknown_words words = { 0 };
    struct import_preview preview = { 0 };
    bc_rules *rules = NULL;
    struct bc_err err = { 0 };
    unsigned threads = 1;
    bc_log *log = NULL;
    bc_status rc = parse(&args, env, argc, argv, &err);

    if (rc == BC_OK && args.discover)
        return cmd_exit(env, discover(env, &args, &err), &err);
    if (rc == BC_OK)
        rc = check_use(&job, &args, &err);
    job.keep_recorded = args.keep_recorded;
    job.dry_run = args.dry_run;
    job.many_a_line = args.importer->by_map;
    if (rc == BC_OK)
        rc = opt_threads(&threads, env, args.threads, &err);
    if (rc == BC_OK)
        rc = open_to_append(&log, env, args.dir, &err);
    if (rc == BC_OK)
        bc_log_set_threads(log, threads);
    if (rc == BC_OK)
        rc = rules_ref_latest(&rules, log, &err);
    words.rules = rules;
    job.words = &words;
    if (rc == BC_OK && args.dry_run) {
        rc = import_preview_open(&preview, log, cmd_now_us(env), &err);
        job.preview = &preview;
    }
    if (rc == BC_OK)
        rc = run(&sum, &notes, &job, log, &args, env, &err);
    if (rc == BC_OK && !args.dry_run)
        rc = open_catch_up(log, &err);
    if (rc == BC_OK && job.preview)
        rc = import_preview_end(&preview, rules, &err);
    if (rc == BC_OK)
        show(env,
             &(struct imported){ &args, &sum, &notes, &words, log, job.corrects, job.preview });
    import_preview_release(&preview);
    import_sum_release(&sum);
    notes_release(&notes);
    unknown_words_release(&words);
    bc_rules_free(rules);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}

int cmd_import(const struct cmd_env *env, int argc, char **argv)
{
    enum { SERVICES_MAX = 32 };
    struct cmd commands[IMPORTER_N + SERVICES_MAX + 3] = { 0 };
    const struct cmd_group group = { "backcast import", commands, cmd_pages };
    const struct connector *const *services;
    const size_t service_n = import_services(&services);

    for (size_t i = 0; i < IMPORTER_N; i++)
        commands[i] = (struct cmd){ importers[i]->word, import };
    commands[IMPORTER_N] = (struct cmd){ "hubspot", cmd_import_hubspot };
    commands[IMPORTER_N + 1] = (struct cmd){ "all", import_all };
    assert(service_n <= SERVICES_MAX);
    for (size_t i = 0; i < service_n; i++)
        commands[IMPORTER_N + 2 + i] = (struct cmd){ services[i]->word, import_service };
    return cmd_dispatch(env, &group, argc, argv);
}
