/* tools/complete/shell.h - candidates in the form in which a shell takes them.
 *
 * The first line is what else may stand there, `none`, `files` or `folders`; then comes a candidate
 * a line. bash puts into the line that is typed what it is given, so there each is quoted, and a
 * word comes as it was typed; zsh and fish quote themselves, and are given a tab and the help, too.
 */
#ifndef BC_TOOLS_COMPLETE_SHELL_H
#define BC_TOOLS_COMPLETE_SHELL_H

#include "tools/complete/values.h"

#include <stdio.h>

enum shell { SHELL_NONE, SHELL_BASH, SHELL_ZSH, SHELL_FISH };

/* What a word of bash's means, with nothing expanded in it; *open: the quote that is not closed, or
 * 0. */
void shell_word_read(struct bc_buf *out, char *open, const char *typed);

/* `open`: within which quote bash puts them; there what would not mean itself is left out. With
 * SHELL_NONE, for people, there is no first line. */
void shell_print(FILE *out, enum shell shell, char open, const struct complete *complete,
                 enum values_more more);

#endif
