#include "tools/export/parquet/parquet_column.h"

#include "ledger/base/table.h"
#include "tools/export/parquet/compress.h"
#include "tools/export/parquet/rle.h"

#include <assert.h>
#include <stdlib.h>

enum {
    PAGE_ROWS = 20000,  /* a reader that looks for few rows unpacks a page */
    PAGE_LEN = 1 << 20, /* bytes of values after which a page ends */
    DICTIONARY_LEN = 1 << 20,
};

/* Texts of a column, each once. */
struct dictionary {
    struct bc_str *texts; /* with the lengths before them */
    size_t n, cap, len;
    struct bc_table by_text;
    uint32_t *numbers; /* of each value its text's */
    size_t value_n, value_cap;
};

/* A place in a column. */
struct place {
    size_t row, value, at; /* how many rows, values and bytes of values come before */
};

void parquet_column_add(struct parquet_column *column, const struct table_value *value)
{
    assert(!value->null || column->as->null);
    bc_buf_add_byte(&column->present, value->null ? 0 : 1);
    if (!value->null)
        parquet_value_add(&column->values, column->as->type, value);
}

void parquet_column_release(struct parquet_column *column)
{
    bc_buf_release(&column->values);
    bc_buf_release(&column->present);
}

/* A value with the length before it. */
static struct bc_str plain_at(const struct parquet_column *column, size_t at)
{
    const char *begin = column->values.at + at;
    struct bc_str value = parquet_value_at(column->as->type, begin);

    return (struct bc_str){ begin, (size_t)(value.at + value.len - begin) };
}

/* --- the dictionary --- */

static uint32_t number_of(struct dictionary *dictionary, struct bc_str text)
{
    uint64_t hash = bc_str_hash(text);
    struct bc_table_probe probe = bc_table_find(&dictionary->by_text, hash);
    uint32_t number;

    while (bc_table_next(&dictionary->by_text, &probe, &number))
        if (bc_str_eq(dictionary->texts[number], text))
            return number;
    number = (uint32_t)dictionary->n;
    bc_table_add(&dictionary->by_text, hash, number);
    BC_GROW(dictionary->texts, dictionary->n, dictionary->cap);
    dictionary->texts[dictionary->n++] = text;
    dictionary->len += text.len;
    return number;
}

static void release_dictionary(struct dictionary *dictionary)
{
    free(dictionary->texts);
    free(dictionary->numbers);
    bc_table_release(&dictionary->by_text);
    *dictionary = (struct dictionary){ 0 };
}

/* False: the column has none, since it would not pay. */
static bool make_dictionary(struct dictionary *out, const struct parquet_column *column)
{
    struct bc_str text;

    if (column->as->type != COLUMN_TEXT)
        return false;
    for (size_t at = 0; at < column->values.len && out->len <= DICTIONARY_LEN; at += text.len) {
        text = plain_at(column, at);
        BC_GROW(out->numbers, out->value_n, out->value_cap);
        out->numbers[out->value_n++] = number_of(out, text);
    }
    if (out->len <= DICTIONARY_LEN && out->n > 0 && out->n <= out->value_n / 2)
        return true;
    release_dictionary(out);
    return false;
}

/* --- pages --- */

static void add_page(struct bc_buf *out, struct parquet_chunk *chunk, struct parquet_page page,
                     struct bc_str plain)
{
    struct bc_buf compressed = { 0 };
    size_t begin = out->len, header_len;

    compress_add(&compressed, plain);
    page.plain_len = plain.len;
    page.len = compressed.len;
    parquet_page_header(out, &page);
    header_len = out->len - begin;
    bc_buf_add_str(out, bc_buf_str(&compressed));
    chunk->len += header_len + page.len;
    chunk->plain_len += header_len + page.plain_len;
    bc_buf_release(&compressed);
}

static void add_dictionary_page(struct bc_buf *out, struct parquet_chunk *chunk,
                                const struct dictionary *dictionary)
{
    struct bc_buf plain = { 0 };

    for (size_t i = 0; i < dictionary->n; i++)
        bc_buf_add_str(&plain, dictionary->texts[i]);
    add_page(out, chunk, (struct parquet_page){ .is_dictionary = true, .n = dictionary->n },
             bc_buf_str(&plain));
    chunk->dictionary_len = chunk->len;
    bc_buf_release(&plain);
}

static struct place page_end(const struct parquet_column *column, struct place begin)
{
    struct place end = begin;

    while (end.row < column->present.len && end.row - begin.row < PAGE_ROWS &&
           end.at - begin.at < PAGE_LEN) {
        if (column->present.at[end.row++]) {
            end.at += plain_at(column, end.at).len;
            end.value++;
        }
    }
    return end;
}

/* Bytes that are 0 or 1, as numbers. */
static uint32_t *bits_of(struct bc_str bytes)
{
    uint32_t *bits = bc_reallocarray(NULL, bytes.len, sizeof(*bits));

    for (size_t i = 0; i < bytes.len; i++)
        bits[i] = (unsigned char)bytes.at[i];
    return bits;
}

/* Which rows have a value: definition levels, after their length. */
static void add_levels(struct bc_buf *out, const struct parquet_column *column, struct place begin,
                       struct place end)
{
    uint32_t *levels = bits_of(bc_str_part(bc_buf_str(&column->present), begin.row, end.row));
    struct bc_buf runs = { 0 };

    rle_add(&runs, levels, end.row - begin.row, 1);
    parquet_number_add(out, runs.len, 4);
    bc_buf_add_str(out, bc_buf_str(&runs));
    bc_buf_release(&runs);
    free(levels);
}

static void add_values(struct bc_buf *out, const struct parquet_column *column,
                       const struct dictionary *dictionary, struct place begin, struct place end)
{
    struct bc_str plain = bc_str_part(bc_buf_str(&column->values), begin.at, end.at);
    uint32_t *bits;

    if (dictionary->n > 0) {
        unsigned width = rle_width((uint32_t)dictionary->n - 1);

        bc_buf_add_byte(out, (char)width);
        rle_add(out, dictionary->numbers + begin.value, end.value - begin.value, width);
    } else if (column->as->type == COLUMN_BOOL) {
        bits = bits_of(plain);
        rle_pack(out, bits, plain.len, 1);
        free(bits);
    } else {
        bc_buf_add_str(out, plain);
    }
}

void parquet_column_write(struct bc_buf *out, struct parquet_chunk *chunk,
                          const struct parquet_column *column)
{
    struct dictionary dictionary = { 0 };
    struct place begin = { 0 }, end;
    struct bc_buf plain = { 0 };

    *chunk = (struct parquet_chunk){ .type = column->as->type, .name = column->as->name };
    parquet_statistics_of(&chunk->statistics, column->as->type, bc_buf_str(&column->values));
    if (make_dictionary(&dictionary, column))
        add_dictionary_page(out, chunk, &dictionary);
    for (; begin.row < column->present.len; begin = end) {
        end = page_end(column, begin);
        plain.len = 0;
        if (column->as->null)
            add_levels(&plain, column, begin, end);
        add_values(&plain, column, &dictionary, begin, end);
        add_page(
            out, chunk,
            (struct parquet_page){ .by_dictionary = dictionary.n > 0, .n = end.row - begin.row },
            bc_buf_str(&plain));
    }
    for (size_t i = 0; i < column->present.len; i++)
        chunk->statistics.nulls += !column->present.at[i];
    bc_buf_release(&plain);
    release_dictionary(&dictionary);
}
