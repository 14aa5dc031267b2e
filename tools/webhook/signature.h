/* tools/webhook/signature.h - whether a delivery is from whom it says: the seven ways in which the
 * services sign.
 *
 *   HubSpot v3    base64 HMAC-SHA256 of method, address (partly decoded), body, time in ms
 *   HubSpot v2    hex SHA-256 of secret, method, address, body
 *   HubSpot v1    hex SHA-256 of secret, body
 *   Dropbox Sign  hex HMAC-SHA256 of the event's time and type: not of the rest of the body
 *   GitHub        "sha256=", hex HMAC-SHA256 of the body
 *   Asana         hex HMAC-SHA256 of the body
 *   Slack         "v0=", hex HMAC-SHA256 of "v0:", time in s, ":", body
 *
 * The bytes are those that were received. Comparisons take the same time whatever differs. */
#ifndef BC_TOOLS_WEBHOOK_SIGNATURE_H
#define BC_TOOLS_WEBHOOK_SIGNATURE_H

#include "tools/webhook/secrets.h"

enum webhook_verdict {
    WEBHOOK_VALID,
    WEBHOOK_INVALID,   /* it fits none of the secrets */
    WEBHOOK_UNSIGNED,  /* there is none, or what it needs is missing */
    WEBHOOK_NO_SECRET, /* of this sender */
    WEBHOOK_HANDSHAKE, /* Asana's first delivery, which brings the secret and says nothing */
};
/* *signed_us is the time that is signed, too; -1: none is. */
enum webhook_verdict webhook_verify(const struct webhook_delivery *delivery,
                                    const struct webhook_secrets *secrets, int64_t *signed_us);

#endif
