#include "tools/http/http_secret.h"

#include "ledger/base/base64.h"
#include "tools/http/http.h"

enum { SCRUB_LEAST = 12 }; /* a token begins with a word that all have: "pat-eu1-" */

/* The token is a user's name; the password after the colon is empty. */
static char *basic_of(const char *token)
{
    struct bc_buf plain = { 0 }, out = { 0 };

    bc_buf_printf(&plain, "%s:", token);
    bc_base64_add(&out, plain.at, plain.len);
    bc_buf_add_byte(&out, '\0');
    explicit_bzero(plain.at, plain.len);
    bc_buf_release(&plain);
    return out.at;
}

static void secret_release(struct http_secret *secret)
{
    http_token_free(secret->token);
    http_token_free(secret->basic);
    *secret = (struct http_secret){ 0 };
}

void http_secrets_renew(struct http_secrets *secrets, const char *token)
{
    secret_release(&secrets->former);
    secrets->former = secrets->now;
    secrets->now = (struct http_secret){ bc_strdup(bc_str_of(token)), basic_of(token) };
}

void http_secrets_release(struct http_secrets *secrets)
{
    secret_release(&secrets->now);
    secret_release(&secrets->former);
}

/* How many bytes of the token, from `at` on, begin the text. */
static size_t shared(const char *text, const char *token, size_t at)
{
    size_t len = 0;

    while (token[at + len] && text[len] == token[at + len])
        len++;
    return len;
}

/* How much of a token the text begins with, in one piece: all of it, or so much that it is no
 * accident. */
static size_t piece(const char *text, const char *token, size_t whole)
{
    const size_t least = whole < SCRUB_LEAST ? whole : SCRUB_LEAST;

    for (size_t at = 0; at + least <= whole; at++) {
        const size_t len = *text == token[at] ? shared(text, token, at) : 0;

        if (len >= least)
            return len;
    }
    return 0;
}

void http_scrub(char *text, const char *token)
{
    const size_t whole = strlen(token);

    for (char *at = text; whole && *at;) {
        const size_t len = piece(at, token, whole);

        memset(at, '*', len);
        at += len ? len : 1;
    }
}

static void scrub(const struct http_secret *secret, char *text)
{
    if (!secret->token || !*secret->token)
        return;
    http_scrub(text, secret->token);
    http_scrub(text, secret->basic);
}

void http_secrets_scrub(const struct http_secrets *secrets, char *text)
{
    scrub(&secrets->now, text);
    scrub(&secrets->former, text);
}
