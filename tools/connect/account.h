/* tools/connect/account.h - what is particular to an account of a service, as a YAML file.
 *
 *   base_url: https://api.github.com   # a host of the service's own: the token goes there
 *   server: github.example.edu         # or a server of one's own, where a service has such
 *   name: research                     # where more than one account of a service is imported
 *   ...                                # keys of the connector
 *
 * Every key may be left out, unless the connector needs it. */
#ifndef BC_TOOLS_CONNECT_ACCOUNT_H
#define BC_TOOLS_CONNECT_ACCOUNT_H

#include "ledger/record/merkle.h"
#include "tools/connect/connector.h"

struct connect_account {
    const char *base_url;
    const char *token_variable; /* whose token goes there */
    const char *server;         /* of one's own: "github.example.edu"; NULL: it is the service's */
    const char *name;           /* of the source: "github", or "github/research" */
    const void *own;            /* what the connector's keys say */
    struct bc_hash hash;        /* of the file's contents */
    bc_arena *arena;
};

/* `base_url` (borrowed), unless NULL, is used as given instead of the file's; without it the file's
 * must be a host of the service's, since whoever may write the file must not thereby decide where
 * the token goes. To a server of one's own only the token goes that is for such servers.
 * BC_E_INPUT: *err names line and column. */
bc_status connect_account_read(struct connect_account **out, const struct connector *connector,
                               const char *path, const char *base_url, struct bc_err *err);
/* The account that an empty file describes, for --discover. */
struct connect_account *connect_account_new(const struct connector *connector,
                                            const char *base_url);
/* Is an address one of the service's own hosts, so that an account file may name it? */
bool connect_account_is_own(const struct connector *connector, const char *base_url);
/* A list of patterns for titles, each with {name} or {deal}. `value` may be NULL: none. */
bc_status connect_account_titles(const struct bc_str **out, size_t *n, const struct bc_fields *in,
                                 const struct bc_yaml *value);
void connect_account_free(struct connect_account *account); /* NULL is fine */

#endif
