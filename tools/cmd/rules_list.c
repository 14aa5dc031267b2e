/* tools/cmd/rules_list.c - the rules that were published, and which of them are in force. */
#include "tools/ask/ledger_times.h"
#include "tools/ask/notes.h"
#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/opt.h"
#include "tools/cli/times.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/rules.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"

#include <inttypes.h>

struct list {
    const struct cmd_env *env;
    bc_log *log;
    struct bc_published published;
    const struct bc_publication *latest, *in_force; /* NULL: the built-in ones */
    struct notes notes;
};

static const char *state_of(const struct list *list, const struct bc_publication *one)
{
    if (one == list->latest)
        return one == list->in_force ? "latest, in force" : "latest";
    return one == list->in_force ? "in force" : "";
}

static void add_short(struct row *row, const char *key, int64_t us)
{
    char text[TIMES_LEN];

    times_print_short(text, row->times, us);
    row_format(row, key, "%s", text);
}

static void fill_one(struct row *row, const struct list *list, const struct bc_publication *one,
                     const struct bc_event *event)
{
    row_text(row, "version", one->version);
    row_instant(row, "effectiveFrom", one->effective_us);
    row_instant(row, "recordedAt", event->recorded_us);
    row_seq(row, "seq", one->seq);
    row_text(row, "id", event->id);
    if (one->retracted_by)
        row_seq(row, "retractedBy", one->retracted_by);
    else
        row_null(row, "retractedBy");
    row_bool(row, "latest", one == list->latest);
    row_bool(row, "inForce", one == list->in_force);
    if (!row_for_people(row))
        return;
    add_short(row, "effective", one->effective_us);
    add_short(row, "recorded", event->recorded_us);
    if (one->retracted_by)
        row_format(row, "state", "retracted by event %" PRIu64, one->retracted_by);
    else
        row_word(row, "state", state_of(list, one));
}

static bc_status find(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct list *list = finder;
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < list->published.n; i++) {
        const struct bc_publication *one = &list->published.at[i];
        struct bc_event event;

        bc_arena_reset(arena);
        rc = bc_log_get(list->log, one->seq, &event, &bytes, arena, err);
        if (rc == BC_OK) {
            fill_one(taker->row, list, one, &event);
            rc = row_take(taker, err);
        }
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

static void fill_end(struct row *row, const void *source, size_t i)
{
    const struct list *list = source;

    (void)i;
    notes_cells(row, &list->notes);
}

static void fill(struct row *row, const void *source, size_t i)
{
    struct list *list = *(struct list *const *)source;

    (void)i;
    row_head(row, "ledger", bc_log_head(list->log));
    row_rows(row, "rules", rows_found(find, list));
    row_rest(row, fill_end, list);
}

static bc_status print(struct list *list, bool as_json, struct bc_err *err)
{
    static const struct column columns[] = {
        { .name = "VERSION", .key = "version", .fit = COLUMN_MIDDLE },
        { .name = "IN FORCE FROM", .key = "effective" },
        { .name = "RECORDED", .key = "recorded" },
        { .name = "EVENT", .key = "seq", .right = true },
        { .name = "STATE", .key = "state" },
    };
    const struct table_form form = { .columns = COLUMNS_OF(columns) };
    const struct rows rows = rows_found(find, list);
    bc_status rc = BC_OK;

    if (as_json)
        return print_json(list->env, fill, &list, err);
    if (list->published.n)
        rc = print_table(list->env, &form, &rows, err);
    else
        fputs("no rules were published; the built-in ones hold (`backcast rules show default`)\n",
              list->env->out);
    if (rc == BC_OK)
        notes_print(list->env, &list->notes);
    return rc;
}

static bc_status list_all(struct list *list, bc_timelines *timelines, bool as_json,
                          struct bc_err *err)
{
    bc_status rc = bc_timelines_check_facts(timelines, err);

    if (rc == BC_OK)
        rc = bc_published_read(&list->published, timelines, bc_log_head(list->log)->size, err);
    if (rc < 0)
        return rc;
    list->latest = bc_published_latest(&list->published);
    list->in_force = bc_published_in_force(&list->published, list->env->now_us);
    return print(list, as_json, err);
}

int cmd_rules_list(const struct cmd_env *env, int argc, char **argv)
{
    const char *dir = NULL;
    bool json = false;
    const struct opt opts[] = {
        OPT_LEDGER(&dir),
        OPT_JSON(&json),
        { 0 },
    };
    struct list list = { .env = env };
    struct ledger_times times = { 0 };
    bc_timelines *timelines = NULL;
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast rules list"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_ledger(&list.log, env, dir, OPEN_READ, &err);
    if (rc == BC_OK)
        notes_add_recorded(&list.notes, list.log, env);
    if (rc == BC_OK)
        rc = open_timelines(&timelines, env, list.log, &err);
    if (rc == BC_OK && !json)
        ledger_times_open(&times, env, list.log);
    if (rc == BC_OK)
        rc = list_all(&list, timelines, json, &err);
    ledger_times_close(&times);
    bc_published_release(&list.published);
    notes_release(&list.notes);
    bc_timelines_free(timelines);
    bc_log_close(list.log);
    return cmd_exit(env, rc, &err);
}
