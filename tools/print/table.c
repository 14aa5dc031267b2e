/* tools/print/table.c - tables over libsmartcols. It gets text that is already safe, and is set not
 * to escape it, since it escapes less than we do. Its calls fail only for lack of memory. */
#include "tools/print/table.h"

#include "tools/cli/text.h"

#include <stdlib.h>

#include <libsmartcols.h>

struct table {
    struct libscols_table *scols;
    struct libscols_line *line; /* the last row */
    struct bc_buf text;         /* scratch */
};

static void must(int rc)
{
    if (rc != 0)
        bc_out_of_memory();
}

/* Lives until the next call. */
static const char *safe(struct table *table, struct bc_str text)
{
    table->text.len = 0;
    text_escape(&table->text, text);
    bc_buf_add_byte(&table->text, '\0');
    return table->text.at;
}

static void add_column(struct table *table, const struct column *column)
{
    int flags = (column->right ? SCOLS_FL_RIGHT : 0) | (column->cut ? SCOLS_FL_TRUNC : 0);
    struct libscols_column *added;

    added = scols_table_new_column(table->scols, safe(table, bc_str_of(column->name)),
                                   column->cut ? 0.3 : 0, flags);
    if (!added)
        bc_out_of_memory();
    must(scols_cell_set_color(scols_column_get_header(added), "bold"));
}

struct table *table_new(struct columns columns)
{
    struct table *table = bc_calloc(1, sizeof(*table));

    scols_init_debug(0);
    table->scols = scols_new_table();
    if (!table->scols)
        bc_out_of_memory();
    must(scols_table_enable_noencoding(table->scols, 1));
    must(scols_table_set_column_separator(table->scols, "  "));
    for (size_t i = 0; i < columns.n; i++)
        add_column(table, &columns.at[i]);
    return table;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    scols_unref_table(table->scols);
    bc_buf_release(&table->text);
    free(table);
}

void table_row(struct table *table)
{
    table->line = scols_table_new_line(table->scols, NULL);
    if (!table->line)
        bc_out_of_memory();
}

void table_text(struct table *table, size_t column, struct bc_str text)
{
    must(scols_line_set_data(table->line, column, safe(table, text)));
}

void table_color(struct table *table, size_t column, const char *color)
{
    must(scols_cell_set_color(scols_line_get_cell(table->line, column), color));
}

void table_print(const struct cmd_env *env, struct table *table)
{
    if (scols_table_is_empty(table->scols))
        return;
    must(scols_table_set_stream(table->scols, env->out));
    must(scols_table_enable_colors(table->scols, env->color));
    must(scols_table_set_termforce(table->scols, env->width > 0 ? SCOLS_TERMFORCE_ALWAYS
                                                                : SCOLS_TERMFORCE_NEVER));
    if (env->width > 0)
        must(scols_table_set_termwidth(table->scols, (size_t)env->width));
    must(scols_print_table(table->scols));
}
