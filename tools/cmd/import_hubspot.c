/* tools/cmd/import_hubspot.c - writes an account file from a HubSpot account, and imports the
 * account: portion by portion, each with the mark from which the next run goes on. */
#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/ask/when.h"
#include "tools/cli/opt.h"
#include "tools/cli/progress.h"
#include "tools/cmd/import_kept.h"
#include "tools/cmd/import_remote.h"
#include "tools/cmd/pages.h"
#include "tools/hubspot/pipelines.h"
#include "tools/hubspot/pull.h"
#include "tools/hubspot/quiet.h"
#include "tools/hubspot/service.h"
#include "tools/hubspot/stages.h"
#include "tools/hubspot/survey.h"
#include "tools/show/hubspot.h"

#include <inttypes.h>
#include <unistd.h>

#define ACCOUNT_FILE "hubspot.yaml"

struct args {
    const char *dir, *account, *since;
    struct import_remote remote;
    bool shared, discover, dry_run, repair, json;
};

/* A run of the command. */
struct job {
    const struct cmd_env *env;
    struct args args;
    struct hubspot_account *account;
    struct hubspot_run run;
    bc_log *log;
    bc_append *append;
    uint64_t taken;
    struct hubspot_result result;
    struct hubspot_reconciled reconciled;
    struct connect_record record; /* of this run, as it is kept */
    bc_rules *rules;              /* by which words are known */
    struct unknown_words words;
    struct progress progress;
    char doing[160]; /* what the progress line says */
};

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    const struct opt opts[] = {
        OPT_LEDGER(&args->dir),
        OPT_SHARED(&args->shared),
        { "account", "FILE", .text = &args->account,
          .help = "what is particular to the account (default: " ACCOUNT_FILE ")" },
        { "discover", NULL, .flag = &args->discover,
          .help = "write a first account file from the account itself, and import nothing" },
        { "base-url", "URL", .text = &args->remote.base_url,
          .help =
              "where HubSpot is, and the token goes (default: as the account file says, if that is "
              "HubSpot's own)" },
        OPT_REMOTE_TOKEN_FILE(&args->remote.token_file),
        OPT_REMOTE_TOKEN_COMMAND(&args->remote.token_command),
        { "since", "WHEN", .text = &args->since,
          .help = "read again what changed since WHEN (UTC), whatever was read before" },
        { "repair", NULL, .flag = &args->repair,
          .help = "where ledger and HubSpot differ, record what HubSpot says now, as found" },
        { "dry-run", NULL, .flag = &args->dry_run, .help = "read everything, append nothing" },
        { "give-up-after", "MINUTES", .text = &args->remote.give_up_after,
          .help = "end when HubSpot answers nothing for so long (default: 5), and after six hours "
                  "in any case" },
        OPT_REMOTE_TRACE(&args->remote.trace_path),
        OPT_JSON(&args->json),
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast import hubspot"), env, argc, argv, err);

    if (rc == BC_OK && args->discover && (args->dry_run || args->repair || args->since))
        return bc_err_set(err, BC_E_USAGE,
                          "--discover imports nothing, so --dry-run, --repair and --since do not "
                          "go with it");
    if (rc == BC_OK && args->dry_run && args->repair)
        return bc_err_set(err, BC_E_USAGE, "--repair and --dry-run do not go together");
    if (!args->account)
        args->account = ACCOUNT_FILE;
    return rc;
}

static void show(void *payload, const struct http_counts *counts)
{
    struct job *job = payload;

    snprintf(job->doing, sizeof(job->doing),
             "reading HubSpot (%" PRIu64 " requests, %" PRId64 " s waited, %" PRIu64
             " events kept)",
             counts->requests, counts->waited_us / BC_SECOND_US, job->result.appended.added);
    progress_now(&job->progress, job->run.notes.deals_read, 0, "deals");
}

static bc_status open_client(struct job *job, struct bc_err *err)
{
    struct http_opts opts = { .base_url = job->account->base_url,
                              .service = &hubspot_service,
                              .progress = show,
                              .progress_payload = job };

    return import_remote_client(&job->run.client, &job->args.remote, job->env, "HUBSPOT_TOKEN",
                                &opts, err);
}

/* Those of the ledger, whose words the file is to use; where there is none, the built-in ones. */
static bc_status discover_rules(struct job *job, struct bc_err *err)
{
    const char *dir = job->args.dir ? job->args.dir : job->env->ledger_dir;
    bc_status rc;

    if (!dir || !*dir || access(dir, F_OK) != 0)
        return bc_rules_default(&job->rules, err);
    rc = open_ledger(&job->log, job->env, dir, false, err);
    return rc == BC_OK ? rules_ref_latest(&job->rules, job->log, err) : rc;
}

static bc_status discover(struct job *job, struct bc_err *err)
{
    struct hubspot_discovered found = { 0 };
    struct hubspot_zones zones;
    struct bc_buf text = { 0 };
    bc_status rc = import_remote_check_account(job->args.account, err);

    if (rc < 0)
        return rc;
    job->account = hubspot_account_new();
    job->run.account = job->account;
    if (job->args.remote.base_url)
        job->account->base_url = job->args.remote.base_url;
    rc = open_client(job, err);
    if (rc == BC_OK)
        rc = discover_rules(job, err);
    if (rc == BC_OK)
        rc = hubspot_survey(&job->run, true, err);
    if (rc == BC_OK) {
        hubspot_discover(&found, &job->run, job->rules, &text);
        rc = import_remote_write_account(job->args.account, &text, err);
    }
    if (rc == BC_OK) {
        zones = hubspot_zones_of(&job->run, job->rules, cmd_now_us(job->env));
        hubspot_show_discovered(job->env, job->args.account, &found, &zones, job->args.json);
    }
    hubspot_discovered_release(&found);
    bc_buf_release(&text);
    return rc;
}

static bc_status take(void *payload, const struct bc_event *event, struct bc_err *err)
{
    struct job *job = payload;
    bc_status rc = bc_append_add(job->append, event, ++job->taken, false, NULL, NULL, err);

    if (rc == BC_OK) {
        unknown_words_see(&job->words, event);
        job->result.ahead += event->occurred_us > bc_append_now_us(job->append);
    }
    if (rc == BC_E_CONFLICT) {
        job->result.told_otherwise++;
        *err = (struct bc_err){ 0 };
        return BC_OK;
    }
    if (rc == BC_E_INPUT) { /* one of many: it is named, and the others are taken */
        hubspot_named_add(&job->run, &job->run.notes.unfit, bc_schema(event->body)->json_name,
                          event->source_ref);
        *err = (struct bc_err){ 0 };
        return BC_DONE;
    }
    return rc < 0 ? rc : BC_OK;
}

static bc_status open_append(struct job *job, struct bc_err *err)
{
    return bc_append_open(&job->append, job->log, cmd_now_us(job->env), err);
}

/* Commits the events so far, and their mark, in one write. */
static bc_status commit(struct job *job, const struct hubspot_state *mark, bool whole,
                        struct bc_err *err)
{
    struct bc_appended sum = bc_append_sum(job->append);
    bc_status rc = BC_OK;

    if (!job->args.dry_run) {
        hubspot_state_put(mark, job->append);
        import_kept_put(&job->record, job->append, job->env, whole ? NULL : "it was broken off");
        rc = bc_append_commit(job->append, err);
    }
    bc_append_free(job->append);
    job->append = NULL;
    if (rc < 0)
        return rc;
    job->result.appended.added += sum.added;
    job->result.appended.duplicates += sum.duplicates;
    return BC_OK;
}

static bc_status portion(void *payload, const struct hubspot_state *mark, struct bc_err *err)
{
    struct job *job = payload;
    bc_status rc;

    if (job->args.dry_run || bc_append_sum(job->append).added == 0)
        return BC_OK;
    rc = commit(job, mark, false, err);
    return rc == BC_OK ? open_append(job, err) : rc;
}

/* The last portion; then the caches are updated. */
static bc_status finish(struct job *job, struct bc_err *err)
{
    const struct hubspot_notes *notes = &job->run.notes;
    const struct bc_appended last = bc_append_sum(job->append);
    const struct bc_appended sum = { job->result.appended.added + last.added,
                                     job->result.appended.duplicates + last.duplicates };
    bc_status rc;

    import_kept_done(
        &job->record,
        notes->deals_read + notes->meetings + notes->calls + notes->emails + notes->orders, sum);
    hubspot_quiet_put(&job->run, job->append);
    rc = commit(job, &job->run.state, true, err);

    return rc == BC_OK && !job->args.dry_run ? open_catch_up(job->log, err) : rc;
}

/* How far ledger and HubSpot agree is kept, too. */
static bc_status keep_reconciled(struct job *job, struct bc_err *err)
{
    const struct hubspot_reconciled *reconciled = &job->reconciled;
    struct connect_record *record = &job->record;
    bc_status rc = open_append(job, err);

    if (rc < 0)
        return rc;
    record->compared = true;
    record->agree = reconciled->agree;
    record->differ = reconciled->differ;
    for (size_t i = 0; i < reconciled->n && i < CONNECT_KEPT_DIFFERENCES; i++) {
        const struct hubspot_difference *one = &reconciled->differences[i];

        record->differences[record->difference_n++] = (struct connect_kept_difference){
            one->deal, bc_str_of(hubspot_matter_name[one->matter]), one->ledger, one->hubspot
        };
    }
    return commit(job, &job->run.state, true, err);
}

static bc_status reconcile(struct job *job, struct bc_err *err)
{
    bc_timelines *timelines = NULL;
    bc_rules *rules = NULL;
    bc_status rc = rules_ref_latest(&rules, job->log, err);

    if (rc == BC_OK)
        rc = bc_timelines_open(&timelines, job->log, BC_FROM_CACHE, err);
    if (rc == BC_OK)
        rc = hubspot_reconcile(&job->reconciled, &job->run, timelines, rules, err);
    bc_timelines_free(timelines);
    bc_rules_free(rules);
    return rc;
}

/* Records what HubSpot says where it differs, and compares again. */
static bc_status repair(struct job *job, struct bc_err *err)
{
    uint64_t before = job->result.appended.added;
    bc_status rc;

    if (!job->args.repair || job->reconciled.n == 0)
        return BC_OK;
    rc = open_append(job, err);
    if (rc == BC_OK)
        rc = hubspot_repair(&job->run, &job->reconciled, err);
    if (rc == BC_OK)
        rc = finish(job, err);
    job->result.repaired = job->result.appended.added - before;
    hubspot_reconciled_release(&job->reconciled);
    return rc == BC_OK ? reconcile(job, err) : rc;
}

static bc_status read_since(struct hubspot_pull *out, const struct job *job, struct bc_err *err)
{
    struct when when;
    bc_zone *utc = NULL;
    bc_status rc;

    if (!job->args.since)
        return BC_OK;
    rc = bc_zone_open(&utc, BC_STR("UTC"), err);
    if (rc == BC_OK)
        rc = when_parse(&when, job->args.since, cmd_now_us(job->env), utc, err);
    if (rc == BC_OK) { /* a day: from its beginning */
        out->since_us = when.is_day ? when_first_day(&when) * BC_DAY_US : when.us;
        out->since_asked = true;
    }
    bc_zone_free(utc);
    return rc;
}

/* Reads the whole account; the last portion is still uncommitted. */
static bc_status read_account(struct job *job, struct bc_err *err)
{
    struct hubspot_pull pull = { 0 };
    struct hubspot_run *run = &job->run;
    bc_status rc = read_since(&pull, job, err);

    run->sink = (struct hubspot_sink){ take, portion, job };
    run->now_us = cmd_now_us(job->env);
    if (rc == BC_OK)
        rc = import_kept_begin(&job->record, job->log, HUBSPOT_SYSTEM, HUBSPOT_SYSTEM, run->now_us,
                               err);
    if (rc >= 0)
        rc = hubspot_state_load(&run->state, job->log, err);
    if (rc == BC_OK)
        rc = hubspot_index_read(&run->known, job->log, err);
    if (rc == BC_OK)
        rc = hubspot_quiet_load(run, job->log, err);
    if (rc == BC_OK)
        rc = hubspot_survey(run, false, err);
    if (rc == BC_OK)
        rc = hubspot_survey_check(run, err);
    if (rc == BC_OK) {
        hubspot_stages_check(run, job->rules);
        hubspot_zone_check(run);
    }
    if (rc == BC_OK)
        rc = open_append(job, err);
    if (rc == BC_OK)
        rc = hubspot_pull(run, &pull, job->env->elapsed_us, err);
    if (rc == BC_OK)
        hubspot_pipelines_sum(run);
    return rc;
}

static bc_status import(struct job *job, struct bc_err *err)
{
    bc_status rc =
        hubspot_account_read(&job->account, job->args.account, job->args.remote.base_url, err);

    job->run.account = job->account;
    if (rc == BC_OK)
        rc = open_client(job, err);
    if (rc == BC_OK)
        rc = open_to_append(&job->log, job->env, job->args.dir, job->args.shared, err);
    if (rc == BC_OK)
        rc = rules_ref_latest(&job->rules, job->log, err);
    job->words.rules = job->rules;
    if (rc == BC_OK)
        rc = read_account(job, err);
    if (rc == BC_OK)
        rc = finish(job, err);
    if (rc == BC_OK && !job->args.dry_run) {
        rc = reconcile(job, err);
        job->result.reconciled = &job->reconciled;
    }
    if (rc == BC_OK)
        rc = repair(job, err);
    if (rc == BC_OK && !job->args.dry_run)
        rc = keep_reconciled(job, err);
    progress_end(&job->progress);
    if (rc < 0) {
        bc_append_free(job->append);
        job->append = NULL;
        if (job->record.source.len && !job->args.dry_run) /* it has begun */
            import_kept_failed(&job->record, job->log, job->env, job->result.appended.added, err);
        return rc;
    }
    job->result.run = &job->run;
    job->result.dry_run = job->args.dry_run;
    job->result.traced = job->args.remote.trace_path != NULL;
    job->result.counts = http_client_counts(job->run.client);
    job->result.words = &job->words;
    job->result.zones = hubspot_zones_of(&job->run, job->rules, job->run.now_us);
    job->result.log = job->log;
    (job->args.json ? hubspot_show_json : hubspot_show_text)(job->env, &job->result);
    return BC_OK;
}

static bc_status close_job(struct job *job, bc_status rc, struct bc_err *err)
{
    progress_end(&job->progress);
    bc_append_free(job->append);
    bc_log_close(job->log);
    unknown_words_release(&job->words);
    bc_rules_free(job->rules);
    hubspot_index_free(job->run.known);
    http_client_free(job->run.client);
    if (job->run.keep)
        hubspot_run_release(&job->run);
    hubspot_account_free(job->account);
    connect_record_release(&job->record);
    if (job->reconciled.arena)
        hubspot_reconciled_release(&job->reconciled);
    return import_remote_end(&job->args.remote, rc, err);
}

int cmd_import_hubspot(const struct cmd_env *env, int argc, char **argv)
{
    struct job job = { .env = env };
    struct bc_err err = { 0 };
    bc_status rc = parse(&job.args, env, argc, argv, &err);

    snprintf(job.doing, sizeof(job.doing), "reading HubSpot");
    job.progress = progress_begin(env, job.doing);
    if (rc == BC_OK) {
        hubspot_run_init(&job.run);
        rc = job.args.discover ? discover(&job, &err) : import(&job, &err);
    }
    rc = close_job(&job, rc, &err);
    return cmd_exit(env, rc, &err);
}
