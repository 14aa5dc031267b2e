/* tools/cli/progress.c - the line about work under way. */
#include "tools/cli/progress.h"

#include "ledger/base/instant.h"
#include "tools/cli/text.h"

#include <inttypes.h>

#define QUIET_US INT64_C(1000000)
#define EVERY_US INT64_C(100000)
#define LOOK     256 /* ticks between looks at the clock */

struct progress progress_begin(const struct cmd_env *env, const char *what)
{
    return (struct progress){ .env = env,
                              .what = what,
                              .begun_us = env->elapsed_us ? env->elapsed_us() : 0 };
}

static void show(const struct progress *p, uint64_t done, uint64_t total, const char *unit)
{
    fputs("\r\033[K", p->env->err);
    text_put(p->env->err, bc_str_of(p->what));
    fprintf(p->env->err, ": %" PRIu64 " %s", done, unit);
    if (total > 0)
        fprintf(p->env->err, " (%d %%)", (int)((double)done * 100 / (double)total));
    fflush(p->env->err);
}

void progress_now(struct progress *progress, uint64_t done, uint64_t total, const char *unit)
{
    int64_t now;

    if (!progress->env->err_tty || !progress->env->elapsed_us)
        return;
    now = progress->env->elapsed_us();
    if (now - progress->begun_us < QUIET_US || now - progress->shown_us < EVERY_US)
        return;
    show(progress, done, total, unit);
    progress->shown_us = now;
    progress->visible = true;
}

void progress_tick(struct progress *progress, uint64_t done, uint64_t total, const char *unit)
{
    if (progress->ticks++ % LOOK == 0)
        progress_now(progress, done, total, unit);
}

void progress_end(struct progress *progress)
{
    if (progress->visible)
        fputs("\r\033[K", progress->env->err);
    progress->visible = false;
}

void progress_events_done(void *payload, uint64_t done)
{
    struct progress_events *events = payload;

    progress_now(&events->progress, done, events->total, "events");
}
