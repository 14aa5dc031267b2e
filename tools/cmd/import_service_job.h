/* tools/cmd/import_service_job.h - a run of `import WORD`, for the files that make it up. */
#ifndef BC_TOOLS_CMD_IMPORT_SERVICE_JOB_H
#define BC_TOOLS_CMD_IMPORT_SERVICE_JOB_H

#include "tools/cli/progress.h"
#include "tools/cmd/import_again.h"
#include "tools/cmd/import_remote.h"
#include "tools/connect/compare.h"
#include "tools/connect/connector.h"
#include "tools/connect/record.h"
#include "tools/show/service.h"

/* As they were typed. */
struct import_service_args {
    const char *dir, *account, *links, *look_at;
    struct import_remote remote;
    bool shared, discover, again, dry_run, json;
};

/* A run of the command. */
struct import_service_job {
    const struct cmd_env *env;
    const struct connector *is;
    struct import_service_args args;
    char account_file[64]; /* where --account is not given */
    struct connect_account *account;
    struct connect_links links;
    struct connect_run run;
    struct connect_record record; /* as the last run left it; then as this one does */
    json_t *committed;            /* the state that the ledger has */
    uint64_t committed_at;        /* after so many requests */
    struct importer source;       /* what import_again.h wants to know of it */
    char prefix[64];
    import_again *told;
    bc_log *log;
    bc_append *append;
    bool whole; /* the run began with nothing read */
    uint64_t taken;
    bc_rules *rules; /* by which words are known */
    struct unknown_words words;
    connect_known *after;
    struct connect_compared compared;
    struct service_result result;
    struct progress progress;
    char doing[160]; /* what the progress line says */
};

/* ---- import_service_ask.c: its options, the client, and what the ledger knows ---- */

bc_status import_service_parse(struct import_service_job *job, int argc, char **argv,
                               struct bc_err *err);
/* The run knows whose it is, by what is given and when. */
void import_service_give(struct import_service_job *job);
bc_status import_service_open_client(struct import_service_job *job, struct bc_err *err);
/* The ledger as it is now; the caller frees it. */
bc_status import_service_know(connect_known **out, struct import_service_job *job,
                              struct bc_err *err);
/* Writes a first account file. */
bc_status import_service_discover(struct import_service_job *job, struct bc_err *err);

/* ---- import_service_events.c: what the connector tells, in portions ---- */

bc_status import_service_open_append(struct import_service_job *job, struct bc_err *err);
/* Commits the events so far, and their mark, in one write; `whole`: the service was read to its
 * end. */
bc_status import_service_commit(struct import_service_job *job, bool whole, struct bc_err *err);
struct connect_sink import_service_sink(struct import_service_job *job);

#endif
