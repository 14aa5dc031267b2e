/* tools/cli/complete.h - what may stand at the end of a command line that is being typed.
 *
 * Its words go the way of those of any command line, with cmd_env.complete set: where a command is
 * chosen, those that there are are gathered, and where options would be read (opt_parse), their
 * table says what the last word may be. Nothing is done, and nothing printed. */
#ifndef BC_TOOLS_CLI_COMPLETE_H
#define BC_TOOLS_CLI_COMPLETE_H

#include "ledger/base/mem.h"

struct opt;

struct complete_candidate {
    struct bc_str text; /* the whole word, lead and all */
    struct bc_str help; /* a line, or empty */
};

/* Begin with complete_begin. Candidates begin with lead and word. */
struct complete {
    struct bc_str lead;        /* what of the last word comes before a value: "--as-of=" */
    struct bc_str word;        /* the rest of it, as far as it was typed */
    const char *value;         /* the VALUE (tools/cli/opt.h) that stands there; NULL: none does */
    const struct opt *options; /* of every command, beside its own; NULL: none */
    bool help_only;            /* of `help COMMAND`: no options */
    struct complete_candidate *at;
    size_t n, cap;
    bc_arena *arena; /* holds all texts */
};

void complete_begin(struct complete *out, const char *last_word);
void complete_release(struct complete *complete);

/* Adds lead and `text`, once, if it begins with the word, and may be printed: what has characters
 * that a terminal obeys is no candidate, nor a value that would be taken for an option. Keeps
 * copies. */
void complete_add(struct complete *complete, struct bc_str text, struct bc_str help);
/* What the last of argv[1..argc) may be by a table: an option, or a value. */
void complete_options(struct complete *complete, const struct opt *opts, int argc, char **argv);

#endif
