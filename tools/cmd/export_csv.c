/* tools/cmd/export_csv.c - one table of what a ledger holds, for spreadsheets. */
#include "ledger/base/spelling.h"
#include "tools/cli/outfile.h"
#include "tools/cmd/export_formats.h"
#include "tools/cmd/pages.h"
#include "tools/export/asking.h"
#include "tools/export/csv_rows.h"
#include "tools/print/print_csv.h"

struct args {
    struct export_args common;
    const char *table, *output;
    bool list;
};

static void print_list(const struct cmd_env *env)
{
    enum { NAME = 14 };

    for (size_t i = 0; i < TABLE_N; i++)
        fprintf(env->out, "%-*s%s\n", (int)NAME, tables[i].name, tables[i].what);
}

static bc_status no_table(const char *name, struct bc_err *err)
{
    struct bc_spelling spelling = { .word = bc_str_of(name) };

    for (size_t i = 0; i < TABLE_N; i++)
        bc_spelling_try(&spelling, bc_str_of(tables[i].name));
    if (spelling.best.len)
        return bc_err_set(err, BC_E_USAGE, "no table '%s'; did you mean '%.*s'?", name,
                          BC_STR_ARG(spelling.best));
    return bc_err_set(err, BC_E_USAGE, "no table '%s'; `backcast export csv --list` has them",
                      name);
}

static bc_status write(const struct args *args, enum table_id id, struct export_asked *asked,
                       const struct cmd_env *env, struct bc_err *err)
{
    const bool to_file = args->output && strcmp(args->output, "-") != 0;
    struct tables_left left = { 0 };
    struct outfile file = { 0 };
    bc_status rc = BC_OK;

    if (to_file)
        rc = outfile_open(&file, args->output, err);
    if (rc == BC_OK)
        rc = csv_rows_write(to_file ? file.file : env->out, id, asked->ask, &left, err);
    if (rc == BC_OK)
        rc = to_file ? outfile_commit(&file, err) : cmd_written(env, err);
    if (rc == BC_OK)
        export_say(env, &asked->basis, &left);
    outfile_release(&file);
    return rc;
}

static bc_status run(const struct args *args, const struct cmd_env *env, struct bc_err *err)
{
    struct export_asked asked = { 0 };
    enum table_id id;
    bc_status rc;

    if (args->list) {
        print_list(env);
        return BC_OK;
    }
    if (!args->table)
        return bc_err_set(err, BC_E_USAGE, "missing TABLE; `backcast export csv --list` has them");
    id = tables_find(args->table);
    if (id == TABLE_N)
        return no_table(args->table, err);
    rc = export_asked_open(&asked, env, &args->common, err);
    if (rc == BC_OK)
        rc = write(args, id, &asked, env, err);
    export_asked_close(&asked);
    return rc;
}

int export_csv(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { .common = EXPORT_ARGS };
    const struct opt opts[] = {
        { NULL, "TABLE", .text = &args.table, .help = "which one: " PRINT_CSV_HELP },
        { "list", NULL, .flag = &args.list, .help = "list the tables" },
        EXPORT_OPTIONS(&args.common),
        OPT_OUTPUT(&args.output),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast export csv"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = run(&args, env, &err);
    return cmd_exit(env, rc, &err);
}
