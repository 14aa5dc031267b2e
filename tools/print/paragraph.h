/* tools/print/paragraph.h - a sentence beside its heading. */
#ifndef BC_TOOLS_PRINT_PARAGRAPH_H
#define BC_TOOLS_PRINT_PARAGRAPH_H

#include "ledger/base/mem.h"
#include "tools/cli/cmd.h"

/* Prints the text, made safe (tools/cli/text.h), and ends its line. On a terminal that is too
 * narrow for it it goes on below itself: `indent` columns of the line are taken. */
void paragraph_print(const struct cmd_env *env, size_t indent, struct bc_str text);
/* Prints what stands below a table in sentences, as printf has it: made safe, in lines of at most
 * 80 columns, also where there is no terminal, and of fewer on a narrower one. All of them begin
 * with the blanks that the format begins with. */
void paragraph_legend(const struct cmd_env *env, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
