/* tools/cmd/export_ocel.c - the history of all deals as an object-centric event log. */
#include "tools/cmd/export_formats.h"
#include "tools/cmd/export_log.h"
#include "tools/cmd/pages.h"
#include "tools/export/ocel_json.h"
#include "tools/export/ocel_sqlite.h"

#include <inttypes.h>

struct args {
    struct export_log log;
    const char *format;
};

static bool ends_with(const char *path, const char *end)
{
    const size_t len = strlen(path), end_len = strlen(end);

    return len > end_len && strcmp(path + len - end_len, end) == 0;
}

/* By the file's ending where nothing else is said. */
static bc_status choose_format(struct args *args, struct bc_err *err)
{
    static const char *const endings[] = { ".sqlite", ".sqlite3", ".db" };
    const char *output = args->log.output;

    if (!args->format) {
        for (size_t i = 0; output && i < sizeof(endings) / sizeof(endings[0]); i++)
            args->log.named |= ends_with(output, endings[i]);
        return BC_OK;
    }
    args->log.named = strcmp(args->format, "sqlite") == 0;
    if (!args->log.named && strcmp(args->format, "json") != 0)
        return bc_err_set(err, BC_E_USAGE, "no format '%s', expected json or sqlite", args->format);
    if (args->log.named && (!output || strcmp(output, "-") == 0))
        return bc_err_set(err, BC_E_USAGE, "a database goes into a file; give -o FILE");
    return BC_OK;
}

static void say_renamed(const struct cmd_env *env, uint64_t n)
{
    if (n > 0)
        fprintf(env->err,
                "backcast: %" PRIu64 " propert%s that SQLite cannot tell from %s by name got a "
                "number\n",
                n, n == 1 ? "y" : "ies", n == 1 ? "another" : "others");
}

static bc_status write_ocel(struct export_log *log, const struct cmd_env *env,
                            const struct export_to *to, void *payload, struct bc_err *err)
{
    struct progress progress = progress_begin(env, "exporting");
    const struct counted *counted = &log->counted;
    struct ocel_log_out out = { 0 };
    uint64_t *renamed = payload;
    bc_status rc = log->named
                       ? ocel_sqlite_write(to->name, log->output, &out, renamed, counted,
                                           log->basis.rules, &progress, err)
                       : ocel_json_write(to->file, &out, counted, log->basis.rules, &progress, err);

    progress_end(&progress);
    export_log_left_out(log, out.lists, "field that is a list", "fields that are lists");
    export_log_left_out(log, out.fields, "field that this version does not know",
                        "fields that this version does not know");
    return rc;
}

int export_ocel(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    const struct opt opts[] = {
        { "format", "json|sqlite", .text = &args.format,
          .help = "as which (default: sqlite where FILE ends in .sqlite,\n.sqlite3 or .db, else "
                  "json)" },
        EXPORT_LOG_OPTIONS(&args.log),
        { 0 },
    };
    uint64_t renamed = 0;
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast export ocel"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = choose_format(&args, &err);
    if (rc == BC_OK)
        rc = export_log_run(&args.log, env, write_ocel, &renamed, &err);
    if (rc == BC_OK)
        say_renamed(env, renamed);
    export_log_release(&args.log);
    return cmd_exit(env, rc, &err);
}
