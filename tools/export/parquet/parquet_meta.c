#include "tools/export/parquet/parquet_meta.h"

#include "tools/export/parquet/thrift.h"

enum { BOOLEAN = 0, INT64 = 2, DOUBLE = 5, BYTE_ARRAY = 6 }; /* Type */
enum { UTF8 = 0, TIMESTAMP_MICROS = 10 };                    /* ConvertedType */
enum { REQUIRED = 0, OPTIONAL = 1 };                         /* FieldRepetitionType */
enum { PLAIN = 0, RLE = 3, RLE_DICTIONARY = 8 };             /* Encoding */
enum { ZSTD = 6 };                                           /* CompressionCodec */
enum { DATA_PAGE = 0, DICTIONARY_PAGE = 2 };                 /* PageType */

static int physical(enum column_type type)
{
    switch (type) {
    case COLUMN_TEXT:
        return BYTE_ARRAY;
    case COLUMN_INTEGER:
    case COLUMN_INSTANT:
        return INT64;
    case COLUMN_REAL:
        return DOUBLE;
    case COLUMN_BOOL:
        return BOOLEAN;
    }
    return BYTE_ARRAY;
}

/* --- PageHeader --- */

static void add_data_header(struct thrift *to, const struct parquet_page *page)
{
    thrift_struct(to, 5);
    thrift_i32(to, 1, (int32_t)page->n);
    thrift_i32(to, 2, page->by_dictionary ? RLE_DICTIONARY : PLAIN);
    thrift_i32(to, 3, RLE); /* of definition levels */
    thrift_i32(to, 4, RLE); /* of repetition levels, of which there are none */
    thrift_end(to);
}

static void add_dictionary_header(struct thrift *to, const struct parquet_page *page)
{
    thrift_struct(to, 7);
    thrift_i32(to, 1, (int32_t)page->n);
    thrift_i32(to, 2, PLAIN);
    thrift_end(to);
}

void parquet_page_header(struct bc_buf *out, const struct parquet_page *page)
{
    struct thrift to = { .out = out };

    thrift_begin(&to);
    thrift_i32(&to, 1, page->is_dictionary ? DICTIONARY_PAGE : DATA_PAGE);
    thrift_i32(&to, 2, (int32_t)page->plain_len);
    thrift_i32(&to, 3, (int32_t)page->len);
    if (page->is_dictionary)
        add_dictionary_header(&to, page);
    else
        add_data_header(&to, page);
    thrift_end(&to);
}

/* --- RowGroup --- */

static void add_statistics(struct thrift *to, enum column_type type,
                           const struct parquet_statistics *statistics)
{
    thrift_struct(to, 12);
    thrift_i64(to, 3, statistics->nulls);
    if (statistics->least.at) {
        thrift_binary(to, 5, statistics->most);
        thrift_binary(to, 6, statistics->least);
    }
    if (type == COLUMN_REAL)
        thrift_i64(to, 9, statistics->nans);
    thrift_end(to);
}

static void add_encodings(struct thrift *to, bool dictionary)
{
    thrift_list(to, 2, THRIFT_I32, dictionary ? 3 : 2);
    thrift_item_i32(to, PLAIN);
    thrift_item_i32(to, RLE);
    if (dictionary)
        thrift_item_i32(to, RLE_DICTIONARY);
}

static void add_chunk(struct thrift *to, const struct parquet_chunk *chunk, int64_t rows,
                      uint64_t at)
{
    thrift_begin(to);
    thrift_i64(to, 2, 0); /* no metadata elsewhere */
    thrift_struct(to, 3);
    thrift_i32(to, 1, physical(chunk->type));
    add_encodings(to, chunk->dictionary_len > 0);
    thrift_list(to, 3, THRIFT_BINARY, 1);
    thrift_item_binary(to, bc_str_of(chunk->name));
    thrift_i32(to, 4, ZSTD);
    thrift_i64(to, 5, rows);
    thrift_i64(to, 6, (int64_t)chunk->plain_len);
    thrift_i64(to, 7, (int64_t)chunk->len);
    thrift_i64(to, 9, (int64_t)(at + chunk->dictionary_len));
    if (chunk->dictionary_len > 0)
        thrift_i64(to, 11, (int64_t)at);
    add_statistics(to, chunk->type, &chunk->statistics);
    thrift_end(to);
    thrift_end(to);
}

void parquet_group_add(struct bc_buf *out, const struct parquet_chunk *chunks, size_t n,
                       int64_t rows, uint64_t at)
{
    struct thrift to = { .out = out };
    uint64_t next = at, plain_len = 0;

    thrift_begin(&to);
    thrift_list(&to, 1, THRIFT_STRUCT, n);
    for (size_t i = 0; i < n; i++) {
        add_chunk(&to, &chunks[i], rows, next);
        next += chunks[i].len;
        plain_len += chunks[i].plain_len;
    }
    thrift_i64(&to, 2, (int64_t)plain_len);
    thrift_i64(&to, 3, rows);
    thrift_i64(&to, 5, (int64_t)at);
    thrift_i64(&to, 6, (int64_t)(next - at));
    thrift_end(&to);
}

/* --- FileMetaData --- */

static void add_string_type(struct thrift *to)
{
    thrift_i32(to, 6, UTF8);
    thrift_struct(to, 10);
    thrift_struct(to, 1); /* STRING */
    thrift_end(to);
    thrift_end(to);
}

static void add_timestamp_type(struct thrift *to)
{
    thrift_i32(to, 6, TIMESTAMP_MICROS);
    thrift_struct(to, 10);
    thrift_struct(to, 8);     /* TIMESTAMP */
    thrift_bool(to, 1, true); /* instants, which a reader may show in any zone */
    thrift_struct(to, 2);
    thrift_struct(to, 2); /* MICROS */
    thrift_end(to);
    thrift_end(to);
    thrift_end(to);
    thrift_end(to);
}

static void add_schema(struct thrift *to, const struct table *table)
{
    thrift_list(to, 2, THRIFT_STRUCT, 1 + table->column_n);
    thrift_begin(to);
    thrift_binary(to, 4, bc_str_of(table->name));
    thrift_i32(to, 5, (int32_t)table->column_n);
    thrift_end(to);
    for (size_t i = 0; i < table->column_n; i++) {
        const struct table_column *column = &table->columns[i];

        thrift_begin(to);
        thrift_i32(to, 1, physical(column->type));
        thrift_i32(to, 3, column->null ? OPTIONAL : REQUIRED);
        thrift_binary(to, 4, bc_str_of(column->name));
        if (column->type == COLUMN_TEXT)
            add_string_type(to);
        else if (column->type == COLUMN_INSTANT)
            add_timestamp_type(to);
        thrift_end(to);
    }
}

/* Statistics mean something only with it: each column is in the order of its type. */
static void add_orders(struct thrift *to, size_t n)
{
    thrift_list(to, 7, THRIFT_STRUCT, n);
    for (size_t i = 0; i < n; i++) {
        thrift_begin(to);
        thrift_struct(to, 1);
        thrift_end(to);
        thrift_end(to);
    }
}

void parquet_footer_add(struct bc_buf *out, const struct parquet_footer *footer)
{
    struct thrift to = { .out = out };
    size_t begin = out->len;

    thrift_begin(&to);
    thrift_i32(&to, 1, 1); /* version */
    add_schema(&to, footer->table);
    thrift_i64(&to, 3, footer->rows);
    thrift_list(&to, 4, THRIFT_STRUCT, footer->group_n);
    bc_buf_add_str(out, footer->groups);
    thrift_binary(&to, 6, footer->made_by);
    add_orders(&to, footer->table->column_n);
    thrift_end(&to);
    parquet_number_add(out, out->len - begin, 4);
    bc_buf_add_str(out, BC_STR(PARQUET_MAGIC));
}
