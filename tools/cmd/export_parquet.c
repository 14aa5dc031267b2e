/* tools/cmd/export_parquet.c - all tables of what a ledger holds as a folder of Parquet files, with
 * the views of its metrics. */
#include "tools/cli/opt.h"
#include "tools/cmd/export_formats.h"
#include "tools/cmd/pages.h"
#include "tools/export/asking.h"
#include "tools/export/parquet/parquet_tables.h"
#include "tools/export/parquet/parquet_views.h"

struct args {
    struct export_args common;
    const char *dir;
    bool replace;
};

static bc_status write_tables(struct outdir *dir, const struct cmd_env *env,
                              const struct export_asked *asked, struct tables_left *left,
                              struct bc_err *err)
{
    struct parquet_tables files;
    bc_status rc;

    parquet_tables_init(&files, env, dir);
    rc = tables_write(&asked->ask, &files.sink, left, err);
    if (rc == BC_OK)
        rc = parquet_tables_end(&files, err);
    parquet_tables_release(&files);
    return rc;
}

static bc_status write(const struct args *args, const struct cmd_env *env,
                       const struct export_asked *asked, struct bc_err *err)
{
    struct tables_left left = { 0 };
    struct outdir dir = { 0 };
    bc_status rc = outdir_open(&dir, args->dir, args->replace ? parquet_tables_are_in : NULL, err);

    if (rc == BC_OK)
        rc = write_tables(&dir, env, asked, &left, err);
    if (rc == BC_OK)
        rc = parquet_views_write(&dir, err);
    if (rc == BC_OK)
        rc = outdir_commit(&dir, err);
    if (rc == BC_OK)
        export_say(env, &asked->basis, &left);
    outdir_release(&dir);
    return rc;
}

int export_parquet(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = EXPORT_ARGS };
    const struct opt opts[] = {
        { NULL, "DIR", .text = &args.dir, .required = true, .writes = true,
          .help = "the folder to make: new, or an empty one" },
        { "replace", NULL, .flag = &args.replace,
          .help = "an earlier export in DIR is replaced when all is written" },
        EXPORT_OPTIONS(&args.common),
        { 0 },
    };
    struct export_asked asked = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast export parquet"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = export_asked_open(&asked, env, &args.common, &err);
    if (rc == BC_OK)
        rc = write(&args, env, &asked, &err);
    export_asked_close(&asked);
    return cmd_exit(env, rc, &err);
}
