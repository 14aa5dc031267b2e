/* tools/print/json_out.c - writing JSON. */
#include "tools/print/json_out.h"

#include "ledger/base/instant.h"
#include "tools/json/json.h"
#include "tools/print/number.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

enum { GATHERED = 1 << 15 }; /* bytes, before they go out */

struct json_out json_out_begin(FILE *out)
{
    return (struct json_out){ .out = out };
}

void json_out_flush(struct json_out *json)
{
    if (!json->out)
        return;
    if (json->text.len)
        fwrite(json->text.at, 1, json->text.len, json->out);
    json->text.len = 0;
}

void json_out_line(struct json_out *json)
{
    assert(json->depth == 0);
    bc_buf_add_byte(&json->text, '\n');
    json->filled[0] = false;
}

void json_out_release(struct json_out *json)
{
    json_out_flush(json);
    bc_buf_release(&json->text);
}

/* What comes before a value: a comma after the previous one, and its key. */
static void begin_value(struct json_out *json, const char *key)
{
    assert(json->depth > 0 || !json->filled[0]);
    if (json->text.len >= GATHERED)
        json_out_flush(json);
    if (json->filled[json->depth])
        bc_buf_add(&json->text, ", ", 2);
    json->filled[json->depth] = true;
    if (!key)
        return;
    json_add_string(&json->text, bc_str_of(key));
    bc_buf_add(&json->text, ": ", 2);
}

static void open_container(struct json_out *json, const char *key, char bracket)
{
    begin_value(json, key);
    bc_buf_add_byte(&json->text, bracket);
    json->depth++;
    assert(json->depth <= JSON_OUT_DEPTH);
    json->filled[json->depth] = false;
}

static void close_container(struct json_out *json, char bracket)
{
    assert(json->depth > 0);
    json->depth--;
    bc_buf_add_byte(&json->text, bracket);
}

void json_out_object(struct json_out *json, const char *key)
{
    open_container(json, key, '{');
}

void json_out_object_end(struct json_out *json)
{
    close_container(json, '}');
}

void json_out_array(struct json_out *json, const char *key)
{
    open_container(json, key, '[');
}

void json_out_array_end(struct json_out *json)
{
    close_container(json, ']');
}

void json_out_string(struct json_out *json, const char *key, struct bc_str value)
{
    begin_value(json, key);
    json_add_string(&json->text, value);
}

void json_out_raw(struct json_out *json, const char *key, struct bc_str value)
{
    begin_value(json, key);
    bc_buf_add_str(&json->text, value);
}

void json_out_text(struct json_out *json, const char *key, const char *value)
{
    json_out_string(json, key, bc_str_of(value));
}

/* printf takes longer than all the rest of a row of counts. */
static void put_digits(struct json_out *json, uint64_t value)
{
    char text[20], *at = text + sizeof(text);

    do
        *--at = (char)('0' + value % 10);
    while (value /= 10);
    bc_buf_add(&json->text, at, (size_t)(text + sizeof(text) - at));
}

void json_out_integer(struct json_out *json, const char *key, int64_t value)
{
    begin_value(json, key);
    if (value < 0)
        bc_buf_add_byte(&json->text, '-');
    put_digits(json, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void json_out_count(struct json_out *json, const char *key, uint64_t value)
{
    begin_value(json, key);
    put_digits(json, value);
}

void json_out_number(struct json_out *json, const char *key, double value)
{
    char text[NUMBER_LEN];

    if (!isfinite(value)) {
        json_out_null(json, key);
        return;
    }
    number_print(text, value);
    begin_value(json, key);
    bc_buf_add_str(&json->text, bc_str_of(text));
}

void json_out_bool(struct json_out *json, const char *key, bool value)
{
    begin_value(json, key);
    bc_buf_add_str(&json->text, value ? BC_STR("true") : BC_STR("false"));
}

void json_out_null(struct json_out *json, const char *key)
{
    begin_value(json, key);
    bc_buf_add_str(&json->text, BC_STR("null"));
}

void json_out_seq(struct json_out *json, const char *key, uint64_t value)
{
    begin_value(json, key);
    bc_buf_add_byte(&json->text, '"');
    put_digits(json, value);
    bc_buf_add_byte(&json->text, '"');
}

void json_out_instant(struct json_out *json, const char *key, int64_t us)
{
    char text[BC_INSTANT_LEN];

    bc_instant_print(text, us);
    json_out_text(json, key, text);
}

void json_out_head(struct json_out *json, const char *key, const struct bc_head *head)
{
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &head->root);
    json_out_object(json, key);
    json_out_seq(json, "seq", head->size);
    json_out_text(json, "root", root);
    json_out_object_end(json);
}
