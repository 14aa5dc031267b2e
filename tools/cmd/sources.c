/* tools/cmd/sources.c - where the ledger's events come from, and how far each source is behind. */
#include "tools/show/sources.h"

#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cmd/import_schedule.h"
#include "tools/cmd/pages.h"
#include "tools/print/print_csv.h"

static bc_status answer(const struct cmd_env *env, const char *dir, const char *file,
                        enum sources_form form, struct bc_err *err)
{
    struct connect_schedule schedule = { 0 };
    bc_log *log = NULL;
    bc_status rc = import_schedule_read(&schedule, env, file, err);

    if (rc >= 0)
        rc = open_ledger(&log, env, dir, OPEN_READ, err);
    if (rc == BC_OK)
        rc = sources_show(env, log, &schedule, form, err);
    connect_schedule_release(&schedule);
    bc_log_close(log);
    return rc;
}

int cmd_sources(const struct cmd_env *env, int argc, char **argv)
{
    const char *dir = NULL, *file = NULL;
    bool json = false, csv = false;
    const struct opt opts[] = {
        OPT_LEDGER(&dir),
        { "sources", "FILE", .text = &file,
          .help = "how often each is to be imported (default: " SOURCES_FILE ", if there is one)" },
        OPT_JSON(&json),
        { "csv", NULL, .flag = &csv, .help = "print for spreadsheets: " PRINT_CSV_HELP },
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast sources"), env, argc, argv, &err);

    if (rc == BC_OK && json && csv)
        rc = bc_err_set(&err, BC_E_USAGE, "--json and --csv do not go together");
    if (rc == BC_OK)
        rc = answer(env, dir, file, csv ? SOURCES_CSV : json ? SOURCES_JSON : SOURCES_TABLE, &err);
    return cmd_exit(env, rc, &err);
}
