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

    fputs(n ? "\n" : "\nno deals\n", env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_deal, deals, n));
}

void learning_cells_list(struct row *row, const char *key, const struct bc_str *texts, size_t n)
{
    struct bc_buf *text;

    if (!row_for_people(row) || !row_for_programs(row)) {
        row_texts(row, key, texts, n);
        return;
    }
    text = row_make(row);
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(text, "%s%.*s", i ? ";" : "", BC_STR_ARG(texts[i]));
    row_made(row, key);
}

void learning_cells_body(struct bc_buf *out, enum bc_body body)
{
    for (const char *at = bc_schema(body)->name; *at; at++)
        bc_buf_add_byte(out, (char)(*at == '_' ? ' ' : *at));
}

static void fill_last(struct row *row, const void *source, size_t i)
{
    const struct bc_last_activity *last = source;

    (void)i;
    row_word(row, "what", bc_schema(last->what)->json_name);
    row_instant(row, "at", last->at_us);
}

void learning_cells_last(struct row *row, const struct bc_last_activity *last)
{
    if (last->what)
        row_row(row, "lastActivity", fill_last, last);
    else
        row_null(row, "lastActivity");
}

void learning_cells_done(struct bc_buf *out, enum bc_body body)
{
    if (body == BC_MEETING_LOGGED)
        bc_buf_add_str(out, BC_STR("meeting held"));
    else
        learning_cells_body(out, body);
}
