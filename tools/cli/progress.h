/* tools/cli/progress.h - one line about work under way: on a terminal only, after a second, and
 * gone when the work is done. */
#ifndef BC_TOOLS_CLI_PROGRESS_H
#define BC_TOOLS_CLI_PROGRESS_H

#include "tools/cli/cmd.h"

struct progress {
    const struct cmd_env *env;
    const char *what; /* "reading deals.jsonl" */
    int64_t begun_us, shown_us;
    unsigned ticks;
    bool visible;
};

/* Keeps a pointer to `what`. */
struct progress progress_begin(const struct cmd_env *env, const char *what);
/* Cheap enough to be called for each event. `total` 0: not known. `unit`: "events". */
void progress_tick(struct progress *progress, uint64_t done, uint64_t total, const char *unit);
/* The same, but looks at the clock each time: for calls that come now and then. */
void progress_now(struct progress *progress, uint64_t done, uint64_t total, const char *unit);
void progress_end(struct progress *progress);

/* For work that reports the number of events done, of `total`. */
struct progress_events {
    struct progress progress;
    uint64_t total;
};
void progress_events_done(void *payload, uint64_t done);

#endif
