/* tools/connect/schedule.h - which imports are run, how often: sources.yaml.
 *
 *   sources:
 *     - import: hubspot          # a command of `backcast import`
 *       every: 1h                # 30m, 1h, 1d, 1w; left out: whenever it is asked for
 *       account: hubspot.yaml    # options of that command, without their hyphens
 *       token-file: /etc/backcast/hubspot-token
 *     - import: github
 *       name: github/research    # of the source; left out: the one that the import has by itself
 *       token-command: pass show github
 *     - import: csv
 *       name: csv/agreements
 *       file: agreements.csv
 *       map: sage.yaml
 *
 * What runs a command, names a file, or says where a token goes, is taken only where nobody but the
 * user (or root) may write the file, or put another in its place. */
#ifndef BC_TOOLS_CONNECT_SCHEDULE_H
#define BC_TOOLS_CONNECT_SCHEDULE_H

#include "projections/yaml/fields.h"

enum { CONNECT_ARGS_MAX = 32 };

struct connect_scheduled {
    const char *import, *name;
    int64_t every_us;                       /* 0: each time */
    const char *args[CONNECT_ARGS_MAX + 1]; /* "import", "github", "--account=x"; NULL-ended */
    int arg_n;
};

struct connect_schedule {
    struct connect_scheduled *at;
    size_t n;
    bc_arena *arena;
};

/* What can be imported, as whoever runs the imports knows it. */
struct connect_imports {
    /* Has the import this option ("--map") or argument ("FILE")? Of NULL: is there such an import?
     */
    bool (*takes)(const void *payload, const char *import, const char *what);
    /* The name under which it keeps its runs by itself; NULL: under none, or that is not known. */
    const char *(*named)(const void *payload, const struct connect_scheduled *one, bc_arena *arena);
    /* All there are, in `arena`. */
    size_t (*list)(const void *payload, const struct bc_str **out, bc_arena *arena);
    const void *payload;
};

/* BC_DONE: there is no such file, and *out is empty. BC_E_INPUT: a fault in it, with line and
 * column. */
bc_status connect_schedule_read(struct connect_schedule *out, const char *path,
                                const struct connect_imports *imports, struct bc_err *err);
/* The value of an option ("--account"), or NULL. */
const char *connect_schedule_option(const struct connect_scheduled *one, const char *option);
/* One import by its account file, as if the file said so. */
void connect_schedule_one(struct connect_schedule *out, const char *import);
void connect_schedule_release(struct connect_schedule *schedule);

/* Is an import to be run, by its last run (0: none)? Timers come a little early now and then. */
bool connect_schedule_due(const struct connect_scheduled *one, int64_t begun_us, bool failed,
                          int64_t now_us);

#endif
