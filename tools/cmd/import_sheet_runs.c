#include "tools/cmd/import_sheet_runs.h"

static bool same_hash(const struct bc_hash *a, const struct bc_hash *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

void import_sheet_runs_rest_on(struct import_sheet_runs *runs, const struct sheet_address *address,
                               bool by_api, struct bc_str map)
{
    const struct bc_hash hash = bc_hash_bytes(map);
    struct bc_buf text = { 0 };

    bc_buf_printf(&text, "%s%s", address->base, address->path);
    runs->place = bc_hash_bytes(bc_buf_str(&text));
    text.len = 0;
    bc_buf_add(&text, &runs->place, sizeof(runs->place));
    bc_buf_add(&text, &hash, sizeof(hash));
    bc_buf_printf(&text, "%d %s", by_api, cmd_version);
    runs->basis = bc_hash_bytes(bc_buf_str(&text));
    bc_buf_release(&text);
}

bc_status import_sheet_runs_load(struct import_sheet_runs *runs, bc_log *log, struct bc_err *err)
{
    bc_status rc = connect_record_load(&runs->record, log, bc_str_of(runs->name), err);

    runs->log = log;
    if (rc < 0)
        return rc;
    runs->before = sheet_kept_of(runs->record.state);
    runs->same_place = same_hash(&runs->before.place, &runs->place);
    runs->trusted = runs->same_place && !runs->again && runs->before.rejected == 0 &&
                    same_hash(&runs->record.basis, &runs->basis);
    return BC_OK;
}

void import_sheet_runs_release(struct import_sheet_runs *runs)
{
    connect_record_release(&runs->record);
}

bool import_sheet_runs_is_same(const struct import_sheet_runs *runs, struct bc_str text)
{
    const struct bc_hash body = bc_hash_bytes(text);

    return runs->trusted && same_hash(&body, &runs->before.body);
}

/* Of the source of its events, where the map says the same for all. */
static struct bc_str system_of(const csv_map *map)
{
    const struct csv_text *text = map->rule_n ? &map->rules[0].about.system : NULL;

    if (text && text->n == 1 && text->pieces[0].column == CSV_NO_COLUMN)
        return text->pieces[0].text;
    return BC_STR("csv");
}

void import_sheet_runs_put(void *to, bc_append *append, const struct import_sum *sum)
{
    const struct import_sheet_runs *runs = to;
    const struct bc_appended appended = bc_append_sum(append);
    struct sheet_kept now = sheet_kept_after(&runs->before, runs->table);
    struct connect_record record = { .source = bc_str_of(runs->name),
                                     .system = system_of(runs->map),
                                     .begun_us = runs->begun_us,
                                     .ended_us = cmd_now_us(runs->env),
                                     .read_us = runs->begun_us,
                                     .read = appended.added + appended.duplicates,
                                     .added = appended.added,
                                     .duplicates = appended.duplicates,
                                     .corrected = sum ? sum->corrected : 0,
                                     .basis = runs->basis };

    now.place = runs->place;
    now.rejected = sum ? sum->rejected : 0;
    record.state = sheet_kept_state(&now);
    connect_record_put(&record, append);
    json_decref(record.state);
}

bc_status import_sheet_runs_put_unchanged(struct import_sheet_runs *runs, struct bc_err *err)
{
    bc_append *append = NULL;
    bc_status rc;

    if (runs->dry_run)
        return BC_OK;
    rc = bc_append_open(&append, runs->log, cmd_now_us(runs->env), err);
    if (rc == BC_OK) {
        import_sheet_runs_put(runs, append, NULL);
        rc = bc_append_commit(append, err);
    }
    bc_append_free(append);
    return rc;
}

/* What was read before stays as it is kept. Of a row that is refused only its place is, since the
 * reason quotes it. */
void import_sheet_runs_put_failed(struct import_sheet_runs *runs, bool refused,
                                  const struct bc_err *err)
{
    struct connect_record *record = &runs->record;
    bc_append *append = NULL;
    struct bc_buf why = { 0 };

    if (runs->dry_run || bc_append_open(&append, runs->log, cmd_now_us(runs->env), NULL) < 0)
        return;
    if (refused)
        bc_buf_printf(&why, "%s: the table was refused", err->context);
    else
        bc_buf_printf(&why, "%s", err->message);
    record->source = bc_str_of(runs->name);
    record->system = system_of(runs->map);
    record->begun_us = runs->begun_us;
    record->ended_us = cmd_now_us(runs->env);
    record->failed = true;
    record->error = bc_buf_str(&why);
    connect_record_put(record, append);
    (void)bc_append_commit(append, NULL); /* the error that counts is said already */
    bc_append_free(append);
    bc_buf_release(&why);
}
