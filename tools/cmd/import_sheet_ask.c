#include "tools/cmd/import_sheet_ask.h"

#include "ledger/base/instant.h"

#include <inttypes.h>

#define TOKEN_VARIABLE "SHEET_TOKEN"

void import_sheet_ask_init(struct import_sheet_ask *ask, const struct cmd_env *env,
                           struct import_remote *remote)
{
    *ask = (struct import_sheet_ask){ .env = env, .remote = remote, .arena = bc_arena_new() };
    snprintf(ask->doing, sizeof(ask->doing), "reading the sheet");
    ask->progress = progress_begin(env, ask->doing);
}

void import_sheet_ask_release(struct import_sheet_ask *ask)
{
    progress_end(&ask->progress);
    http_client_free(ask->clients[0]);
    http_client_free(ask->clients[1]);
    bc_arena_free(ask->arena);
    ask->arena = NULL;
}

static bool has_token(const struct import_sheet_ask *ask)
{
    const struct import_remote *remote = ask->remote;
    const char *given = ask->env->secret ? ask->env->secret(TOKEN_VARIABLE) : NULL;

    return remote->token_file || remote->token_command || (given && *given);
}

/* A token is Google's: it is for no other server, which would learn it. */
static bc_status check_token(struct import_sheet_ask *ask, struct bc_err *err)
{
    const struct import_remote *remote = ask->remote;

    ask->by_api = ask->address.kind == SHEET_GOOGLE && has_token(ask);
    if (ask->address.kind != SHEET_GOOGLE && (remote->token_file || remote->token_command))
        return bc_err_set(err, BC_E_USAGE,
                          "a token goes to Google alone, for the link of a sheet that is not "
                          "published; this address is asked without one");
    if (ask->address.kind == SHEET_OTHER && remote->base_url)
        return bc_err_set(err, BC_E_USAGE, "--base-url is for the link of a Google Sheet alone");
    return BC_OK;
}

bc_status import_sheet_ask_read(struct import_sheet_ask *ask, const char *address,
                                struct bc_err *err)
{
    bc_status rc = sheet_address_read(&ask->address, ask->arena, address, err);

    return rc == BC_OK ? check_token(ask, err) : rc;
}

static void show_progress(void *payload, const struct http_counts *counts)
{
    struct import_sheet_ask *ask = payload;

    snprintf(ask->doing, sizeof(ask->doing),
             "reading the sheet (%" PRIu64 " requests, %" PRId64 " s waited)", counts->requests,
             counts->waited_us / BC_SECOND_US);
    progress_now(&ask->progress, counts->answers, 0, "answers");
}

static bc_status open_google(struct import_sheet_ask *ask, struct http_opts *opts,
                             struct bc_err *err)
{
    const char *base_url = ask->remote->base_url;
    const char *headers[] = { NULL, NULL };
    struct bc_buf key = { 0 };
    bc_status rc;

    sheet_google_opts(opts);
    if (*ask->address.key) {
        bc_buf_printf(&key, "X-Goog-Drive-Resource-Keys: %s/%s", ask->address.id, ask->address.key);
        bc_buf_add_byte(&key, '\0');
        headers[0] = key.at;
        opts->headers = headers;
    }
    opts->base_url = base_url ? base_url : SHEET_SHEETS_URL;
    rc = import_remote_client(&ask->clients[0], ask->remote, ask->env, TOKEN_VARIABLE, opts, err);
    opts->base_url = base_url ? base_url : SHEET_DRIVE_URL;
    if (rc == BC_OK)
        rc = http_client_new(&ask->clients[1], opts, err);
    bc_buf_release(&key);
    return rc;
}

bc_status import_sheet_ask_open(struct import_sheet_ask *ask, struct bc_err *err)
{
    struct http_opts opts = { .progress = show_progress, .progress_payload = ask };

    if (ask->by_api)
        return open_google(ask, &opts, err);
    sheet_client_opts(&opts, &ask->address);
    if (ask->remote->base_url)
        opts.base_url = ask->remote->base_url;
    opts.token = ask->address.query; /* which is not sent, but may be a secret: nobody sees it */
    return import_remote_client(&ask->clients[0], ask->remote, ask->env, TOKEN_VARIABLE, &opts,
                                err);
}

bc_status import_sheet_ask_fetch(struct import_sheet_ask *ask, struct sheet_table *out,
                                 struct sheet_source source, struct bc_err *err)
{
    bc_status rc;

    source.address = &ask->address;
    source.client = ask->by_api ? NULL : ask->clients[0];
    source.sheets = ask->clients[0];
    source.drive = ask->clients[1];
    rc = sheet_fetch(out, &source, err);
    progress_end(&ask->progress);
    return rc;
}

struct http_counts import_sheet_ask_counts(const struct import_sheet_ask *ask)
{
    struct http_counts sum = { 0 };

    for (size_t i = 0; i < 2; i++) {
        const struct http_counts one =
            ask->clients[i] ? http_client_counts(ask->clients[i]) : (struct http_counts){ 0 };

        sum.requests += one.requests;
        sum.retries += one.retries;
    }
    return sum;
}
