/* Commits and their parts, added to a shared log on JetStream.
 *
 * A commit is published with the sequence that the stream's last message is to have, and with its
 * id. Servers compare that sequence when they add the message, each of them alike; (the last
 * sequence of a subject is compared before, by a leader that may have others under way, so that two
 * commits could be added after the same one: the commits are alone in their stream.) */
#include "ledger/share/jetstream_impl.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    NUMBER_ROOM = 24,
    LOOK_MS = 2000, /* beyond the time for trying, to know what came of it */
};

/* The header of a message that is yet to be published. */
static natsStatus set(const struct bc_jetstream *log, natsMsg *message, const char *name,
                      const char *value)
{
    return log->link.nats->natsMsgHeader_Set(message, name, value);
}

/* Publishes once; *sequence: of the message, if it was added just now, else 0. */
static natsStatus publish(const struct bc_js_try *attempt, natsMsg *message, uint64_t *sequence,
                          jsErrCode *code)
{
    const struct nats_lazy *nats = attempt->link->nats;
    jsPubOptions how = { .MaxWait = bc_js_try_wait(attempt) };
    jsPubAck *ack = NULL;
    natsStatus status;

    *code = 0;
    status = nats->js_PublishMsg(&ack, attempt->link->js, message, &how, code);
    *sequence = status == NATS_OK && !ack->Duplicate ? ack->Sequence : 0;
    nats->jsPubAck_Destroy(ack);
    return status;
}

static natsStatus make(const struct bc_jetstream *log, natsMsg **out, const char *subject,
                       struct bc_str bytes)
{
    return log->link.nats->natsMsg_Create(out, subject, NULL, bytes.at, (int)bytes.len);
}

static bc_status check_size(const struct bc_jetstream *log, struct bc_str bytes, struct bc_err *err)
{
    if (bytes.len <= log->message_max)
        return BC_OK;
    return bc_err_set(err, BC_E_INPUT,
                      "a message for the shared log %s has %zu bytes, and may have %zu",
                      log->link.name, bytes.len, log->message_max);
}

/* --- commits --- */

struct appending {
    struct bc_js_try attempt;
    const char *id;
    struct bc_str bytes;
    uint64_t
        expected; /* of the stream's last message: no commit is between this and the caller's */
};

static natsStatus publish_commit(const struct bc_jetstream *log, const struct appending *work,
                                 uint64_t *sequence, jsErrCode *code)
{
    char expected[NUMBER_ROOM];
    natsMsg *message = NULL;
    natsStatus status = make(log, &message, log->commit_subject, work->bytes);

    (void)snprintf(expected, sizeof(expected), "%" PRIu64, work->expected);
    if (status == NATS_OK)
        status = set(log, message, BC_JS_COMMIT_HEADER, work->id);
    if (status == NATS_OK)
        status = set(log, message, "Nats-Msg-Id", work->id);
    if (status == NATS_OK)
        status = set(log, message, "Nats-Expected-Last-Sequence", expected);
    if (status == NATS_OK)
        status = publish(&work->attempt, message, sequence, code);
    log->link.nats->natsMsg_Destroy(message);
    return status;
}

/* Is it there? BC_OK: it is. BC_DONE: another one is in its place. BC_NO: none is; then
 * work->expected is where it may still come. */
static bc_status look(struct bc_jetstream *log, struct appending *work, uint64_t *position,
                      struct bc_err *err)
{
    struct bc_js_try attempt = work->attempt;
    natsMsg *message = NULL;
    const char *id;
    bc_status rc;

    attempt.until += LOOK_MS;
    rc = bc_jetstream_commit_after(log, &attempt, work->expected, position, &message, err);
    if (rc == BC_DONE)
        work->expected = *position;
    if (rc != BC_OK)
        return rc == BC_DONE ? BC_NO : rc;
    id = bc_jetstream_id(log, message, *position);
    rc = id && strcmp(id, work->id) == 0 ? BC_OK : BC_DONE;
    log->link.nats->natsMsg_Destroy(message);
    return rc;
}

/* Servers say that the last message is another one, and none is after it. */
static bc_status check_end(const struct bc_jetstream *log, const struct appending *work,
                           natsStatus status, struct bc_err *err)
{
    uint64_t end;
    bc_status rc = bc_jetstream_end(log, &work->attempt, &end, err);

    if (rc != BC_OK)
        return rc;
    if (end < work->expected)
        return bc_err_set(err, BC_E_DAMAGED,
                          "the shared log %s ends at position %" PRIu64
                          ", and had a commit at %" PRIu64 ": it is another log, or lost its end",
                          log->link.name, end, work->expected);
    return bc_js_failed(&work->attempt, status, err);
}

bc_status bc_jetstream_append_if(void *self, uint64_t expected, const char *id, struct bc_str bytes,
                                 uint64_t *position, struct bc_err *err)
{
    struct bc_jetstream *log = self;
    struct appending work = { bc_js_try(&log->link, "append to"), id, bytes, expected };
    bc_status rc = check_size(log, bytes, err);

    while (rc == BC_OK) {
        jsErrCode code = 0;
        const uint64_t tried = work.expected;
        const natsStatus status = publish_commit(log, &work, position, &code);
        const bool wrong = status != NATS_OK && code == JSStreamWrongLastSequenceErr;

        if (status == NATS_OK && *position == tried + 1)
            return BC_OK;
        rc = look(log, &work, position, err);
        if (rc != BC_NO)
            return rc;
        rc = BC_OK;
        if (work.expected != tried && bc_js_now_ms() < work.attempt.until)
            continue; /* what is no commit was in the way */
        /* A leader that is new may not know all yet. */
        rc = bc_js_try_again(&work.attempt, status == NATS_OK ? NATS_TIMEOUT : status,
                             wrong ? JSClusterNotAvailErr : code, err);
        if (rc != BC_OK && wrong)
            rc = check_end(log, &work, status, err);
    }
    return rc;
}

/* --- parts --- */

static void part_subject(const struct bc_jetstream *log, char out[BC_JS_NAME], const char *id,
                         uint32_t number)
{
    char rest[BC_COMMIT_ID_LEN + NUMBER_ROOM];

    (void)snprintf(rest, sizeof(rest), "%.*s.%" PRIu32, (int)BC_COMMIT_ID_LEN, id, number);
    bc_js_subject(out, &log->link, BC_JS_PARTS, rest);
}

static natsStatus publish_part(const struct bc_jetstream *log, const struct bc_js_try *attempt,
                               const char *id, uint32_t number, struct bc_str bytes,
                               jsErrCode *code)
{
    char subject[BC_JS_NAME], own_id[BC_COMMIT_ID_LEN + NUMBER_ROOM];
    natsMsg *message = NULL;
    uint64_t sequence;
    natsStatus status;

    part_subject(log, subject, id, number);
    (void)snprintf(own_id, sizeof(own_id), "%.*s.%" PRIu32, (int)BC_COMMIT_ID_LEN, id, number);
    status = make(log, &message, subject, bytes);
    if (status == NATS_OK)
        status = set(log, message, BC_JS_PART_HEADER, own_id);
    if (status == NATS_OK)
        status = set(log, message, "Nats-Msg-Id", own_id);
    if (status == NATS_OK)
        status = publish(attempt, message, &sequence, code);
    log->link.nats->natsMsg_Destroy(message);
    return status;
}

/* A part is there, and the first one stays. */
static bc_status check_same(struct bc_jetstream *log, const char *id, uint32_t number,
                            struct bc_str bytes, struct bc_err *err)
{
    struct bc_buf there = { 0 };
    bc_status rc = bc_jetstream_read_part(log, id, number, &there, err);

    if (rc == BC_DONE || (rc == BC_OK && !bc_str_eq(bc_buf_str(&there), bytes)))
        rc = bc_err_set(err, BC_E_DAMAGED,
                        "the shared log %s has another part %" PRIu32 " of the commit %s",
                        log->link.name, number, id);
    bc_buf_release(&there);
    return rc;
}

bc_status bc_jetstream_put_part(void *self, const char *id, uint32_t number, struct bc_str bytes,
                                struct bc_err *err)
{
    struct bc_jetstream *log = self;
    const struct bc_js_try attempt = bc_js_try(&log->link, "add a part to");
    bc_status rc = check_size(log, bytes, err);

    while (rc == BC_OK) {
        jsErrCode code = 0;
        const natsStatus status = publish_part(log, &attempt, id, number, bytes, &code);

        if (status == NATS_OK)
            return BC_OK;
        if (code == JSStreamStoreFailedErr)
            return check_same(log, id, number, bytes, err);
        rc = bc_js_try_again(&attempt, status, code, err);
    }
    return rc;
}

/* Any server has it that took part in its being acknowledged; one that was late, not yet. */
static natsStatus get_anywhere(const struct bc_jetstream *log, const struct bc_js_try *attempt,
                               const char *subject, natsMsg **out)
{
    const struct nats_lazy *nats = log->link.nats;
    jsDirectGetMsgOptions which;
    jsOptions how;

    (void)nats->jsOptions_Init(&how);
    (void)nats->jsDirectGetMsgOptions_Init(&which);
    how.Wait = bc_js_try_wait(attempt);
    which.LastBySubject = subject;
    return nats->js_DirectGetMsg(out, attempt->link->js, log->parts, &how, &which);
}

bc_status bc_jetstream_read_part(void *self, const char *id, uint32_t number, struct bc_buf *out,
                                 struct bc_err *err)
{
    struct bc_jetstream *log = self;
    const struct bc_js_try attempt = bc_js_try(&log->link, "read a part of");
    char subject[BC_JS_NAME];
    natsMsg *message = NULL;
    bc_status rc = BC_OK;

    part_subject(log, subject, id, number);
    if (get_anywhere(log, &attempt, subject, &message) != NATS_OK)
        rc = bc_js_get(&attempt, &message, log->parts, 0, subject, err);
    if (rc != BC_OK)
        return rc;
    bc_buf_add_str(out, bc_js_bytes(&log->link, message));
    log->link.nats->natsMsg_Destroy(message);
    return BC_OK;
}
