/* What the replicas of a shared log on JetStream say of themselves. */
#include "ledger/share/jetstream_impl.h"

bc_status bc_jetstream_put_replica(void *self, struct bc_str name, struct bc_str text,
                                   struct bc_err *err)
{
    struct bc_jetstream *log = self;
    const struct nats_lazy *nats = log->link.nats;
    const struct bc_js_try attempt = bc_js_try(&log->link, "say how this replica is in");
    bc_arena *arena = bc_arena_new();
    const char *said = bc_arena_copy(arena, name).at;
    char subject[BC_JS_NAME];
    bc_status rc = BC_OK;
    bool done = false;

    bc_js_subject(subject, &log->link, BC_JS_REPLICAS, said);
    while (rc == BC_OK && !done) {
        jsPubOptions how = { .MaxWait = bc_js_try_wait(&attempt) };
        jsErrCode code = 0;
        natsMsg *message = NULL;
        natsStatus status = nats->natsMsg_Create(&message, subject, NULL, text.at, (int)text.len);

        if (status == NATS_OK)
            status = nats->natsMsgHeader_Set(message, BC_JS_REPLICA_HEADER, said);
        if (status == NATS_OK)
            status = nats->js_PublishMsg(NULL, log->link.js, message, &how, &code);
        nats->natsMsg_Destroy(message);
        done = status == NATS_OK;
        if (!done)
            rc = bc_js_try_again(&attempt, status, code, err);
    }
    bc_arena_free(arena);
    return rc;
}

/* --- all of them --- */

struct replica {
    struct bc_str name, text;
};

struct replicas {
    bc_arena *arena;
    struct replica *at;
    size_t n, cap;
};

/* Takes what one says, in place of what it said before. What has another name than its subject is
 * from nobody who may say it. */
static void take(struct replicas *all, const struct bc_js_link *link, natsMsg *message)
{
    const char *said = NULL, *subject = link->nats->natsMsg_GetSubject(message);
    char own[BC_JS_NAME];
    struct replica *one;
    size_t i = 0;

    if (link->nats->natsMsgHeader_Get(message, BC_JS_REPLICA_HEADER, &said) != NATS_OK || !said)
        return;
    bc_js_subject(own, link, BC_JS_REPLICAS, said);
    if (strcmp(own, subject) != 0)
        return;
    while (i < all->n && !bc_str_eq(all->at[i].name, bc_str_of(said)))
        i++;
    if (i == all->n) {
        struct replica *more =
            bc_arena_alloc(all->arena, (all->n + 1) * sizeof(*more)); /* they are few */

        if (all->n)
            memcpy(more, all->at, all->n * sizeof(*more));
        all->at = more;
        all->at[all->n++].name = bc_arena_copy(all->arena, bc_str_of(said));
    }
    one = &all->at[i];
    one->text = bc_arena_copy(all->arena, bc_js_bytes(link, message));
}

/* Reads the stream up to what was last when this began. */
static bc_status walk(struct bc_jetstream *log, const struct bc_js_try *attempt,
                      struct replicas *all, uint64_t last, struct bc_err *err)
{
    struct bc_js_feed feed = { 0 };
    char subject[BC_JS_NAME];
    uint64_t sequence = 0;
    bc_status rc = BC_OK;

    bc_js_subject(subject, &log->link, BC_JS_REPLICAS, "*");
    while (rc == BC_OK && sequence < last) {
        natsMsg *message = NULL;

        if (!feed.subscription)
            rc = bc_js_feed_open(attempt, &feed, log->replicas, subject, sequence + 1, err);
        if (rc != BC_OK)
            break;
        rc = bc_js_feed_next(&feed, &log->link, bc_js_try_wait(attempt), &message, &sequence);
        if (rc == BC_OK) {
            take(all, &log->link, message);
            log->link.nats->natsMsg_Destroy(message);
        } else {
            bc_js_feed_close(&feed, &log->link);
            rc = bc_js_try_again(attempt, NATS_TIMEOUT, 0, err);
        }
    }
    bc_js_feed_close(&feed, &log->link);
    return rc;
}

bc_status bc_jetstream_each_replica(void *self, bc_replica_see *see, void *payload,
                                    struct bc_err *err)
{
    struct bc_jetstream *log = self;
    const struct bc_js_try attempt = bc_js_try(&log->link, "read the replicas of");
    struct replicas all = { .arena = bc_arena_new() };
    jsStreamInfo *info = NULL;
    bc_status rc = bc_js_info(&attempt, &info, log->replicas, err);

    if (rc == BC_DONE)
        rc = bc_err_set(err, BC_E_REMOTE, "the shared log %s is gone", log->link.name);
    if (rc == BC_OK) {
        const uint64_t last = info->State.Msgs ? info->State.LastSeq : 0;

        log->link.nats->jsStreamInfo_Destroy(info);
        rc = walk(log, &attempt, &all, last, err);
    }
    for (size_t i = 0; rc == BC_OK && i < all.n; i++)
        if (all.at[i].text.len)
            rc = see(payload, all.at[i].name, all.at[i].text, err);
    bc_arena_free(all.arena);
    return rc;
}
