#include "tools/http/http_trace.h"

#include <ctype.h>
#include <stdlib.h>

/* Members whose text is not personal: ids, instants, paging, words of the API's own lists. In byte
 * order. */
static const char *const plain[] = {
    "action",
    "after",
    "archivedAt",
    "category",
    "closedate",
    "completedAt",
    "correlationId",
    "createdAt",
    "createdate",
    "dealstage",
    "dealtype",
    "direction",
    "errorType",
    "fieldType",
    "fromObjectTypeId",
    "highValue",
    "hs_email_direction",
    "hs_email_status",
    "hs_is_closed",
    "hs_is_closed_lost",
    "hs_is_closed_won",
    "hs_meeting_outcome",
    "hs_merged_object_ids",
    "hs_object_id",
    "hubspot_owner_id",
    "id",
    "identifier",
    "isClosed",
    "operator",
    "pipeline",
    "pipelineId",
    "policyName",
    "probability",
    "propertyName",
    "sourceType",
    "stageId",
    "startedAt",
    "status",
    "subCategory",
    "timeZone",
    "timestamp",
    "toObjectId",
    "toObjectTypeId",
    "type",
    "updatedAt",
    "writePermissions",
};

/* What applies to a member, and to all that is in it. */
struct place {
    const char *key;   /* the nearest name; an array's items have its */
    const char *owner; /* within a property's history: the property */
};

static json_t *redact(const json_t *value, struct place place);

static int by_bytes(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

static bool is_plain(const char *key)
{
    return bsearch(key, plain, sizeof(plain) / sizeof(plain[0]), sizeof(plain[0]), by_bytes);
}

/* 2025-02-03, with or without a time after it; or milliseconds since 1970, from 2001 to 2033: other
 * numbers of that length may be a telephone's. */
static bool is_instant(const char *text)
{
    static const char shape[] = "dddd-dd-dd";
    size_t len = strlen(text), i = 0;

    if (len == 13 && text[0] == '1' && strspn(text, "0123456789") == 13)
        return true;
    for (; shape[i]; i++) {
        if (shape[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != shape[i])
            return false;
    }
    return strspn(text + i, "0123456789T:.+-Z") == len - i;
}

/* "userId:7001", "4242": an id, with at most one word of ASCII letters before it. */
static bool is_source(const char *text)
{
    size_t word = 0;

    while (isalpha((unsigned char)text[word]))
        word++;
    if (text[word] == ':')
        word++;
    else if (word > 0)
        return false;
    return strspn(text + word, "0123456789") == strlen(text + word);
}

static bool may_stay(const char *text, struct place place)
{
    bool value = strcmp(place.key, "value") == 0;

    if (!*text || is_instant(text) || is_plain(place.key))
        return true;
    if (strcmp(place.key, "sourceId") == 0)
        return is_source(text);
    if (strcmp(place.key, "properties") == 0 || strcmp(place.key, "propertiesWithHistory") == 0)
        return true; /* names of properties, in a question */
    return value && place.owner && is_plain(place.owner);
}

/* JSON inside a string, as in the history of a pipeline. */
static json_t *redact_inner(const char *text)
{
    json_t *inner = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    json_t *redacted = inner ? redact(inner, (struct place){ "", NULL }) : NULL;
    char *dumped = redacted ? json_dumps(redacted, JSON_COMPACT) : NULL;
    json_t *out = dumped ? json_string(dumped) : NULL;

    free(dumped);
    json_decref(redacted);
    json_decref(inner);
    return out;
}

static json_t *redact_text(const json_t *value, struct place place)
{
    const char *text = json_string_value(value);

    if (may_stay(text, place))
        return json_string(text);
    if (strcmp(place.key, "rawObject") == 0) {
        json_t *inner = redact_inner(text);

        if (inner)
            return inner;
    }
    return json_sprintf("<%zu bytes>", json_string_length(value));
}

static json_t *redact_object(const json_t *value, struct place place)
{
    bool histories = strcmp(place.key, "propertiesWithHistory") == 0;
    json_t *out = json_object();
    void *at = json_object_iter((json_t *)(uintptr_t)value); /* looked at, not changed */

    for (; at; at = json_object_iter_next((json_t *)(uintptr_t)value, at)) {
        const char *key = json_object_iter_key(at);
        struct place inner = { key, histories ? key : place.owner };

        json_object_set_new(out, key, redact(json_object_iter_value(at), inner));
    }
    return out;
}

/* Depth is bounded: all input here was parsed under HTTP_DEPTH_MAX, or by jansson's limit. */
static json_t *redact(const json_t *value, struct place place)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return redact_object(value, place);
    case JSON_ARRAY: {
        json_t *out = json_array();

        for (size_t i = 0; i < json_array_size(value); i++)
            json_array_append_new(out, redact(json_array_get(value, i), place));
        return out;
    }
    case JSON_STRING:
        return redact_text(value, place);
    case JSON_INTEGER:
    case JSON_REAL:
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
        break;
    }
    return json_deep_copy(value);
}

void http_trace(FILE *out, const struct http_traced *traced)
{
    const struct place top = { "", NULL };
    json_t *line = json_object();

    json_object_set_new(line, "method", json_string(traced->question.at ? "POST" : "GET"));
    json_object_set_new(line, "path", json_string(traced->path));
    json_object_set_new(line, "try", json_integer(traced->nth));
    json_object_set_new(line, "status", json_integer(traced->status));
    json_object_set_new(line, "bytes", json_integer((json_int_t)traced->bytes));
    if (traced->question.len) {
        json_t *sent = json_loadb(traced->question.at, traced->question.len, 0, NULL);

        if (sent)
            json_object_set_new(line, "question", redact(sent, top));
        json_decref(sent);
    }
    if (traced->answer)
        json_object_set_new(line, "answer", redact(traced->answer, top));
    if (traced->problem[0])
        json_object_set_new(line, "problem", json_string(traced->problem));
    char *text = json_dumps(line, JSON_COMPACT);

    if (text) {
        http_secrets_scrub(traced->secrets, text);
        fprintf(out, "%s\n", text);
    }
    free(text);
    json_decref(line);
}
