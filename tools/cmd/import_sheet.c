/* tools/cmd/import_sheet.c - imports a table from where it is kept: a Google Sheet, or any address
 * of a CSV. What is read is imported as by `import csv`; what is kept of the run says whether there
 * is anything new. */
#include "projections/yaml/yaml.h"
#include "tools/ask/open.h"
#include "tools/cli/progress.h"
#include "tools/cli/text.h"
#include "tools/cmd/import_answer.h"
#include "tools/cmd/import_remote.h"
#include "tools/cmd/pages.h"
#include "tools/connect/record.h"
#include "tools/import/csv/csv_map.h"
#include "tools/sheet/sheet_kept.h"

#include <inttypes.h>

#define TOKEN_VARIABLE "SHEET_TOKEN"
enum { SHRUNK_BELOW = 50 }; /* percent */

struct args {
    const char *address, *dir, *map, *rejects, *shrunk_below;
    struct import_remote remote;
    bool again, shrunk_ok, dry_run, json;
};

/* A run of the command. */
struct job {
    const struct cmd_env *env;
    struct args args;
    uint64_t shrunk_below;
    bc_arena *arena;
    struct sheet_address address;
    bool by_api; /* with a token */
    csv_map *map;
    const char *name;            /* "sheet/MAPNAME" */
    struct bc_hash place, basis; /* of the address; of all on which what was read rests */
    http_client *clients[2];     /* of the address; or Sheets' and Drive's */
    bc_log *log;
    struct connect_record record; /* as the last run left it */
    struct sheet_kept before;
    bool same_place, trusted; /* its state is of this address; and of this basis */
    int64_t begun_us;
    struct sheet_table table;
    bool importing; /* the table was read, and its rows are taken */
    struct import_job import;
    struct import_answer answer;
    char doing[160];
    struct progress progress;
};

static bc_status parse(struct job *job, int argc, char **argv, struct bc_err *err)
{
    struct args *args = &job->args;
    const struct opt opts[] = {
        { NULL, "ADDRESS", .text = &args->address, .required = true,
          .help = "the link of a Google Sheet, or the https address of a CSV" },
        OPT_LEDGER(&args->dir),
        { "map", "MAP", .text = &args->map, .required = true, .help = "says which column is what" },
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
        { 0 },
    };
    bc_status rc = opt_parse(opts, cmd_page("backcast import sheet"), job->env, argc, argv, err);

    job->shrunk_below = SHRUNK_BELOW;
    if (rc == BC_OK && args->shrunk_below)
        rc = opt_number(&job->shrunk_below, "shrunk-below", args->shrunk_below, 0, 100, err);
    return rc;
}

/* ---- what is asked ---- */

static bool has_token(const struct job *job)
{
    const struct import_remote *remote = &job->args.remote;
    const char *given = job->env->secret ? job->env->secret(TOKEN_VARIABLE) : NULL;

    return remote->token_file || remote->token_command || (given && *given);
}

/* A token is Google's: it is for no other server, which would learn it. */
static bc_status check_token(struct job *job, struct bc_err *err)
{
    const struct import_remote *remote = &job->args.remote;

    job->by_api = job->address.kind == SHEET_GOOGLE && has_token(job);
    if (job->address.kind != SHEET_GOOGLE && (remote->token_file || remote->token_command))
        return bc_err_set(err, BC_E_USAGE,
                          "a token goes to Google alone, for the link of a sheet that is not "
                          "published; this address is asked without one");
    if (job->address.kind == SHEET_OTHER && remote->base_url)
        return bc_err_set(err, BC_E_USAGE, "--base-url is for the link of a Google Sheet alone");
    return BC_OK;
}

static bc_status read_map(struct job *job, struct bc_hash *hash, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = csv_map_open(&job->map, job->args.map, err);

    if (rc == BC_OK)
        rc = bc_yaml_load(&text, job->args.map, err);
    if (rc == BC_OK) {
        struct bc_buf name = { 0 };

        *hash = bc_hash_bytes(bc_buf_str(&text));
        bc_buf_printf(&name, "sheet/%s", job->map->name);
        job->name = bc_arena_copy(job->arena, bc_buf_str(&name)).at;
        bc_buf_release(&name);
    }
    bc_buf_release(&text);
    return rc;
}

/* Address, map and program: if one of them changes, all is read again. */
static void set_basis(struct job *job, const struct bc_hash *map)
{
    struct bc_buf text = { 0 };

    bc_buf_printf(&text, "%s%s", job->address.base, job->address.path);
    job->place = bc_hash_bytes(bc_buf_str(&text));
    text.len = 0;
    bc_buf_add(&text, &job->place, sizeof(job->place));
    bc_buf_add(&text, map, sizeof(*map));
    bc_buf_printf(&text, "%d %s", job->by_api, cmd_version);
    job->basis = bc_hash_bytes(bc_buf_str(&text));
    bc_buf_release(&text);
}

static void show_progress(void *payload, const struct http_counts *counts)
{
    struct job *job = payload;

    snprintf(job->doing, sizeof(job->doing),
             "reading the sheet (%" PRIu64 " requests, %" PRId64 " s waited)", counts->requests,
             counts->waited_us / BC_SECOND_US);
    progress_now(&job->progress, counts->answers, 0, "answers");
}

static bc_status open_google(struct job *job, struct http_opts *opts, struct bc_err *err)
{
    const char *base_url = job->args.remote.base_url;
    const char *headers[] = { NULL, NULL };
    struct bc_buf key = { 0 };
    bc_status rc;

    sheet_google_opts(opts);
    if (*job->address.key) {
        bc_buf_printf(&key, "X-Goog-Drive-Resource-Keys: %s/%s", job->address.id, job->address.key);
        bc_buf_add_byte(&key, '\0');
        headers[0] = key.at;
        opts->headers = headers;
    }
    opts->base_url = base_url ? base_url : SHEET_SHEETS_URL;
    rc = import_remote_client(&job->clients[0], &job->args.remote, job->env, TOKEN_VARIABLE, opts,
                              err);
    opts->base_url = base_url ? base_url : SHEET_DRIVE_URL;
    if (rc == BC_OK)
        rc = http_client_new(&job->clients[1], opts, err);
    bc_buf_release(&key);
    return rc;
}

static bc_status open_clients(struct job *job, struct bc_err *err)
{
    struct http_opts opts = { .progress = show_progress, .progress_payload = job };

    if (job->by_api)
        return open_google(job, &opts, err);
    sheet_client_opts(&opts, &job->address);
    if (job->args.remote.base_url)
        opts.base_url = job->args.remote.base_url;
    opts.token = job->address.query; /* which is not sent, but may be a secret: nobody sees it */
    return import_remote_client(&job->clients[0], &job->args.remote, job->env, TOKEN_VARIABLE,
                                &opts, err);
}

/* ---- what is kept of the runs ---- */

static bool same_hash(const struct bc_hash *a, const struct bc_hash *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

static bc_status load_record(struct job *job, struct bc_err *err)
{
    bc_status rc = connect_record_load(&job->record, job->log, bc_str_of(job->name), err);

    if (rc < 0)
        return rc;
    job->before = sheet_kept_of(job->record.state);
    job->same_place = same_hash(&job->before.place, &job->place);
    job->trusted = job->same_place && !job->args.again && job->before.rejected == 0 &&
                   same_hash(&job->record.basis, &job->basis);
    return BC_OK;
}

/* Of the source of its events, where the map says the same for all. */
static struct bc_str system_of(const csv_map *map)
{
    const struct csv_text *text = map->rule_n ? &map->rules[0].about.system : NULL;

    if (text && text->n == 1 && text->pieces[0].column == CSV_NO_COLUMN)
        return text->pieces[0].text;
    return BC_STR("csv");
}

/* In the commit that has the events. */
static void put_record(void *to, bc_append *append, const struct import_sum *sum)
{
    struct job *job = to;
    const struct bc_appended appended = bc_append_sum(append);
    struct sheet_kept now = sheet_kept_after(&job->before, &job->table);
    struct connect_record record = { .source = bc_str_of(job->name),
                                     .system = system_of(job->map),
                                     .begun_us = job->begun_us,
                                     .ended_us = cmd_now_us(job->env),
                                     .read_us = job->begun_us,
                                     .read = appended.added + appended.duplicates,
                                     .added = appended.added,
                                     .duplicates = appended.duplicates,
                                     .corrected = sum ? sum->corrected : 0,
                                     .basis = job->basis };

    now.place = job->place;
    now.rejected = sum ? sum->rejected : 0;
    record.state = sheet_kept_state(&now);
    connect_record_put(&record, append);
    json_decref(record.state);
}

static bc_status put_unchanged(struct job *job, struct bc_err *err)
{
    bc_append *append = NULL;
    bc_status rc;

    if (job->args.dry_run)
        return BC_OK;
    rc = bc_append_open(&append, job->log, cmd_now_us(job->env), err);
    if (rc == BC_OK) {
        put_record(job, append, NULL);
        rc = bc_append_commit(append, err);
    }
    bc_append_free(append);
    return rc;
}

/* What was read before stays as it is kept. Of a row that is refused only its place is, since the
 * reason quotes it. */
static void keep_failure(struct job *job, bc_status rc, const struct bc_err *err)
{
    struct connect_record *record = &job->record;
    bc_append *append = NULL;
    struct bc_buf why = { 0 };

    if (job->args.dry_run || (rc != BC_E_REMOTE && rc != BC_E_INPUT && rc != BC_E_CONFLICT) ||
        bc_append_open(&append, job->log, cmd_now_us(job->env), NULL) < 0)
        return;
    if (job->importing)
        bc_buf_printf(&why, "%s: the table was refused", err->context);
    else
        bc_buf_printf(&why, "%s", err->message);
    record->source = bc_str_of(job->name);
    record->system = system_of(job->map);
    record->begun_us = job->begun_us;
    record->ended_us = cmd_now_us(job->env);
    record->failed = true;
    record->error = bc_buf_str(&why);
    connect_record_put(record, append);
    (void)bc_append_commit(append, NULL); /* the error that counts is said already */
    bc_append_free(append);
    bc_buf_release(&why);
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
    const uint64_t before = job->before.bytes, now = job->table.text.len;

    if (!job->same_place || job->args.shrunk_ok || now >= before ||
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
    const struct sheet_source source = {
        .address = &job->address,
        .client = job->by_api ? NULL : job->clients[0],
        .sheets = job->clients[0],
        .drive = job->clients[1],
        .etag = job->trusted ? job->before.etag : "",
        .last_modified = job->trusted ? job->before.last_modified : "",
        .version = job->trusted ? job->before.version : "",
        .is_time = is_time,
        .map = job->map,
    };
    struct bc_hash body;
    bc_status rc = sheet_fetch(&job->table, &source, err);

    progress_end(&job->progress);
    if (rc < 0 || job->table.unchanged)
        return rc;
    body = bc_hash_bytes(bc_buf_str(&job->table.text));
    job->table.unchanged = job->trusted && same_hash(&body, &job->before.body);
    return job->table.unchanged ? BC_OK : check_size(job, err);
}

/* ---- what is said ---- */

static void note_zones(struct job *job)
{
    const char *zone = job->table.zone.at, *before = job->before.zone;
    const csv_map *map = job->map;
    bool reads = map->zone_n == 0;
    char text[400];

    if (!job->table.zone.len)
        return;
    if (job->same_place && *before && strcmp(before, zone) != 0) {
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
    if (job->by_api && job->table.no_version)
        notes_add(&job->answer.notes, "no_version",
                  "the token may not see the file's version in Google Drive, so all of the sheet "
                  "is read each time");
    if (job->table.trashed)
        notes_add(&job->answer.notes, "trashed", "the spreadsheet is in the trash");
}

static void cells(struct row *row, const void *of)
{
    const struct job *job = of;
    struct http_counts counts[2] = { 0 };

    for (size_t i = 0; i < 2; i++)
        if (job->clients[i])
            counts[i] = http_client_counts(job->clients[i]);
    row_text(row, "address", job->address.shown);
    row_bool(row, "unchanged", job->table.unchanged);
    row_count(row, "requests", counts[0].requests + counts[1].requests);
    row_count(row, "retries", counts[0].retries + counts[1].retries);
}

static void lines(const struct cmd_env *env, const void *of)
{
    const struct job *job = of;

    text_put(env->out, job->address.shown);
    fprintf(env->out, ": %s\n",
            job->table.unchanged ? "unchanged since it was read last, so nothing was appended"
                                 : "read anew");
}

/* ---- the run ---- */

static void give_answer(struct job *job)
{
    job->answer = (struct import_answer){ .key = "source",
                                          .name = job->name,
                                          .map = job->args.map,
                                          .rejects = job->args.rejects,
                                          .by_map = true,
                                          .dry_run = job->args.dry_run,
                                          .json = job->args.json,
                                          .cells = cells,
                                          .lines = lines,
                                          .of = job };
    job->import.last = put_record;
    job->import.to = job;
}

static bc_status take(struct job *job, struct bc_err *err)
{
    bc_status rc;

    note_table(job);
    job->answer.corrects = job->map->corrects;
    if (job->table.unchanged)
        return put_unchanged(job, err);
    job->importing = true;
    rc = importer_csv_sheet(&job->import.source, job->name, bc_buf_str(&job->table.text),
                            job->args.map, err);
    return rc == BC_OK ? import_answer_run(&job->answer, &job->import, job->env, err) : rc;
}

static bc_status read_sheet(struct job *job, struct bc_err *err)
{
    bc_status rc = load_record(job, err);

    if (rc == BC_OK)
        rc = import_answer_begin(&job->answer, &job->import, job->log, job->env, err);
    if (rc < 0)
        return rc;
    rc = fetch(job, err);
    if (rc == BC_OK)
        rc = take(job, err);
    if (rc < 0)
        keep_failure(job, rc, err);
    return rc == BC_OK ? import_answer_show(&job->answer, job->env, err) : rc;
}

static bc_status import(struct job *job, struct bc_err *err)
{
    struct bc_hash map;
    bc_status rc = sheet_address_read(&job->address, job->arena, job->args.address, err);

    if (rc == BC_OK)
        rc = check_token(job, err);
    if (rc == BC_OK)
        rc = read_map(job, &map, err);
    if (rc < 0)
        return rc;
    set_basis(job, &map);
    give_answer(job);
    rc = import_answer_check(&job->answer, err);
    if (rc == BC_OK)
        rc = open_clients(job, err);
    if (rc == BC_OK)
        rc = open_to_append(&job->log, job->env, job->args.dir, err);
    return rc == BC_OK ? read_sheet(job, err) : rc;
}

static bc_status close_job(struct job *job, bc_status rc, struct bc_err *err)
{
    progress_end(&job->progress);
    import_answer_release(&job->answer);
    connect_record_release(&job->record);
    bc_log_close(job->log);
    sheet_table_release(&job->table);
    http_client_free(job->clients[0]);
    http_client_free(job->clients[1]);
    csv_map_free(job->map);
    bc_arena_free(job->arena);
    return import_remote_end(&job->args.remote, rc, err);
}

int cmd_import_sheet(const struct cmd_env *env, int argc, char **argv)
{
    struct job job = { .env = env, .arena = bc_arena_new() };
    struct bc_err err = { 0 };
    bc_status rc = parse(&job, argc, argv, &err);

    job.begun_us = cmd_now_us(env);
    snprintf(job.doing, sizeof(job.doing), "reading the sheet");
    job.progress = progress_begin(env, job.doing);
    if (rc == BC_OK)
        rc = import(&job, &err);
    rc = close_job(&job, rc, &err);
    return cmd_exit(env, rc, &err);
}
