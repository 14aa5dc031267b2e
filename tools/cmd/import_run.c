/* tools/cmd/import_run.c - the loop of every import. */
#include "tools/cmd/import_run.h"

#include "projections/timelines/updater.h"
#include "tools/ask/open.h"
#include "tools/cli/progress.h"
#include "tools/cli/text.h"
#include "tools/cmd/import_again.h"
#include "tools/cmd/import_others.h"

#include <inttypes.h>

/* A feed may never end: after so many events the cache is updated, so that questions meanwhile need
 * not replay them. */
enum { CATCH_UP_EVERY = 10000 };
enum { GONE_SHOWN = 10 };

struct run {
    const struct import_job *job;
    const struct cmd_env *env;
    bc_log *log;
    bc_append *append;   /* NULL between batches */
    import_again *again; /* NULL where what was told before has no bearing */
    struct import_others others;
    bc_updater *updater;    /* NULL where nothing is appended */
    uint64_t lines;         /* in this batch */
    uint64_t line;          /* the last one read */
    uint64_t rejected_line; /* the last of the rejects */
    uint64_t read;          /* events and bad lines */
    uint64_t ahead;         /* in this batch: dated after they are recorded */
    uint64_t unwritten;     /* events that were appended, and not yet written by the updater */
    struct import_sum *sum;
    struct bc_err *err;
};

/* "LINE:COLUMN: reason<TAB>line". A fault's context is "FILE:LINE:COLUMN". */
static void write_reject(struct run *run)
{
    const struct importer *source = run->job->source;
    const char *place = run->err->context;
    size_t name_len = strlen(source->name);
    FILE *out = run->job->rejects->file;

    if (strncmp(place, source->name, name_len) == 0 && place[name_len] == ':')
        place += name_len + 1;
    text_put(out, bc_str_of(place));
    fputs(": ", out);
    text_put(out, bc_str_of(run->err->message));
    fputc('\t', out);
    text_put(out, source->raw);
    fputc('\n', out);
    if (source->line != run->rejected_line) /* of a row's events several may be refused */
        run->sum->rejected += source->lines ? source->lines : 1;
    run->rejected_line = source->line;
}

/* A bad line ends the import, or goes among the rejects. */
static bc_status reject(struct run *run, bc_status rc)
{
    if (!run->job->rejects)
        return rc;
    write_reject(run);
    return BC_OK;
}

static bc_status open_append(struct run *run)
{
    if (run->append)
        return BC_OK;
    return bc_append_open(&run->append, run->log, cmd_now_us(run->env), run->err);
}

static bc_status append(struct run *run, const struct bc_event *event, struct bc_where *where)
{
    struct bc_event recorded = *event;
    uint64_t seq;
    bc_status rc = bc_append_add(run->append, event, run->job->source->line,
                                 run->job->keep_recorded, &seq, where, run->err);

    if (rc != BC_OK)
        return rc < 0 ? rc : BC_OK;
    unknown_words_see(run->job->words, event);
    import_others_add(&run->others, event, run->job->source->line);
    if (run->job->preview)
        rc = import_preview_see(run->job->preview, event, run->job->source->line,
                                run->job->keep_recorded, run->err);
    if (rc < 0)
        return rc;
    recorded.has_recorded = true;
    if (!run->job->keep_recorded)
        recorded.recorded_us = bc_append_now_us(run->append);
    run->ahead += recorded.occurred_us > recorded.recorded_us;
    if (run->updater)
        rc = bc_updater_add(run->updater, &recorded, seq, run->err);
    return rc < 0 ? rc : BC_OK;
}

/* An event that may tell otherwise what was told before. Both are of one row, and so of one append:
 * a batch ends before a row. */
static bc_status append_again(struct run *run, struct bc_event event, struct bc_where *where)
{
    struct bc_event retraction;
    bc_status rc = import_again_tell(run->again, &event, &retraction, run->job->source->old_id,
                                     bc_append_now_us(run->append), run->err);

    if (rc == BC_OK)
        rc = append(run, &event, where);
    if (rc == BC_OK && retraction.body != BC_NO_BODY) {
        rc = append(run, &retraction, where);
        run->sum->corrected++;
    }
    if (rc == BC_OK)
        import_again_told(run->again);
    return rc;
}

static bc_status take(struct run *run, const struct bc_event *event)
{
    struct importer *source = run->job->source;
    struct bc_where where = { 0 };
    bc_status rc = open_append(run);

    if (rc < 0)
        return rc;
    rc = run->again ? append_again(run, *event, &where) : append(run, event, &where);
    if (rc == BC_E_INPUT || rc == BC_E_CONFLICT) {
        bc_err_in(run->err, rc, "%s:%" PRIu64 ":%zu", source->name, source->line,
                  where.part ? source->column(source, where) : 1);
        return reject(run, rc);
    }
    return rc;
}

/* What whole deals no longer have is taken back; which deals are gone is said, no more. */
static bc_status take_rest(struct run *run)
{
    struct bc_event retraction;
    const struct bc_str *gone;
    bc_status rc = open_append(run);

    while (rc == BC_OK) {
        rc = import_again_rest(run->again, &retraction, bc_append_now_us(run->append));
        if (rc != BC_OK)
            break;
        rc = append(run, &retraction, NULL);
        run->sum->taken_back++;
    }
    if (rc < 0)
        return rc;
    run->sum->gone = import_again_gone(run->again, &gone);
    for (size_t i = 0; i < run->sum->gone && i < GONE_SHOWN; i++) {
        bc_buf_add_str(&run->sum->gone_names, i ? BC_STR(", ") : BC_STR(""));
        bc_buf_add_str(&run->sum->gone_names, gone[i]);
    }
    if (run->sum->gone > GONE_SHOWN)
        bc_buf_add_str(&run->sum->gone_names, BC_STR(", ..."));
    return BC_DONE;
}

static bc_status commit(struct run *run)
{
    struct bc_appended appended = { 0 };
    bc_status rc = BC_OK;

    if (run->job->rejects) /* nothing is appended if its rejects are lost */
        rc = outfile_place(run->job->rejects, run->err);
    if (run->append)
        appended = bc_append_sum(run->append);
    if (rc == BC_OK && run->append && !run->job->dry_run)
        rc = bc_append_commit(run->append, run->err);
    bc_append_free(run->append);
    run->append = NULL;
    if (rc < 0)
        return rc;
    run->sum->added += appended.added;
    run->sum->duplicates += appended.duplicates;
    run->sum->ahead += run->ahead;
    run->ahead = 0;
    if (run->job->batch > 0 && run->lines > 0) {
        fprintf(run->env->err, "ack %" PRIu64 "\n", run->line);
        fflush(run->env->err);
    }
    run->lines = 0;
    run->unwritten += appended.added;
    if (!run->updater || (run->job->batch > 0 && run->unwritten < CATCH_UP_EVERY))
        return BC_OK;
    run->unwritten = 0;
    return open_caught_up(bc_updater_write(run->updater, run->err), run->err);
}

static bool batch_is_full(const struct run *run)
{
    return run->job->batch > 0 && run->lines >= run->job->batch;
}

/* A feed waits for its acknowledgement, so a full batch is committed at once; where a line may make
 * several events, not before the next line has begun. */
static bc_status count_line(struct run *run)
{
    uint64_t line = run->job->source->line;
    bc_status rc = BC_OK;

    if (run->job->many_a_line && line != run->line && batch_is_full(run))
        rc = commit(run);
    if (line != run->line || !run->job->many_a_line)
        run->lines++;
    run->line = line;
    return rc;
}

/* One event, or one bad line. BC_DONE: there are no more. */
static bc_status step(struct run *run)
{
    struct importer *source = run->job->source;
    const struct bc_event *event = NULL;
    bc_status rc = source->next(source, &event, run->err), counted;

    if (rc == BC_DONE || (rc < 0 && (rc != BC_E_INPUT || source->unsound)))
        return rc;
    counted = rc == BC_OK || run->job->rejects ? count_line(run) : BC_OK;
    if (counted < 0)
        return counted;
    rc = rc == BC_OK ? take(run, event) : reject(run, rc);
    if (rc < 0)
        return rc;
    run->read++;
    if (!run->job->many_a_line && batch_is_full(run))
        rc = commit(run);
    return rc == BC_OK && source->broken ? BC_DONE : rc;
}

/* Whether maps of other names made the same before. */
static bc_status look_for_others(struct run *run)
{
    struct import_sum *sum = run->sum;
    bc_status rc = import_others_find(&run->others, run->log, run->err);

    sum->twice = run->others.n;
    sum->twice_line = run->others.line;
    for (size_t i = 0; i < run->others.name_n; i++)
        bc_buf_printf(&sum->twice_maps, "%s'%.*s'", i ? ", " : "",
                      BC_STR_ARG(bc_buf_str(&run->others.names[i])));
    if (run->others.more)
        bc_buf_add_str(&sum->twice_maps, BC_STR(", ..."));
    return rc;
}

void import_sum_release(struct import_sum *sum)
{
    bc_buf_release(&sum->gone_names);
    bc_buf_release(&sum->twice_maps);
}

/* After the last event, and before it is committed. */
static bc_status end(struct run *run)
{
    bc_status rc = BC_DONE;

    if (run->job->source->whole)
        rc = take_rest(run);
    else if (run->again)
        run->sum->untold = import_again_untold(run->again);
    if (rc == BC_DONE)
        rc = look_for_others(run);
    return rc == BC_OK ? commit(run) : rc;
}

bc_status import_run(struct import_sum *sum, const struct import_job *job, bc_log *log,
                     const struct cmd_env *env, struct bc_err *err)
{
    struct run run = { .job = job, .env = env, .log = log, .sum = sum, .err = err };
    struct bc_buf what = { 0 };
    struct progress progress;
    bc_status rc;

    *sum = (struct import_sum){ 0 };
    bc_buf_printf(&what, "reading %s", job->source->name);
    bc_buf_add_byte(&what, '\0');
    progress = progress_begin(env, what.at);
    import_others_init(&run.others, job->source->prefix, log);
    rc = job->dry_run ? BC_OK : bc_updater_open(&run.updater, log, err);
    if (rc == BC_OK && (job->source->corrects || job->source->by_content))
        rc = import_again_read(&run.again, log, job->source, err);
    while (rc == BC_OK) {
        rc = step(&run);
        progress_tick(&progress, run.read, 0, "events");
    }
    progress_end(&progress);
    if (rc == BC_DONE)
        rc = end(&run);
    sum->left_out = job->source->skipped;
    bc_append_free(run.append);
    bc_updater_free(run.updater);
    import_again_free(run.again);
    import_others_release(&run.others);
    bc_buf_release(&what);
    return rc;
}
