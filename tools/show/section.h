/* tools/show/section.h - an answer of many parts, for people: each under a heading of its own. */
#ifndef BC_TOOLS_SHOW_SECTION_H
#define BC_TOOLS_SHOW_SECTION_H

#include "ledger/base/mem.h"
#include "tools/cli/cmd.h"

/* An empty line, the heading with what is to be said of it, and another empty line. */
void section_begin(const struct cmd_env *env, const char *heading, struct bc_str said);
/* The same, said as printf has it. */
#define section_format(env, heading, ...)                                                          \
    do {                                                                                           \
        struct bc_buf section_said = { 0 };                                                        \
        bc_buf_printf(&section_said, __VA_ARGS__);                                                 \
        section_begin(env, heading, bc_buf_str(&section_said));                                    \
        bc_buf_release(&section_said);                                                             \
    } while (0)

/* A section shows the first rows, so that the whole can be read. */
enum { SECTION_ROWS = 20 };
static inline size_t section_rows(size_t n)
{
    return n < SECTION_ROWS ? n : SECTION_ROWS;
}
/* Below them, where there are more: how many, and what command lists them. */
void section_print_more(const struct cmd_env *env, size_t n, const char *command);

#endif
