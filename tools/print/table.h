/* tools/print/table.h - answers for people, in columns. Wide characters line up, and what is unsafe
 * to print is escaped, in names of columns too (tools/cli/text.h). */
#ifndef BC_TOOLS_PRINT_TABLE_H
#define BC_TOOLS_PRINT_TABLE_H

#include "ledger/base/mem.h"
#include "tools/cli/cmd.h"

/* What is printed for a missing value. */
#define TABLE_NULL "\xe2\x80\x93" /* en dash */

struct table_column {
    const char *name;
    bool right; /* numbers */
    bool cut;   /* may be cut if the terminal is too narrow */
};

struct table;

/* Copies the columns' names. */
struct table *table_new(const struct table_column *columns, size_t n);
void table_free(struct table *table); /* NULL is fine */

/* Begins a row; its cells are empty until they are set. */
void table_row(struct table *table);
/* Sets a cell of the last row; a text of length 0 leaves it empty. */
void table_text(struct table *table, size_t column, struct bc_str text);
void table_null(struct table *table, size_t column);
void table_format(struct table *table, size_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* An instant, to the second, in UTC: the rest is in the JSON. */
void table_time(struct table *table, size_t column, int64_t us);
/* Colours a cell of the last row: "red", "green", "yellow", "bold". */
void table_color(struct table *table, size_t column, const char *color);

/* Prints headings and rows; nothing where there are no rows. */
void table_print(const struct cmd_env *env, struct table *table);

#endif
