/* tools/cmd/import_run.h - from an importer into the log: all or nothing, in batches, or without
 * the bad lines. */
#ifndef BC_TOOLS_CMD_IMPORT_RUN_H
#define BC_TOOLS_CMD_IMPORT_RUN_H

#include "ledger/log/log.h"
#include "tools/ask/unknown_words.h"
#include "tools/cli/cmd.h"
#include "tools/cli/outfile.h"
#include "tools/cmd/import_preview.h"
#include "tools/import/importer.h"

struct import_sum;
struct import_job {
    struct importer *source;
    bool keep_recorded; /* keep the events' own recorded times */
    bool dry_run;       /* check everything, append nothing */
    uint64_t batch;     /* lines to a commit, which is then acknowledged; 0: one for all */
    bool many_a_line;   /* a line may make several events, and is acknowledged with its last */
    struct unknown_words *words;    /* sees each event that is added */
    struct import_preview *preview; /* the same, where nothing is appended; or NULL */
    bool reject;                    /* go on after bad lines; else the first ends the import */
    FILE *rejected;                 /* where they go, or NULL: nowhere; */
    struct outfile *rejects;        /* the file that is, or NULL */
    /* Sees each event that is good, in their order, with the seq that it will have; 0: a duplicate.
     * NULL: nobody does. */
    void (*taken)(void *to, const struct bc_event *event, uint64_t seq);
    /* Before the last commit, of a run that appends; what it adds goes with the events, also where
     * there are none. NULL: nothing is added. */
    void (*last)(void *to, bc_append *append, const struct import_sum *sum);
    void *to;
};

struct import_sum {
    uint64_t added, duplicates;
    uint64_t rejected;   /* lines or rows */
    uint64_t ahead;      /* of the added: dated after they are recorded */
    uint64_t left_out;   /* rows that give no event, as the map says */
    uint64_t yielded;    /* events whose id stands with other content, which stays */
    uint64_t corrected;  /* events that took the place of others */
    uint64_t taken_back; /* events that a whole deal no longer has */
    uint64_t untold; /* events told before about deals that were read, and not now; they stand */
    uint64_t gone;   /* deals of earlier imports that this one has not */
    struct bc_buf gone_names; /* of the first ones */
    uint64_t back_deals;      /* deals of which something was taken back */
    struct bc_buf back_names;
    uint64_t twice;           /* of the added: events that a map of another name made before */
    uint64_t twice_line;      /* of the first of them */
    struct bc_buf twice_maps; /* their names */
    uint64_t untyped;         /* deals of a table that came into a stage, and have no deal type */
    struct bc_buf untyped_names;
};

/* On failure *sum is what was appended before: nothing, or whole batches. */
bc_status import_run(struct import_sum *sum, const struct import_job *job, bc_log *log,
                     const struct cmd_env *env, struct bc_err *err);
void import_sum_release(struct import_sum *sum); /* a zeroed one is fine */

#endif
