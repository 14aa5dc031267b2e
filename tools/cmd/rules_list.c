/* tools/cmd/rules_list.c - the rules that were published, and which of them hold. */
#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/cli/opt.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/rules.h"
#include "tools/print/json_out.h"
#include "tools/print/table.h"

#include <inttypes.h>

struct list {
    const struct cmd_env *env;
    bc_log *log;
    struct bc_published published;
    const struct bc_publication *latest, *in_force; /* NULL: the built-in ones */
    struct json_out *json;                          /* or */
    struct table *table;
};

static const char *state_of(const struct list *list, const struct bc_publication *one)
{
    if (one == list->latest)
        return one == list->in_force ? "latest, in force" : "latest";
    return one == list->in_force ? "in force" : "";
}

static void json_one(const struct list *list, const struct bc_publication *one,
                     const struct bc_event *event)
{
    json_out_object(list->json, NULL);
    json_out_string(list->json, "version", one->version);
    json_out_instant(list->json, "effectiveFrom", one->effective_us);
    json_out_instant(list->json, "recordedAt", event->recorded_us);
    json_out_seq(list->json, "seq", one->seq);
    json_out_string(list->json, "id", event->id);
    if (one->retracted_by)
        json_out_seq(list->json, "retractedBy", one->retracted_by);
    else
        json_out_null(list->json, "retractedBy");
    json_out_bool(list->json, "latest", one == list->latest);
    json_out_bool(list->json, "inForce", one == list->in_force);
    json_out_object_end(list->json);
}

static void row_one(const struct list *list, const struct bc_publication *one,
                    const struct bc_event *event)
{
    char text[BC_INSTANT_LEN];

    table_row(list->table);
    table_text(list->table, 0, one->version);
    bc_instant_print_short(text, one->effective_us);
    table_text(list->table, 1, bc_str_of(text));
    bc_instant_print_short(text, event->recorded_us);
    table_text(list->table, 2, bc_str_of(text));
    table_format(list->table, 3, "%" PRIu64, one->seq);
    if (one->retracted_by)
        table_format(list->table, 4, "retracted by event %" PRIu64, one->retracted_by);
    else
        table_text(list->table, 4, bc_str_of(state_of(list, one)));
}

static bc_status each(const struct list *list, struct bc_err *err)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < list->published.n; i++) {
        const struct bc_publication *one = &list->published.at[i];
        struct bc_event event;

        bc_arena_reset(arena);
        rc = bc_log_get(list->log, one->seq, &event, &bytes, arena, err);
        if (rc == BC_OK && list->json)
            json_one(list, one, &event);
        else if (rc == BC_OK)
            row_one(list, one, &event);
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

static bc_status print_json(struct list *list, struct bc_err *err)
{
    struct json_out json = json_out_begin(list->env->out);
    bc_status rc;

    list->json = &json;
    json_out_object(&json, NULL);
    json_out_head(&json, "ledger", bc_log_head(list->log));
    json_out_array(&json, "rules");
    rc = each(list, err);
    json_out_array_end(&json);
    json_out_object_end(&json);
    json_out_line(&json);
    json_out_release(&json);
    return rc;
}

static bc_status print_table(struct list *list, struct bc_err *err)
{
    static const struct table_column columns[] = { { .name = "VERSION" },
                                                   { .name = "IN FORCE FROM" },
                                                   { .name = "RECORDED" },
                                                   { .name = "EVENT", .right = true },
                                                   { .name = "STATE" } };
    bc_status rc;

    list->table = table_new(columns, 5);
    rc = each(list, err);
    if (rc == BC_OK && list->published.n)
        table_print(list->env, list->table);
    else if (rc == BC_OK)
        fputs("no rules were published; the built-in ones hold (`backcast rules show default`)\n",
              list->env->out);
    table_free(list->table);
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
    return as_json ? print_json(list, err) : print_table(list, err);
}

int cmd_rules_list(const struct cmd_env *env, int argc, char **argv)
{
    const char *dir = NULL;
    bool json = false;
    const struct opt opts[] = {
        OPT_LEDGER(&dir),
        { "json", NULL, .flag = &json, .help = "print for programs" },
        { 0 },
    };
    struct list list = { .env = env };
    bc_timelines *timelines = NULL;
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast rules list"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_ledger(&list.log, env, dir, false, &err);
    if (rc == BC_OK)
        rc = bc_timelines_open(&timelines, list.log, BC_FROM_CACHE, &err);
    if (rc == BC_OK)
        rc = list_all(&list, timelines, json, &err);
    bc_published_release(&list.published);
    bc_timelines_free(timelines);
    bc_log_close(list.log);
    return cmd_exit(env, rc, &err);
}
