/* tools/cmd/import_sheet.c - imports a table from where it is kept: a Google Sheet, or any address
 * of a CSV. What is read is imported as by `import csv`; what is kept of the run says whether there
 * is anything new. */
#include "projections/yaml/yaml.h"
#include "tools/ask/open.h"
#include "tools/cli/text.h"
#include "tools/cmd/import_answer.h"
#include "tools/cmd/import_discover.h"
#include "tools/cmd/import_sheet_ask.h"
#include "tools/cmd/import_sheet_runs.h"
#include "tools/cmd/pages.h"

#include <inttypes.h>

enum { SHRUNK_BELOW = 50 }; /* percent */

struct args {
    const char *address, *dir, *map, *rejects, *shrunk_below;
    struct import_remote remote;
    bool shared, again, shrunk_ok, dry_run, discover, json;
};

/* A run of the command. */
struct job {
    const struct cmd_env *env;
    struct args args;
    uint64_t shrunk_below;
    csv_map *map;
    struct bc_buf name; /* "sheet/MAPNAME" */
    struct import_sheet_ask ask;
    struct import_sheet_runs runs;
    bc_log *log;
    struct sheet_table table;
    bool importing; /* the table was read, and its rows are taken */
    struct import_job import;
    struct import_answer answer;
};

static bc_status parse(struct job *job, int argc, char **argv, struct bc_err *err)
{
    struct args *args = &job->args;
    const struct opt opts[] = {
        { NULL, "ADDRESS", .text = &args->address, .required = true,
          .help = "the link of a Google Sheet, or the https address of a CSV" },
        OPT_LEDGER(&args->dir),
        OPT_SHARED(&args->shared),
        { "map", "MAP", .text = &args->map, .required = true,
          .help = "says which column is what; with --discover, where it is written, and what it is "
                  "named after" },
        OPT_REMOTE_TOKEN_FILE(&args->remote.token_file),
        OPT_REMOTE_TOKEN_COMMAND(&args->remote.token_command),
        { "base-url", "URL", .text = &args->remote.base_url,
          .help = "where Google is asked, and the token goes, in place of Google's own hosts" },
        { "rejects", "FILE", .text = &args->rejects, .writes = true,
          .help = "take the good lines, and write the bad ones with the reasons to FILE; - is "
                  "standard output" },
        { "shrunk-below", "PERCENT", .text = &args->shrunk_below,
          .help = "refuse a table below so much of the last one's size (default: 50)" },
        { "shrunk-ok", NULL, .flag = &args->shrunk_ok,
          .help = "take the table however much smaller it is" },
        { "again", NULL, .flag = &args->again,
          .help = "read everything, whatever was read before" },
        { "dry-run", NULL, .flag = &args->dry_run,
          .help = "check everything and show what it would make, append nothing" },
        { "give-up-after", "MINUTES", .text = &args->remote.give_up_after,
          .help = "end when the service answers nothing for so long (default: 5), and after six "
                  "hours in any case" },
        OPT_REMOTE_TRACE(&args->remote.trace_path),
        OPT_JSON(&args->json),
        { "discover", NULL, .flag = &args->discover,
          .help = "write a first map from the table itself, and import nothing" },
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast import sheet"), job->env, argc, argv, err);

    if (rc == BC_OK && args->discover && (args->rejects || args->again || args->dry_run))
        return bc_err_set(err, BC_E_USAGE,
                          "--discover imports nothing, so --rejects, --again and --dry-run do not "
                          "go with it");
    job->shrunk_below = SHRUNK_BELOW;
    if (rc == BC_OK && args->shrunk_below)
        rc = opt_number(&job->shrunk_below, "shrunk-below", args->shrunk_below, 0, 100, err);
    return rc;
}

static bc_status read_map(struct job *job, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = csv_map_open(&job->map, job->args.map, err);

    if (rc == BC_OK)
        rc = bc_yaml_load(&text, job->args.map, err);
    if (rc == BC_OK) {
        bc_buf_printf(&job->name, "sheet/%s", job->map->name);
        bc_buf_add_byte(&job->name, '\0');
        import_sheet_runs_rest_on(&job->runs, &job->ask.address, job->ask.by_api,
                                  bc_buf_str(&text));
    }
    bc_buf_release(&text);
    return rc;
}

/* ---- the table ---- */

/* Of a column of times, unless the map reads plain numbers there. */
static bool is_time(const void *from, struct bc_str column)
{
    const csv_map *map = from;
    const struct csv_time *time = csv_map_time(map, csv_map_column(map, column));

    for (size_t i = 0; time && i < time->format_n; i++)
        if (csv_format_fits(&time->formats[i], BC_STR("45731")))
            return false;
    return time;
}

static bc_status check_size(const struct job *job, struct bc_err *err)
{
    const uint64_t before = job->runs.before.bytes, now = job->table.text.len;

    if (job->table.cut && job->map->snapshot && !job->args.shrunk_ok)
        return bc_err_set(
            err, BC_E_INPUT,
            "nothing said how long the table is, and its last row has no line end: it "
            "may be cut off, and what it lacks would be taken back; --shrunk-ok takes "
            "it");
    if (!job->runs.same_place || job->args.shrunk_ok || now >= before ||
        (double)now * 100 >= (double)before * (double)job->shrunk_below)
        return BC_OK;
    return bc_err_set(err, BC_E_INPUT,
                      "the table has %" PRIu64 " bytes, and had %" PRIu64 ": below %" PRIu64
                      " %% of that it may be cut off, or emptied by mistake; "
                      "--shrunk-ok takes it",
                      now, before, job->shrunk_below);
}

static bc_status fetch(struct job *job, struct bc_err *err)
{
    const struct import_sheet_runs *runs = &job->runs;
    const struct sheet_source source = {
        .etag = runs->trusted ? runs->before.etag : "",
        .last_modified = runs->trusted ? runs->before.last_modified : "",
        .version = runs->trusted ? runs->before.version : "",
        .is_time = is_time,
        .map = job->map,
    };
    bc_status rc = import_sheet_ask_fetch(&job->ask, &job->table, source, err);

    if (rc < 0 || job->table.unchanged)
        return rc;
    job->table.unchanged = import_sheet_runs_is_same(runs, bc_buf_str(&job->table.text));
    return job->table.unchanged ? BC_OK : check_size(job, err);
}

/* ---- what is said ---- */

static void note_zones(struct job *job)
{
    const char *zone = job->table.zone.at, *before = job->runs.before.zone;
    const csv_map *map = job->map;
    bool reads = map->zone_n == 0;
    char text[400];

    if (!job->table.zone.len)
        return;
    if (job->runs.same_place && *before && strcmp(before, zone) != 0) {
        snprintf(text, sizeof(text),
                 "the spreadsheet's time zone was %.100s, and is %.100s: its dates show the same, "
                 "and may mean other times",
                 before, zone);
        notes_add(&job->answer.notes, "zone_changed", text);
    }
    for (size_t i = 0; i < map->zone_n; i++)
        reads |= strcmp(bc_zone_name(map->zones[i]), zone) == 0;
    if (!reads) {
        snprintf(text, sizeof(text),
                 "the map reads times in %.100s, and the spreadsheet's time zone is %.100s",
                 bc_zone_name(map->zones[0]), zone);
        notes_add(&job->answer.notes, "zone_differs", text);
    }
}

static void note_table(struct job *job)
{
    note_zones(job);
    if (job->ask.by_api && job->table.no_version)
        notes_add(&job->answer.notes, "no_version",
                  "the token may not see the file's version in Google Drive, so all of the sheet "
                  "is read each time");
    if (job->table.cut)
        notes_add(&job->answer.notes, "maybe_cut",
                  "nothing said how long the table is, and its last row has no line end: it may be "
                  "cut off");
    if (job->table.trashed)
        notes_add(&job->answer.notes, "trashed", "the spreadsheet is in the trash");
}

static void cells(struct row *row, const void *of)
{
    const struct job *job = of;
    const struct http_counts counts = import_sheet_ask_counts(&job->ask);

    row_text(row, "address", job->ask.address.shown);
    row_bool(row, "unchanged", job->table.unchanged);
    row_count(row, "requests", counts.requests);
    row_count(row, "retries", counts.retries);
}

static void lines(const struct cmd_env *env, const void *of)
{
    const struct job *job = of;

    text_put(env->out, job->ask.address.shown);
    fprintf(env->out, ": %s\n",
            job->table.unchanged ? "unchanged since it was read last, so nothing was appended"
                                 : "read anew");
}

/* ---- the run ---- */

static void give_answer(struct job *job)
{
    job->answer = (struct import_answer){ .key = "source",
                                          .name = job->name.at,
                                          .map = job->args.map,
                                          .rejects = job->args.rejects,
                                          .by_map = true,
                                          .dry_run = job->args.dry_run,
                                          .json = job->args.json,
                                          .cells = cells,
                                          .lines = lines,
                                          .of = job };
    job->import.last = import_sheet_runs_put;
    job->import.to = &job->runs;
}

static bc_status take(struct job *job, struct bc_err *err)
{
    bc_status rc;

    note_table(job);
    job->answer.corrects = job->map->corrects;
    if (job->table.unchanged)
        return import_sheet_runs_put_unchanged(&job->runs, err);
    job->importing = true;
    rc = importer_csv_sheet(&job->import.source, job->name.at, bc_buf_str(&job->table.text),
                            job->args.map, err);
    return rc == BC_OK ? import_answer_run(&job->answer, &job->import, job->env, err) : rc;
}

static bc_status read_sheet(struct job *job, struct bc_err *err)
{
    bc_status rc = import_sheet_runs_load(&job->runs, job->log, err);

    if (rc == BC_OK)
        rc = import_answer_begin(&job->answer, &job->import, job->log, job->env, err);
    if (rc < 0)
        return rc;
    rc = fetch(job, err);
    if (rc == BC_OK)
        rc = take(job, err);
    if (rc < 0)
        import_sheet_runs_put_failed(&job->runs, job->importing, err);
    return rc == BC_OK ? import_answer_show(&job->answer, job->env, err) : rc;
}

static void give_runs(struct job *job)
{
    job->runs.name = job->name.at;
    job->runs.map = job->map;
    job->runs.table = &job->table;
    job->runs.again = job->args.again;
    job->runs.dry_run = job->args.dry_run;
}

static bc_status import(struct job *job, struct bc_err *err)
{
    bc_status rc = read_map(job, err);

    if (rc < 0)
        return rc;
    give_runs(job);
    give_answer(job);
    rc = import_answer_check(&job->answer, err);
    if (rc == BC_OK)
        rc = import_sheet_ask_open(&job->ask, err);
    if (rc == BC_OK)
        rc = open_to_append(&job->log, job->env, job->args.dir, job->args.shared, err);
    return rc == BC_OK ? read_sheet(job, err) : rc;
}

/* A first map, of the table as it would be imported. */
static bc_status discover(struct job *job, struct bc_err *err)
{
    const struct sheet_source source = { .etag = "", .last_modified = "", .version = "" };
    struct import_discover found = { .word = "sheet",
                                     .file = job->ask.address.shown.at,
                                     .map = job->args.map,
                                     .dir = job->args.dir,
                                     .json = job->args.json };
    struct bc_str text;
    bc_status rc = import_discover_check(job->args.map, err);

    if (rc == BC_OK)
        rc = import_sheet_ask_open(&job->ask, err);
    if (rc == BC_OK)
        rc = import_sheet_ask_fetch(&job->ask, &job->table, source, err);
    if (rc < 0)
        return rc;
    text = bc_buf_str(&job->table.text);
    found.sheet = &text;
    return import_discover(job->env, &found, err);
}

static bc_status close_job(struct job *job, bc_status rc, struct bc_err *err)
{
    import_answer_release(&job->answer);
    import_sheet_runs_release(&job->runs);
    bc_log_close(job->log);
    sheet_table_release(&job->table);
    import_sheet_ask_release(&job->ask);
    csv_map_free(job->map);
    bc_buf_release(&job->name);
    return import_remote_end(&job->args.remote, rc, err);
}

int cmd_import_sheet(const struct cmd_env *env, int argc, char **argv)
{
    struct job job = { .env = env };
    struct bc_err err = { 0 };
    bc_status rc = parse(&job, argc, argv, &err);

    import_sheet_ask_init(&job.ask, env, &job.args.remote);
    job.runs.env = env;
    job.runs.begun_us = cmd_now_us(env);
    if (rc == BC_OK)
        rc = import_sheet_ask_read(&job.ask, job.args.address, &err);
    if (rc == BC_OK)
        rc = job.args.discover ? discover(&job, &err) : import(&job, &err);
    rc = close_job(&job, rc, &err);
    return cmd_exit(env, rc, &err);
}
