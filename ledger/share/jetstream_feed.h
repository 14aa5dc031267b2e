/* ledger/share/jetstream_feed.h - the messages of a stream one after another, sent ahead by a
 * server.
 *
 * That is fast and no more: a feed can end, or leave something out, and what it has not is asked of
 * the stream's leader. */
#ifndef BC_LEDGER_SHARE_JETSTREAM_FEED_H
#define BC_LEDGER_SHARE_JETSTREAM_FEED_H

#include "ledger/share/jetstream_link.h"

struct bc_js_feed {
    natsSubscription *subscription; /* NULL: it is closed */
    uint64_t next;                  /* the least sequence that is still wanted */
    bool more;                      /* a server said that more messages are there */
    unsigned missed;                /* so often in turn a message was there and did not come */
};

/* Opens one from a sequence on, in place of what it was. */
bc_status bc_js_feed_open(const struct bc_js_try *attempt, struct bc_js_feed *feed,
                          const char *stream, const char *subject, uint64_t from,
                          struct bc_err *err);
/* Fine where it is closed. */
void bc_js_feed_close(struct bc_js_feed *feed, const struct bc_js_link *link);
/* The next message with a sequence of at least feed->next, which is then the one after it. BC_DONE:
 * none came within `wait_ms`. BC_NO: it ended, and is closed. The caller destroys the message. */
bc_status bc_js_feed_next(struct bc_js_feed *feed, const struct bc_js_link *link, int64_t wait_ms,
                          natsMsg **out, uint64_t *sequence);

#endif
