#include "tools/cmd/import_discover.h"

#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/outfile.h"
#include "tools/discover/discover_map_name.h"
#include "tools/import/importer.h"
#include "tools/show/discovered.h"

#include <stdio.h>
#include <unistd.h>

/* The rules of the ledger, where one is named. */
static bc_status open_rules(bc_rules **out, const struct cmd_env *env, const char *dir,
                            struct bc_err *err)
{
    bc_log *log = NULL;
    bc_status rc;

    if (!dir && !env->ledger_dir)
        return bc_rules_default(out, err);
    rc = open_ledger(&log, env, dir, false, err);
    if (rc == BC_OK)
        rc = rules_ref_latest(out, log, err);
    bc_log_close(log);
    return rc;
}

bc_status import_discover_check(const char *map, struct bc_err *err)
{
    if (access(map, F_OK) == 0)
        return bc_err_set(err, BC_E_INPUT,
                          "%s is there already: import by it, if it is of this table; else name "
                          "another by --map, or remove it",
                          map);
    return BC_OK;
}

/* What the import itself says of the map. */
static void try_map(struct discovered_shown *shown, const struct bc_str *sheet,
                    struct bc_buf *refused)
{
    struct importer *source = NULL;
    const struct bc_event *event;
    struct bc_err err = { 0 };
    bc_status rc = sheet ? importer_csv_sheet(&source, shown->table, *sheet, shown->map, &err)
                         : importer_csv(&source, shown->table, shown->map, &err);

    while (rc == BC_OK) {
        rc = source->next(source, &event, &err);
        shown->events += rc == BC_OK;
    }
    importer_free(source);
    shown->tried = true;
    if (rc == BC_DONE)
        return;
    bc_buf_printf(refused, "%s: %s%c", err.context, err.message, '\0');
    shown->refused = refused->at;
}

static bc_status write_and_show(const struct cmd_env *env, const struct import_discover *args,
                                const struct discovered *found, const char *map, struct bc_err *err)
{
    struct discovered_shown shown = {
        .found = found, .word = args->word, .map = map, .table = args->file
    };
    struct bc_buf refused = { 0 };
    bc_status rc = outfile_write(env, map, bc_buf_str(&found->draft.map), err);

    if (rc < 0)
        return rc;
    shown.no_ledger = !args->dir && !env->ledger_dir;
    if (strcmp(args->file, "-") != 0 && discover_count(found, DISCOVER_DECIDE) == 0)
        try_map(&shown, args->sheet, &refused);
    discovered_show(env, &shown, args->json);
    bc_buf_release(&refused);
    return BC_OK;
}

bc_status import_discover(const struct cmd_env *env, const struct import_discover *args,
                          struct bc_err *err)
{
    struct discovered found = { 0 };
    struct bc_buf name = { 0 };
    bc_rules *rules = NULL;
    const char *map = args->map;
    const struct discover_table table = { .path = args->file,
                                          .sheet = args->sheet,
                                          .named_after = args->sheet ? map : args->file,
                                          .word = args->word };
    bc_status rc;

    if (!map) {
        (void)discover_map_name(&name, args->file);
        bc_buf_add(&name, ".yaml", sizeof(".yaml"));
        map = name.at;
    }
    rc = import_discover_check(map, err);
    if (rc == BC_OK)
        rc = open_rules(&rules, env, args->dir, err);
    if (rc == BC_OK)
        rc = discover(&found, &table, rules, err);
    if (rc == BC_OK)
        rc = write_and_show(env, args, &found, map, err);
    discover_release(&found);
    bc_rules_free(rules);
    bc_buf_release(&name);
    return rc;
}
