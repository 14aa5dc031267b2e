/* tools/check/check_print.c - prints what was shown, and against what. */
#include "ledger/base/instant.h"
#include "ledger/record/codec.h"
#include "tools/check/check_impl.h"
#include "tools/cli/text.h"
#include "tools/json/event_json.h"
#include "tools/json/event_text.h"
#include "tools/print/print_json.h"

#include <inttypes.h>

/* The event in a record, or NULL where it is invalid; lives until the next one. */
struct event_reader {
    bc_arena *arena;
    struct bc_buf bytes;
    struct bc_event event;
};

static const struct bc_event *read_event(struct event_reader *reader,
                                         const struct bc_evidence_record *record)
{
    struct bc_err why;

    if (!reader->arena)
        reader->arena = bc_arena_new();
    bc_arena_reset(reader->arena);
    bc_evidence_bytes(&reader->bytes, record);
    if (bc_decode(&reader->event, bc_buf_str(&reader->bytes), reader->arena, &why) < 0 ||
        bc_event_check(&reader->event, NULL, &why) < 0)
        return NULL;
    return &reader->event;
}

static void release_reader(struct event_reader *reader)
{
    bc_buf_release(&reader->bytes);
    bc_arena_free(reader->arena);
}

/* The newest head that somebody vouches for, or NULL. */
static const struct check_anchor *newest_anchor(const struct check *check)
{
    return check->head.trusted ? &check->head : check->earlier.trusted ? &check->earlier : NULL;
}

/* The newest one up to which the list is shown to be whole, or NULL. */
static const struct check_anchor *whole_up_to(const struct check *check)
{
    return check->head.list_fits ? &check->head : check->earlier.list_fits ? &check->earlier : NULL;
}

/* --- for people --- */

static void print_event(const struct cmd_env *env, const struct check *check, size_t i,
                        const struct bc_event *event)
{
    const struct check_record *record = &check->records[i];
    char occurred[BC_INSTANT_LEN], recorded[BC_INSTANT_LEN];
    struct bc_buf text = { 0 };

    fprintf(env->out, "%8" PRIu64 "  ", check->evidence.records[i].seq);
    if (event) {
        bc_instant_print(occurred, event->occurred_us);
        bc_instant_print(recorded, event->recorded_us);
        event_text_add(&text, event, NULL, NULL);
        fprintf(env->out, "%.10s %.8s  %.10s %.8s  ", occurred, occurred + 11, recorded,
                recorded + 11);
        text_put(env->out, bc_buf_str(&text));
        if (event->actor.len) {
            fputs("  by ", env->out);
            text_put(env->out, event->actor);
        }
    }
    if (record->retracted_by)
        fprintf(env->out, "  [retracted by %" PRIu64 "]", record->retracted_by);
    if (record->verdict != CHECK_PROVED)
        fputs("  [not proved]", env->out);
    fputc('\n', env->out);
    bc_buf_release(&text);
}

static void print_head(const struct cmd_env *env, const struct bc_evidence *evidence)
{
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &evidence->head.root);
    fputs("evidence about the deal ", env->out);
    text_put(env->out, bc_buf_str(&evidence->deal));
    fputs("\nledger  ", env->out);
    text_put(env->out, evidence->origin);
    fprintf(env->out, "\nevents  %" PRIu64 "\nroot    %s\n\n", evidence->head.size, root);
}

/* The text in it is already safe to print. */
static void put(FILE *out, const struct bc_buf *sentences)
{
    fwrite(sentences->len ? sentences->at : "", 1, sentences->len, out);
}

static void print_proved(const struct cmd_env *env, const struct check *check)
{
    const struct check_anchor *anchor = newest_anchor(check), *whole = whole_up_to(check);
    const size_t n = check->evidence.n;

    fprintf(env->out, "proved: %zu record%s in the log of %" PRIu64 " event%s ", n,
            n == 1 ? " is" : "s are", anchor->head.size, text_plural(anchor->head.size));
    put(env->out, &anchor->by);
    if (whole == anchor)
        fputs("\ncomplete: that log has no other event of this deal, and no other retraction of "
              "one\n",
              env->out);
    else if (whole)
        fprintf(env->out,
                "\ncomplete up to event %" PRIu64 ", by the head that you hold; what came after it "
                "may lack events of this deal, and retractions of them\n",
                whole->head.size);
    else
        fputs("\ncompleteness: not shown, since that head has no line of deals; other events of "
              "this deal, and retractions of these, may have been left out\n",
              env->out);
    fputs("not shown by any evidence: that events are true, the times they give, and what the log "
          "took after that head\n",
          env->out);
}

static void print_not_proved(const struct cmd_env *env, const struct check *check)
{
    size_t proved = 0;

    for (size_t i = 0; i < check->evidence.n; i++)
        proved += check->records[i].verdict == CHECK_PROVED;
    fprintf(env->out, "NOT PROVED (%zu of the %zu records are in a log that is vouched for):\n",
            proved, check->evidence.n);
    put(env->out, &check->faults);
}

void check_print(const struct cmd_env *env, const struct check *check)
{
    struct event_reader reader = { 0 };

    print_head(env, &check->evidence);
    fprintf(env->out, "%8s  %-19s  %-19s  EVENT\n", "SEQ", "OCCURRED (UTC)", "RECORDED (UTC)");
    for (size_t i = 0; i < check->evidence.n; i++)
        print_event(env, check, i, read_event(&reader, &check->evidence.records[i]));
    release_reader(&reader);
    fputc('\n', env->out);
    put(env->out, &check->words);
    if (check_passed(check)) {
        print_proved(env, check);
        return;
    }
    print_not_proved(env, check);
}

/* --- for programs --- */

static const char *const verdicts[] = {
    [CHECK_PROVED] = "proved",
    [CHECK_UNVOUCHED] = "unvouched",
    [CHECK_NOT_PROVED] = "not_proved",
};

static void fill_record(struct row *row, const struct check *check, size_t i,
                        const struct bc_event *event)
{
    const struct check_record *record = &check->records[i];

    row_seq(row, "record", check->evidence.records[i].seq);
    row_word(row, "verdict", verdicts[record->verdict]);
    if (record->retracted_by)
        row_seq(row, "retractedBy", record->retracted_by);
    if (!event)
        return;
    (void)event_json_add(row_make(row), event);
    row_made_json(row, "event");
}

static bc_status find_records(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct check *check = *(const struct check *const *)finder;
    struct event_reader reader = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < check->evidence.n; i++) {
        fill_record(taker->row, check, i, read_event(&reader, &check->evidence.records[i]));
        rc = row_take(taker, err);
    }
    release_reader(&reader);
    return rc;
}

static void add_lines(struct row *row, const char *key, const struct bc_buf *sentences)
{
    struct bc_str rest = bc_buf_str(sentences), line, *lines;
    size_t n = 0;

    while (bc_line_take(&rest, &line))
        n++;
    lines = row_make_texts(row, key, n);
    rest = bc_buf_str(sentences);
    for (size_t i = 0; i < n; i++)
        (void)bc_line_take(&rest, &lines[i]);
}

/* What the proof rests on. */
static void add_against(struct row *row, const struct check *check)
{
    const struct check_anchor *anchor = newest_anchor(check);

    if (!anchor) {
        row_null(row, "against");
        return;
    }
    row_head(row, "against", &anchor->head);
    row_word(row, "vouchedBy", anchor->key_name.len ? "signature" : "held");
    if (anchor->key_name.len == 0)
        return;
    row_text(row, "signer", bc_buf_str(&anchor->key_name));
    row_word(row, "key", anchor->key_id);
    if (anchor->lines.has_signed)
        row_instant(row, "signedAt", anchor->lines.signed_us);
}

static void fill_check(struct row *row, const void *source, size_t i)
{
    const struct check *check = source;
    const struct check_anchor *whole = whole_up_to(check);
    const bool passed = check_passed(check);

    (void)i;
    row_text(row, "deal", bc_buf_str(&check->evidence.deal));
    row_text(row, "origin", check->evidence.origin);
    row_seq(row, "records", check->evidence.n);
    row_word(row, "verdict", verdicts[passed ? CHECK_PROVED : CHECK_NOT_PROVED]);
    add_against(row, check);
    if (passed && whole)
        row_seq(row, "completeUpTo", whole->head.size);
    else
        row_null(row, "completeUpTo");
    add_lines(row, "shown", &check->words);
    add_lines(row, "faults", &check->faults);
}

void check_print_json(const struct cmd_env *env, const struct check *check)
{
    const struct rows records = rows_found(find_records, &check);
    struct bc_err err;

    (void)print_json_lines(env, &records, 0, &err);
    print_json_of(env, fill_check, check);
}
