/* projections/facts/string_table.h - texts that many facts share, numbered in the order in which
 * they came. String 0 is the empty text. Numbers never change, so that facts may hold them. */
#ifndef BC_PROJECTIONS_FACTS_STRING_TABLE_H
#define BC_PROJECTIONS_FACTS_STRING_TABLE_H

#include "ledger/base/mem.h"

#define BC_WORD_MAX  (1u << 24)
#define BC_WORD_NONE UINT32_MAX /* a text that no fact holds */

typedef struct bc_string_table bc_string_table;

bc_string_table *bc_string_table_new(void);
void bc_string_table_free(bc_string_table *strings); /* NULL is fine */
/* The number of a text; a new one gets the next. Past BC_WORD_MAX texts: the process ends, saying
 * so, since no answer would be right. */
uint32_t bc_string_table_add(bc_string_table *strings, struct bc_str text);
/* The number of a text, or BC_WORD_NONE. */
uint32_t bc_string_table_find(const bc_string_table *strings, struct bc_str text);
/* Lives as long as the table. */
struct bc_str bc_string_table_text(const bc_string_table *strings, uint32_t word);
/* How many there are, the empty one among them. */
uint32_t bc_string_table_count(const bc_string_table *strings);

#endif
