/* tools/cmd/export_xes.c - the history of all deals as an XES event log. */
#include "tools/cmd/export_formats.h"
#include "tools/cmd/export_log.h"
#include "tools/cmd/pages.h"
#include "tools/export/xes_log.h"

#include <inttypes.h>

static void say_replaced(const struct cmd_env *env, uint64_t n)
{
    if (n > 0)
        fprintf(env->err,
                "backcast: %" PRIu64 " control character%s that XML cannot hold %s written as "
                "U+FFFD\n",
                n, n == 1 ? "" : "s", n == 1 ? "was" : "were");
}

static bc_status write_xes(struct export_log *log, const struct cmd_env *env,
                           const struct export_to *to, void *payload, struct bc_err *err)
{
    struct xes_log_out *out = payload;
    struct progress progress = progress_begin(env, "exporting");
    bc_status rc = xes_log_write(to->file, out, &log->counted, log->basis.rules, &progress, err);

    progress_end(&progress);
    export_log_left_out(log, out->no_deal, "event about no deal", "events about no deal");
    export_log_left_out(log, out->lists, "field that is a list", "fields that are lists");
    export_log_left_out(log, out->fields, "field that this version does not know",
                        "fields that this version does not know");
    return rc;
}

int export_xes(const struct cmd_env *env, int argc, char **argv)
{
    struct export_log log = { 0 };
    struct xes_log_out out = { 0 };
    const struct opt opts[] = { EXPORT_LOG_OPTIONS(&log), { 0 } };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast export xes"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = export_log_run(&log, env, write_xes, &out, &err);
    if (rc == BC_OK)
        say_replaced(env, out.replaced);
    export_log_release(&log);
    return cmd_exit(env, rc, &err);
}
