/* tools/cmd/import_run.c - the loop of every import. */
#include "tools/cmd/import_run.h"

#include "ledger/log/append_via.h"
#include "projections/timelines/updater.h"
#include "tools/ask/open.h"
#include "tools/cli/progress.h"
#include "tools/cli/text.h"
#include "tools/cmd/import_again.h"
#include "tools/cmd/import_others.h"
#include "tools/cmd/import_untyped.h"

#include <inttypes.h>

/* A feed may never end: after so many events the cache is updated, so that questions meanwhile need
 * not replay them. */
enum { CATCH_UP_EVERY = 10000 };
enum { NAMES_SHOWN = 10, ID_SHOWN = 400 };

struct run {
    const struct import_job *job;
    const struct cmd_env *env;
    bc_log *log;
    bc_append *append;   /* NULL between batches */
    import_again *again; /* NULL where what was told before has no bearing */
    struct import_others others;
    struct import_untyped untyped;
    bc_updater *updater;    /* NULL where nothing is appended, or through a shared log */
    uint64_t size;          /* of the log before */
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
    FILE *out = run->job->rejected;

    if (source->line != run->rejected_line) /* of a row's events several may be refused */
        run->sum->rejected += source->lines ? source->lines : 1;
    run->rejected_line = source->line;
    if (!out)
        return;
    if (strncmp(place, source->name, name_len) == 0 && place[name_len] == ':')
        place += name_len + 1;
    text_put(out, bc_str_of(place));
    fputs(": ", out);
    text_put(out, bc_str_of(run->err->message));
    fputc('\t', out);
    text_put(out, source->raw);
    fputc('\n', out);
}

/* A bad line ends the import, or goes among the rejects. */
static bc_status reject(struct run *run, bc_status rc)
{
    if (!run->job->reject)
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

/* `line`: 0 where it comes of no line. */
static bc_status append(struct run *run, const struct bc_event *event, uint64_t line,
                        struct bc_where *where)
{
    struct bc_event recorded = *event;
    uint64_t seq;
    bc_status rc =
        bc_append_add(run->append, event, line, run->job->keep_recorded, &seq, where, run->err);

    if (rc >= 0 && run->job->taken)
        run->job->taken(run->job->to, event, rc == BC_OK ? seq : 0);
    if (rc != BC_OK)
        return rc < 0 ? rc : BC_OK;
    unknown_words_see(run->job->words, event);
    import_others_add(&run->others, event, line);
    import_untyped_add(&run->untyped, event);
    if (run->job->preview)
        rc = import_preview_see(run->job->preview, event, line, run->job->keep_recorded, run->err);
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
        rc = append(run, &event, run->job->source->line, where);
    if (rc == BC_OK && retraction.body != BC_NO_BODY) {
        rc = append(run, &retraction, run->job->source->line, where);
        run->sum->corrected++;
    }
    if (rc == BC_OK)
        import_again_told(run->again);
    return rc;
}

/* An id is taken. Of a file it is said by which line; of a table what makes two rows so alike. */
static void say_taken(struct run *run, const struct bc_event *event, const struct bc_where *where)
{
    const struct importer *source = run->job->source;
    const int len = event->id.len > ID_SHOWN ? ID_SHOWN : (int)event->id.len;
    const uint64_t line = bc_append_taken_by(run->append);
    struct bc_err *err = run->err;
    const size_t at = strlen(err->message);

    if (!where->part || strcmp(where->part, "id") != 0)
        return;
    if (!source->prefix && line)
        bc_err_set(err, BC_E_CONFLICT,
                   "the id \"%.*s\" is taken: line %" PRIu64
                   " has other content; expected the same content or a new id",
                   len, event->id.at, line);
    else if (line)
        bc_err_set(err, BC_E_CONFLICT,
                   "this row and that of line %" PRIu64 " make one event, \"%.*s\", and say other "
                   "things of it; the map's `key` has to tell rows apart",
                   line, len, event->id.at);
    else if (source->prefix)
        snprintf(err->message + at, sizeof(err->message) - at,
                 "; where the table was corrected, `on_conflict: correct` in the map takes it");
}

static bc_status take(struct run *run, const struct bc_event *event)
{
    struct importer *source = run->job->source;
    struct bc_where where = { 0 };
    bc_status rc = open_append(run);

    if (rc < 0)
        return rc;
    rc = run->again ? append_again(run, *event, &where) : append(run, event, source->line, &where);
    if (rc == BC_E_CONFLICT && source->yields) {
        run->sum->yielded++;
        *run->err = (struct bc_err){ 0 };
        return BC_OK;
    }
    if (rc == BC_E_CONFLICT)
        say_taken(run, event, &where);
    if (rc == BC_E_INPUT || rc == BC_E_CONFLICT) {
        bc_err_in(run->err, rc, "%s:%" PRIu64 ":%zu", source->name, source->line,
                  where.part ? source->column(source, where) : 1);
        return reject(run, rc);
    }
    return rc;
}

/* The first of them. */
static void add_names(struct bc_buf *out, const struct bc_str *names, uint64_t n)
{
    for (size_t i = 0; i < n && i < NAMES_SHOWN; i++) {
        bc_buf_add_str(out, i ? BC_STR(", ") : BC_STR(""));
        bc_buf_add_str(out, names[i]);
    }
    if (n > NAMES_SHOWN)
        bc_buf_add_str(out, BC_STR(", ..."));
}

/* What whole deals no longer have is taken back; which deals are gone is said, no more. */
static bc_status take_rest(struct run *run)
{
    struct import_sum *sum = run->sum;
    struct bc_event retraction;
    const struct bc_str *deals;
    bc_status rc = open_append(run);

    while (rc == BC_OK) {
        rc = import_again_rest(run->again, &retraction, bc_append_now_us(run->append));
        if (rc != BC_OK)
            break;
        rc = append(run, &retraction, 0, NULL);
        sum->taken_back++;
    }
    if (rc < 0)
        return rc;
    sum->gone = import_again_gone(run->again, &deals);
    add_names(&sum->gone_names, deals, sum->gone);
    sum->back_deals = import_again_back(run->again, &deals);
    add_names(&sum->back_names, deals, sum->back_deals);
    return BC_DONE;
}

/* Nothing is appended if its rejects are lost. */
static bc_status put_rejects(struct run *run)
{
    FILE *out = run->job->rejected;

    if (run->job->rejects)
        return outfile_place(run->job->rejects, run->err);
    if (out && (fflush(out) != 0 || ferror(out)))
        return bc_err_errno(run->err, "write the rejects to standard output");
    return BC_OK;
}

static bc_status commit(struct run *run)
{
    struct bc_appended appended = { 0 };
    bc_status rc = put_rejects(run);

    if (rc == BC_OK && run->append && !run->job->dry_run)
        rc = bc_append_commit(run->append, run->err);
    if (run->append)
        appended = bc_append_sum(run->append);
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
    if (run->job->dry_run || (run->job->batch > 0 && run->unwritten < CATCH_UP_EVERY))
        return BC_OK;
    run->unwritten = 0;
    if (!run->updater)
        return open_catch_up(run->log, run->err);
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
    counted = rc == BC_OK || run->job->reject ? count_line(run) : BC_OK;
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

/* What the log had before has a bearing on what is said of the events that were added. */
static bc_status look_back(struct run *run)
{
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc;

    if (run->others.added.n + run->untyped.name_n == 0 || run->size == 0)
        return BC_OK;
    rc = bc_cursor_open(&cursor, run->log, 1, run->size, run->err);
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, run->err);
        if (rc != BC_OK)
            break;
        import_others_see(&run->others, event);
        import_untyped_see(&run->untyped, event);
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : BC_OK;
}

/* Events that maps of other names made before, and deals without a type. */
static void sum_up(struct run *run)
{
    struct import_sum *sum = run->sum;
    struct bc_str first[NAMES_SHOWN];

    sum->twice = import_others_count(&run->others, &sum->twice_line);
    for (size_t i = 0; i < run->others.name_n; i++)
        bc_buf_printf(&sum->twice_maps, "%s'%.*s'", i ? ", " : "",
                      BC_STR_ARG(bc_buf_str(&run->others.names[i])));
    if (run->others.more)
        bc_buf_add_str(&sum->twice_maps, BC_STR(", ..."));
    sum->untyped = import_untyped_count(&run->untyped, first, NAMES_SHOWN);
    add_names(&sum->untyped_names, first, sum->untyped);
}

void import_sum_release(struct import_sum *sum)
{
    bc_buf_release(&sum->gone_names);
    bc_buf_release(&sum->back_names);
    bc_buf_release(&sum->twice_maps);
    bc_buf_release(&sum->untyped_names);
}

/* Nothing of them is taken back. */
static void see_absent(struct run *run)
{
    struct import_sum *sum = run->sum;
    const struct bc_str *deals;

    sum->untold = import_again_untold(run->again);
    if (!run->job->source->all || sum->rejected > 0)
        return;
    import_again_absent(run->again);
    sum->gone = import_again_gone(run->again, &deals);
    add_names(&sum->gone_names, deals, sum->gone);
}

/* After the last event, and before it is committed. */
static bc_status end(struct run *run)
{
    bc_status rc = BC_DONE;

    if (run->job->source->whole)
        rc = take_rest(run);
    else if (run->again && !run->job->source->gives_way)
        see_absent(run);
    if (rc == BC_DONE)
        rc = look_back(run);
    if (rc < 0)
        return rc;
    sum_up(run);
    if (run->job->last && !run->job->dry_run) {
        rc = open_append(run);
        if (rc < 0)
            return rc;
        run->job->last(run->job->to, run->append, run->sum);
    }
    return commit(run);
}

bc_status import_run(struct import_sum *sum, const struct import_job *job, bc_log *log,
                     const struct cmd_env *env, struct bc_err *err)
{
    struct run run = { .job = job, .env = env, .log = log, .sum = sum, .err = err };
    struct bc_buf what = { 0 };
    struct progress progress;
    bc_status rc = BC_OK;

    *sum = (struct import_sum){ 0 };
    bc_buf_printf(&what, "reading %s", job->source->name);
    bc_buf_add_byte(&what, '\0');
    progress = progress_begin(env, what.at);
    run.size = bc_log_head(log)->size;
    import_others_init(&run.others, run.size > 0 ? job->source->prefix : NULL);
    import_untyped_init(&run.untyped, job->many_a_line ? job->words->rules : NULL);
    if (!job->dry_run && !bc_log_has_via(log))
        rc = bc_updater_open(&run.updater, log, err);
    if (rc == BC_OK && (job->source->corrects || job->source->by_content || job->source->gives_way))
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
    import_untyped_release(&run.untyped);
    bc_buf_release(&what);
    return rc;
}
