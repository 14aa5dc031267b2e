#include "tools/http/http_body.h"

#include <ctype.h>
#include <strings.h>

/* How deep arrays and objects are nested. A quote within a string has a backslash before it. */
static size_t depth_of(struct bc_str body)
{
    size_t depth = 0, deepest = 0;
    bool text = false;

    for (size_t i = 0; i < body.len; i++) {
        char c = body.at[i];

        if (text) {
            if (c == '\\')
                i++;
            else if (c == '"')
                text = false;
        } else if (c == '"') {
            text = true;
        } else if (c == '[' || c == '{') {
            depth++;
            deepest = depth > deepest ? depth : deepest;
        } else if ((c == ']' || c == '}') && depth > 0) {
            depth--;
        }
    }
    return deepest;
}

/* The code of "\uXXXX" at the beginning, or -1. */
static int escaped_at(const char *at, size_t len)
{
    int code = 0;

    if (len < 6 || at[0] != '\\' || at[1] != 'u')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        if (!isxdigit((unsigned char)at[i]))
            return -1;
        code = code * 16 + (isdigit((unsigned char)at[i]) ? at[i] - '0' : (at[i] | 32) - 'a' + 10);
    }
    return code;
}

/* The halves of surrogate pairs that stand alone become U+0000, which is found after the parsing:
 * jansson reads no answer that has one. */
static void mark_halves(struct bc_buf *body)
{
    for (size_t i = 0; i < body->len; i++) {
        int code, next;

        if (body->at[i] != '\\')
            continue;
        code = escaped_at(body->at + i, body->len - i);
        if (code < 0xd800 || code > 0xdfff) {
            i++; /* an escaped backslash begins no escape */
            continue;
        }
        next = escaped_at(body->at + i + 6, body->len - i - 6);
        if (code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff)
            i += 6;
        else
            memset(body->at + i + 2, '0', 4);
        i += 5;
    }
}

/* U+FFFD for each U+0000; NULL: there is none. */
static json_t *mended_text(const json_t *text)
{
    struct bc_str rest = { json_string_value(text), json_string_length(text) };
    struct bc_buf out = { 0 };
    json_t *mended;

    if (!memchr(rest.at, '\0', rest.len))
        return NULL;
    for (size_t i = 0; i < rest.len; i++)
        bc_buf_add_str(&out,
                       rest.at[i] ? (struct bc_str){ rest.at + i, 1 } : BC_STR("\xef\xbf\xbd"));
    mended = json_stringn(out.at, out.len);
    bc_buf_release(&out);
    return mended;
}

static bool mend(json_t *value);

static bool mend_array(json_t *array)
{
    bool any = false;

    for (size_t i = 0; i < json_array_size(array); i++) {
        json_t *one = json_array_get(array, i);
        json_t *text = json_is_string(one) ? mended_text(one) : NULL;
        bool mended = text || mend(one);

        if (text)
            json_array_set_new(array, i, text);
        else if (mended && json_is_object(one))
            json_object_set_new(one, HTTP_UNSOUND, json_true());
        any |= mended;
    }
    return any;
}

/* Whether anything in it was mended. No deeper than HTTP_DEPTH_MAX. */
static bool mend(json_t *value)
{
    bool any = false;
    const char *key;
    json_t *one;

    if (json_is_array(value))
        return mend_array(value);
    json_object_foreach(value, key, one)
    {
        json_t *text = json_is_string(one) ? mended_text(one) : NULL;

        any |= text || mend(one);
        if (text)
            json_object_set_new(value, key, text);
    }
    return any;
}

/* As jansson reads it, less its refusal of texts that no UTF-8 can hold. */
static json_t *load(struct bc_str body, json_error_t *fault)
{
    struct bc_buf marked = { 0 };
    json_t *root;

    bc_buf_add_str(&marked, body);
    mark_halves(&marked);
    root = json_loadb(marked.len ? marked.at : "", marked.len,
                      JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, fault);
    bc_buf_release(&marked);
    mend(root);
    return root;
}

bc_status http_body_parse(json_t **root, struct bc_str body, bool array_ok, struct bc_err *err)
{
    json_error_t fault;

    if (depth_of(body) > HTTP_DEPTH_MAX)
        return bc_err_set(err, BC_E_REMOTE, "the answer is nested more than %d deep",
                          HTTP_DEPTH_MAX);
    json_t *parsed = load(body, &fault);

    if (!parsed) {
        if (json_error_code(&fault) == json_error_duplicate_key)
            return bc_err_set(err, BC_E_REMOTE,
                              "the answer has a key twice in one object (line %d, column %d)",
                              fault.line, fault.column);
        /* jansson's own sentence quotes the text, which may be somebody's name. */
        bc_err_set(err, BC_E_REMOTE,
                   "the answer is not JSON, or not all of it (%zu bytes; fault at line %d, column "
                   "%d)",
                   body.len, fault.line, fault.column);
        return BC_DONE;
    }
    if (!json_is_object(parsed) && !(array_ok && json_is_array(parsed))) {
        json_decref(parsed);
        return bc_err_set(err, BC_E_REMOTE, "the answer is no JSON object%s",
                          array_ok ? " and no array" : "");
    }
    *root = parsed;
    return BC_OK;
}

bool http_body_is_json(const char *type)
{
    size_t len = strcspn(type, "; \t");

    if (len == strlen("application/json") && strncasecmp(type, "application/json", len) == 0)
        return true;
    return len > 5 && strncasecmp(type + len - 5, "+json", 5) == 0;
}

const char *http_body_text(const json_t *root, const char *key)
{
    const char *text = json_string_value(json_object_get(root, key));

    return text ? text : "";
}
