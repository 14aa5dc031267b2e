/* tools/webhook/secrets.h - the secrets that senders sign with: several of each, since they change
 * and a log is longer than that. */
#ifndef BC_TOOLS_WEBHOOK_SECRETS_H
#define BC_TOOLS_WEBHOOK_SECRETS_H

#include "tools/webhook/delivery.h"

struct webhook_secrets {
    struct webhook_secret {
        enum webhook_sender sender;
        char *text;
    } * at;
    size_t n, cap;
};

/* Copies it. An empty one is none. */
void webhook_secrets_add(struct webhook_secrets *secrets, enum webhook_sender sender,
                         struct bc_str text);
/* Adds those of a file that only its owner can read, one a line after its sender's word:
 * "github It's a secret". BC_E_IO, BC_E_INPUT: as http_token_read, or a line is of another form;
 * no message has any of it. */
bc_status webhook_secrets_read(struct webhook_secrets *secrets, const char *path,
                               struct bc_err *err);
void webhook_secrets_release(struct webhook_secrets *secrets);

#endif
