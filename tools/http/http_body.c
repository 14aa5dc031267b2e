#include "tools/http/http_body.h"

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

bc_status http_body_parse(json_t **root, struct bc_str body, struct bc_err *err)
{
    json_error_t fault;

    if (depth_of(body) > HTTP_DEPTH_MAX)
        return bc_err_set(err, BC_E_REMOTE, "the answer is nested more than %d deep",
                          HTTP_DEPTH_MAX);
    json_t *parsed = json_loadb(body.len ? body.at : "", body.len, JSON_REJECT_DUPLICATES, &fault);

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
    if (!json_is_object(parsed)) {
        json_decref(parsed);
        return bc_err_set(err, BC_E_REMOTE, "the answer is no JSON object");
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
            const char *scope = json_string_value(json_array_get(list, i));

            if (scope && (!out->len || !memmem(out->at, out->len, scope, strlen(scope))))
                bc_buf_printf(out, "%s%.100s", out->len ? ", " : "", scope);
        }
    }
}

bool http_body_scopes(struct bc_buf *out, const json_t *root)
{
    const json_t *errors = json_object_get(root, "errors");

    add_scopes(out, json_object_get(root, "context"));
    for (size_t i = 0; i < json_array_size(errors); i++)
        add_scopes(out, json_object_get(json_array_get(errors, i), "context"));
    return out->len > 0;
}

const char *http_body_text(const json_t *root, const char *key)
{
    const char *text = json_string_value(json_object_get(root, key));

    return text ? text : "";
}
