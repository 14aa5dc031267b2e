/* tools/cli/cmd.h - what a command is given, and how it ends.
 *
 * A command gets its streams and the time from `env`, so that tests run it in-process; main.c alone
 * reads the clock and the environment. Answers go to env->out, messages to env->err. */
#ifndef BC_TOOLS_CLI_CMD_H
#define BC_TOOLS_CLI_CMD_H

#include "ledger/base/err.h"
#include "tools/cli/commands.h"

#include <stdint.h>
#include <stdio.h>

struct answer_taker;   /* tools/print/walk.h */
struct bc_buf;         /* ledger/base/mem.h */
struct bc_log;         /* ledger/log/log.h */
struct cmd;            /* below */
struct cmd_group;      /* below */
struct complete;       /* tools/cli/complete.h */
struct config;         /* tools/config/config.h */
struct document_frame; /* tools/pages/document.h */
struct http_clock;     /* tools/http/http.h */
struct names;          /* tools/cli/names.h */
struct page;           /* tools/cli/page.h */
struct serving;        /* tools/cli/serving.h */
struct times;          /* tools/cli/times.h */

struct cmd_env {
    FILE *out, *err;
    struct answer_taker *answers; /* takes answers for programs; NULL: they are printed as JSON */
    struct bc_buf *error; /* takes the error, instead of `err`: the sentence alone; or NULL */
    bool only_asks;       /* a program does: its answer is JSON's, and nothing is written */
    bool named_rules;     /* rules are those of a name, never of a file: the caller reads none */
    bool asks_text;       /* what such a program takes is printed: --html=-, --svg=- */
    const char *program;  /* with which errors begin; NULL: "backcast" */
    int64_t now_us;       /* the time at which the program was started */
    int64_t (*elapsed_us)(void);    /* microseconds since then, never backwards; NULL: always 0 */
    unsigned threads;               /* to compute on where --threads is not given; 0: two */
    bool rehearsed;                 /* now_us was given, so recorded times do not advance */
    const char *ledger_dir;         /* the ledger to use where --ledger is not given, or NULL */
    struct bc_log *opened;          /* that ledger, opened for reading already; or NULL */
    struct bc_timelines *timelines; /* of `opened`; or NULL */
    struct {
        const char *value, *from; /* NULL: nobody says */
        bool of_ledger;           /* the ledger's own file says so: it may name no file */
    } rules, slice;               /* of commands that have these options and are not given them */
    struct {
        bool yes;         /* --shared, where a command has it and is not given it */
        const char *from; /* who says */
    } shared;
    const struct config *config; /* where such settings are from; or NULL */
    /* What the environment's variable says, for a service's token where --token-file is not given;
     * NULL: there is no environment. */
    const char *(*secret)(const char *variable);
    const struct http_clock *http_clock; /* for waiting for a service; NULL: the system's */
    bool color;                          /* may `out` be coloured? */
    bool in_tty, out_tty, err_tty;
    bool paged;          /* `out` goes into a pager, which may be left before the end */
    int width;           /* columns of the terminal that `out` is; 0: no terminal, no limit */
    struct times *times; /* in which zone people read times; NULL: UTC */
    struct names *names; /* what people call the deals that are printed; NULL: ids alone */
    const struct document_frame *frame; /* of pages that are shown among others; NULL: each alone */
    size_t drawings; /* that such a page has already, for the ids of those to come */
    const struct cmd_group *commands; /* all of the program; NULL: nobody looks through them */
    const struct cmd *topics;         /* what `help` of the program knows beside them; or NULL */
    const struct serving *serving; /* of the process; NULL: no command goes on after its answer */
    struct complete *complete; /* no command is run: what may follow its words is gathered there */
};

/* argv[0] is the command's own name. Returns the exit code. */
typedef int cmd_fn(const struct cmd_env *env, int argc, char **argv);

struct cmd {
    const char *name;
    cmd_fn *run;
};

/* Commands under one name: the program itself, or a command such as `import`. */
struct cmd_group {
    const char *name;           /* "backcast", "backcast import" */
    const struct cmd *commands; /* ends with a zeroed entry */
    const struct page *pages;   /* of the group and of each command: tools/cli/page.h */
};

extern const char cmd_version[];

/* Runs the command that argv[1] names; `--help` or `help [COMMAND]` prints what there is;
 * `--help=man` the same as the source of a manual page. */
int cmd_dispatch(const struct cmd_env *env, const struct cmd_group *group, int argc, char **argv);

/* The commands of a group, as candidates. */
void cmd_candidates(struct complete *complete, const struct cmd_group *group);

/* The last step of every command: flushes `out`, prints the error, if any, as one line of at most 4
 * KB, and returns the exit code for `rc`. `err` was filled where rc is negative. An
 * error about env->rules or env->slice says where that is from. Where a name could
 * not be read (env->names), that is the error. That a pager was left early is none. With
 * env->complete nothing is printed. */
int cmd_exit(const struct cmd_env *env, bc_status rc, const struct bc_err *err);

/* For long answers: has everything so far gone out? A reader that has gone away is BC_E_IO too,
 * without a message, since nobody reads it. */
bc_status cmd_written(const struct cmd_env *env, struct bc_err *err);

/* The current time: for recorded times. */
int64_t cmd_now_us(const struct cmd_env *env);

#define CMD_DECLARE(name)          cmd_fn cmd_##name;
#define CMD_DECLARE_AS(name, word) CMD_DECLARE(name)
COMMANDS(CMD_DECLARE)
#undef CMD_DECLARE
#undef CMD_DECLARE_AS
cmd_fn cmd_import_hubspot, cmd_import_sheet, cmd_import_webhook_log; /* commands of `import` */

#endif
