#include "tools/json/event_member.h"

#include "ledger/base/instant.h"

static const char digits_expected[] = "a whole number from 0 to 18446744073709551615";

/* 0, -0, 0.0, 0e5: no digit but 0 before an exponent. */
static bool is_zero(struct bc_str number)
{
    for (size_t i = 0; i < number.len && (number.at[i] | 0x20) != 'e'; i++)
        if (number.at[i] >= '1' && number.at[i] <= '9')
            return false;
    return true;
}

bc_status event_member_no_json(struct event_member *m)
{
    *m->fault = 1;
    return bc_err_set(m->err, BC_E_INPUT, "no JSON that can be read");
}

bc_status event_member_wrong_type(struct event_member *m, enum json_type type, const char *expected)
{
    *m->fault = m->column;
    return bc_err_set(m->err, BC_E_INPUT, "%.*s is %s, expected %s",
                      (int)(m->key.len < 64 ? m->key.len : 64), m->key.at, json_type_name(type),
                      expected);
}

bc_status event_member_unknown(struct event_member *m, const char *where)
{
    *m->fault = m->key_column;
    return bc_err_set(m->err, BC_E_INPUT, "unknown key \"%.*s\" in %s",
                      (int)(m->key.len < 64 ? m->key.len : 64), m->key.at, where);
}

bool event_member_type(enum json_type *type, const struct event_member *m)
{
    switch (json_lines_peek(m->lines)) {
    case '{':
        *type = JSON_OBJECT;
        return true;
    case '[':
        *type = JSON_ARRAY;
        return true;
    case '"':
        *type = JSON_STRING;
        return true;
    default:
        return json_scalar(type, json_lines_token(m->lines));
    }
}

bc_status event_member_absent(struct event_member *m, enum json_type *type)
{
    struct json_lines *lines = m->lines;
    bool absent = false;

    if (!event_member_type(type, m))
        return event_member_no_json(m);
    switch (*type) {
    case JSON_NULL:
    case JSON_FALSE:
        absent = true;
        break;
    case JSON_STRING:
        absent = json_lines_token(lines).len == 2;
        break;
    case JSON_NUMBER:
        absent = is_zero(json_lines_token(lines));
        break;
    case JSON_ARRAY:
        absent = lines->base[lines->token[1]] == ']';
        break;
    case JSON_TRUE:
    case JSON_OBJECT:
        break;
    }
    if (absent)
        lines->token += *type == JSON_ARRAY ? 2 : 1;
    return absent ? BC_OK : BC_DONE;
}

bc_status event_member_absent_or(struct event_member *m, const char *expected)
{
    enum json_type type;
    bc_status rc = event_member_absent(m, &type);

    return rc == BC_DONE ? event_member_wrong_type(m, type, expected) : rc;
}

bc_status event_member_text(struct event_member *m, struct bc_str *out)
{
    if (json_lines_peek(m->lines) != '"')
        return event_member_absent_or(m, "a string");
    return json_lines_string(m->lines, out) ? BC_OK : event_member_no_json(m);
}

bc_status event_member_time(struct event_member *m, bool *set, int64_t *us)
{
    struct bc_str text;
    struct bc_err inner;

    if (json_lines_peek(m->lines) != '"')
        return event_member_absent_or(m, "a timestamp as a string");
    if (!json_lines_string(m->lines, &text))
        return event_member_no_json(m);
    if (text.len == 0)
        return BC_OK;
    if (bc_instant_parse(us, text, &inner) < 0) {
        *m->fault = m->column;
        return bc_err_set(m->err, BC_E_INPUT, "%.*s: %s", BC_STR_ARG(m->key), inner.message);
    }
    *set = true;
    return BC_OK;
}

bc_status event_member_bool(struct event_member *m, bool *out)
{
    enum json_type type;
    bc_status rc = event_member_absent(m, &type);

    if (rc != BC_DONE)
        return rc;
    if (type != JSON_TRUE)
        return event_member_wrong_type(m, type, "true or false");
    *out = true;
    m->lines->token++;
    return BC_OK;
}

/* How many tokens there are to the end of a list of strings. */
static size_t tokens_in_list(const struct json_lines *lines)
{
    const uint32_t *token = lines->token;

    while (lines->base[*token] == '"' || lines->base[*token] == ',')
        token++;
    return (size_t)(token - lines->token);
}

static bc_status read_items(struct event_member *m, struct bc_value *out)
{
    struct bc_str *items =
        bc_arena_alloc(m->lists, (tokens_in_list(m->lines) + 1) / 2 * sizeof(*items));
    enum json_type type;
    size_t n = 0;

    do {
        if (json_lines_peek(m->lines) != '"') {
            *m->fault = json_lines_column(m->lines);
            if (!event_member_type(&type, m))
                return event_member_no_json(m);
            return bc_err_set(m->err, BC_E_INPUT, "%.*s holds %s, expected strings only",
                              BC_STR_ARG(m->key), json_type_name(type));
        }
        if (!json_lines_string(m->lines, &items[n++]))
            return event_member_no_json(m);
    } while (json_lines_take(m->lines, ','));
    if (!json_lines_take(m->lines, ']'))
        return event_member_no_json(m);
    out->items = items;
    out->item_n = n;
    return BC_OK;
}

bc_status event_member_list(struct event_member *m, struct bc_value *out)
{
    enum json_type type;
    bc_status rc = event_member_absent(m, &type);

    if (rc != BC_DONE)
        return rc;
    if (type != JSON_ARRAY)
        return event_member_wrong_type(m, type, "a list of strings");
    m->lines->token++;
    return read_items(m, out);
}

bc_status event_member_seq(struct event_member *m)
{
    enum json_type type;
    struct bc_str text;
    uint64_t value = 0;
    bc_status rc = event_member_absent(m, &type);

    if (rc != BC_DONE)
        return rc;
    if (type != JSON_STRING && type != JSON_NUMBER)
        return event_member_wrong_type(m, type, digits_expected);
    text = json_lines_token(m->lines);
    if (type == JSON_NUMBER)
        m->lines->token++;
    else if (!json_lines_string(m->lines, &text))
        return event_member_no_json(m);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (c < '0' || c > '9' || __builtin_mul_overflow(value, (uint64_t)10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(c - '0'), &value)) {
            *m->fault = m->column;
            return bc_err_set(m->err, BC_E_INPUT, "seq is %.*s, expected %s",
                              (int)(text.len < 64 ? text.len : 64), text.at, digits_expected);
        }
    }
    return BC_OK;
}

bc_status event_member_next(struct event_member *m, bool *first)
{
    struct json_lines *lines = m->lines;

    if (json_lines_take(lines, '}'))
        return BC_DONE;
    if (!*first && !json_lines_take(lines, ','))
        return event_member_no_json(m);
    *first = false;
    m->key_column = json_lines_column(lines);
    if (!json_lines_string(lines, &m->key) || !json_lines_take(lines, ':'))
        return event_member_no_json(m);
    m->column = json_lines_column(lines);
    return BC_OK;
}
