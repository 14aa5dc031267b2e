/* tools/webhook/delivery.h - a delivery of a webhook as a line of a log has it:
 *
 *   {"receivedAt": "2025-02-03T09:12:46.100Z", "method": "POST", "url":
 * "https://hooks.example.org/x", "headers": {"X-Hub-Signature-256": "sha256=..."}, "body": "..."}
 *
 * `bodyBase64` instead of `body`; headers as pairs, [["name", "value"]], or a list of values under
 * a name. */
#ifndef BC_TOOLS_WEBHOOK_DELIVERY_H
#define BC_TOOLS_WEBHOOK_DELIVERY_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

#include <jansson.h>

enum webhook_sender {
    WEBHOOK_UNKNOWN,
    WEBHOOK_HUBSPOT,
    WEBHOOK_DROPBOX_SIGN,
    WEBHOOK_GITHUB,
    WEBHOOK_ASANA,
    WEBHOOK_SLACK,
    WEBHOOK_SENDER_N
};
struct webhook_sender_row {
    const char *word;     /* "dropbox-sign": of files of secrets, and of the connector */
    const char *title;    /* "Dropbox Sign" */
    const char *variable; /* of the environment that may hold a secret */
};
extern const struct webhook_sender_row webhook_sender[WEBHOOK_SENDER_N];

/* Texts live as long as it. */
struct webhook_delivery {
    enum webhook_sender sender;
    int64_t received_us; /* -1: not said */
    struct bc_str method, url;
    struct bc_str body; /* as it was received */
    json_t *content;    /* what it says; NULL where it is empty */
    json_t *line;
    struct bc_buf decoded;
};

/* *out is released by the caller, also after a failure. BC_E_INPUT: it is no delivery, or its body
 * is nothing that such a service sends. */
bc_status webhook_delivery_read(struct webhook_delivery *out, struct bc_str line,
                                struct bc_err *err);
void webhook_delivery_release(struct webhook_delivery *delivery);

/* The first value of a header, whatever the case of its name; empty: there is none. */
struct bc_str webhook_header(const struct webhook_delivery *delivery, const char *name);

#endif
