/* tools/cli/text.h - text from data, made safe to print: no control characters reach a terminal,
 * nor any that turn or hide the text around them. */
#ifndef BC_TOOLS_CLI_TEXT_H
#define BC_TOOLS_CLI_TEXT_H

#include "ledger/base/mem.h"

#include <stdio.h>

/* Adds `s` with what is unsafe to print (bc_char_unsafe) written as \x1b, beyond ASCII as \u{202e},
 * and bytes that are not UTF-8 as \xff. */
void text_escape(struct bc_buf *out, struct bc_str s);
/* The same with what means something in HTML and XML written as entities: safe between tags, and
 * between the quotes of an attribute. */
void text_markup(struct bc_buf *out, struct bc_str s);
/* Writes it to a stream, escaped as text_escape does. */
void text_put(FILE *out, struct bc_str s);

/* Length of the longest beginning of `s` that has at most `max` bytes and ends between characters.
 */
size_t text_cut(struct bc_str s, size_t max);

/* "s" where it is not one. */
static inline const char *text_plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

#endif
