/* tools/connect/slack.h - the parts of Slack's connector: its account file, its messages, and what
 * its errors mean. */
#ifndef BC_TOOLS_CONNECT_SLACK_H
#define BC_TOOLS_CONNECT_SLACK_H

#include "ledger/base/instant.h"
#include "tools/connect/connector.h"
#include "tools/connect/run.h"
#include "tools/connect/slack_text.h"

/* What a message answers. */
enum slack_asked { SLACK_CAMPAIGN, SLACK_CHANNEL, SLACK_DEAL, SLACK_ASKED_N };

struct slack_account {
    const struct bc_str *channels, *from;
    size_t channel_n, from_n; /* no `from`: whatever an app posted */
    struct slack_labels {
        const struct bc_str *at;
        size_t n;
    } labels[SLACK_ASKED_N];
    int64_t look_back_us;
    bool record; /* a lead of no known deal becomes an event at once */
};

#define SLACK_KEY_N 5
extern const struct bc_field_key slack_keys[SLACK_KEY_N];
bc_status slack_take_account(const void **out, const struct bc_fields *in,
                             const struct bc_yaml *const *values, const struct bc_yaml *file);

/* A reading of the service. */
struct slack_reading {
    struct connect_run *run;
    const struct slack_account *account;
    struct bc_str team, url; /* of the token's workspace */
    struct slack_text text;
};

/* Tells what there is in a message of a channel. `ts`, its id there, is its time, too. */
bc_status slack_tell(struct slack_reading *reading, struct bc_str channel, const json_t *message,
                     struct bc_str ts, int64_t us, struct bc_err *err);

extern const struct http_service slack_service;

/* "C0123456789" */
bool slack_is_channel(struct bc_str text);
/* Did an app post it? */
bool slack_has_app(struct connect_run *run, const json_t *message);
/* Is it a reply in a thread, that was not posted to the channel as well? */
bool slack_is_reply(struct connect_run *run, const json_t *message, struct bc_str ts);

bc_status slack_discover(struct connect_run *run, struct bc_buf *file, struct bc_buf *found,
                         struct bc_err *err);

#endif
