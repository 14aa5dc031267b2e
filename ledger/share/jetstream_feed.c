#include "ledger/share/jetstream_feed.h"

/* An idle server says so at this pace; it takes part in the control of the flow. */
#define HEARTBEAT_NS (INT64_C(5) * 1000000000)

bc_status bc_js_feed_open(const struct bc_js_try *attempt, struct bc_js_feed *feed,
                          const char *stream, const char *subject, uint64_t from,
                          struct bc_err *err)
{
    const struct nats_lazy *nats = attempt->link->nats;
    bc_status rc = BC_OK;

    bc_js_feed_close(feed, attempt->link);
    while (rc == BC_OK) {
        jsSubOptions wanted;
        jsOptions how;
        jsErrCode code = 0;
        natsStatus status;

        (void)nats->jsSubOptions_Init(&wanted);
        (void)nats->jsOptions_Init(&how);
        wanted.Stream = stream;
        wanted.Config.DeliverPolicy = js_DeliverByStartSequence;
        wanted.Config.OptStartSeq = from;
        wanted.Config.AckPolicy = js_AckNone;
        wanted.Config.FlowControl = true;
        wanted.Config.Heartbeat = HEARTBEAT_NS;
        wanted.Config.MemoryStorage = true; /* it is not worth keeping */
        wanted.Config.Replicas = 1;
        how.Wait = bc_js_try_wait(attempt);
        status = nats->js_SubscribeSync(&feed->subscription, attempt->link->js, subject, &how,
                                        &wanted, &code);
        if (status == NATS_OK) {
            feed->next = from;
            return BC_OK;
        }
        feed->subscription = NULL;
        rc = bc_js_try_again(attempt, status, code, err);
    }
    return rc;
}

void bc_js_feed_close(struct bc_js_feed *feed, const struct bc_js_link *link)
{
    if (feed->subscription)
        link->nats->natsSubscription_Destroy(feed->subscription);
    *feed = (struct bc_js_feed){ 0 };
}

bc_status bc_js_feed_next(struct bc_js_feed *feed, const struct bc_js_link *link, int64_t wait_ms,
                          natsMsg **out, uint64_t *sequence)
{
    const struct nats_lazy *nats = link->nats;
    natsStatus status;

    if (!feed->subscription)
        return BC_NO;
    for (;;) {
        jsMsgMetaData *about = NULL;

        status = nats->natsSubscription_NextMsg(out, feed->subscription, wait_ms);
        if (status == NATS_TIMEOUT)
            return BC_DONE;
        if (status != NATS_OK)
            break;
        status = nats->natsMsg_GetMetaData(&about, *out);
        if (status != NATS_OK) {
            nats->natsMsg_Destroy(*out);
            break;
        }
        *sequence = about->Sequence.Stream;
        feed->more = about->NumPending > 0;
        nats->jsMsgMetaData_Destroy(about);
        if (*sequence >= feed->next) {
            feed->next = *sequence + 1;
            feed->missed = 0;
            return BC_OK;
        }
        nats->natsMsg_Destroy(*out); /* sent again, or read from elsewhere by now */
    }
    bc_js_feed_close(feed, link);
    return BC_NO;
}
