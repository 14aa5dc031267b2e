/* Commits, read from a shared log on JetStream. */
#include "ledger/share/jetstream_impl.h"

#include <inttypes.h>

enum {
    SLICE_MS = 2000,  /* of a wait; after it the leader is asked whether there is really nothing */
    SOON_MS = 200,    /* what a server has announced is waited for */
    MISSED_MOST = 64, /* a feed that has not begun by then will not */
};

/* --- what is no commit --- */

/* Of those that are noted the first that is not before `position`; else their number. */
static size_t find_junk(const struct bc_jetstream *log, uint64_t position)
{
    size_t low = 0, high = log->n_junk;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (log->junk[middle] < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void note_junk(struct bc_jetstream *log, uint64_t position)
{
    const size_t at = find_junk(log, position);

    if (at < log->n_junk && log->junk[at] == position)
        return;
    BC_GROW(log->junk, log->n_junk, log->cap_junk);
    memmove(log->junk + at + 1, log->junk + at, (log->n_junk - at) * sizeof(*log->junk));
    log->junk[at] = position;
    log->n_junk++;
}

/* The first position after one that is worth reading. */
static uint64_t after_junk(const struct bc_jetstream *log, uint64_t after)
{
    uint64_t position = after + 1;

    for (size_t i = find_junk(log, position); i < log->n_junk && log->junk[i] == position; i++)
        position++;
    return position;
}

const char *bc_jetstream_id(struct bc_jetstream *log, natsMsg *message, uint64_t position)
{
    const char *id = NULL;

    if (log->link.nats->natsMsgHeader_Get(message, BC_JS_COMMIT_HEADER, &id) == NATS_OK && id &&
        strlen(id) == BC_COMMIT_ID_LEN)
        return id;
    note_junk(log, position);
    return NULL;
}

/* --- asked of the leader --- */

bc_status bc_jetstream_end(const struct bc_jetstream *log, const struct bc_js_try *attempt,
                           uint64_t *end, struct bc_err *err)
{
    jsStreamInfo *info = NULL;
    bc_status rc = bc_js_info(attempt, &info, log->commits, err);

    if (rc == BC_DONE)
        return bc_err_set(err, BC_E_REMOTE, "the shared log %s is gone", log->link.name);
    if (rc != BC_OK)
        return rc;
    *end = info->State.LastSeq;
    log->link.nats->jsStreamInfo_Destroy(info);
    return BC_OK;
}

/* No message is there: is it the end? BC_DONE: it is. BC_NO: by now, or after it, there is one. */
static bc_status is_end(const struct bc_jetstream *log, const struct bc_js_try *attempt,
                        uint64_t position, struct bc_err *err)
{
    uint64_t end;
    bc_status rc = bc_jetstream_end(log, attempt, &end, err);

    if (rc != BC_OK)
        return rc;
    if (end < position)
        return BC_DONE;
    if (bc_js_try_again(attempt, NATS_TIMEOUT, 0, err) == BC_OK)
        return BC_NO;
    return bc_err_set(err, BC_E_DAMAGED,
                      "the shared log %s lacks its message %" PRIu64 ", and goes on to %" PRIu64,
                      log->link.name, position, end);
}

/* One message. BC_DONE: it is after the end. */
static bc_status get(const struct bc_jetstream *log, const struct bc_js_try *attempt,
                     uint64_t position, natsMsg **out, struct bc_err *err)
{
    bc_status rc = BC_NO;

    while (rc == BC_NO) {
        rc = bc_js_get(attempt, out, log->commits, position, NULL, err);
        if (rc == BC_DONE)
            rc = is_end(log, attempt, position, err);
    }
    return rc;
}

bc_status bc_jetstream_commit_after(struct bc_jetstream *log, const struct bc_js_try *attempt,
                                    uint64_t after, uint64_t *position, natsMsg **out,
                                    struct bc_err *err)
{
    for (*position = after;;) {
        const uint64_t want = after_junk(log, *position);
        bc_status rc = get(log, attempt, want, out, err);

        *position = rc == BC_OK ? want : want - 1;
        if (rc != BC_OK || bc_jetstream_id(log, *out, want))
            return rc;
        log->link.nats->natsMsg_Destroy(*out);
    }
}

bc_status bc_jetstream_last(void *self, uint64_t *position, struct bc_buf *out, struct bc_err *err)
{
    struct bc_jetstream *log = self;
    const struct nats_lazy *nats = log->link.nats;
    const struct bc_js_try attempt = bc_js_try(&log->link, "read");
    natsMsg *message = NULL;
    bc_status rc = bc_js_get(&attempt, &message, log->commits, 0, log->commit_subject, err);

    while (rc == BC_OK) {
        const uint64_t at = nats->natsMsg_GetSequence(message);

        if (bc_jetstream_id(log, message, at)) {
            *position = at;
            bc_buf_add_str(out, bc_js_bytes(&log->link, message));
            nats->natsMsg_Destroy(message);
            return BC_OK;
        }
        nats->natsMsg_Destroy(message);
        rc = at > 1 ? bc_js_get(&attempt, &message, log->commits, at - 1, NULL, err) : BC_DONE;
    }
    return rc;
}

/* --- sent ahead --- */

/* What the feed has of the commits from `want` on. BC_DONE: nothing within `wait_ms`. BC_NO: it has
 * left something out, and is closed, or it was. */
static bc_status from_feed(struct bc_jetstream *log, uint64_t want, int64_t wait_ms,
                           uint64_t *position, natsMsg **out)
{
    struct bc_js_feed *feed = &log->feed;
    bc_status rc;

    if (feed->subscription && feed->next != want)
        bc_js_feed_close(feed, &log->link);
    if (feed->more && wait_ms < SOON_MS)
        wait_ms = SOON_MS;
    rc = bc_js_feed_next(feed, &log->link, wait_ms, out, position);
    if (rc == BC_OK && *position != want) {
        log->link.nats->natsMsg_Destroy(*out);
        bc_js_feed_close(feed, &log->link);
        rc = BC_NO;
    }
    return rc;
}

/* The leader had what did not come. */
static void missed(struct bc_jetstream *log, bool waited, uint64_t position)
{
    struct bc_js_feed *feed = &log->feed;

    if (waited || feed->more || ++feed->missed > MISSED_MOST)
        bc_js_feed_close(feed, &log->link);
    feed->next = position + 1;
}

/* From the feed, or else from the leader. */
static bc_status next_commit(struct bc_jetstream *log, uint64_t after, int64_t wait_ms,
                             uint64_t *position, natsMsg **out, struct bc_err *err)
{
    struct bc_js_try attempt;
    bc_status rc;

    for (;;) {
        rc = from_feed(log, after_junk(log, after), wait_ms, position, out);
        if (rc != BC_OK)
            break;
        if (bc_jetstream_id(log, *out, *position))
            return BC_OK;
        log->link.nats->natsMsg_Destroy(*out);
        after = *position;
    }
    attempt = bc_js_try(&log->link, "read");
    rc = bc_jetstream_commit_after(log, &attempt, after, position, out, err);
    if (rc == BC_OK && log->feed.subscription)
        missed(log, wait_ms > 0, *position);
    return rc;
}

static bc_status open_feed(struct bc_jetstream *log, uint64_t after, struct bc_err *err)
{
    const struct bc_js_try attempt = bc_js_try(&log->link, "read");

    return bc_js_feed_open(&attempt, &log->feed, log->commits, log->commit_subject,
                           after_junk(log, after), err);
}

bc_status bc_jetstream_read(void *self, uint64_t after, unsigned wait_ms, uint64_t *position,
                            struct bc_buf *out, struct bc_err *err)
{
    struct bc_jetstream *log = self;
    const int64_t until = bc_js_now_ms() + wait_ms;
    const bool goes_on = after && after == log->read;
    natsMsg *message = NULL;
    bc_status rc = BC_OK;

    for (int64_t wait = 0; rc == BC_OK;) {
        rc = next_commit(log, after, wait, position, &message, err);
        wait = until - bc_js_now_ms();
        if (rc != BC_DONE || wait <= 0)
            break;
        wait = wait < SLICE_MS ? wait : SLICE_MS;
        rc = log->feed.subscription ? BC_OK : open_feed(log, after, err);
    }
    if (rc != BC_OK)
        return rc;
    bc_buf_add_str(out, bc_js_bytes(&log->link, message));
    log->link.nats->natsMsg_Destroy(message);
    log->read = *position;
    /* Whoever reads two in turn reads more. */
    return goes_on && !log->feed.subscription ? open_feed(log, *position, err) : BC_OK;
}
