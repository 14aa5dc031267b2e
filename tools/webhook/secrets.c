#include "tools/webhook/secrets.h"

#include "tools/http/http.h"

#include <stdlib.h>

void webhook_secrets_add(struct webhook_secrets *secrets, enum webhook_sender sender,
                         struct bc_str text)
{
    if (text.len == 0)
        return;
    BC_GROW(secrets->at, secrets->n, secrets->cap);
    secrets->at[secrets->n++] = (struct webhook_secret){ sender, bc_strdup(text) };
}

static bc_status add_line(struct webhook_secrets *secrets, struct bc_str line, const char *path,
                          size_t number, struct bc_err *err)
{
    if (line.len && line.at[line.len - 1] == '\r')
        line.len--;
    if (line.len == 0 || line.at[0] == '#')
        return BC_OK;
    for (unsigned i = WEBHOOK_HUBSPOT; i < WEBHOOK_SENDER_N; i++) {
        const struct bc_str word = bc_str_of(webhook_sender[i].word);

        if (bc_str_begins(line, word) && line.len > word.len + 1 && line.at[word.len] == ' ') {
            webhook_secrets_add(secrets, (enum webhook_sender)i,
                                bc_str_part(line, word.len + 1, line.len));
            return BC_OK;
        }
    }
    return bc_err_set(err, BC_E_INPUT,
                      "%s:%zu:1: expected hubspot, dropbox-sign, github, asana or slack, a blank, "
                      "and a secret",
                      path, number);
}

bc_status webhook_secrets_read(struct webhook_secrets *secrets, const char *path,
                               struct bc_err *err)
{
    char *text = NULL;
    size_t number = 0;
    bc_status rc = http_token_read(&text, path, err);

    for (char *line = text; rc == BC_OK && line;) {
        char *end = strchr(line, '\n');
        const size_t len = end ? (size_t)(end - line) : strlen(line);

        rc = add_line(secrets, (struct bc_str){ line, len }, path, ++number, err);
        line = end ? end + 1 : NULL;
    }
    http_token_free(text);
    return rc;
}

void webhook_secrets_release(struct webhook_secrets *secrets)
{
    for (size_t i = 0; i < secrets->n; i++)
        http_token_free(secrets->at[i].text);
    free(secrets->at);
    *secrets = (struct webhook_secrets){ 0 };
}
