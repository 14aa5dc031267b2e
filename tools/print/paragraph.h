/* tools/print/paragraph.h - a sentence beside its heading. */
#ifndef BC_TOOLS_PRINT_PARAGRAPH_H
#define BC_TOOLS_PRINT_PARAGRAPH_H

#include "ledger/base/mem.h"
#include "tools/cli/cmd.h"

/* Prints the text, made safe (tools/cli/text.h), and ends its line. On a terminal that is too
 * narrow for it it goes on below itself: `indent` columns of the line are taken. */
void paragraph_print(const struct cmd_env *env, size_t indent, struct bc_str text);

#endif
