/* tools/connect/slack_service.c - errors come with status 200, and a word. */
#include "tools/connect/slack.h"
#include "tools/http/http_body.h"

static const struct {
    const char *error;
    enum http_meaning meaning;
    const char *what; /* for people; NULL: the word says it */
} errors[] = {
    { "invalid_auth", HTTP_IS_TOKEN, NULL },
    { "not_authed", HTTP_IS_TOKEN, NULL },
    { "token_revoked", HTTP_IS_TOKEN, NULL },
    { "token_expired", HTTP_IS_TOKEN, NULL },
    { "account_inactive", HTTP_IS_TOKEN, "the token's user or app is switched off" },
    { "missing_scope", HTTP_IS_REFUSAL, NULL },
    { "no_permission", HTTP_IS_REFUSAL, NULL },
    { "not_allowed_token_type", HTTP_IS_REFUSAL, "a bot's or a user's token is needed" },
    { "ratelimited", HTTP_IS_LIMIT, NULL },
    { "rate_limited", HTTP_IS_LIMIT, NULL },
    { "internal_error", HTTP_IS_FAULT, NULL },
    { "fatal_error", HTTP_IS_FAULT, NULL },
    { "service_unavailable", HTTP_IS_FAULT, NULL },
    { "request_timeout", HTTP_IS_FAULT, NULL },
    { "invalid_cursor", HTTP_USUAL, NULL }, /* an answer: the listing is begun anew */
    { "not_in_channel", HTTP_IS_WRONG, "the app is not in the channel: invite it there" },
    { "channel_not_found", HTTP_IS_WRONG,
      "there is no such channel, or it is private and the app is not in it: invite it there" },
};
enum { ERROR_N = sizeof(errors) / sizeof(errors[0]) };

static size_t error_of(const json_t *root)
{
    const char *word = http_body_text(root, "error");
    size_t i = 0;

    while (i < ERROR_N && strcmp(errors[i].error, word) != 0)
        i++;
    return i;
}

static void said(struct bc_buf *out, const json_t *root)
{
    const size_t i = error_of(root);
    const char *needed = http_body_text(root, "needed");

    bc_buf_printf(out, "%.100s", http_body_text(root, "error"));
    if (*needed)
        bc_buf_printf(out, ", needed is %.200s", needed);
    if (i < ERROR_N && errors[i].what)
        bc_buf_printf(out, ": %s", errors[i].what);
}

static enum http_meaning meaning(const struct http_reply_facts *facts)
{
    const json_t *ok = json_object_get(facts->root, "ok");
    size_t i;

    if (facts->status >= 300 || !facts->root || json_is_true(ok))
        return HTTP_USUAL;
    i = error_of(facts->root);
    return i < ERROR_N ? errors[i].meaning : HTTP_IS_WRONG;
}

/* "user" and "team" are names at times. The payload of a message's metadata is named by an app. */
static const char *const plain_members[] = {
    "app_id",       "bot_id",      "channel",     "channel_id", "error",          "id",
    "latest_reply", "needed",      "next_cursor", "oldest",     "parent_user_id", "provided",
    "subtype",      "team_id",     "thread_ts",   "ts",         "type",           "user_id",
    "warning",      "workflow_id", NULL,
};
static const char *const plain_own[] = { "event_payload", NULL };
static const struct http_plain plain = { .members = plain_members, .own = plain_own };

const struct http_service slack_service = {
    .name = "Slack",
    .said = said,
    .meaning = meaning,
    .limit_wait_us = 30 * BC_SECOND_US,
    .plain = &plain,
};
