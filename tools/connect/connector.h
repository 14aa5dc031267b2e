/* tools/connect/connector.h - a service that a part of a deal's story is in, described in WORD.c,
 * with parts WORD_*.c. A new one is these, a word in connectors.h, a page,
 * tools/cmd/import_WORD.scd, and its rows in the tables of README.md, SECURITY.md and
 * tests/connect/README.md: `import WORD` is there, with its help, its place in `sources` and in
 * `import all`.
 *
 * A connector asks, understands and tells events (run.h); it appends nothing. How answers are
 * waited for, to which deal an object belongs, what was told before, what is committed with what,
 * how ledger and service agree at the end: all of that is the same for each, and not its affair. */
#ifndef BC_TOOLS_CONNECT_CONNECTOR_H
#define BC_TOOLS_CONNECT_CONNECTOR_H

#include "projections/yaml/fields.h"
#include "tools/http/http.h"

struct connect_run; /* run.h */

struct connector {
    const char *word; /* "dropbox-sign": of the command */
    const char
        *system;       /* "dropbox_sign": as events name it; their ids begin with "dropbox_sign:" */
    const char *title; /* "Dropbox Sign" */

    /* Where it is: its address, and the domains that an account file may name instead, each with
     * all hosts below it. NULL-ended. */
    const char *base_url;
    const char *const *domains;
    /* What only its objects have in their names and addresses, "request/": of which service a link
     * of links.yaml is that no object has. NULL-ended. */
    const char *const *forms;
    const char *token_variable; /* of the environment: "DROPBOX_SIGN_KEY" */
    /* Where a server of one's own has it, "/api/v3", and whose token goes there; NULL: there are no
     * such servers. */
    const char *server_path, *server_token_variable;
    enum http_auth auth;
    const struct http_service *service;
    const char *const *headers; /* sent with each request, NULL-ended; or NULL */
    bool follow;                /* redirects on its own host */
    unsigned in_flight_max, limit_n;
    int64_t limit_us; /* limit_n requests in so long; 0: as http.h says */

    /* The account file's keys beside those that each has (account.h). *out, in in->arena, is what
     * they say; `values` are in their order, NULL where one is left out. */
    const struct bc_field_key *keys;
    size_t key_n;
    bc_status (*take_account)(const void **out, const struct bc_fields *in,
                              const struct bc_yaml *const *values, const struct bc_yaml *file);

    /* Reads the service, from run->state on, and tells what it finds. */
    bc_status (*read)(struct connect_run *run, struct bc_err *err);
    /* Tells what a delivery of the service's webhook says, which is `body`, as `read` would. What a
     * service says without a time is as of run->now_us. BC_DONE: it is of a kind that tells nothing
     * by itself. NULL: all are. */
    bc_status (*deliver)(struct connect_run *run, const json_t *body, struct bc_err *err);
    /* Writes a first account file from the service itself, by draft.h. run->known is what the
     * ledger has, or NULL where no ledger is named. *found says in a sentence what is to be filled
     * in. */
    bc_status (*discover)(struct connect_run *run, struct bc_buf *file, struct bc_buf *found,
                          struct bc_err *err);
    /* The option by which people say at what to look closer: run->look_at; or { NULL }. An account
     * file that is there says it, too: then `discover` is given it, and the draft goes beside it.
     */
    struct connect_look {
        const char *option, *value, *help; /* "channel", "ID" */
    } look;
};

#endif
