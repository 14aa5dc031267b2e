/* tools/print/table.h - lines lined up in columns. Wide characters line up, and what is unsafe to
 * print is escaped, in headings too (tools/cli/text.h). For print_table.h alone. */
#ifndef BC_TOOLS_PRINT_TABLE_H
#define BC_TOOLS_PRINT_TABLE_H

#include "ledger/base/mem.h"
#include "tools/cli/cmd.h"
#include "tools/print/column.h"

struct table;

/* Copies the columns' names. */
struct table *table_new(struct columns columns);
void table_free(struct table *table); /* NULL is fine */

/* Begins a row; its cells are empty until they are set. */
void table_row(struct table *table);
/* Sets a cell of the last row; a text of length 0 leaves it empty. */
void table_text(struct table *table, size_t column, struct bc_str text);
/* Colours a cell of the last row: "red", "green", "yellow", "bold". */
void table_color(struct table *table, size_t column, const char *color);

/* Prints headings and rows, as narrow as the terminal is; nothing where there are no rows. May be
 * called once. The columns that had no room, a bit each. */
uint64_t table_print(const struct cmd_env *env, struct table *table);

#endif
