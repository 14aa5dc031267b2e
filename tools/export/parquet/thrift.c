#include "tools/export/parquet/thrift.h"

#include "ledger/record/codec.h"

#include <assert.h>

/* The types of fields: a boolean's is its value. */
enum { YES = 1, NO = 2, I32 = 5, I64 = 6, BINARY = 8, LIST = 9, STRUCT = 12 };

enum { SHORT_LIST = 15 }; /* items from which on their number does not fit beside their type */

void thrift_begin(struct thrift *to)
{
    assert(to->depth < THRIFT_DEPTH);
    to->last[to->depth++] = 0;
}

void thrift_end(struct thrift *to)
{
    bc_buf_add_byte(to->out, 0);
    to->depth--;
}

static void begin_field(struct thrift *to, int id, int type)
{
    int *last = &to->last[to->depth - 1], step = id - *last;

    assert(step > 0 && step <= 15);
    bc_buf_add_byte(to->out, (char)(step << 4 | type));
    *last = id;
}

/* Small numbers are short, whatever their sign: 0, -1, 1, -2 are 0, 1, 2, 3. */
static void add_number(struct thrift *to, int64_t value)
{
    bc_varint_add(to->out, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

static void add_bytes(struct thrift *to, struct bc_str value)
{
    bc_varint_add(to->out, value.len);
    bc_buf_add_str(to->out, value);
}

void thrift_bool(struct thrift *to, int id, bool value)
{
    begin_field(to, id, value ? YES : NO);
}

void thrift_i32(struct thrift *to, int id, int32_t value)
{
    begin_field(to, id, I32);
    add_number(to, value);
}

void thrift_i64(struct thrift *to, int id, int64_t value)
{
    begin_field(to, id, I64);
    add_number(to, value);
}

void thrift_binary(struct thrift *to, int id, struct bc_str value)
{
    begin_field(to, id, BINARY);
    add_bytes(to, value);
}

void thrift_struct(struct thrift *to, int id)
{
    begin_field(to, id, STRUCT);
    thrift_begin(to);
}

void thrift_list(struct thrift *to, int id, enum thrift_type type, size_t n)
{
    begin_field(to, id, LIST);
    bc_buf_add_byte(to->out, (char)((n < SHORT_LIST ? n : SHORT_LIST) << 4 | type));
    if (n >= SHORT_LIST)
        bc_varint_add(to->out, n);
}

void thrift_item_i32(struct thrift *to, int32_t value)
{
    add_number(to, value);
}

void thrift_item_binary(struct thrift *to, struct bc_str value)
{
    add_bytes(to, value);
}
