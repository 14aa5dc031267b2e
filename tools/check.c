/* tools/check.c - every record against the head, the head against a key and an earlier head. */
#include "tools/check.h"

#include "ledger/base/instant.h"
#include "ledger/codec.h"
#include "ledger/evidence.h"
#include "tools/event_text.h"
#include "tools/head_file.h"
#include "tools/import/event_json.h"
#include "tools/opt.h"
#include "tools/text.h"

#include <inttypes.h>
#include <stdlib.h>

#define FILE_MOST ((size_t)1 << 30)

struct args {
    const char *path, *public_key, *head;
    bool json;
};

struct check {
    struct bc_evidence evidence;
    struct bc_event *events; /* of its records, in their order */
    uint64_t *retracted_by;  /* seq of the retraction that counts, or 0 */
    bc_arena *arena;
    struct bc_buf faults, words; /* sentences, a line each */
};

static bc_status parse(struct args *args, const struct cmd_env *env, int argc, char **argv,
                       struct bc_err *err)
{
    static const char *const examples[] = {
        "backcast-check 12345.evidence --public-key audit.key.pub",
        "backcast-check 12345.evidence --head 2025-q1.head", NULL
    };
    static const struct opt_page page = {
        "backcast-check",
        "Checks a file that `backcast evidence` wrote, without the ledger, and prints the events\n"
        "in it: each record's proof against the head in the file, that head against its signature\n"
        "and against a head that you hold. Ends with 0 if everything fits, with 1 if anything\n"
        "does not. A head that is neither signed nor one that you hold proves nothing.",
        examples
    };
    const struct opt opts[] = {
        { NULL, "FILE", .text = &args->path, .required = true,
          .help = "the file; - reads standard input" },
        { "public-key", "KEY", .text = &args->public_key,
          .help = "a public key or its file; the head must be signed with it" },
        { "head", "FILE", .text = &args->head,
          .help = "a head that you hold; it must be the file's, or the earlier one in it" },
        { "json", NULL, .flag = &args->json,
          .help = "print the events as JSON, one a line, and nothing else" },
        { 0 },
    };

    return opt_parse(opts, &page, env, argc, argv, err);
}

static bc_status read_evidence(struct check *check, struct bc_buf *text, const char *path,
                               struct bc_err *err)
{
    size_t line = 1;
    bc_status rc = file_read_whole(text, path, FILE_MOST, err);

    if (rc < 0)
        return rc;
    rc = bc_evidence_parse(&check->evidence, &line, bc_buf_str(text), err);
    return rc < 0 ? bc_err_in(err, rc, "%s:%zu:1", path, line) : BC_OK;
}

/* --- the records --- */

static void check_record(struct check *check, size_t i)
{
    const struct bc_evidence_record *record = &check->evidence.records[i];
    struct bc_event *event = &check->events[i];
    struct bc_err why;

    if (!bc_proof_holds_record(&record->proof, record->seq, record->bytes, &check->evidence.head))
        bc_buf_printf(&check->faults, "record %" PRIu64 " is not in the log of this head\n",
                      record->seq);
    if (bc_decode(event, record->bytes, check->arena, &why) < 0 ||
        bc_event_check(event, NULL, &why) < 0) {
        *event = (struct bc_event){ .seq = record->seq };
        bc_buf_printf(&check->faults, "record %" PRIu64 " is no event\n", record->seq);
    } else if (event->seq != record->seq) {
        bc_buf_printf(&check->faults, "record %" PRIu64 " calls itself %" PRIu64 "\n", record->seq,
                      event->seq);
    }
}

/* From the last to the first: a retraction names an event in front of it, so what became of it is
 * known when it is its turn. */
static void mark_retracted(struct check *check)
{
    for (size_t i = check->evidence.n; i-- > 0;) {
        const struct bc_event *by = &check->events[i];

        if (by->body != BC_RETRACTED || check->retracted_by[i])
            continue;
        for (size_t j = i; j-- > 0;)
            if (bc_str_eq(check->events[j].id, by->value[BC_RETRACTED_EVENT].text) &&
                !check->retracted_by[j])
                check->retracted_by[j] = by->seq;
    }
}

/* Each must be about the deal, or retract one of the records in front of it. */
static void check_deal(struct check *check)
{
    for (size_t i = 0; i < check->evidence.n; i++) {
        const struct bc_event *event = &check->events[i];
        bool about = bc_str_eq(event->deal, check->evidence.deal);

        for (size_t j = 0; event->body == BC_RETRACTED && !about && j < i; j++)
            about = bc_str_eq(check->events[j].id, event->value[BC_RETRACTED_EVENT].text);
        if (!about)
            bc_buf_printf(&check->faults, "record %" PRIu64 " is not about this deal\n",
                          check->evidence.records[i].seq);
    }
}

static void check_records(struct check *check)
{
    size_t n = check->evidence.n;

    check->arena = bc_arena_new();
    check->events = bc_calloc(n, sizeof(*check->events));
    check->retracted_by = bc_calloc(n, sizeof(*check->retracted_by));
    for (size_t i = 0; i < n; i++)
        check_record(check, i);
    check_deal(check);
    mark_retracted(check);
}

/* --- the heads --- */

static void check_since(struct check *check)
{
    const struct bc_evidence *evidence = &check->evidence;

    if (!evidence->has_since)
        return;
    if (!bc_str_eq(evidence->since_origin, evidence->origin) ||
        !bc_proof_holds_prefix(&evidence->since_proof, &evidence->since, &evidence->head))
        bc_buf_printf(&check->faults,
                      "the log of this head does not begin with the %" PRIu64
                      " events of the earlier head\n",
                      evidence->since.size);
    else
        bc_buf_printf(&check->words,
                      "the log begins with the %" PRIu64 " events of the earlier head\n",
                      evidence->since.size);
}

static bc_status check_held(struct check *check, const char *path, struct bc_err *err)
{
    const struct bc_evidence *evidence = &check->evidence;
    struct head_file held = { 0 };
    bc_status rc = head_file_read(&held, path, err);

    if (rc < 0)
        return rc;
    if (!bc_str_eq(held.origin, evidence->origin))
        bc_buf_printf(&check->faults, "the head that you hold is that of another ledger\n");
    else if (bc_head_eq(&held.head, &evidence->head))
        bc_buf_printf(&check->words, "the head is the one that you hold\n");
    else if (evidence->has_since && bc_head_eq(&held.head, &evidence->since))
        bc_buf_printf(&check->words, "the earlier head is the one that you hold\n");
    else
        bc_buf_printf(&check->faults, "the head that you hold is not in this file\n");
    head_file_release(&held);
    return BC_OK;
}

static bc_status check_signature(struct check *check, const char *public_key, struct bc_err *err)
{
    struct bc_note_key key = { 0 };
    struct bc_buf sentence = { 0 };
    bc_status rc = public_key ? key_read_public(&key, public_key, err) : BC_OK;

    if (rc < 0)
        return rc;
    rc = head_signatures(&sentence, &check->evidence.note, public_key ? &key : NULL);
    bc_buf_add_byte(&sentence, '\n');
    bc_buf_add_str(rc == BC_OK ? &check->words : &check->faults, bc_buf_str(&sentence));
    bc_buf_release(&sentence);
    return BC_OK;
}

/* --- printing --- */

static void print_event(const struct cmd_env *env, const struct bc_event *event, uint64_t by)
{
    struct bc_buf text = { 0 };
    char occurred[BC_INSTANT_LEN], recorded[BC_INSTANT_LEN];

    bc_instant_print(occurred, event->occurred_us);
    bc_instant_print(recorded, event->recorded_us);
    event_text_add(&text, event);
    fprintf(env->out, "%8" PRIu64 "  %.10s %.8s  %.10s %.8s  ", event->seq, occurred, occurred + 11,
            recorded, recorded + 11);
    text_put(env->out, bc_buf_str(&text));
    if (event->actor.len) {
        fputs("  by ", env->out);
        text_put(env->out, event->actor);
    }
    if (by)
        fprintf(env->out, "  [retracted by %" PRIu64 "]", by);
    fputc('\n', env->out);
    bc_buf_release(&text);
}

static void print_head(const struct cmd_env *env, const struct bc_evidence *evidence)
{
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &evidence->head.root);
    fputs("evidence about the deal ", env->out);
    text_put(env->out, evidence->deal);
    fputs("\nledger  ", env->out);
    text_put(env->out, evidence->origin);
    fprintf(env->out, "\nevents  %" PRIu64 "\nroot    %s\n\n", evidence->head.size, root);
}

/* What is in it is safe to print already. */
static void put(FILE *out, const struct bc_buf *sentences)
{
    fwrite(sentences->len ? sentences->at : "", 1, sentences->len, out);
}

static void print_text(const struct cmd_env *env, const struct check *check)
{
    print_head(env, &check->evidence);
    fprintf(env->out, "%8s  %-19s  %-19s  EVENT\n", "SEQ", "OCCURRED (UTC)", "RECORDED (UTC)");
    for (size_t i = 0; i < check->evidence.n; i++)
        print_event(env, &check->events[i], check->retracted_by[i]);
    fputc('\n', env->out);
    if (check->faults.len == 0)
        fprintf(env->out, "each of the %zu records is in the log of this head\n",
                check->evidence.n);
    put(env->out, &check->words);
    put(env->out, &check->faults);
}

static void print_json(const struct cmd_env *env, const struct check *check)
{
    struct bc_buf line = { 0 };

    for (size_t i = 0; i < check->evidence.n; i++) {
        line.len = 0;
        event_json_add(&line, &check->events[i]);
        bc_buf_add_byte(&line, '\n');
        fwrite(line.at, 1, line.len, env->out);
    }
    bc_buf_release(&line);
}

int check_evidence(const struct cmd_env *env, int argc, char **argv)
{
    struct bc_buf text = { 0 };
    struct check check = { 0 };
    struct args args = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = parse(&args, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = read_evidence(&check, &text, args.path, &err);
    if (rc == BC_OK) {
        check_records(&check);
        check_since(&check);
        rc = check_signature(&check, args.public_key, &err);
    }
    if (rc == BC_OK && args.head)
        rc = check_held(&check, args.head, &err);
    if (rc == BC_OK) {
        if (args.json && check.faults.len == 0)
            print_json(env, &check);
        else
            print_text(env, &check);
        rc = check.faults.len == 0 ? BC_OK : BC_NO;
    }
    free(check.events);
    free(check.retracted_by);
    bc_arena_free(check.arena);
    bc_evidence_release(&check.evidence);
    bc_buf_release(&check.faults);
    bc_buf_release(&check.words);
    bc_buf_release(&text);
    return cmd_exit(env, rc, &err);
}
