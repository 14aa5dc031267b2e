/* What a connector tells, as events of the ledger: portion by portion, each with its mark. */
#include "tools/cmd/import_kept.h"
#include "tools/cmd/import_service_job.h"

enum { REQUESTS_MAX = 20 }; /* between commits */

static const struct connect_kind unfit = {
    "unfit", "event cannot be taken (a text is too long, or a date out of range): it is left out",
    "events cannot be taken (a text is too long, or a date out of range): they are left out"
};
static const struct connect_kind told_twice = {
    "toldTwice",
    "event is given twice in this run, and otherwise the second time: the first one is taken",
    "events are given twice in this run, and otherwise the second time: the first ones are taken"
};

static bc_status append(struct import_service_job *job, const struct bc_event *event,
                        struct bc_err *err)
{
    bc_status rc = bc_append_add(job->append, event, ++job->taken, false, NULL, NULL, err);

    if (rc != BC_OK)
        return rc;
    unknown_words_see(&job->words, event);
    job->result.ahead += event->occurred_us > bc_append_now_us(job->append);
    return BC_OK;
}

/* What now has another content is retracted, and added again. */
static bc_status append_again(struct import_service_job *job, struct bc_event *event,
                              struct bc_err *err)
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

static bc_status append_retraction(struct import_service_job *job, const struct bc_event *event,
                                   struct bc_err *err)
{
    bc_status rc = append(job, event, err);

    if (rc == BC_OK)
        import_again_taken_back(job->told, event);
    return rc;
}

static bc_status take(void *payload, struct bc_event *event, struct bc_err *err)
{
    struct import_service_job *job = payload;
    const struct bc_str ref = event->source_ref;
    bc_status rc = event->body == BC_RETRACTED ? append_retraction(job, event, err)
                                               : append_again(job, event, err);

    if (rc != BC_E_CONFLICT && rc != BC_E_INPUT)
        return rc < 0 ? rc : BC_OK;
    connect_note(&job->run, rc == BC_E_INPUT ? &unfit : &told_twice, ref);
    *err = (struct bc_err){ 0 }; /* one of many: it is named, and the others are taken */
    return BC_DONE;
}

bc_status import_service_open_append(struct import_service_job *job, struct bc_err *err)
{
    return bc_append_open(&job->append, job->log, cmd_now_us(job->env), err);
}

/* Commits the events so far, and their mark, in one write. */
bc_status import_service_commit(struct import_service_job *job, bool whole, struct bc_err *err)
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
    struct import_service_job *job = payload;
    const uint64_t requests = http_client_counts(job->run.client).requests;
    bc_status rc;

    if (job->args.dry_run ||
        (bc_append_sum(job->append).added == 0 && requests - job->committed_at < REQUESTS_MAX))
        return BC_OK;
    job->committed_at = requests;
    rc = import_service_commit(job, false, err);
    return rc == BC_OK ? import_service_open_append(job, err) : rc;
}

struct connect_sink import_service_sink(struct import_service_job *job)
{
    return (struct connect_sink){ take, portion, job };
}
