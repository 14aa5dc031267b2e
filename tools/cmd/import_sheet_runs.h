/* tools/cmd/import_sheet_runs.h - what is kept of the runs of `import sheet`: by it the next one
 * knows whether there is anything new. */
#ifndef BC_TOOLS_CMD_IMPORT_SHEET_RUNS_H
#define BC_TOOLS_CMD_IMPORT_SHEET_RUNS_H

#include "tools/cli/cmd.h"
#include "tools/cmd/import_run.h"
#include "tools/connect/record.h"
#include "tools/import/csv/csv_map.h"
#include "tools/sheet/sheet_kept.h"

struct import_sheet_runs {
    /* given, and borrowed */
    const struct cmd_env *env;
    const char *name; /* "sheet/MAPNAME" */
    const csv_map *map;
    const struct sheet_table *table; /* of this run */
    bool again, dry_run;
    int64_t begun_us;

    struct bc_hash place, basis; /* of the address; of all on which what was read rests */
    bc_log *log;
    struct connect_record record; /* as the last run left it */
    struct sheet_kept before;
    bool same_place, trusted; /* its state is of this address; and of this basis */
};

/* Address, map (its file's text) and program: if one of them changes, all is read again. */
void import_sheet_runs_rest_on(struct import_sheet_runs *runs, const struct sheet_address *address,
                               bool by_api, struct bc_str map);
/* What the last run left. The log is borrowed. */
bc_status import_sheet_runs_load(struct import_sheet_runs *runs, bc_log *log, struct bc_err *err);
void import_sheet_runs_release(struct import_sheet_runs *runs);

/* Is it the table that the last run read, by this map? */
bool import_sheet_runs_is_same(const struct import_sheet_runs *runs, struct bc_str text);

/* In the commit that has the events. `to` is a struct import_sheet_runs. */
void import_sheet_runs_put(void *to, bc_append *append, const struct import_sum *sum);
/* Of a run that had nothing to append; none where it is a trial. */
bc_status import_sheet_runs_put_unchanged(struct import_sheet_runs *runs, struct bc_err *err);
/* Of a run that failed; `refused`: the table's rows were being taken. */
void import_sheet_runs_put_failed(struct import_sheet_runs *runs, bool refused,
                                  const struct bc_err *err);

#endif
