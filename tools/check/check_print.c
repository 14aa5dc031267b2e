/* tools/check/check_print.c - what was shown, and against what. */
#include "ledger/base/instant.h"
#include "ledger/record/codec.h"
#include "tools/check/check_impl.h"
#include "tools/cli/text.h"
#include "tools/json/event_json.h"
#include "tools/json/event_text.h"
#include "tools/print/json_out.h"

#include <inttypes.h>

/* Calls `print` for each record with its event, or NULL where it is none. */
static void each_event(const struct cmd_env *env, const struct check *check,
                       void (*print)(const struct cmd_env *env, const struct check *check, size_t i,
                                     const struct bc_event *event))
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    struct bc_err why;

    for (size_t i = 0; i < check->evidence.n; i++) {
        bool good;

        bc_arena_reset(arena);
        bc_evidence_bytes(&bytes, &check->evidence.records[i]);
        good = bc_decode(&event, bc_buf_str(&bytes), arena, &why) >= 0 &&
               bc_event_check(&event, NULL, &why) >= 0;
        print(env, check, i, good ? &event : NULL);
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
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
        event_text_add(&text, event);
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

/* What is in it is safe to print already. */
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
    print_head(env, &check->evidence);
    fprintf(env->out, "%8s  %-19s  %-19s  EVENT\n", "SEQ", "OCCURRED (UTC)", "RECORDED (UTC)");
    each_event(env, check, print_event);
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

static void print_event_json(const struct cmd_env *env, const struct check *check, size_t i,
                             const struct bc_event *event)
{
    const struct check_record *record = &check->records[i];
    struct json_out json = json_out_begin(env->out);
    struct bc_buf text = { 0 };

    json_out_object(&json, NULL);
    json_out_seq(&json, "record", check->evidence.records[i].seq);
    json_out_text(&json, "verdict", verdicts[record->verdict]);
    if (record->retracted_by)
        json_out_seq(&json, "retractedBy", record->retracted_by);
    if (event) {
        (void)event_json_add(&text, event);
        json_out_raw(&json, "event", bc_buf_str(&text));
    }
    json_out_object_end(&json);
    json_out_line(&json);
    json_out_release(&json);
    bc_buf_release(&text);
}

static void print_lines(struct json_out *json, const char *key, const struct bc_buf *sentences)
{
    struct bc_str rest = bc_buf_str(sentences), line;

    json_out_array(json, key);
    while (bc_line_take(&rest, &line))
        json_out_string(json, NULL, line);
    json_out_array_end(json);
}

/* What the proof rests on. */
static void print_against(struct json_out *json, const struct check *check)
{
    const struct check_anchor *anchor = newest_anchor(check);

    if (!anchor) {
        json_out_null(json, "against");
        return;
    }
    json_out_head(json, "against", &anchor->head);
    json_out_text(json, "vouchedBy", anchor->key_name.len ? "signature" : "held");
    if (anchor->key_name.len == 0)
        return;
    json_out_string(json, "signer", bc_buf_str(&anchor->key_name));
    json_out_text(json, "key", anchor->key_id);
    if (anchor->lines.has_signed)
        json_out_instant(json, "signedAt", anchor->lines.signed_us);
}

void check_print_json(const struct cmd_env *env, const struct check *check)
{
    const struct bc_evidence *evidence = &check->evidence;
    const struct check_anchor *whole = whole_up_to(check);
    const bool passed = check_passed(check);
    struct json_out json;

    each_event(env, check, print_event_json);
    json = json_out_begin(env->out);
    json_out_object(&json, NULL);
    json_out_string(&json, "deal", bc_buf_str(&evidence->deal));
    json_out_string(&json, "origin", evidence->origin);
    json_out_seq(&json, "records", evidence->n);
    json_out_text(&json, "verdict", verdicts[passed ? CHECK_PROVED : CHECK_NOT_PROVED]);
    print_against(&json, check);
    if (passed && whole)
        json_out_seq(&json, "completeUpTo", whole->head.size);
    else
        json_out_null(&json, "completeUpTo");
    print_lines(&json, "shown", &check->words);
    print_lines(&json, "faults", &check->faults);
    json_out_object_end(&json);
    json_out_line(&json);
    json_out_release(&json);
}
