#include "tools/show/learning_cells.h"

#include "tools/print/print_table.h"

void learning_cells_since(struct row *row, int64_t since_us)
{
    if (since_us == INT64_MIN)
        row_null(row, "since");
    else
        row_instant(row, "since", since_us);
}

static void fill_deal(struct row *row, const void *source, size_t i)
{
    row_text(row, "deal", ((const struct bc_str *)source)[i]);
}

void learning_cells_deals(const struct cmd_env *env, const struct bc_str *deals, size_t n)
{
    static const struct column columns[] = { { "DEALS", "deal", .fit = COLUMN_MIDDLE },
                                             COLUMN_NAME_OF("deal") };

    if (n)
        fputc('\n', env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_deal, deals, n));
}
