#include "ledger/share/jetstream_options.h"

#include "ledger/base/mem.h"
#include "ledger/base/secret_file.h"
#include "ledger/share/nkey.h"

#include <stdlib.h>
#include <unistd.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

enum {
    CONNECT_MS = 2000, /* for each server in turn */
    RECONNECT_MS = 250,
    PING_MS = 5000, /* a connection that is quiet is asked; without an answer it is given up */
    PINGS_OUT = 2,
};

static bool ends_with(const char *text, const char *end)
{
    const size_t len = strlen(text), n = strlen(end);

    return len >= n && strcmp(text + len - n, end) == 0;
}

/* --- the address --- */

static bc_status check_name(const char *name, struct bc_err *err)
{
    const size_t len = strlen(name);

    if (len == 0 || len > BC_JETSTREAM_NAME_MAX || strspn(name, LETTERS) != len)
        return bc_err_set(err, BC_E_INPUT,
                          "'%s' is no name of a shared log: that is up to %d letters, digits, "
                          "\"-\" and \"_\"",
                          name, (int)BC_JETSTREAM_NAME_MAX);
    if (ends_with(name, "-parts") || ends_with(name, "-replicas"))
        return bc_err_set(err, BC_E_INPUT,
                          "'%s' is no name of a shared log: \"-parts\" and \"-replicas\" end the "
                          "names of what belongs to one",
                          name);
    return BC_OK;
}

/* One of the servers; what is before an "@" may be a password, so that it is not repeated. */
static bc_status check_server(struct bc_str server, bool *tls, struct bc_err *err)
{
    const struct bc_str open_scheme = BC_STR("nats://"), tls_scheme = BC_STR("tls://");

    if (server.len && memchr(server.at, '@', server.len))
        return bc_err_set(err, BC_E_INPUT,
                          "a server's address has no user and no password in it: they are in a "
                          "file of credentials or of an NKey");
    *tls = bc_str_begins(server, tls_scheme);
    if (!(*tls && server.len > tls_scheme.len) &&
        !(bc_str_begins(server, open_scheme) && server.len > open_scheme.len))
        return bc_err_set(err, BC_E_INPUT,
                          "'%.*s' is no server of NATS: that is tls://HOST:PORT or "
                          "nats://HOST:PORT, several with \",\" between them",
                          BC_STR_ARG(server));
    return BC_OK;
}

static bc_status check_servers(const char *servers, bool *tls, struct bc_err *err)
{
    size_t n = 0;
    bc_status rc = BC_OK;

    for (const char *at = servers; rc == BC_OK && at; n++) {
        const char *end = strchr(at, ',');
        bool this_tls = false;

        rc = check_server((struct bc_str){ at, end ? (size_t)(end - at) : strlen(at) }, &this_tls,
                          err);
        if (rc == BC_OK && n && this_tls != *tls)
            rc = bc_err_set(err, BC_E_INPUT,
                            "of the servers some are tls://, some nats://: all are one of them");
        *tls = this_tls;
        at = end ? end + 1 : NULL;
    }
    if (rc == BC_OK && n > BC_JETSTREAM_SERVERS_MAX)
        rc = bc_err_set(err, BC_E_INPUT, "these are %zu servers, at most %d are possible", n,
                        (int)BC_JETSTREAM_SERVERS_MAX);
    return rc;
}

bc_status bc_js_address_check(const struct bc_jetstream_address *address, struct bc_err *err)
{
    bool tls = false;
    bc_status rc = check_name(address->name, err);

    if (rc == BC_OK)
        rc = check_servers(address->servers, &tls, err);
    if (rc == BC_OK && address->ca_file && !tls)
        rc = bc_err_set(err, BC_E_INPUT,
                        "certificates are for servers with tls://, and these are nats://");
    if (rc == BC_OK && address->creds_file && address->nkey_file)
        rc = bc_err_set(err, BC_E_INPUT,
                        "a user has a file of credentials or one of an NKey, not both");
    return rc;
}

/* --- as libnats has it --- */

const char *bc_js_text(const struct nats_lazy *nats, natsStatus status)
{
    natsStatus last = NATS_OK;
    const char *text = nats->nats_GetLastError(&last);
    const char *place = text && *text == '(' ? strstr(text, "): ") : NULL; /* in its sources */

    if (!text || !*text || last != status)
        return nats->natsStatus_GetText(status);
    return place ? place + strlen("): ") : text;
}

static natsStatus set_servers(natsOptions *options, const struct nats_lazy *nats,
                              const char *servers)
{
    char *copy = bc_strdup(bc_str_of(servers)), *rest = copy, *one;
    const char *list[BC_JETSTREAM_SERVERS_MAX];
    natsStatus status;
    int n = 0;

    while (n < BC_JETSTREAM_SERVERS_MAX && (one = strsep(&rest, ",")))
        list[n++] = one;
    status = nats->natsOptions_SetServers(options, list, n);
    free(copy);
    return status;
}

static natsStatus set_manner(natsOptions *options, const struct nats_lazy *nats)
{
    natsStatus status = nats->natsOptions_SetName(options, "backcast");

    if (status == NATS_OK)
        status = nats->natsOptions_SetTimeout(options, CONNECT_MS);
    if (status == NATS_OK)
        status = nats->natsOptions_SetMaxReconnect(options, -1);
    if (status == NATS_OK)
        status = nats->natsOptions_SetReconnectWait(options, RECONNECT_MS);
    if (status == NATS_OK)
        status = nats->natsOptions_SetReconnectJitter(options, RECONNECT_MS, RECONNECT_MS);
    if (status == NATS_OK)
        status = nats->natsOptions_SetPingInterval(options, PING_MS);
    if (status == NATS_OK)
        status = nats->natsOptions_SetMaxPingsOut(options, PINGS_OUT);
    if (status == NATS_OK)
        status = nats->natsOptions_SetFailRequestsOnDisconnect(options, true);
    if (status == NATS_OK)
        status = nats->natsOptions_SetSendAsap(options, true);
    return status;
}

static natsStatus set_tls(natsOptions *options, const struct nats_lazy *nats,
                          const struct bc_jetstream_address *address)
{
    natsStatus status;

    if (!bc_str_begins(bc_str_of(address->servers), BC_STR("tls://")))
        return NATS_OK;
    status = nats->natsOptions_SetSecure(options, true);
    if (status == NATS_OK && address->ca_file)
        status = nats->natsOptions_LoadCATrustedCertificates(options, address->ca_file);
    return status;
}

/* Files of secrets are read by libnats itself, at each connection. */
static bc_status set_user(natsOptions *options, const struct nats_lazy *nats,
                          const struct bc_jetstream_address *address, natsStatus *status,
                          struct bc_err *err)
{
    char public_key[BC_NKEY_PUBLIC_LEN + 1];
    bc_status rc;
    int fd;

    if (address->creds_file) {
        rc = bc_secret_open(&fd, address->creds_file, "a credential", err);
        if (rc != BC_OK)
            return rc;
        close(fd);
        *status = nats->natsOptions_SetUserCredentialsFromFiles(options, address->creds_file, NULL);
    } else if (address->nkey_file) {
        rc = bc_nkey_file_public(public_key, address->nkey_file, err);
        if (rc != BC_OK)
            return rc;
        *status = nats->natsOptions_SetNKeyFromSeed(options, public_key, address->nkey_file);
    }
    return BC_OK;
}

bc_status bc_js_options(natsOptions **out, const struct nats_lazy *nats,
                        const struct bc_jetstream_address *address, struct bc_err *err)
{
    natsStatus status = nats->natsOptions_Create(out);
    bc_status rc = BC_OK;

    if (status == NATS_OK)
        status = set_servers(*out, nats, address->servers);
    if (status == NATS_OK)
        status = set_manner(*out, nats);
    if (status == NATS_OK) {
        status = set_tls(*out, nats, address);
        if (status != NATS_OK)
            return bc_err_set(err, BC_E_IO, "cannot use the certificates in %s: %s",
                              address->ca_file ? address->ca_file : "the system",
                              bc_js_text(nats, status));
    }
    if (status == NATS_OK)
        rc = set_user(*out, nats, address, &status, err);
    if (rc == BC_OK && status != NATS_OK)
        rc = bc_err_set(err, BC_E_IO, "cannot prepare a connection: %s", bc_js_text(nats, status));
    return rc;
}
