/* tools/cmd/export_ocel.c - the history of all deals as an object-centric event log. */
#include "tools/cmd/export_formats.h"
#include "tools/cmd/export_log.h"
#include "tools/cmd/pages.h"
#include "tools/export/ocel_json.h"

static bc_status write_ocel(struct export_log *log, const struct cmd_env *env, FILE *file,
                            void *payload, struct bc_err *err)
{
    struct progress progress = progress_begin(env, "exporting");
    struct ocel_log_out out;
    bc_status rc = ocel_json_write(file, &out, &log->counted, log->basis.rules, &progress, err);

    (void)payload;
    progress_end(&progress);
    export_log_left_out(log, out.lists, "field that is a list", "fields that are lists");
    export_log_left_out(log, out.fields, "field that this version does not know",
                        "fields that this version does not know");
    return rc;
}

int export_ocel(const struct cmd_env *env, int argc, char **argv)
{
    struct export_log log = { 0 };
    const struct opt opts[] = { EXPORT_LOG_OPTIONS(&log), { 0 } };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast export ocel"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = export_log_run(&log, env, write_ocel, NULL, &err);
    export_log_release(&log);
    return cmd_exit(env, rc, &err);
}
