#include "tools/hubspot/service.h"

#include "tools/http/http_body.h"

#include <strings.h>

enum { MIGRATING = 477, HOME_UNKNOWN = 530 };
#define MIGRATING_WAIT_US INT64_C(30000000)

/* ---- what is wrong ---- */

enum { SCOPE_MAX = 100 }; /* bytes of one that are shown */

/* Is the scope among those so far? Those of one family begin or end alike: whole ones count. */
static bool has_scope(struct bc_str scopes, struct bc_str scope)
{
    for (size_t at = 0; at < scopes.len;) {
        const char *comma = memmem(scopes.at + at, scopes.len - at, ", ", 2);
        size_t len = comma ? (size_t)(comma - scopes.at) - at : scopes.len - at;

        if (bc_str_eq((struct bc_str){ scopes.at + at, len }, scope))
            return true;
        at += len + 2;
    }
    return false;
}

/* The words under "...Scopes" in a context. */
static void add_scopes(struct bc_buf *out, const json_t *context)
{
    const char *key;
    json_t *list;

    json_object_foreach((json_t *)(uintptr_t)context, key, list)
    {
        if (!strcasestr(key, "scopes"))
            continue;
        for (size_t i = 0; i < json_array_size(list); i++) {
            const char *text = json_string_value(json_array_get(list, i));
            struct bc_str scope = { text, text ? strnlen(text, SCOPE_MAX) : 0 };

            if (scope.len && !has_scope(bc_buf_str(out), scope))
                bc_buf_printf(out, "%s%.*s", out->len ? ", " : "", BC_STR_ARG(scope));
        }
    }
}

bool hubspot_scopes(struct bc_buf *out, const json_t *root)
{
    const json_t *errors = json_object_get(root, "errors");

    add_scopes(out, json_object_get(root, "context"));
    for (size_t i = 0; i < json_array_size(errors); i++)
        add_scopes(out, json_object_get(json_array_get(errors, i), "context"));
    return out->len > 0;
}

static void said(struct bc_buf *out, const json_t *root)
{
    const char *id = http_body_text(root, "correlationId");
    struct bc_buf scopes = { 0 };

    bc_buf_printf(out, "%.400s", http_body_text(root, "message"));
    if (hubspot_scopes(&scopes, root))
        bc_buf_printf(out, "; missing scope %.*s", scopes.len > 300 ? 300 : (int)scopes.len,
                      scopes.at);
    if (*id)
        bc_buf_printf(out, "; correlation id %.64s", id);
    bc_buf_release(&scopes);
}

static void refused(struct bc_buf *out, const json_t *root)
{
    struct bc_buf scopes = { 0 };

    if (hubspot_scopes(&scopes, root))
        bc_buf_printf(out, "missing scope %.*s", BC_STR_ARG(bc_buf_str(&scopes)));
    else
        bc_buf_printf(out, "%.300s", http_body_text(root, "message"));
    bc_buf_release(&scopes);
}

/* ---- what it means ---- */

/* The limit of searches is one of a second; its answers do not always name it. */
static enum http_meaning limit_of(const struct http_reply_facts *facts)
{
    const char *policy = http_body_text(facts->root, "policyName");

    if (strcasecmp(policy, "DAILY") == 0)
        return HTTP_IS_DAY_LIMIT;
    if (*policy ? strcasecmp(policy, "SECONDLY") == 0 : facts->lane == HTTP_SEARCH)
        return HTTP_IS_LANE_LIMIT;
    return HTTP_IS_LIMIT;
}

static enum http_meaning meaning(const struct http_reply_facts *facts)
{
    if (facts->status == 429)
        return limit_of(facts);
    if (facts->status < 300 && strcasecmp(http_body_text(facts->root, "status"), "error") == 0)
        return HTTP_IS_WRONG;
    return HTTP_USUAL;
}

static const struct http_own_status statuses[] = {
    { MIGRATING, HTTP_IS_FAULT, "the account is being moved to another data centre",
      MIGRATING_WAIT_US },
    /* The edge finds the token's data centre nowhere. */
    { HOME_UNKNOWN, HTTP_IS_TOKEN,
      "the token was not accepted: its first letters name no place of HubSpot's", 0 },
    { 0 },
};

const struct http_service hubspot_service = {
    .name = "HubSpot",
    .limit = "X-HubSpot-RateLimit-Max",
    .left = "X-HubSpot-RateLimit-Remaining",
    .interval_ms = "X-HubSpot-RateLimit-Interval-Milliseconds",
    .day_left = "X-HubSpot-RateLimit-Daily-Remaining",
    .statuses = statuses,
    .day_over = "the account's limit of calls for the day is used up; it begins anew at midnight "
                "in the account's time zone",
    .said = said,
    .refused = refused,
    .meaning = meaning,
    .plain = &hubspot_plain,
};
