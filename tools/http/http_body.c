#include "tools/http/http_body.h"

#include <ctype.h>
#include <strings.h>

#define REPLACED "\xef\xbf\xbd" /* U+FFFD */

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

/* How long the first escape of a text is, which begins with a backslash. *code: -1, or what no
 * UTF-8 can hold. */
static size_t escape_len(int *code, struct bc_str text)
{
    const int first = escaped_at(text.at, text.len);
    const int second = first < 0 ? -1 : escaped_at(text.at + 6, text.len - 6);

    *code = -1;
    if (first < 0)
        return text.len < 2 ? text.len : 2; /* an escaped backslash begins no escape */
    if (first >= 0xd800 && first < 0xdc00 && second >= 0xdc00 && second <= 0xdfff)
        return 12;
    if (first == 0 || (first >= 0xd800 && first <= 0xdfff))
        *code = first;
    return 6;
}

/* In a value they become U+0000, which is found after the parsing. In a key jansson takes none:
 * there U+FFFD and the code stand instead, so that two keys stay two. */
static void add_text(struct bc_buf *out, struct bc_str text, bool key)
{
    for (size_t at = 0; at < text.len;) {
        const char *found = memchr(text.at + at, '\\', text.len - at);
        const size_t escape = found ? (size_t)(found - text.at) : text.len;
        int code = -1;

        bc_buf_add_str(out, bc_str_part(text, at, escape));
        if (!found)
            return;
        at = escape + escape_len(&code, bc_str_part(text, escape, text.len));
        if (code < 0)
            bc_buf_add_str(out, bc_str_part(text, escape, at));
        else if (key)
            bc_buf_printf(out, REPLACED "%04x", (unsigned)code);
        else
            bc_buf_add_str(out, BC_STR("\\u0000"));
    }
}

/* Where the text ends that begins at a quote. */
static size_t end_of_text(struct bc_str body, size_t at)
{
    for (at++; at < body.len && body.at[at] != '"'; at++)
        at += body.at[at] == '\\';
    return at + 1 < body.len ? at + 1 : body.len;
}

static bool is_key(struct bc_str body, size_t end)
{
    while (end < body.len && strchr(" \t\r\n", body.at[end]) && body.at[end])
        end++;
    return end < body.len && body.at[end] == ':';
}

/* Texts that no UTF-8 can hold are marked: jansson reads no answer that has one. */
static void mark(struct bc_buf *out, struct bc_str body)
{
    for (size_t at = 0; at < body.len;) {
        const char *found = memchr(body.at + at, '"', body.len - at);
        const size_t quote = found ? (size_t)(found - body.at) : body.len;

        bc_buf_add_str(out, bc_str_part(body, at, quote));
        at = quote;
        if (found) {
            at = end_of_text(body, quote);
            add_text(out, bc_str_part(body, quote, at), is_key(body, at));
        }
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
        bc_buf_add_str(&out, rest.at[i] ? (struct bc_str){ rest.at + i, 1 } : BC_STR(REPLACED));
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

        any |= text || mend(one) || strstr(key, REPLACED);
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

    mark(&marked, body);
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
