/* tools/print/json_out.c - writing JSON. */
#include "tools/print/json_out.h"

#include "ledger/base/instant.h"
#include "tools/json/json.h"
#include "tools/print/number.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

struct json_out json_out_begin(FILE *out)
{
    return (struct json_out){ .out = out };
}

void json_out_line(struct json_out *json)
{
    assert(json->depth == 0);
    fputc('\n', json->out);
    json->filled[0] = false;
}

void json_out_release(struct json_out *json)
{
    bc_buf_release(&json->text);
}

static void put_string(struct json_out *json, struct bc_str value)
{
    json->text.len = 0;
    json_add_string(&json->text, value);
    fwrite(json->text.at, 1, json->text.len, json->out);
}

/* What stands before a value: a comma behind the one before it, and its key. */
static void begin_value(struct json_out *json, const char *key)
{
    assert(json->depth > 0 || !json->filled[0]);
    if (json->filled[json->depth])
        fputs(", ", json->out);
    json->filled[json->depth] = true;
    if (!key)
        return;
    put_string(json, bc_str_of(key));
    fputs(": ", json->out);
}

static void open_container(struct json_out *json, const char *key, char bracket)
{
    begin_value(json, key);
    fputc(bracket, json->out);
    json->depth++;
    assert(json->depth <= JSON_OUT_DEPTH);
    json->filled[json->depth] = false;
}

static void close_container(struct json_out *json, char bracket)
{
    assert(json->depth > 0);
    json->depth--;
    fputc(bracket, json->out);
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
    put_string(json, value);
}

void json_out_raw(struct json_out *json, const char *key, struct bc_str value)
{
    begin_value(json, key);
    fwrite(value.at, 1, value.len, json->out);
}

void json_out_text(struct json_out *json, const char *key, const char *value)
{
    json_out_string(json, key, bc_str_of(value));
}

void json_out_integer(struct json_out *json, const char *key, int64_t value)
{
    begin_value(json, key);
    fprintf(json->out, "%" PRId64, value);
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
    fputs(text, json->out);
}

void json_out_bool(struct json_out *json, const char *key, bool value)
{
    begin_value(json, key);
    fputs(value ? "true" : "false", json->out);
}

void json_out_null(struct json_out *json, const char *key)
{
    begin_value(json, key);
    fputs("null", json->out);
}

void json_out_seq(struct json_out *json, const char *key, uint64_t value)
{
    begin_value(json, key);
    fprintf(json->out, "\"%" PRIu64 "\"", value);
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
