/* tools/cmd/export_log.h - what the exports of event logs have in common: their options, the events
 * that count, the file, and the line that says what was left out. */
#ifndef BC_TOOLS_CMD_EXPORT_LOG_H
#define BC_TOOLS_CMD_EXPORT_LOG_H

#include "tools/ask/basis.h"
#include "tools/export/counted.h"

struct export_log {
    struct typed typed;
    const char *as_of, *output;
    bool named; /* `output` is given, and written by its name */
    struct basis basis;
    struct counted counted;
    struct bc_buf left_out; /* of the line so far */
};

#define EXPORT_LOG_OPTIONS(log)                                                                    \
    OPT_OUTPUT(&(log)->output),                                                                    \
        { "as-of", "WHEN", .text = &(log)->as_of,                                                  \
          .help = "only what had happened by then (default: all of it)" },                         \
        QUESTION_OPTIONS(&(log)->typed)

/* Where it goes: a stream, or where the log is `named` a file, for a library that takes a name. */
struct export_to {
    FILE *file;
    const char *name;
};

/* Writes the events that count, and adds to what was left out. */
typedef bc_status export_log_write(struct export_log *log, const struct cmd_env *env,
                                   const struct export_to *to, void *payload, struct bc_err *err);

/* Opens the ledger, writes to the file or to env->out, and says what was left out. Released by
 * export_log_release also after a failure. */
bc_status export_log_run(struct export_log *log, const struct cmd_env *env, export_log_write *write,
                         void *payload, struct bc_err *err);
void export_log_release(struct export_log *log);

/* Adds "3 events about no deal" to the line, where n is not 0; `one` and `many` begin with what is
 * counted. */
void export_log_left_out(struct export_log *log, uint64_t n, const char *one, const char *many);

#endif
