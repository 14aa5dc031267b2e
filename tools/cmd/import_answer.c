#include "tools/cmd/import_answer.h"

#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/text.h"
#include "tools/print/print_json.h"

#include <inttypes.h>
#include <sys/stat.h>

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
    const struct import_answer *answer = source;
    const struct import_sum *sum = &answer->sum;

    (void)i;
    row_word(row, answer->key, answer->name);
    row_bool(row, "dryRun", answer->dry_run);
    if (answer->cells)
        answer->cells(row, answer->of);
    row_count(row, "added", sum->added);
    row_count(row, "duplicates", sum->duplicates);
    row_count(row, "rejected", sum->rejected);
    if (answer->by_map)
        row_count(row, "leftOut", sum->left_out);
    if (answer->corrects) {
        row_count(row, "corrected", sum->corrected);
        row_count(row, "takenBack", sum->taken_back);
        row_count(row, "dealsGone", sum->gone);
    } else if (sum->corrected) {
        row_count(row, "corrected", sum->corrected);
    }
    if (sum->ahead)
        row_count(row, "datedAfterRecorded", sum->ahead);
    unknown_words_cells(row, &answer->words);
    row_head(row, "ledger", bc_log_head(answer->log));
    if (answer->dry_run)
        import_preview_cells(row, &answer->preview);
    notes_cells(row, &answer->notes);
}

static bool is_dash(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

static void print_rejected(const struct cmd_env *env, const struct import_answer *answer)
{
    const uint64_t n = answer->sum.rejected;

    if (!answer->rejects)
        return;
    fprintf(env->out, ", %" PRIu64 " line%s %srejected", n, n == 1 ? "" : "s",
            answer->dry_run ? "would be " : "");
    if (is_dash(answer->rejects))
        return;
    fputs(" into ", env->out);
    text_put(env->out, bc_str_of(answer->rejects));
    if (answer->dry_run && n > 0)
        fputs(" (`--rejects -` shows them)", env->out);
}

static void print(const struct cmd_env *env, const struct import_answer *answer)
{
    const struct bc_head *head = bc_log_head(answer->log);
    const struct import_sum *sum = &answer->sum;
    char root[BC_HASH_TEXT_LEN];

    text_put(env->out, bc_str_of(answer->name));
    fprintf(env->out, ": %" PRIu64 " event%s %s, %" PRIu64 " duplicate%s skipped", sum->added,
            sum->added == 1 ? "" : "s", answer->dry_run ? "would be added" : "added",
            sum->duplicates, sum->duplicates == 1 ? "" : "s");
    print_rejected(env, answer);
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
    if (answer->lines)
        answer->lines(env, answer->of);
    if (answer->dry_run)
        import_preview_print(env, &answer->preview);
    unknown_words_print(env, &answer->words);
    fprintf(env->out, "ledger: %" PRIu64 " event%s, root %s\n", head->size,
            head->size == 1 ? "" : "s", root);
    notes_print(env, &answer->notes);
    if (answer->dry_run)
        import_preview_print_figures(env, &answer->preview);
}

static bool same_file(const char *a, const char *b)
{
    struct stat left, right;

    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

/* Fills in *out where rejects are to be in a file; a dry run writes none. */
static bc_status open_rejects(struct import_job *job, struct outfile *out,
                              const struct import_answer *answer, const struct cmd_env *env,
                              struct bc_err *err)
{
    bc_status rc;

    job->reject = answer->rejects != NULL;
    if (is_dash(answer->rejects))
        job->rejected = env->out;
    if (!answer->rejects || is_dash(answer->rejects))
        return BC_OK;
    if ((answer->file && same_file(answer->rejects, answer->file)) ||
        (answer->map && same_file(answer->rejects, answer->map)))
        return bc_err_set(err, BC_E_USAGE,
                          "--rejects would write over what is read; give another "
                          "file");
    if (answer->dry_run)
        return BC_OK;
    rc = outfile_open(out, answer->rejects, err);
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

static bc_status check_source(const struct importer *source, const struct import_answer *answer,
                              bool batched, struct bc_err *err)
{
    if (source->whole && answer->rejects)
        return bc_err_set(err, BC_E_USAGE,
                          "--rejects and a map with `table: snapshot` do not go together: a row "
                          "that is refused would be taken for one that is gone");
    if (source->whole && batched)
        return bc_err_set(err, BC_E_USAGE,
                          "--batch and a map with `table: snapshot` do not go together: what rows "
                          "make no more is known at the end, and taken back with all the rest");
    return BC_OK;
}

static void note_yielded(struct notes *notes, const struct import_sum *sum)
{
    char text[160];

    (void)snprintf(text, sizeof(text),
                   "%" PRIu64 " event%s in the ledger already, with other content, which stays",
                   sum->yielded, sum->yielded == 1 ? " is" : "s are");
    notes_add_count(notes, "told_otherwise", text, "events", sum->yielded);
}

/* What is to be said of the events besides their number. */
static void note_all(struct import_answer *answer, const struct importer *source)
{
    const struct import_sum *sum = &answer->sum;
    struct notes *notes = &answer->notes;

    if (source->broken)
        note_not_read(notes, source);
    if (source->tell)
        source->tell(source, say, notes);
    if (sum->yielded > 0)
        note_yielded(notes, sum);
    if (sum->untold > 0 && sum->rejected == 0)
        note_untold(notes, sum);
    if (sum->taken_back > 0)
        note_back(notes, sum);
    if (sum->gone > 0)
        note_gone(notes, sum);
    if (sum->twice > 0)
        note_twice(notes, sum, answer->dry_run);
    if (sum->untyped > 0)
        note_untyped(notes, sum, answer->rules);
}

bc_status import_answer_check(const struct import_answer *answer, struct bc_err *err)
{
    if (is_dash(answer->rejects) && answer->json)
        return bc_err_set(err, BC_E_USAGE,
                          "--rejects - and --json do not go together: both are standard output");
    return BC_OK;
}

bc_status import_answer_begin(struct import_answer *answer, struct import_job *job, bc_log *log,
                              const struct cmd_env *env, struct bc_err *err)
{
    bc_status rc = rules_ref_latest(&answer->rules, log, err);

    answer->log = log;
    answer->words.rules = answer->rules;
    job->words = &answer->words;
    job->dry_run = answer->dry_run;
    job->many_a_line = answer->by_map;
    if (rc == BC_OK && answer->dry_run) {
        rc = import_preview_open(&answer->preview, log, cmd_now_us(env), err);
        job->preview = &answer->preview;
    }
    return rc;
}

bc_status import_answer_run(struct import_answer *answer, struct import_job *job,
                            const struct cmd_env *env, struct bc_err *err)
{
    struct outfile rejects = { 0 };
    bc_status rc = check_source(job->source, answer, job->batch > 0, err);

    if (rc == BC_OK)
        rc = open_rejects(job, &rejects, answer, env, err);
    if (rc == BC_OK)
        rc = import_run(&answer->sum, job, answer->log, env, err);
    if (rc == BC_OK)
        note_all(answer, job->source);
    outfile_release(&rejects);
    answer->corrects = rc == BC_OK && job->source->corrects;
    importer_free(job->source);
    job->source = NULL;
    return rc;
}

bc_status import_answer_show(struct import_answer *answer, const struct cmd_env *env,
                             struct bc_err *err)
{
    bc_status rc = answer->dry_run ? import_preview_end(&answer->preview, answer->rules, err)
                                   : open_catch_up(answer->log, err);

    if (rc < 0)
        return rc;
    if (answer->json)
        print_json_of(env, fill, answer);
    else
        print(env, answer);
    return BC_OK;
}

void import_answer_release(struct import_answer *answer)
{
    import_preview_release(&answer->preview);
    import_sum_release(&answer->sum);
    notes_release(&answer->notes);
    unknown_words_release(&answer->words);
    bc_rules_free(answer->rules);
    answer->rules = NULL;
}
