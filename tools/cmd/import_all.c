#include "tools/cmd/import_all.h"

#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/import_kept.h"
#include "tools/cmd/import_schedule.h"
#include "tools/cmd/import_service.h"
#include "tools/cmd/pages.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define HUBSPOT_ACCOUNT "hubspot.yaml"

struct args {
    const char *dir, *sources;
    bool shared, now, dry_run, json;
};

/* One import, and how it went. */
struct outcome {
    const struct connect_scheduled *is;
    bool due;
    bool unrepaired;     /* `repair` was left out of a dry run */
    int code;            /* of the command; meaningful where due */
    char *answer;        /* its JSON; owned, or NULL */
    struct bc_buf error; /* the sentence */
    json_t *root;        /* the answer, or NULL */
};

struct job {
    const struct cmd_env *env;
    struct args args;
    struct connect_schedule schedule;
    struct outcome *outcomes;
    const char *dir;
    int lock; /* the ledger's folder, held; -1: not */
};

/* Before there was such a file, HubSpot was what a timer imported. */
static bc_status read_schedule(struct job *job, struct bc_err *err)
{
    bc_status rc = import_schedule_read(&job->schedule, job->env, job->args.sources, err);

    if (rc != BC_DONE)
        return rc;
    connect_schedule_release(&job->schedule);
    if (access(HUBSPOT_ACCOUNT, F_OK) != 0)
        return bc_err_set(err, BC_E_INPUT,
                          "there is no " SOURCES_FILE " here, which names what is imported; "
                          "`backcast import all --help` says what is in it");
    connect_schedule_one(&job->schedule, "hubspot");
    return BC_OK;
}

/* One such run at a time: a second one does not wait. */
static bc_status hold(struct job *job, struct bc_err *err)
{
    job->lock = open(job->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (job->lock < 0)
        return bc_err_errno(err, "open %s", job->dir);
    if (flock(job->lock, LOCK_EX | LOCK_NB) == 0)
        return BC_OK;
    if (errno == EWOULDBLOCK)
        return bc_err_set(err, BC_E_BUSY, "another `backcast import all` is at work on %s",
                          job->dir);
    return bc_err_errno(err, "lock %s", job->dir);
}

static bc_status look_back(struct job *job, struct bc_err *err)
{
    const int64_t now_us = cmd_now_us(job->env);
    bc_log *log = NULL;
    bc_status rc = open_ledger(&log, job->env, job->args.dir, OPEN_READ, err);

    for (size_t i = 0; rc == BC_OK && i < job->schedule.n; i++) {
        struct outcome *outcome = &job->outcomes[i];
        struct connect_record record;

        rc = connect_record_load(&record, log, bc_str_of(outcome->is->name), err);
        outcome->due = job->args.now ||
                       connect_schedule_due(outcome->is, record.begun_us, record.failed, now_us);
        connect_record_release(&record);
        rc = rc < 0 ? rc : BC_OK;
    }
    bc_log_close(log);
    return rc;
}

/* ---- one import ---- */

/* A dry run appends nothing, so it repairs nothing. */
static bool is_left_out(const struct job *job, const char *arg)
{
    static const char repair[] = "--repair=";
    bool yes = false;

    return job->args.dry_run && strncmp(arg, repair, strlen(repair)) == 0 &&
           opt_yes_no(&yes, arg + strlen(repair)) && yes;
}

static void run_one(const struct job *job, struct outcome *outcome)
{
    const struct connect_scheduled *is = outcome->is;
    const char *argv[CONNECT_ARGS_MAX + 6];
    struct cmd_env env = *job->env;
    size_t len = 0;
    int argc = 0;

    for (int i = 0; i < is->arg_n; i++)
        if (is_left_out(job, is->args[i]))
            outcome->unrepaired = true;
        else
            argv[argc++] = is->args[i];
    if (job->args.dir) {
        argv[argc++] = "--ledger";
        argv[argc++] = job->args.dir;
    }
    if (job->args.dry_run)
        argv[argc++] = "--dry-run";
    argv[argc++] = "--json";
    argv[argc] = NULL;
    env.out = open_memstream(&outcome->answer, &len);
    if (!env.out)
        bc_out_of_memory();
    env.answers = NULL;
    env.shared.yes = job->args.shared;
    env.error = &outcome->error;
    env.paged = env.out_tty = false;
    env.width = 0;
    outcome->code = import_schedule_command(&env)(&env, argc, (char **)(uintptr_t)argv);
    fclose(env.out);
    outcome->root = json_loadb(outcome->answer, len, 0, NULL); /* one that failed may have one */
}

/* Of its events, where it is a service's. */
static const char *system_of(const char *import)
{
    const struct connector *const *services;
    const size_t n = import_services(&services);

    for (size_t i = 0; i < n; i++)
        if (strcmp(services[i]->word, import) == 0)
            return services[i]->system;
    return import;
}

/* That a file was imported, and how it went; of what keeps its runs by itself a failure that came
 * before that. */
static bc_status keep(const struct job *job, const struct outcome *outcome, int64_t begun_us,
                      struct bc_err *err)
{
    struct connect_record record;
    struct bc_buf error = { 0 };
    bc_append *append = NULL;
    bc_log *log = NULL;
    bc_status rc = open_to_append(&log, job->env, job->args.dir, job->args.shared, err);

    if (rc < 0)
        return rc;
    rc = connect_record_load(&record, log, bc_str_of(outcome->is->name), err);
    if (rc >= 0 && !(import_schedule_keeps(outcome->is->import) && record.failed &&
                     record.begun_us >= begun_us)) {
        record.source = bc_str_of(outcome->is->name);
        record.system = bc_str_of(system_of(outcome->is->import));
        record.begun_us = begun_us;
        if (outcome->code == 0) {
            const json_int_t added = json_integer_value(json_object_get(outcome->root, "added"));

            import_kept_done(&record, 0, (struct bc_appended){ .added = (uint64_t)added });
        }
        bc_buf_add_str(&error, bc_buf_str(&outcome->error));
        bc_buf_add_byte(&error, '\0');
        rc = bc_append_open(&append, log, cmd_now_us(job->env), err);
        if (rc == BC_OK) {
            import_kept_put(&record, append, job->env, outcome->code ? error.at : NULL);
            rc = bc_append_commit(append, err);
        }
        bc_append_free(append);
    }
    bc_buf_release(&error);
    connect_record_release(&record);
    bc_log_close(log);
    return rc < 0 ? rc : BC_OK;
}

static bc_status keep_one(const struct job *job, const struct outcome *outcome, int64_t begun_us,
                          struct bc_err *err)
{
    struct bc_err unused = { 0 };

    if (!import_schedule_keeps(outcome->is->import))
        return keep(job, outcome, begun_us, err);
    if (outcome->code != 0)
        (void)keep(job, outcome, begun_us, &unused); /* what failed is said already */
    return BC_OK;
}

/* Each is tried, whatever became of those before it. */
static bc_status run_all(struct job *job, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < job->schedule.n; i++) {
        const int64_t begun_us = cmd_now_us(job->env);

        if (!job->outcomes[i].due)
            continue;
        run_one(job, &job->outcomes[i]);
        if (!job->args.dry_run)
            rc = keep_one(job, &job->outcomes[i], begun_us, err);
    }
    return rc;
}

/* ---- the summary ---- */

static const char *result_of(const struct outcome *outcome)
{
    if (!outcome->due)
        return "not due";
    return outcome->code ? "failed" : "done";
}

/* A count of the command's own answer, where it has one. */
static void count_cell(struct row *row, const struct outcome *outcome, const char *key)
{
    const json_t *value = json_object_get(outcome->root, key);

    if (json_is_integer(value))
        row_count(row, key, (uint64_t)json_integer_value(value));
    else if (json_is_array(value))
        row_count(row, key, json_array_size(value));
    else
        row_null(row, key);
}

static void fill_outcome(struct row *row, const void *source, size_t i)
{
    const struct outcome *outcome = &((const struct outcome *)source)[i];
    static const char *const counts[] = { "added", "corrected", "agree", "differ", "unlinked" };

    row_word(row, "source", outcome->is->name);
    row_word(row, "import", outcome->is->import);
    row_word(row, "result", result_of(outcome));
    if (row_for_programs(row))
        row_integer(row, "code", outcome->due ? outcome->code : 0);
    for (size_t c = 0; c < sizeof(counts) / sizeof(counts[0]); c++)
        count_cell(row, outcome, counts[c]);
    if (outcome->unrepaired)
        row_word(row, "leftOut", "repair");
    row_said(row, "error", bc_buf_str(&outcome->error));
    if (row_for_programs(row) && outcome->root)
        row_json(row, "answer",
                 bc_str_part(bc_str_of(outcome->answer), 0, strcspn(outcome->answer, "\n")));
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct job *job = source;

    (void)i;
    row_bool(row, "dryRun", job->args.dry_run);
    row_rows(row, "imports", rows_of(fill_outcome, job->outcomes, job->schedule.n));
}

static void print(const struct job *job)
{
    static const struct column columns[] = {
        { .name = "SOURCE", .key = "source" },
        { .name = "RESULT", .key = "result" },
        { .name = "ADDED", .key = "added", .right = true, .dash = true },
        { .name = "CORRECTED", .key = "corrected", .right = true, .dash = true, .leave = 1 },
        { .name = "AGREE", .key = "agree", .right = true, .dash = true },
        { .name = "DIFFER", .key = "differ", .right = true, .dash = true },
        { .name = "UNLINKED", .key = "unlinked", .right = true, .dash = true },
    };
    FILE *out = job->env->out;

    print_table_of(job->env, COLUMNS_OF(columns),
                   rows_of(fill_outcome, job->outcomes, job->schedule.n));
    for (size_t i = 0; i < job->schedule.n; i++) {
        const struct outcome *outcome = &job->outcomes[i];

        if (outcome->unrepaired)
            paragraph_legend(job->env,
                             "%s: a dry run repairs nothing, so its `repair` was left out",
                             outcome->is->name);
        if (!outcome->error.len)
            continue;
        text_put(out, bc_str_of(outcome->is->name));
        fputs(": ", out);
        text_put(out, bc_buf_str(&outcome->error));
        fputc('\n', out);
    }
}

static int worst_of(const struct job *job)
{
    int worst = 0;

    for (size_t i = 0; i < job->schedule.n; i++)
        worst = job->outcomes[i].code > worst ? job->outcomes[i].code : worst;
    return worst;
}

static void release(struct job *job)
{
    for (size_t i = 0; job->outcomes && i < job->schedule.n; i++) {
        free(job->outcomes[i].answer);
        bc_buf_release(&job->outcomes[i].error);
        json_decref(job->outcomes[i].root);
    }
    free(job->outcomes);
    connect_schedule_release(&job->schedule);
    if (job->lock >= 0)
        close(job->lock);
}

static bc_status run(struct job *job, struct bc_err *err)
{
    bc_status rc = read_schedule(job, err);

    if (rc == BC_OK)
        rc = open_dir(&job->dir, job->env, job->args.dir, err);
    if (rc == BC_OK)
        rc = hold(job, err);
    if (rc < 0)
        return rc;
    job->outcomes = bc_calloc(job->schedule.n, sizeof(*job->outcomes));
    for (size_t i = 0; i < job->schedule.n; i++)
        job->outcomes[i].is = &job->schedule.at[i];
    rc = look_back(job, err);
    if (rc == BC_OK)
        rc = run_all(job, err);
    if (rc < 0)
        return rc;
    if (job->args.json)
        print_json_of(job->env, fill, job);
    else
        print(job);
    return BC_OK;
}

int import_all(const struct cmd_env *env, int argc, char **argv)
{
    struct job job = { .env = env, .lock = -1 };
    struct bc_err err = { 0 };
    const struct opt opts[] = {
        OPT_LEDGER(&job.args.dir),
        OPT_SHARED(&job.args.shared),
        { "sources", "FILE", .text = &job.args.sources,
          .help = "which imports, and how often (default: " SOURCES_FILE ")" },
        { "now", NULL, .flag = &job.args.now, .help = "all of them, whether due or not" },
        { "dry-run", NULL, .flag = &job.args.dry_run, .help = "read everything, append nothing" },
        OPT_JSON(&job.args.json),
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast import all"), env, argc, argv, &err);
    int code, worst = 0;

    if (rc == BC_OK)
        rc = run(&job, &err);
    if (rc == BC_OK)
        worst = worst_of(&job);
    release(&job);
    code = cmd_exit(env, rc, &err);
    return code ? code : worst;
}
