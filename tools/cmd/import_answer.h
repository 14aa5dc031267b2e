/* tools/cmd/import_answer.h - an import of a file or a table: from a source that is open into the
 * log, with its rejects, and what is said of it when it is done. */
#ifndef BC_TOOLS_CMD_IMPORT_ANSWER_H
#define BC_TOOLS_CMD_IMPORT_ANSWER_H

#include "tools/ask/notes.h"
#include "tools/cmd/import_run.h"

struct import_answer {
    /* given */
    const char *key;     /* in JSON, of */
    const char *name;    /* what is imported, as it is shown */
    const char *file;    /* that is read, or NULL; and the map: --rejects is another file */
    const char *map;     /* or NULL */
    const char *rejects; /* or NULL */
    bool by_map, dry_run, json;
    /* More cells for programs, after `dryRun`; more lines for people, after the first. Or NULL. */
    void (*cells)(struct row *row, const void *of);
    void (*lines)(const struct cmd_env *env, const void *of);
    const void *of;

    /* found */
    struct import_sum sum;
    struct notes notes;
    struct unknown_words words;
    struct import_preview preview; /* of a dry run */
    bool corrects;                 /* the source may tell otherwise what it told before */
    bc_rules *rules;
    bc_log *log; /* lent */
};

/* BC_E_USAGE: --rejects - and --json are both standard output. */
bc_status import_answer_check(const struct import_answer *answer, struct bc_err *err);
/* Before the source is opened: `job` and *answer are ready for the log, which outlives them. */
bc_status import_answer_begin(struct import_answer *answer, struct import_job *job, bc_log *log,
                              const struct cmd_env *env, struct bc_err *err);
/* Runs the job, and frees its source, which may be NULL, in any case. */
bc_status import_answer_run(struct import_answer *answer, struct import_job *job,
                            const struct cmd_env *env, struct bc_err *err);
/* After it, also where nothing was run: the cache is up to date, the answer is printed. */
bc_status import_answer_show(struct import_answer *answer, const struct cmd_env *env,
                             struct bc_err *err);
void import_answer_release(struct import_answer *answer);

#endif
