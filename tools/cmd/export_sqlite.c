/* tools/cmd/export_sqlite.c - all that a ledger holds as one file of SQLite's. */
#include "tools/cmd/export_formats.h"
#include "tools/cmd/pages.h"
#include "tools/export/asking.h"
#include "tools/export/sqlite_file.h"

static bc_status run(const struct export_args *args, const char *path, const struct cmd_env *env,
                     struct bc_err *err)
{
    struct export_asked asked = { 0 };
    struct tables_left left = { 0 };
    bc_status rc = export_asked_open(&asked, env, args, err);

    if (rc == BC_OK)
        rc = sqlite_file_write(path, &asked.ask, env, &left, err);
    if (rc == BC_OK)
        export_say(env, &asked.basis, &left);
    export_asked_close(&asked);
    return rc;
}

int export_sqlite(const struct cmd_env *env, int argc, char **argv)
{
    struct export_args args = EXPORT_ARGS;
    const char *path = NULL;
    const struct opt opts[] = {
        { NULL, "FILE", .text = &path, .required = true, .writes = true,
          .help = "the database; one that is there is replaced when all is written" },
        EXPORT_OPTIONS(&args),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast export sqlite"), env, argc, argv, &err);

    if (rc == BC_OK && strcmp(path, "-") == 0)
        rc = bc_err_set(&err, BC_E_USAGE,
                        "a database cannot go to standard output, expected a file");
    if (rc == BC_OK)
        rc = run(&args, path, env, &err);
    return cmd_exit(env, rc, &err);
}
