/* tools/cmd/import_service.c - imports from a service by its connector: portion by portion, each
 * with the mark from which the next run goes on; then ledger and service are compared. */
#include "tools/cmd/import_service.h"

#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cmd/import_kept.h"
#include "tools/cmd/import_links.h"
#include "tools/cmd/import_service_job.h"
#include "tools/connect/connectors.h"

#include <assert.h>

#define CONNECTOR_ROW(name) &connector_##name,
static const struct connector *const connectors[] = { CONNECTORS(CONNECTOR_ROW) };
#undef CONNECTOR_ROW

size_t import_services(const struct connector *const **out)
{
    *out = connectors;
    return sizeof(connectors) / sizeof(connectors[0]);
}

/* ---- the run ---- */

/* Of the account file and the links: if one of them changes, all is read again. */
static struct bc_hash basis_of(const struct import_service_job *job)
{
    struct bc_hash both[2] = { job->account->hash, job->links.hash };

    return bc_hash_bytes((struct bc_str){ (const char *)both, sizeof(both) });
}

/* What the last run left; from here on a failure of this one is kept. */
static bc_status begin_record(struct import_service_job *job, struct bc_err *err)
{
    bc_status rc = import_kept_begin(&job->record, job->log, job->account->name, job->is->system,
                                     job->run.now_us, err);

    if (rc < 0)
        return rc;
    job->committed = job->record.state ? json_deep_copy(job->record.state) : json_object();
    job->record.state = job->committed;
    return BC_OK;
}

static bc_status take_up_record(struct import_service_job *job, struct bc_err *err)
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

static bc_status read_service(struct import_service_job *job, struct bc_err *err)
{
    struct connect_run *run = &job->run;
    bc_status rc = take_up_record(job, err);

    snprintf(job->prefix, sizeof(job->prefix), "%s:", job->is->system);
    job->source = (struct importer){ .prefix = job->prefix, .corrects = true };
    run->sink = import_service_sink(job);
    if (rc == BC_OK)
        rc = import_service_know(&run->known, job, err);
    if (rc == BC_OK)
        rc = import_again_read(&job->told, job->log, &job->source, err);
    if (rc == BC_OK)
        rc = import_service_open_append(job, err);
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

static void sum_record(struct import_service_job *job)
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

static void keep_compared(struct import_service_job *job)
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

static bc_status compare(struct import_service_job *job, struct bc_err *err)
{
    bc_status rc = import_service_know(&job->after, job, err);

    if (rc < 0)
        return rc;
    connect_compare(&job->compared, &job->run, job->after);
    job->result.compared = &job->compared;
    keep_compared(job);
    rc = import_service_open_append(job, err);
    return rc == BC_OK ? import_service_commit(job, true, err) : rc;
}

/* The last portion; then the caches are updated, and both compared. */
static bc_status finish(struct import_service_job *job, struct bc_err *err)
{
    bc_status rc;

    sum_record(job);
    rc = import_service_commit(job, true, err);
    if (rc < 0 || job->args.dry_run)
        return rc;
    rc = open_catch_up(job->log, err);
    return rc == BC_OK ? compare(job, err) : rc;
}

/* `kept` events are not said yet. */
static bc_status fail(struct import_service_job *job, bc_status rc, uint64_t kept,
                      struct bc_err *err)
{
    bc_append_free(job->append);
    job->append = NULL;
    if (job->committed && !job->args.dry_run)
        import_kept_failed(&job->record, job->log, job->env, kept, err);
    return rc;
}

static void show(struct import_service_job *job)
{
    job->result.run = &job->run;
    job->result.dry_run = job->args.dry_run;
    job->result.traced = job->args.remote.trace_path != NULL;
    job->result.counts = http_client_counts(job->run.client);
    job->result.words = &job->words;
    job->result.log = job->log;
    (job->args.json ? service_show_json : service_show_text)(job->env, &job->result);
}

static bc_status import(struct import_service_job *job, struct bc_err *err)
{
    bc_status rc = connect_account_read(&job->account, job->is, job->args.account,
                                        job->args.remote.base_url, err);

    if (rc == BC_OK)
        rc = open_to_append(&job->log, job->env, job->args.dir, job->args.shared, err);
    if (rc == BC_OK) {
        import_service_give(job);
        rc = begin_record(job, err);
    }
    if (rc == BC_OK)
        rc = connect_links_read(&job->links, job->args.links, err);
    if (rc == BC_OK)
        rc = import_service_open_client(job, err);
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

static bc_status close_job(struct import_service_job *job, bc_status rc, struct bc_err *err)
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
    struct import_service_job job = { .env = env, .is = connector_of(argv[0]) };
    struct bc_err err = { 0 };
    bc_status rc = import_service_parse(&job, argc, argv, &err);

    snprintf(job.doing, sizeof(job.doing), "reading %s", job.is->title);
    job.progress = progress_begin(env, job.doing);
    connect_run_init(&job.run);
    if (rc == BC_OK)
        rc = job.args.discover ? import_service_discover(&job, &err) : import(&job, &err);
    rc = close_job(&job, rc, &err);
    return cmd_exit(env, rc, &err);
}
