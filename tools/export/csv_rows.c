#include "tools/export/csv_rows.h"

#include "tools/print/print_csv.h"

struct finder {
    struct table_sink sink;
    struct row_taker *taker;
    const struct tables_ask *ask;
    struct tables_left *left;
};

static void put(struct row *row, const struct table_column *column, const struct table_value *value)
{
    if (value->null) {
        row_null(row, column->name);
        return;
    }
    switch (column->type) {
    case COLUMN_TEXT:
        row_text(row, column->name, value->text);
        break;
    case COLUMN_INTEGER:
        row_integer(row, column->name, value->integer);
        break;
    case COLUMN_REAL:
        row_figure(row, column->name, CELL_NUMBER, value->real);
        break;
    case COLUMN_BOOL:
        row_bool(row, column->name, value->yes);
        break;
    case COLUMN_INSTANT:
        row_instant(row, column->name, value->integer);
        break;
    }
}

static bc_status take(struct table_sink *sink, const struct table *table,
                      const struct table_value *values, struct bc_err *err)
{
    const struct finder *finder = (const struct finder *)sink;

    for (size_t i = 0; i < table->column_n; i++)
        if (!table->columns[i].for_sql)
            put(finder->taker->row, &table->columns[i], &values[i]);
    return row_take(finder->taker, err);
}

static bc_status find(struct row_taker *taker, void *of, struct bc_err *err)
{
    struct finder *finder = of;

    finder->taker = taker;
    return tables_write(finder->ask, &finder->sink, finder->left, err);
}

bc_status csv_rows_write(FILE *out, enum table_id id, struct tables_ask ask,
                         struct tables_left *left, struct bc_err *err)
{
    struct finder finder = { .sink = { .row = take }, .ask = &ask, .left = left };
    const struct rows rows = rows_found(find, &finder);
    struct column columns[TABLE_COLUMN_MAX] = { 0 };
    size_t n = 0;

    ask.wanted = TABLE_BIT(id);
    for (size_t i = 0; i < tables[id].column_n; i++)
        if (!tables[id].columns[i].for_sql)
            columns[n++].name = tables[id].columns[i].name;
    for (size_t i = 0; i < n; i++)
        columns[i].key = columns[i].name;
    print_csv_head(out, (struct columns){ columns, n });
    return print_csv(out, (struct columns){ columns, n }, &rows, err);
}
