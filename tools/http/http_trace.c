#include "tools/http/http_trace.h"

#include <ctype.h>
#include <stdlib.h>

/* What applies to a member, and to all that is in it. */
struct place {
    const struct http_plain *plain; /* may be NULL */
    const char *key;                /* the nearest name; an array's items have its */
    const char *owner;              /* of what is in an own member's content: the name there */
    bool own;                       /* is such content */
};

static json_t *redact(const json_t *value, struct place place);

bool http_plain_lists(const char *const *names, const char *name)
{
    for (; names && *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
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

static bool is_listed(struct place place)
{
    return place.plain &&
           http_plain_lists(place.own ? place.plain->own_members : place.plain->members, place.key);
}

static bool may_stay(const char *text, struct place place)
{
    if (!*text || is_instant(text) || is_listed(place))
        return true;
    return place.plain && place.plain->shows && place.plain->shows(text, place.key, place.owner);
}

/* JSON inside a string. */
static json_t *redact_inner(const char *text, const struct http_plain *plain)
{
    json_t *inner = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    json_t *redacted = inner ? redact(inner, (struct place){ .plain = plain, .key = "" }) : NULL;
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
    if (place.plain && !place.own && http_plain_lists(place.plain->json, place.key)) {
        json_t *inner = redact_inner(text, place.plain);

        if (inner)
            return inner;
    }
    return json_sprintf("<%zu bytes>", json_string_length(value));
}

static json_t *redact_object(const json_t *value, struct place place)
{
    json_t *out = json_object();
    void *at = json_object_iter((json_t *)(uintptr_t)value); /* looked at, not changed */

    for (; at; at = json_object_iter_next((json_t *)(uintptr_t)value, at)) {
        struct place inner = place;

        inner.key = json_object_iter_key(at);
        if (place.own && !place.owner)
            inner.owner = inner.key;
        inner.own = place.own || (place.plain && http_plain_lists(place.plain->own, inner.key));
        json_object_set_new(out, inner.key, redact(json_object_iter_value(at), inner));
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
        if (place.own && !is_listed(place))
            return json_string("<number>");
        break;
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
        break;
    }
    return json_deep_copy(value);
}

static json_t *redact_path(const char *path, const struct http_plain *plain)
{
    const char *at = plain && plain->path_before ? strstr(path, plain->path_before) : NULL;

    if (!at)
        return json_string(path);
    at += strlen(plain->path_before);
    return json_sprintf("%.*s<%zu bytes>", (int)(at - path), path, strlen(at));
}

void http_trace(FILE *out, const struct http_traced *traced)
{
    const struct place top = { .plain = traced->plain, .key = "" };
    json_t *line = json_object();

    json_object_set_new(line, "method", json_string(traced->question.at ? "POST" : "GET"));
    json_object_set_new(line, "path", redact_path(traced->path, traced->plain));
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
