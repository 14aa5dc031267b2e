/* tools/cmd/report.c - reports as they are given out: issuing them, and listing what was
 * issued. */
#include "tools/ask/open.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/print/table.h"
#include "tools/show/answer.h"
#include "tools/show/issued_report.h"

#include <inttypes.h>

/* --- issue --- */

struct issue {
    struct ask ask;
    const char *name, *as_of;
    bool json;
    struct issued_texts texts;
    struct bc_buf id;
    struct bc_head head; /* that the report rests on */
    struct notes notes;
    uint64_t seq; /* of its event */
};

static bc_status make_texts(struct issue *issue, const struct cmd_env *env, struct bc_err *err)
{
    const struct bc_report_options options = { .lists = true };
    struct bc_report *report = NULL;
    struct asked asked = { 0 };
    struct when when;
    int64_t as_of_us;
    bc_status rc = asked_open(&asked, env, &issue->ask, err);

    if (rc == BC_OK)
        rc = asked_when(&when, &asked, env, issue->as_of, err);
    if (rc == BC_OK) {
        as_of_us = when_instant(&when, asked.rules->zone);
        asked.question.as_of_us = &as_of_us;
        asked.question.date_n = 1;
        issue->head = *bc_log_head(asked.log);
        rc = bc_report_make(&report, asked.timelines, &asked.question, &options, err);
    }
    if (rc == BC_OK)
        rc = issued_write(&issue->texts, &asked, report, err);
    issue->notes = asked.notes;
    asked.notes = (struct notes){ 0 };
    bc_report_free(report);
    asked_close(&asked);
    return rc;
}

/* Behind a head there is one event, so name and head make an id. */
static bc_status append(struct issue *issue, const struct cmd_env *env, bc_log *log,
                        struct bc_err *err)
{
    struct bc_event event = { .has_occurred = true,
                              .occurred_us = cmd_now_us(env),
                              .source_system = BC_STR("manual"),
                              .body = BC_REPORT_ISSUED };
    bc_append *append = NULL;
    bc_status rc = bc_append_open(&append, log, cmd_now_us(env), err);

    bc_buf_printf(&issue->id, "report:%s:%" PRIu64, issue->name, issue->head.size);
    event.id = bc_buf_str(&issue->id);
    event.value[BC_REPORT_ISSUED_NAME].text = bc_str_of(issue->name);
    event.value[BC_REPORT_ISSUED_BASIS].text = bc_buf_str(&issue->texts.basis);
    event.value[BC_REPORT_ISSUED_VALUES].items = issue->texts.values;
    event.value[BC_REPORT_ISSUED_VALUES].item_n = issue->texts.n;
    if (rc == BC_OK)
        rc = bc_append_add(append, &event, 1, false, NULL, NULL, err);
    if (rc == BC_DONE)
        rc = bc_err_set(err, BC_E_CONFLICT,
                        "the report \"%s\" was issued at this state of the "
                        "ledger already",
                        issue->name);
    if (rc == BC_OK)
        rc = bc_append_commit(append, err);
    if (rc == BC_OK)
        rc = bc_log_find(log, event.id, &issue->seq, err);
    bc_append_free(append);
    return rc;
}

static void print_issue(const struct cmd_env *env, const struct issue *issue)
{
    if (issue->json) {
        struct json_out json = json_out_begin(env->out);

        json_out_object(&json, NULL);
        json_out_string(&json, "report", bc_buf_str(&issue->id));
        json_out_text(&json, "name", issue->name);
        json_out_seq(&json, "seq", issue->seq);
        json_out_integer(&json, "values", (int64_t)issue->texts.n);
        json_out_raw(&json, "basis", bc_buf_str(&issue->texts.basis));
        notes_json(&json, &issue->notes);
        json_out_object_end(&json);
        json_out_line(&json);
        json_out_release(&json);
        return;
    }
    fputs("report ", env->out);
    text_put(env->out, bc_str_of(issue->name));
    fprintf(env->out,
            " issued as event %" PRIu64 ", with %zu figures, resting on %" PRIu64 " events\n",
            issue->seq, issue->texts.n, issue->head.size);
    notes_print(env, &issue->notes);
}

static int cmd_report_issue(const struct cmd_env *env, int argc, char **argv)
{
    struct issue issue = { .ask = { .verified = true } };
    const struct opt opts[] = {
        { NULL, "NAME", .text = &issue.name, .required = true,
          .help = "what the report is called; reports may share a name" },
        { "as-of", "WHEN", .text = &issue.as_of,
          .help = "count what had happened by then (default: today)" },
        ASK_OPTIONS(&issue.ask),
        OPT_THREADS(&issue.ask.threads),
        { "json", NULL, .flag = &issue.json, .help = "print for programs" },
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = opt_parse(opts, cmd_page("backcast report issue"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = make_texts(&issue, env, &err);
    if (rc == BC_OK)
        rc = open_ledger(&log, env, issue.ask.dir, true, &err);
    if (rc == BC_OK)
        rc = append(&issue, env, log, &err);
    if (rc == BC_OK)
        rc = open_catch_up(log, &err);
    if (rc == BC_OK)
        print_issue(env, &issue);
    bc_log_close(log);
    issued_texts_release(&issue.texts);
    bc_buf_release(&issue.id);
    notes_release(&issue.notes);
    return cmd_exit(env, rc, &err);
}

/* --- list --- */

static void print_list(const struct cmd_env *env, const struct bc_issued_list *list)
{
    static const struct table_column columns[] = { { .name = "ISSUED (UTC)" },
                                                   { .name = "NAME" },
                                                   { .name = "FIGURES", .right = true },
                                                   { .name = "SEQ", .right = true },
                                                   { .name = "ID", .cut = true } };
    struct table *table = table_new(columns, 5);

    for (size_t i = 0; i < list->n; i++) {
        table_row(table);
        table_time(table, 0, list->at[i].issued_us);
        table_text(table, 1, list->at[i].name);
        table_format(table, 2, "%zu", list->at[i].value_n);
        table_format(table, 3, "%" PRIu64, list->at[i].seq);
        table_text(table, 4, list->at[i].id);
    }
    if (list->n == 0)
        fputs("no report was issued\n", env->out);
    table_print(env, table);
    table_free(table);
}

static void json_list(const struct cmd_env *env, const struct bc_issued_list *list)
{
    struct json_out json = json_out_begin(env->out);

    json_out_object(&json, NULL);
    json_out_array(&json, "reports");
    for (size_t i = 0; i < list->n; i++) {
        json_out_object(&json, NULL);
        json_out_string(&json, "report", list->at[i].id);
        json_out_string(&json, "name", list->at[i].name);
        json_out_instant(&json, "issued", list->at[i].issued_us);
        json_out_seq(&json, "seq", list->at[i].seq);
        json_out_integer(&json, "values", (int64_t)list->at[i].value_n);
        json_out_object_end(&json);
    }
    json_out_array_end(&json);
    json_out_object_end(&json);
    json_out_line(&json);
    json_out_release(&json);
}

static int cmd_report_list(const struct cmd_env *env, int argc, char **argv)
{
    struct bc_issued_list list = { 0 };
    bc_timelines *timelines = NULL;
    const char *dir = NULL;
    bool json = false;
    const struct opt opts[] = {
        OPT_LEDGER(&dir),
        { "json", NULL, .flag = &json, .help = "print for programs" },
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = opt_parse(opts, cmd_page("backcast report list"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_ledger(&log, env, dir, false, &err);
    if (rc == BC_OK)
        rc = bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err);
    if (rc == BC_OK)
        rc = bc_issued_read(&list, timelines, &err);
    if (rc == BC_OK && json)
        json_list(env, &list);
    else if (rc == BC_OK)
        print_list(env, &list);
    bc_issued_release(&list);
    bc_timelines_free(timelines);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}

int cmd_report(const struct cmd_env *env, int argc, char **argv)
{
    static const struct cmd commands[] = {
        { "issue", cmd_report_issue },
        { "list", cmd_report_list },
        { 0 },
    };
    static const struct cmd_group group = { "backcast report", commands, cmd_pages };

    return cmd_dispatch(env, &group, argc, argv);
}
