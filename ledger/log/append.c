/* Appending: all of it or nothing.
 *
 * Events are collected with their index entries, and none are visible before the commit. A small
 * append is one synced write. A large one goes into table files made beside the database while it
 * is collected; at the commit these are added to the database (after the head, so still invisible),
 * and one synced write moves the head. A kill before that leaves leftovers that the next writer
 * removes; after it, the append is complete.
 *
 *   caller's thread                                        second thread
 *   event --> checked --> in the log, or collected already?
 *                |        (append_dedup, pending_ids)
 *                +--> encoded ---------------------------> hashed, tree, log (append_writer)
 *                +--> id (pending_ids)
 *                +--> note: when recorded, its place, what it retracts
 *   commit: ids sorted, into files; all files added; the head (append_commit) */
#include "ledger/base/instant.h"
#include "ledger/log/append_impl.h"

#include <assert.h>
#include <stdlib.h>

void bc_append_begin(bc_append *append)
{
    const char *aside = bc_store_aside(append->log->store);
    bc_log *log = append->log;

    append->now_us =
        append->clock_us > log->last_recorded_us ? append->clock_us : log->last_recorded_us;
    append->last_recorded_us = log->last_recorded_us;
    append->writer = bc_append_writer_new(log);
    append->pending = bc_pending_ids_new(log->head.size + 1, aside, log->pending_most);
    append->dedup.log = log;
    bc_spool_init(&append->notes, aside, sizeof(struct bc_append_note));
}

void bc_append_end(bc_append *append)
{
    bc_append_writer_free(append->writer);
    bc_pending_ids_free(append->pending);
    bc_dedup_release(&append->dedup);
    bc_spool_release(&append->notes);
    bc_bulk_free(append->retraction_file);
    bc_batch_release(&append->retractions);
    append->writer = NULL;
    append->pending = NULL;
    append->retraction_file = NULL;
}

bc_status bc_append_open(bc_append **out, bc_log *log, int64_t now_us, struct bc_err *err)
{
    bc_append *append;

    assert(log->write);
    if (log->failed)
        return bc_err_set(err, BC_E_IO, "an earlier append failed; nothing more is appended");
    append = bc_calloc(1, sizeof(*append));
    append->log = log;
    append->clock_us = now_us;
    bc_append_begin(append);
    *out = append;
    return BC_OK;
}

void bc_append_free(bc_append *append)
{
    if (!append)
        return;
    bc_append_end(append);
    bc_append_kept_release(&append->kept);
    bc_batch_release(&append->beside);
    bc_buf_release(&append->again);
    free(append);
}

void bc_append_put(bc_append *append, enum bc_meta_owner owner, struct bc_str value)
{
    assert(bc_meta_is_of_importer(owner));
    bc_meta_put(&append->beside, owner, 0, value);
}

void bc_append_put_named(bc_append *append, enum bc_meta_owner owner, struct bc_str name,
                         struct bc_str value)
{
    assert(bc_meta_is_of_importer(owner));
    bc_meta_put_named(&append->beside, owner, name, value);
}

int64_t bc_append_now_us(const bc_append *append)
{
    return append->now_us;
}

struct bc_appended bc_append_sum(const bc_append *append)
{
    return append->sum;
}

uint64_t bc_append_taken_by(const bc_append *append)
{
    return append->taken_by;
}

static uint64_t next_seq(const bc_append *append)
{
    return append->log->head.size + bc_pending_ids_count(append->pending) + 1;
}

static bc_status refuse_if_broken(const bc_append *append, struct bc_err *err)
{
    assert(!append->spent && !append->settled);
    if (append->broken)
        return bc_err_set(err, BC_E_IO, "this append failed before; it accepts nothing more");
    return BC_OK;
}

/* --- is it new? --- */

static bc_status conflict(struct bc_where *where, struct bc_err *err, struct bc_str id,
                          const char *what, uint64_t number)
{
    if (where)
        *where = (struct bc_where){ .part = "id" };
    return bc_err_set(err, BC_E_CONFLICT,
                      "the id \"%.*s\" is taken: %s %llu has other content; expected the same "
                      "content or a new id",
                      BC_STR_ARG(id), what, (unsigned long long)number);
}

/* Whether an event of this append has this content. Its record may be on its way into a file; then
 * its leaf's hash is what can be compared. */
static bc_status same_pending(bc_append *append, uint64_t number, const struct bc_append_note *note,
                              struct bc_str content, bool *out, struct bc_err *err)
{
    uint8_t leaf[BC_LEAF_LEN];
    struct bc_hash hash;
    struct bc_str record;
    uint64_t seq;
    int64_t recorded_us;
    bc_status rc;

    if (bc_append_writer_waiting(append->writer, number, &record)) {
        struct bc_str there;

        *out = bc_decode_prefix(&there, &seq, &recorded_us, record) && bc_str_eq(there, content);
        return BC_OK;
    }
    rc = bc_append_writer_leaf(append->writer, number, leaf, err);
    if (rc < 0)
        return rc;
    append->again.len = 0;
    bc_encode_prefix(&append->again, append->log->head.size + 1 + number, note->recorded_us);
    bc_buf_add_str(&append->again, content);
    hash = bc_hash_leaf(bc_buf_str(&append->again));
    *out = memcmp(hash.at, leaf, sizeof(leaf)) == 0;
    return BC_OK;
}

/* BC_OK: new. BC_DONE: there with the same content. */
static bc_status look_up(bc_append *append, struct bc_str id, uint64_t hash, struct bc_str content,
                         struct bc_where *where, struct bc_err *err)
{
    struct bc_append_note note = { 0 };
    uint64_t number, seq = 0;
    bool same = false;
    bc_status rc = bc_pending_ids_find(append->pending, id, hash, &number, err);

    append->taken_by = 0;
    if (rc == BC_DONE) {
        rc = bc_dedup_look_up(&append->dedup, &seq, id, content, err);
        return rc == BC_E_CONFLICT ? conflict(where, err, id, "event", seq) : rc;
    }
    if (rc == BC_OK)
        rc = bc_spool_get(&append->notes, number, &note, err);
    if (rc == BC_OK)
        rc = same_pending(append, number, &note, content, &same, err);
    if (rc < 0)
        return rc;
    append->taken_by = same ? 0 : note.place;
    return same ? BC_DONE : conflict(where, err, id, "entry", note.place);
}

/* For a retraction: the seqs of its target and of its root, the event that its chain ends in. */
static bc_status resolve(bc_append *append, const struct bc_event *event, uint64_t *target,
                         uint64_t *root, struct bc_where *where, struct bc_err *err)
{
    struct bc_str id = event->value[BC_RETRACTED_EVENT].text;
    struct bc_append_note note;
    uint64_t number, unused;
    bc_status rc = bc_pending_ids_find(append->pending, id,
                                       bc_pending_ids_expect(append->pending, id), &number, err);

    if (rc == BC_OK)
        rc = bc_spool_get(&append->notes, number, &note, err);
    if (rc == BC_OK) {
        *target = append->log->head.size + 1 + number;
        *root = note.root ? note.root : *target;
    }
    if (rc != BC_DONE)
        return rc;
    rc = bc_log_find(append->log, id, target, err);
    if (rc == BC_DONE) {
        if (where)
            *where = (struct bc_where){ .part = bc_schema(BC_RETRACTED)->json_name,
                                        .field = BC_RETRACTED_EVENT };
        return bc_err_set(err, BC_E_INPUT,
                          "it retracts \"%.*s\", expected the id of an earlier event",
                          id.len > 600 ? 600 : (int)id.len, id.at);
    }
    if (rc < 0)
        return rc;
    rc = bc_log_retraction(append->log, *target, &unused, root, err);
    if (rc == BC_DONE)
        *root = *target;
    return rc < 0 ? rc : BC_OK;
}

/* Logs hold such merges, which count for nothing: a copy takes them. */
static bc_status refuse_merged_into_itself(const struct bc_event *event, struct bc_where *where,
                                           struct bc_err *err)
{
    if (event->body != BC_DEAL_MERGED ||
        !bc_str_eq(event->value[BC_DEAL_MERGED_INTO].text, event->deal))
        return BC_OK;
    if (where)
        *where = (struct bc_where){ .part = bc_schema(BC_DEAL_MERGED)->json_name,
                                    .field = BC_DEAL_MERGED_INTO };
    return bc_err_set(err, BC_E_INPUT,
                      "it merges the deal \"%.*s\" into itself, expected another deal",
                      BC_STR_ARG(event->deal));
}

/* Whose recorded time an event gets. */
enum recorded_by {
    BY_CLOCK,  /* this append's */
    BY_EVENT,  /* its own, if it can be */
    BY_LEDGER, /* its own, as another ledger holds it: what it holds is taken as it is */
};

/* Nobody can have recorded it yet; and since recorded times never run backwards, all that follows
 * would be recorded then, too. */
static bc_status not_recorded_yet(int64_t recorded_us, int64_t clock_us, struct bc_err *err)
{
    char recorded[BC_INSTANT_LEN], now[BC_INSTANT_LEN];

    bc_instant_print(recorded, recorded_us);
    bc_instant_print(now, clock_us);
    return bc_err_set(err, BC_E_INPUT,
                      "recordedAt %s lies in the future, expected one not after now, %s", recorded,
                      now);
}

static bc_status recorded_time(const bc_append *append, const struct bc_event *event,
                               enum recorded_by by, int64_t *out_us, struct bc_where *where,
                               struct bc_err *err)
{
    if (by == BY_CLOCK) {
        *out_us = append->now_us;
        return BC_OK;
    }
    if (where)
        *where = (struct bc_where){ .part = "recordedAt" };
    if (!event->has_recorded)
        return bc_err_set(err, BC_E_INPUT, "the event has no recordedAt, expected one to keep");
    if (event->recorded_us < append->last_recorded_us) {
        char last[BC_INSTANT_LEN];

        bc_instant_print(last, append->last_recorded_us);
        return bc_err_set(err, BC_E_INPUT,
                          "recordedAt is earlier than the previous event's, expected %s or later",
                          last);
    }
    if (by == BY_EVENT && bc_log_in_future(event->recorded_us, append->clock_us))
        return not_recorded_yet(event->recorded_us, append->clock_us, err);
    *out_us = event->recorded_us;
    return BC_OK;
}

/* --- collecting --- */

static bc_status put_retraction(bc_append *append, struct bc_str key, struct bc_str value,
                                struct bc_err *err)
{
    if (append->retraction_file)
        return bc_bulk_add(append->retraction_file, key, value, err);
    bc_batch_add(&append->retractions, BC_RETRACTIONS, BC_PUT, key, value);
    return BC_OK;
}

/* The append has become a large one: the ids go into a file, too. */
static bc_status open_retraction_file(bc_append *append, struct bc_err *err)
{
    bc_status rc = bc_bulk_open(&append->retraction_file, append->log->store, BC_RETRACTIONS,
                                "retractions", err);

    for (size_t i = 0; rc == BC_OK && i < append->retractions.n; i++) {
        struct bc_batch_entry *entry = &append->retractions.entries[i];
        const char *bytes = append->retractions.bytes.at;

        rc = put_retraction(append, (struct bc_str){ bytes + entry->key_at, entry->key_len },
                            (struct bc_str){ bytes + entry->value_at, entry->value_len }, err);
    }
    bc_batch_release(&append->retractions);
    return rc;
}

static bc_status collect_retraction(bc_append *append, uint64_t seq, uint64_t target, uint64_t root,
                                    struct bc_err *err)
{
    char key[BC_SEQ_LEN], value[2 * BC_SEQ_LEN];
    bc_status rc = BC_OK;

    bc_put_u64(key, seq);
    bc_put_u64(value, target);
    bc_put_u64(value + BC_SEQ_LEN, root);
    if (!append->retraction_file && bc_append_writer_is_large(append->writer))
        rc = open_retraction_file(append, err);
    return rc < 0 ? rc
                  : put_retraction(append, (struct bc_str){ key, sizeof(key) },
                                   (struct bc_str){ value, sizeof(value) }, err);
}

/* Adds an event that was found to be new, and whose record is in the buffer. */
static bc_status collect(bc_append *append, const struct bc_event *event, uint64_t hash,
                         const struct bc_append_note *note, uint64_t target, struct bc_err *err)
{
    const uint64_t seq = next_seq(append);
    bc_status rc = bc_append_writer_take(append->writer, err);

    if (rc == BC_OK && target)
        rc = collect_retraction(append, seq, target, note->root, err);
    if (rc == BC_OK)
        rc = bc_spool_add(&append->notes, note, err);
    if (rc == BC_OK)
        rc = bc_pending_ids_add(append->pending, event->id, hash, err);
    append->broken = rc < 0;
    if (rc < 0)
        return rc;
    append->last_recorded_us = note->recorded_us;
    append->sum.added++;
    return BC_OK;
}

/* An event being added: its record is at the end of the writer's buffer. */
struct coming {
    const struct bc_event *event;
    struct bc_str record, content; /* of the record */
    uint64_t hash;                 /* of its id */
    uint64_t place;
    enum recorded_by recorded_by;
};

static bc_status keep(bc_append *append, const struct coming *coming, struct bc_err *err)
{
    const struct bc_kept_record record = { coming->place, coming->recorded_by == BY_EVENT,
                                           coming->record };
    bc_status rc =
        bc_append_kept_add(&append->kept, bc_store_aside(append->log->store), &record, err);

    append->broken = rc < 0;
    return rc;
}

static bc_status take(bc_append *append, const struct coming *coming, struct bc_where *where,
                      struct bc_err *err)
{
    const struct bc_event *event = coming->event;
    struct bc_append_note note = { .place = coming->place };
    uint64_t target = 0;
    bc_status rc = look_up(append, event->id, coming->hash, coming->content, where, err);

    if (rc == BC_DONE)
        append->sum.duplicates++;
    if (rc == BC_OK && coming->recorded_by != BY_LEDGER)
        rc = refuse_merged_into_itself(event, where, err);
    if (rc == BC_OK)
        rc = recorded_time(append, event, coming->recorded_by, &note.recorded_us, where, err);
    if (rc == BC_OK && event->body == BC_RETRACTED)
        rc = resolve(append, event, &target, &note.root, where, err);
    if (rc == BC_OK && append->log->via.commit && coming->recorded_by != BY_LEDGER)
        rc = keep(append, coming, err);
    return rc == BC_OK ? collect(append, event, coming->hash, &note, target, err) : rc;
}

bc_status bc_append_add(bc_append *append, const struct bc_event *event, uint64_t place,
                        bool keep_recorded, uint64_t *out_seq, struct bc_where *where,
                        struct bc_err *err)
{
    struct bc_buf *buf = bc_append_writer_buf(append->writer);
    const size_t begin = buf->len;
    const uint64_t seq = next_seq(append);
    size_t content_at;
    struct coming coming = { .event = event,
                             .place = place,
                             .recorded_by = keep_recorded ? BY_EVENT : BY_CLOCK };
    bc_status rc = refuse_if_broken(append, err);

    if (rc == BC_OK)
        rc = bc_event_check(event, where, err);
    if (rc < 0)
        return rc;
    coming.hash = bc_pending_ids_expect(append->pending, event->id);
    bc_encode_prefix(buf, seq, keep_recorded ? event->recorded_us : append->now_us);
    content_at = buf->len;
    bc_encode_content(buf, event);
    coming.record = (struct bc_str){ buf->at + begin, buf->len - begin };
    coming.content = (struct bc_str){ buf->at + content_at, buf->len - content_at };
    if (coming.content.len > BC_EVENT_MAX) {
        if (where)
            *where = (struct bc_where){ .part = "" };
        rc = bc_err_set(err, BC_E_INPUT, "the event has %zu bytes, expected at most %d",
                        coming.content.len, BC_EVENT_MAX);
    } else {
        rc = take(append, &coming, where, err);
    }
    if (rc != BC_OK && !append->broken) /* else the block may be the worker's by now */
        buf->len = begin;
    if (rc == BC_OK && out_seq)
        *out_seq = seq;
    return rc;
}

bc_status bc_append_add_stored(bc_append *append, const struct bc_event *event,
                               struct bc_str stored, struct bc_err *err)
{
    struct bc_buf *buf = bc_append_writer_buf(append->writer);
    const uint64_t next = next_seq(append);
    uint64_t seq = 0;
    struct bc_err why = { 0 };
    struct coming coming = { .event = event, .place = next, .recorded_by = BY_LEDGER };
    int64_t recorded_us;
    bc_status rc = refuse_if_broken(append, err);

    if (rc < 0)
        return rc;
    append->broken = true;
    if (!bc_decode_prefix(&coming.content, &seq, &recorded_us, stored) || seq != next ||
        !event->has_recorded || bc_event_check(event, NULL, &why) < 0)
        return bc_err_damaged(err, "event %llu is not a valid stored event%s%.300s",
                              (unsigned long long)next, why.message[0] ? ": " : "", why.message);
    coming.hash = bc_pending_ids_expect(append->pending, event->id);
    append->again.len = 0;
    bc_encode_prefix(&append->again, next, recorded_us);
    bc_buf_add_str(&append->again, coming.content); /* another version may order it differently */
    if (!bc_str_eq(bc_buf_str(&append->again), stored))
        return bc_err_damaged(err, "the header of event %llu is not canonical",
                              (unsigned long long)next);
    bc_buf_add_str(buf, stored);
    rc = take(append, &coming, NULL, &why);
    if (rc == BC_E_IO)
        return bc_err_set(err, rc, "%s", why.message);
    if (rc != BC_OK)
        return bc_err_damaged(err, "event %llu does not fit the events before it: %.300s",
                              (unsigned long long)next, why.message);
    return BC_OK;
}
