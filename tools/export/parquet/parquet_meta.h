/* tools/export/parquet/parquet_meta.h - Parquet's own structures, by the names and numbers of
 * parquet.thrift: what stands before a page, and what ends a file.
 *
 *   "PAR1"  pages of the first row group, column by column  pages of the next ...
 *   footer: columns, row groups, where their pages are   its length, 4 bytes   "PAR1" */
#ifndef BC_TOOLS_EXPORT_PARQUET_PARQUET_META_H
#define BC_TOOLS_EXPORT_PARQUET_PARQUET_META_H

#include "tools/export/parquet/parquet_values.h"

#define PARQUET_MAGIC "PAR1"

/* A page, which follows its header. */
struct parquet_page {
    bool is_dictionary;    /* texts, each once */
    bool by_dictionary;    /* of data: numbers of texts */
    size_t n;              /* values, NULL ones too */
    size_t plain_len, len; /* of the page without its header: before and after it was compressed */
};
void parquet_page_header(struct bc_buf *out, const struct parquet_page *page);

/* The pages of a column in a row group. */
struct parquet_chunk {
    enum column_type type;
    const char *name;
    struct parquet_statistics statistics;
    size_t len, plain_len; /* of all pages with their headers; and had they not been compressed */
    size_t dictionary_len; /* of the first page with its header, a dictionary; 0: there is none */
};
/* A row group whose pages begin at an offset of the file, chunk after chunk. */
void parquet_group_add(struct bc_buf *out, const struct parquet_chunk *chunks, size_t n,
                       int64_t rows, uint64_t at);

/* What follows the pages. */
struct parquet_footer {
    const struct table *table;
    struct bc_str made_by; /* "backcast version 1.2" */
    struct bc_str groups;  /* by parquet_group_add */
    size_t group_n;
    int64_t rows; /* of all of them */
};
void parquet_footer_add(struct bc_buf *out, const struct parquet_footer *footer);

#endif
