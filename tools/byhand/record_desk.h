/* tools/byhand/record_desk.h - what lies open while events are recorded by hand. */
#ifndef BC_TOOLS_BYHAND_RECORD_DESK_H
#define BC_TOOLS_BYHAND_RECORD_DESK_H

#include "projections/rules/rules.h"
#include "projections/timelines/timelines.h"
#include "tools/byhand/record_value.h"
#include "tools/cli/cmd.h"

struct record_desk {
    bc_log *log;
    bc_timelines *timelines;
    bc_rules *rules; /* the latest ones */
    struct record_reading reading;
    struct times *times; /* of the command: in the zone of these rules */
};

/* To look only, to append, or to do so through the shared log. */
enum record_for { RECORD_LOOK, RECORD_APPEND, RECORD_SHARED };

/* Opens a ledger; `dir` is the value of --ledger, or NULL. Close it
 * afterwards, whatever this returns. */
bc_status record_desk_open(struct record_desk *desk, const struct cmd_env *env, const char *dir,
                           enum record_for what, struct bc_err *err);
/* Closes the ledger; rules and reading stay. A zeroed one is fine. */
void record_desk_leave(struct record_desk *desk);
void record_desk_close(struct record_desk *desk);

#endif
