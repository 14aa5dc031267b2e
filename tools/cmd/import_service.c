/* tools/cmd/import_service.c - imports from a service by its connector: portion by portion, each
 * with the mark from which the next run goes on; then ledger and service are compared. */
#include "tools/cmd/import_service.h"

#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/progress.h"
#include "tools/cmd/import_again.h"
#include "tools/cmd/import_draft.h"
#include "tools/cmd/import_kept.h"
#include "tools/cmd/import_links.h"
#include "tools/cmd/import_remote.h"
#include "tools/cmd/pages.h"
#include "tools/connect/compare.h"
#include "tools/connect/connectors.h"
#include "tools/show/service.h"

#include <assert.h>
#include <inttypes.h>
#include <unistd.h>

#define LINKS_FILE "links.yaml"
enum { REQUESTS_MAX = 20 }; /* between commits */

struct args {
    const char *dir, *account, *links, *look_at;
    struct import_remote remote;
    bool shared, discover, again, dry_run, json;
};

/* A run of the command. */
struct job {
    const struct cmd_env *env;
    const struct connector *is;
    struct args args;
    char account_file[64]; /* where --account is not given */
    struct connect_account *account;
    struct connect_links links;
    struct connect_run run;
    struct connect_record record; /* as the last run left it; then as this one does */
    json_t *committed;            /* the state that the ledger has */
    uint64_t committed_at;        /* after so many requests */
    struct importer source;       /* what import_again.h wants to know of it */
    char prefix[64];
    import_again *told;
    bc_log *log;
    bc_append *append;
    bool whole; /* the run began with nothing read */
    uint64_t taken;
    bc_rules *rules; /* by which words are known */
    struct unknown_words words;
    connect_known *after;
    struct connect_compared compared;
    struct service_result result;
    struct progress progress;
    char doing[160]; /* what the progress line says */
};

static const struct connect_kind unfit = {
    "unfit", "event cannot be taken (a text is too long, or a date out of range): it is left out",
    "events cannot be taken (a text is too long, or a date out of range): they are left out"
};
static const struct connect_kind told_twice = {
    "toldTwice",
    "event is given twice in this run, and otherwise the second time: the first one is taken",
    "events are given twice in this run, and otherwise the second time: the first ones are taken"
};

#define CONNECTOR_ROW(name) &connector_##name,
static const struct connector *const connectors[] = { CONNECTORS(CONNECTOR_ROW) };
#undef CONNECTOR_ROW

size_t import_services(const struct connector *const **out)
{
    *out = connectors;
    return sizeof(connectors) / sizeof(connectors[0]);
}

static bc_status parse(struct job *job, int argc, char **argv, struct bc_err *err)
{
    struct args *args = &job->args;
    char command[64], account_help[120];
    const struct opt discover = { "discover", NULL, .flag = &args->discover,
                                  .help = "write a first account file from the account itself, and "
                                          "import nothing" };
    const struct opt look = { job->is->look.option, job->is->look.value, .text = &args->look_at,
                              .help = job->is->look.help };
    const struct opt opts[] = {
        OPT_LEDGER(&args->dir),
        OPT_SHARED(&args->shared),
        { "account", "FILE", .text = &args->account, .help = account_help },
        { "links", "FILE", .text = &args->links,
          .help = "which object is of which deal (default: " LINKS_FILE ", if there is one)" },
        { "base-url", "URL", .text = &args->remote.base_url,
          .help = "where the service is, and the token goes (default: as the account file says, if "
                  "that is the service's own)" },
        OPT_REMOTE_TOKEN_FILE(&args->remote.token_file),
        OPT_REMOTE_TOKEN_COMMAND(&args->remote.token_command),
        { "again", NULL, .flag = &args->again,
          .help = "read everything, whatever was read before" },
        { "dry-run", NULL, .flag = &args->dry_run, .help = "read everything, append nothing" },
        { "give-up-after", "MINUTES", .text = &args->remote.give_up_after,
          .help = "end when the service answers nothing for so long (default: 5), and after six "
                  "hours in any case" },
        OPT_REMOTE_TRACE(&args->remote.trace_path),
        OPT_JSON(&args->json),
        discover,
        job->is->look.option ? look : (struct opt){ 0 },
        { 0 },
    };
    bc_status rc;

    snprintf(command, sizeof(command), "backcast import %s", job->is->word);
    snprintf(job->account_file, sizeof(job->account_file), "%s.yaml", job->is->word);
    snprintf(account_help, sizeof(account_help), "what is particular to the account (default: %s)",
             job->account_file);
    rc = opt_parse(opts, cmd_page(command), job->env, argc, argv, err);
    if (rc == BC_OK && args->discover && (args->dry_run || args->again || args->links))
        return bc_err_set(err, BC_E_USAGE,
                          "--discover imports nothing, so --dry-run, --again and --links do not go "
                          "with it");
    if (rc == BC_OK && args->look_at && !args->discover)
        return bc_err_set(err, BC_E_USAGE, "--%s goes with --discover alone", job->is->look.option);
    if (!args->account)
        args->account = job->account_file;
    if (!args->links && access(LINKS_FILE, F_OK) == 0)
        args->links = LINKS_FILE;
    return rc;
}

static void show_progress(void *payload, const struct http_counts *counts)
{
    struct job *job = payload;

    snprintf(job->doing, sizeof(job->doing),
             "reading %s (%" PRIu64 " requests, %" PRId64 " s waited, %" PRIu64 " events kept)",
             job->is->title, counts->requests, counts->waited_us / BC_SECOND_US,
             job->result.appended.added);
    progress_now(&job->progress, job->run.objects, 0, "objects");
}

static bc_status open_client(struct job *job, struct bc_err *err)
{
    const struct connector *is = job->is;
    struct http_opts opts = { .base_url = job->account->base_url,
                              .auth = is->auth,
                              .service = is->service,
                              .headers = is->headers,
                              .follow = is->follow,
                              .in_flight_max = is->in_flight_max,
                              .limit_n = is->limit_n,
                              .limit_us = is->limit_us,
                              .progress = show_progress,
                              .progress_payload = job };

    if (job->account->server && !job->args.remote.base_url &&
        (job->args.remote.token_file || job->args.remote.token_command))
        return bc_err_set(err, BC_E_USAGE,
                          "%s names the server %s, whose token is $%s; to send another one there, "
                          "say where by --base-url",
                          job->args.account, job->account->server, job->account->token_variable);
    return import_remote_client(&job->run.client, &job->args.remote, job->env,
                                job->account->token_variable, &opts, err);
}

static void give(struct job *job)
{
    struct connect_run *run = &job->run;

    run->is = job->is;
    run->account = job->account;
    run->links = &job->links;
    run->now_us = cmd_now_us(job->env);
}

static bc_status know(connect_known **out, struct job *job, struct bc_err *err)
{
    const struct bc_str system = bc_str_of(job->is->system), *properties = NULL;
    const size_t n = connect_links_properties(&job->links, system, &properties, job->run.keep);

    return connect_known_read(out, job->log, system, properties, n, err);
}

/* By it names and ids of deals are known. */
static bc_status know_deals(struct job *job, struct bc_err *err)
{
    bc_status rc;

    if (!job->args.dir && !job->env->ledger_dir)
        return BC_OK;
    rc = open_ledger(&job->log, job->env, job->args.dir, OPEN_READ, err);
    return rc == BC_OK ? know(&job->run.known, job, err) : rc;
}

static bc_status discover(struct job *job, struct bc_err *err)
{
    struct import_draft draft = { .remote = &job->args.remote, .account = job->args.account };
    struct bc_buf file = { 0 }, found = { 0 };
    bc_status rc = import_draft_open(&draft, &job->account, job->is, err);

    if (rc < 0)
        return rc;
    give(job);
    job->run.look_at = bc_str_of(job->args.look_at ? job->args.look_at : "");
    rc = open_client(job, err);
    if (rc == BC_OK)
        rc = know_deals(job, err);
    if (rc == BC_OK)
        rc = job->is->discover(&job->run, &file, &found, err);
    if (rc == BC_OK)
        rc = import_draft_write(&draft, &file, err);
    if (rc == BC_OK)
        service_show_discovered(job->env, draft.path, bc_buf_str(&found), job->args.json);
    bc_buf_release(&file);
    bc_buf_release(&found);
    return rc;
}

/* ---- the events ---- */

static bc_status append(struct job *job, const struct bc_event *event, struct bc_err *err)
{
    bc_status rc = bc_append_add(job->append, event, ++job->taken, false, NULL, NULL, err);

    if (rc != BC_OK)
        return rc;
    unknown_words_see(&job->words, event);
    job->result.ahead += event->occurred_us > bc_append_now_us(job->append);
    return BC_OK;
}

/* What now has another content is retracted, and added again. */
static bc_status append_again(struct job *job, struct bc_event *event, struct bc_err *err)
{
    struct bc_event retraction;
    bc_status rc = import_again_tell(job->told, event, &retraction, (struct bc_str){ 0 },
                                     bc_append_now_us(job->append), err);

    if (rc == BC_OK)
        rc = append(job, event, err);
    if (rc >= 0 && retraction.body != BC_NO_BODY) {
        rc = append(job, &retraction, err);
        job->result.corrected++;
    }
    if (rc >= 0)
        import_again_told(job->told);
    return rc;
}

static bc_status append_retraction(struct job *job, const struct bc_event *event,
                                   struct bc_err *err)
{
    bc_status rc = append(job, event, err);

    if (rc == BC_OK)
        import_again_taken_back(job->told, event);
    return rc;
}

static bc_status take(void *payload, struct bc_event *event, struct bc_err *err)
{
    struct job *job = payload;
    const struct bc_str ref = event->source_ref;
    bc_status rc = event->body == BC_RETRACTED ? append_retraction(job, event, err)
                                               : append_again(job, event, err);

    if (rc != BC_E_CONFLICT && rc != BC_E_INPUT)
        return rc < 0 ? rc : BC_OK;
    connect_note(&job->run, rc == BC_E_INPUT ? &unfit : &told_twice, ref);
    *err = (struct bc_err){ 0 }; /* one of many: it is named, and the others are taken */
    return BC_DONE;
}

static bc_status open_append(struct job *job, struct bc_err *err)
{
    return bc_append_open(&job->append, job->log, cmd_now_us(job->env), err);
}

/* Commits the events so far, and their mark, in one write. */
static bc_status commit(struct job *job, bool whole, struct bc_err *err)
{
    const struct bc_appended sum = bc_append_sum(job->append);
    bc_status rc = BC_OK;

    if (!job->args.dry_run) {
        connect_untied_put(&job->run.untied, job->append, bc_str_of(job->account->name));
        job->record.state = job->run.state;
        import_kept_put(&job->record, job->append, job->env, whole ? NULL : "it was broken off");
        rc = bc_append_commit(job->append, err);
        if (rc == BC_OK) {
            json_decref(job->committed);
            job->committed = json_deep_copy(job->run.state);
        }
        job->record.state = job->committed;
    }
    bc_append_free(job->append);
    job->append = NULL;
    if (rc < 0)
        return rc;
    job->result.appended.added += sum.added;
    job->result.appended.duplicates += sum.duplicates;
    return BC_OK;
}

/* Also after many requests that added no event: what they found without a deal, and how far the
 * service was read, is kept too. */
static bc_status portion(void *payload, struct bc_err *err)
{
    struct job *job = payload;
    const uint64_t requests = http_client_counts(job->run.client).requests;
    bc_status rc;

    if (job->args.dry_run ||
        (bc_append_sum(job->append).added == 0 && requests - job->committed_at < REQUESTS_MAX))
        return BC_OK;
    job->committed_at = requests;
    rc = commit(job, false, err);
    return rc == BC_OK ? open_append(job, err) : rc;
}

/* ---- the run ---- */

/* Of the account file and the links: if one of them changes, all is read again. */
static struct bc_hash basis_of(const struct job *job)
{
    struct bc_hash both[2] = { job->account->hash, job->links.hash };

    return bc_hash_bytes((struct bc_str){ (const char *)both, sizeof(both) });
}

/* What the last run left; from here on a failure of this one is kept. */
static bc_status begin_record(struct job *job, struct bc_err *err)
{
    bc_status rc = import_kept_begin(&job->record, job->log, job->account->name, job->is->system,
                                     job->run.now_us, err);

    if (rc < 0)
        return rc;
    job->committed = job->record.state ? json_deep_copy(job->record.state) : json_object();
    job->record.state = job->committed;
    return BC_OK;
}

static bc_status take_up_record(struct job *job, struct bc_err *err)
{
    const struct bc_hash basis = basis_of(job);
    json_t *for_good = json_object_get(job->committed, CONNECT_FOR_GOOD);

    if (!job->args.again && memcmp(&job->record.basis, &basis, sizeof(basis)) == 0)
        job->run.state = json_deep_copy(job->committed);
    job->whole = !json_is_object(job->run.state) || json_object_size(job->run.state) == 0;
    if (!json_is_object(job->run.state)) {
        json_decref(job->run.state);
        job->run.state = json_object();
        if (for_good)
            json_object_set(job->run.state, CONNECT_FOR_GOOD, for_good);
    }
    json_decref(job->committed);
    job->committed = json_deep_copy(job->run.state);
    job->record.state = job->committed;
    job->record.basis = basis;
    return connect_untied_load(&job->run.untied, job->log, bc_str_of(job->account->name), err);
}

static bc_status read_service(struct job *job, struct bc_err *err)
{
    struct connect_run *run = &job->run;
    bc_status rc = take_up_record(job, err);

    snprintf(job->prefix, sizeof(job->prefix), "%s:", job->is->system);
    job->source = (struct importer){ .prefix = job->prefix, .corrects = true };
    run->sink = (struct connect_sink){ take, portion, job };
    if (rc == BC_OK)
        rc = know(&run->known, job, err);
    if (rc == BC_OK)
        rc = import_again_read(&job->told, job->log, &job->source, err);
    if (rc == BC_OK)
        rc = open_append(job, err);
    if (rc == BC_OK)
        rc = connect_tell_kept(run, err);
    if (rc == BC_OK)
        rc = job->is->read(run, err);
    if (rc == BC_OK)
        import_links_note(run,
                          (struct import_links_services){ connectors, sizeof(connectors) /
                                                                          sizeof(connectors[0]) },
                          job->whole);
    return rc;
}

static void sum_record(struct job *job)
{
    const struct bc_appended last = bc_append_sum(job->append);
    const struct bc_appended sum = { job->result.appended.added + last.added,
                                     job->result.appended.duplicates + last.duplicates };
    const int64_t read_us = job->record.read_us;

    import_kept_done(&job->record, job->run.objects, sum);
    if (connect_failed(&job->run, NULL) < 0)
        job->record.read_us = read_us;
    job->record.corrected = job->result.corrected;
}

static void keep_compared(struct job *job)
{
    const struct connect_compared *compared = &job->compared;
    struct connect_record *record = &job->record;

    record->compared = true;
    record->agree = compared->agree;
    record->differ = compared->differ;
    record->untied = compared->untied;
    for (size_t i = 0; i < compared->n && i < CONNECT_KEPT_DIFFERENCES; i++) {
        const struct connect_difference *one = &compared->differences[i];

        record->differences[record->difference_n++] =
            (struct connect_kept_difference){ one->object, bc_str_of(one->what),
                                              bc_str_of(one->ledger), bc_str_of(one->service) };
    }
}

static bc_status compare(struct job *job, struct bc_err *err)
{
    bc_status rc = know(&job->after, job, err);

    if (rc < 0)
        return rc;
    connect_compare(&job->compared, &job->run, job->after);
    job->result.compared = &job->compared;
    keep_compared(job);
    rc = open_append(job, err);
    return rc == BC_OK ? commit(job, true, err) : rc;
}

/* The last portion; then the caches are updated, and both compared. */
static bc_status finish(struct job *job, struct bc_err *err)
{
    bc_status rc;

    sum_record(job);
    rc = commit(job, true, err);
    if (rc < 0 || job->args.dry_run)
        return rc;
    rc = open_catch_up(job->log, err);
    return rc == BC_OK ? compare(job, err) : rc;
}

/* `kept` events are not said yet. */
static bc_status fail(struct job *job, bc_status rc, uint64_t kept, struct bc_err *err)
{
    bc_append_free(job->append);
    job->append = NULL;
    if (job->committed && !job->args.dry_run)
        import_kept_failed(&job->record, job->log, job->env, kept, err);
    return rc;
}

static void show(struct job *job)
{
    job->result.run = &job->run;
    job->result.dry_run = job->args.dry_run;
    job->result.traced = job->args.remote.trace_path != NULL;
    job->result.counts = http_client_counts(job->run.client);
    job->result.words = &job->words;
    job->result.log = job->log;
    (job->args.json ? service_show_json : service_show_text)(job->env, &job->result);
}

static bc_status import(struct job *job, struct bc_err *err)
{
    bc_status rc = connect_account_read(&job->account, job->is, job->args.account,
                                        job->args.remote.base_url, err);

    if (rc == BC_OK)
        rc = open_to_append(&job->log, job->env, job->args.dir, job->args.shared, err);
    if (rc == BC_OK) {
        give(job);
        rc = begin_record(job, err);
    }
    if (rc == BC_OK)
        rc = connect_links_read(&job->links, job->args.links, err);
    if (rc == BC_OK)
        rc = open_client(job, err);
    if (rc == BC_OK)
        rc = rules_ref_latest(&job->rules, job->log, err);
    job->words.rules = job->rules;
    if (rc == BC_OK)
        rc = read_service(job, err);
    if (rc == BC_OK)
        rc = finish(job, err);
    progress_end(&job->progress);
    if (rc < 0)
        return fail(job, rc, job->result.appended.added, err);
    show(job);
    rc = connect_failed(&job->run, err);
    return rc < 0 ? fail(job, rc, 0, err) : rc;
}

static bc_status close_job(struct job *job, bc_status rc, struct bc_err *err)
{
    progress_end(&job->progress);
    bc_append_free(job->append);
    bc_log_close(job->log);
    unknown_words_release(&job->words);
    bc_rules_free(job->rules);
    import_again_free(job->told);
    connect_compared_release(&job->compared);
    connect_known_free(job->after);
    connect_known_free(job->run.known);
    http_client_free(job->run.client);
    connect_run_release(&job->run);
    json_decref(job->committed);
    connect_record_release(&job->record);
    connect_links_release(&job->links);
    connect_account_free(job->account);
    return import_remote_end(&job->args.remote, rc, err);
}

/* The one of the command's name, which is one of the list. */
static const struct connector *connector_of(const char *word)
{
    size_t i = 0;

    while (strcmp(connectors[i]->word, word) != 0) {
        i++;
        assert(i < sizeof(connectors) / sizeof(connectors[0]));
    }
    return connectors[i];
}

int import_service(const struct cmd_env *env, int argc, char **argv)
{
    struct job job = { .env = env, .is = connector_of(argv[0]) };
    struct bc_err err = { 0 };
    bc_status rc = parse(&job, argc, argv, &err);

    snprintf(job.doing, sizeof(job.doing), "reading %s", job.is->title);
    job.progress = progress_begin(env, job.doing);
    connect_run_init(&job.run);
    if (rc == BC_OK)
        rc = job.args.discover ? discover(&job, &err) : import(&job, &err);
    rc = close_job(&job, rc, &err);
    return cmd_exit(env, rc, &err);
}
