#include "tools/export/parquet/parquet_file.h"

#include <stdlib.h>

void parquet_file_init(struct parquet_file *file, const struct table *table)
{
    *file = (struct parquet_file){ .table = table };
    file->columns = bc_calloc(table->column_n, sizeof(*file->columns));
    for (size_t i = 0; i < table->column_n; i++)
        file->columns[i].as = &table->columns[i];
}

void parquet_file_release(struct parquet_file *file)
{
    for (size_t i = 0; file->columns && i < file->table->column_n; i++)
        parquet_column_release(&file->columns[i]);
    free(file->columns);
    bc_buf_release(&file->groups);
    *file = (struct parquet_file){ 0 };
}

void parquet_file_add(struct parquet_file *file, const struct table_value *values)
{
    file->bytes = 0;
    for (size_t i = 0; i < file->table->column_n; i++) {
        parquet_column_add(&file->columns[i], &values[i]);
        file->bytes += file->columns[i].present.len + file->columns[i].values.len;
    }
}

size_t parquet_file_waiting(const struct parquet_file *file)
{
    return file->columns[0].present.len;
}

static void begin(struct bc_buf *out, struct parquet_file *file)
{
    if (file->len > 0)
        return;
    bc_buf_add_str(out, BC_STR(PARQUET_MAGIC));
    file->len = sizeof(PARQUET_MAGIC) - 1;
}

void parquet_file_group(struct bc_buf *out, struct parquet_file *file)
{
    size_t n = file->table->column_n, rows = parquet_file_waiting(file), before;
    struct parquet_chunk *chunks;

    if (rows == 0)
        return;
    begin(out, file);
    before = out->len;
    chunks = bc_calloc(n, sizeof(*chunks));
    for (size_t i = 0; i < n; i++)
        parquet_column_write(out, &chunks[i], &file->columns[i]);
    parquet_group_add(&file->groups, chunks, n, (int64_t)rows, file->len);
    for (size_t i = 0; i < n; i++)
        parquet_column_release(&file->columns[i]);
    free(chunks);
    file->bytes = 0;
    file->group_n++;
    file->rows += (int64_t)rows;
    file->len += out->len - before;
}

void parquet_file_end(struct bc_buf *out, struct parquet_file *file, struct bc_str made_by)
{
    struct parquet_footer footer = { .table = file->table, .made_by = made_by };

    parquet_file_group(out, file);
    begin(out, file);
    footer.groups = bc_buf_str(&file->groups);
    footer.group_n = file->group_n;
    footer.rows = file->rows;
    parquet_footer_add(out, &footer);
}
