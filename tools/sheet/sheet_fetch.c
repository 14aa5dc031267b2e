#include "tools/sheet/sheet_fetch.h"

#include <strings.h>

/* ---- the services ---- */

/* Google answers so for a while when it exports too often for one reader. */
static enum http_meaning export_meaning(const struct http_reply_facts *facts)
{
    static const char busy[] = "unable to open the file at this time";

    if (facts->status == 400 && facts->body.len &&
        memmem(facts->body.at, facts->body.len, busy, sizeof(busy) - 1))
        return HTTP_IS_FAULT;
    return HTTP_USUAL;
}

#define NOT_SHARED                                                                                 \
    "the sheet is not shared with everybody who has the link: share it so, or give a token of an " \
    "account that may read it"

static const struct http_own_status export_statuses[] = {
    { 400, HTTP_IS_WRONG, "there is no such sheet in the spreadsheet; is its gid another one now?",
      0 },
    { 401, HTTP_IS_REFUSAL, NOT_SHARED, 0 },
    { 403, HTTP_IS_REFUSAL, NOT_SHARED, 0 },
    { 404, HTTP_IS_WRONG, "there is no such sheet; it was deleted, or its gid is another one now",
      0 },
    { 410, HTTP_IS_WRONG, "the sheet was deleted", 0 },
    { 0 },
};
/* Who has the link may read the sheet. */
static const struct http_plain plain = { .path_before = "/spreadsheets/d/" };

static const struct http_service export_service = {
    .name = "Google Sheets",
    .statuses = export_statuses,
    .sign_in = "accounts.google.com",
    .sign_in_means = NOT_SHARED,
    .meaning = export_meaning,
    .plain = &plain,
};

static const struct http_own_status other_statuses[] = {
    { 401, HTTP_IS_REFUSAL, "the address wants a sign-in, which no token is sent for", 0 },
    { 403, HTTP_IS_REFUSAL, "the address may not be read without a sign-in", 0 },
    { 404, HTTP_IS_WRONG, "there is no table at the address", 0 },
    { 410, HTTP_IS_WRONG, "there is no table at the address any more", 0 },
    { 0 },
};
static const struct http_service other_service = { .name = "the server",
                                                   .statuses = other_statuses };

void sheet_client_opts(struct http_opts *out, const struct sheet_address *address)
{
    static const char *const google_hosts[] = { ".googleusercontent.com", NULL };
    const bool google = address->kind != SHEET_OTHER;

    out->base_url = address->base;
    out->auth = HTTP_NO_TOKEN;
    out->service = google ? &export_service : &other_service;
    out->follow = true;
    out->follow_hosts = google ? google_hosts : NULL;
    out->in_flight_max = 1;
}

/* ---- a table, or something else ---- */

static bool is_type(const char *type, const char *word)
{
    const size_t len = strlen(word);

    return strncasecmp(type, word, len) == 0 && (!type[len] || strchr("; \t", type[len]));
}

static bool is_table_type(const char *type, bool google)
{
    static const char *const others[] = {
        "text/plain",          "text/tab-separated-values", "text/comma-separated-values",
        "application/csv",     "application/vnd.ms-excel",  "application/octet-stream",
        "binary/octet-stream", "application/gzip",          "application/x-gzip"
    };

    if (is_type(type, "text/csv"))
        return true;
    for (size_t i = 0; !google && i < sizeof(others) / sizeof(others[0]); i++)
        if (is_type(type, others[i]))
            return true;
    return !google && !*type;
}

/* A page begins with '<', whatever its type says. */
static bool is_markup(struct bc_str text)
{
    size_t at = text.len >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    while (at < text.len && strchr(" \t\r\n", text.at[at]))
        at++;
    return at < text.len && text.at[at] == '<';
}

static bc_status check_table(const struct http_answer *answer, bool google, struct bc_err *err)
{
    if (is_type(answer->type, "text/html") || is_markup(answer->body))
        return bc_err_set(err, BC_E_REMOTE, "a page for people came, and no table%s",
                          google ? "; " NOT_SHARED : "; does the address want a sign-in?");
    if (!is_table_type(answer->type, google))
        return bc_err_set(err, BC_E_REMOTE, "the answer is of type '%.100s', and no CSV",
                          answer->type);
    return BC_OK;
}

static void keep(struct bc_buf *out, const char *text)
{
    enum { KEPT_MAX = 500 }; /* no server compares a longer mark */

    if (!*text || strlen(text) > KEPT_MAX)
        return;
    bc_buf_add_str(out, bc_str_of(text));
    bc_buf_add_byte(out, '\0');
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

static bc_status fetch_csv(struct sheet_table *out, const struct sheet_source *source,
                           struct bc_err *err)
{
    const bool google = source->address->kind != SHEET_OTHER;
    const struct http_request request = { .path = source->address->path,
                                          .text_ok = true,
                                          .if_none_match = or_null(source->etag),
                                          .if_modified_since = or_null(source->last_modified) };
    struct http_answer answer = { 0 };
    bc_status rc = http_get(source->client, &request, &answer, err);

    if (rc == BC_OK && answer.status == 304)
        out->unchanged = true;
    else if (rc == BC_OK)
        rc = check_table(&answer, google, err);
    if (rc == BC_OK && !out->unchanged) {
        bc_buf_add_str(&out->text, answer.body);
        out->cut = answer.endless && answer.body.len && answer.body.at[answer.body.len - 1] != '\n';
        keep(&out->etag, answer.etag);
        keep(&out->last_modified, answer.last_modified);
    }
    http_answer_release(&answer);
    return rc;
}

bc_status sheet_fetch(struct sheet_table *out, const struct sheet_source *source,
                      struct bc_err *err)
{
    *out = (struct sheet_table){ 0 };
    return source->client ? fetch_csv(out, source, err) : sheet_google_fetch(out, source, err);
}

void sheet_table_release(struct sheet_table *table)
{
    bc_buf_release(&table->text);
    bc_buf_release(&table->etag);
    bc_buf_release(&table->last_modified);
    bc_buf_release(&table->version);
    bc_buf_release(&table->zone);
}
