/* tools/cli/opt.h - options and arguments of a command as a table; its --help is printed from
 * it and from the command's page. */
#ifndef BC_TOOLS_CLI_OPT_H
#define BC_TOOLS_CLI_OPT_H

#include "ledger/base/mem.h"
#include "tools/cli/cmd.h"
#include "tools/cli/page.h"

/* The values of an option that may be repeated, in the order given. */
struct opt_list {
    const char **items;
    size_t n, cap;
};

/* One line of the table. With a name it is an option, `--as-of WHEN` or `--as-of=WHEN`; without one
 * a positional argument. Exactly one of text, flag and list is set, and where nothing was given it
 * keeps its value. The table ends with a zeroed line. */
struct opt {
    const char *name;  /* "as-of"; NULL: an argument, taken in the order of the table */
    const char *value; /* "WHEN"; NULL: a flag, which also takes =yes and =no, or true and false.
                        * Its word says what shells complete (tools/complete/values.h): "STAGE", a
                        * list of them "STAGE,...", the words themselves "actor|source" */
    const char **text; /* points into argv */
    bool *flag; /* with a value (OPT_YES_NO) a next word is its yes or no, and may be left out */
    struct opt_list *list;
    const char *help;
    const char *also; /* other accepted names, a blank between two, or NULL */
    char brief;       /* -o, or 0 */
    bool required;
    bool writes; /* a file is made there: refused at once in a ledger's folder, and to questions
                    that write none (env->only_asks) */
};

/* The line of every command with a ledger. */
#define OPT_LEDGER(dir)                                                                            \
    {                                                                                              \
        "ledger", "DIR", .text = (dir), .help = "the ledger (default: $BACKCAST_LEDGER)"           \
    }

/* The line of those that make a ledger. */
#define OPT_SHARED_GROUP(shared)                                                                   \
    {                                                                                              \
        "shared-group", NULL, .flag = (shared),                                                    \
                              .help = "let the folder's group use it, too (modes 2770 and 0660)"   \
    }

/* The line of those that append. */
#define OPT_SHARED(shared_)                                                                        \
    {                                                                                              \
        "shared", NULL, .flag = (shared_),                                                         \
                        .help = "append through the shared log that the ledger is a replica of\n"  \
                                "(default: $BACKCAST_SHARED)"                                      \
    }

/* The line of those that write one file. */
#define OPT_OUTPUT(path)                                                                           \
    {                                                                                              \
        "output", "FILE", .text = (path), .writes = true, .brief = 'o',                            \
                          .help = "write to FILE, which is replaced when all is written"           \
    }

/* The line of those that answer programs, too. */
#define OPT_JSON(flag_)                                                                            \
    {                                                                                              \
        "json", NULL, .flag = (flag_), .help = "print for programs"                                \
    }

/* The line of those that compute over a whole ledger or file. */
#define OPT_THREADS(text_)                                                                         \
    {                                                                                              \
        "threads", "N", .text = (text_),                                                           \
                        .help = "compute on N threads, at most the processors (default: 2)"        \
    }

/* What a flag with a value takes. */
#define OPT_YES_NO "yes|no"
/* Reads yes, no, true or false. False: another word. */
bool opt_yes_no(bool *out, const char *text);

/* Reads argv[1..argc) by the table. BC_DONE: --help was asked for and printed; --help=man is the
 * same as the source of a manual page, for scdoc. BC_E_USAGE: *err says what is wrong, and which
 * name was probably meant. Where --rules, --slice and --shared are not given, env->rules,
 * env->slice and env->shared are their values. With env->complete the table only says what may
 * follow: BC_DONE, too. */
bc_status opt_parse(const struct opt *opts, const struct page *page, const struct cmd_env *env,
                    int argc, char **argv, struct bc_err *err);

/* A whole number from min to max, as the value of an option; else BC_E_USAGE. */
bc_status opt_number(uint64_t *out, const char *name, const char *text, uint64_t min, uint64_t max,
                     struct bc_err *err);

/* How many threads --threads asks for: a number, or as many as there are processors where that is
 * fewer; `text` NULL: env->threads, or two where that is 0. */
bc_status opt_threads(unsigned *out, const struct cmd_env *env, const char *text,
                      struct bc_err *err);

void opt_list_add(struct opt_list *list, const char *item);
void opt_list_release(struct opt_list *list);

#endif
