/* tools/byhand/dialogue.h - questions on standard output, answers from standard input, a line each.
 *
 * At a terminal the answer stands beside its question; where answers come from a pipe, each
 * question is a line of its own. */
#ifndef BC_TOOLS_BYHAND_DIALOGUE_H
#define BC_TOOLS_BYHAND_DIALOGUE_H

#include "ledger/base/mem.h"
#include "tools/cli/cmd.h"
#include "tools/cli/input.h"

struct dialogue {
    const struct cmd_env *env;
    bc_arena *arena; /* owns the answers */
    struct input input;
};

/* Close it afterwards, whatever this returns. Borrows both. */
bc_status dialogue_open(struct dialogue *dialogue, const struct cmd_env *env, bc_arena *arena,
                        struct bc_err *err);
void dialogue_close(struct dialogue *dialogue);

/* Asks, and gives the answer without the blanks around it. BC_DONE: there is none, the input has
 * ended. BC_E_INPUT: one of more than 16 MB, or with a NUL in it. */
bc_status dialogue_ask(const char **out, struct dialogue *dialogue, const char *question,
                       struct bc_err *err);
/* Without the blanks around it. */
struct bc_str dialogue_trim(struct bc_str text);
/* Asks until the answer is yes or no. BC_OK: yes. BC_NO: no, or no answer. */
bc_status dialogue_confirm(struct dialogue *dialogue, const char *question, struct bc_err *err);

#endif
