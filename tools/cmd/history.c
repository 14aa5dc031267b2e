/* tools/cmd/history.c - what happened to one deal. */
#include "projections/audit/history.h"

#include "tools/ask/ask.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/json/event_json.h"
#include "tools/json/event_text.h"
#include "tools/print/table.h"
#include "tools/show/finding_out.h"

#include <inttypes.h>

struct args {
    struct ask ask;
    const char *deal, *as_of;
    bool json;
};

/* --- JSON --- */

static void json_visits(struct json_out *json, const struct bc_history *history)
{
    json_out_array(json, "visits");
    for (size_t i = 0; i < history->visit_n; i++) {
        const struct bc_history_visit *visit = &history->visits[i];

        json_out_object(json, NULL);
        json_out_string(json, "stage", visit->stage);
        json_out_instant(json, "entered", visit->visit.entered_us);
        if (visit->visit.left_us == BC_NEVER)
            json_out_null(json, "left");
        else
            json_out_instant(json, "left", visit->visit.left_us);
        json_out_bool(json, "observed", visit->visit.observed);
        json_out_string(json, "event", visit->event);
        json_out_object_end(json);
    }
    json_out_array_end(json);
}

static void print_json(const struct cmd_env *env, const struct asked *asked,
                       const struct args *args, const struct bc_history *history)
{
    struct json_out json = json_out_begin(env->out);
    struct bc_buf text = { 0 };

    json_out_object(&json, NULL);
    asked_json(&json, asked, asked->question.as_of_us[0]);
    json_out_text(&json, "deal", args->deal);
    json_out_array(&json, "events");
    for (size_t i = 0; i < history->events.n; i++) {
        const struct bc_deal_event *event = &history->events.at[i];

        text.len = 0;
        (void)event_json_add(&text, &event->event);
        json_out_object(&json, NULL);
        json_out_raw(&json, "event", bc_buf_str(&text));
        if (event->retracted_by)
            json_out_string(&json, "retractedBy", event->retraction);
        else
            json_out_null(&json, "retractedBy");
        json_out_object_end(&json);
    }
    json_out_array_end(&json);
    json_visits(&json, history);
    json_out_array(&json, "findings");
    for (size_t i = 0; i < history->audit->n; i++)
        finding_json(&json, &history->audit->findings[i]);
    json_out_array_end(&json);
    notes_json(&json, &asked->notes);
    json_out_object_end(&json);
    json_out_line(&json);
    json_out_release(&json);
    bc_buf_release(&text);
}

/* --- for people --- */

/* How late we learnt of an event, where it was a day or more. */
static void add_delay(struct table *table, size_t column, const struct bc_event *event)
{
    int64_t late_us = event->recorded_us - event->occurred_us;

    if (late_us >= BC_DAY_US)
        table_format(table, column, "%" PRId64 " d", late_us / BC_DAY_US);
}

static void add_source(struct table *table, size_t column, const struct bc_event *event)
{
    struct bc_buf text = { 0 };

    bc_buf_add_str(&text, event->source_system);
    if (event->source_how.len)
        bc_buf_printf(&text, "%s%.*s", text.len ? " " : "", BC_STR_ARG(event->source_how));
    table_text(table, column, bc_buf_str(&text));
    bc_buf_release(&text);
}

static void print_events(const struct cmd_env *env, const struct bc_history *history)
{
    static const struct table_column columns[] = {
        { .name = "OCCURRED (UTC)" },
        { .name = "LEARNT", .right = true },
        { .name = "SEQ", .right = true },
        { .name = "EVENT", .cut = true },
        { .name = "BY" },
        { .name = "SOURCE" },
        { .name = "RETRACTED" },
    };
    struct table *table = table_new(columns, 7);
    struct bc_buf text = { 0 };

    for (size_t i = 0; i < history->events.n; i++) {
        const struct bc_deal_event *event = &history->events.at[i];

        table_row(table);
        table_time(table, 0, event->event.occurred_us);
        add_delay(table, 1, &event->event);
        table_format(table, 2, "%" PRIu64, event->event.seq);
        text.len = 0;
        event_text_add(&text, &event->event);
        table_text(table, 3, bc_buf_str(&text));
        table_text(table, 4, event->event.actor);
        add_source(table, 5, &event->event);
        if (event->retracted_by) {
            table_format(table, 6, "by %" PRIu64, event->retracted_by);
            table_color(table, 6, "red");
        }
    }
    table_print(env, table);
    table_free(table);
    bc_buf_release(&text);
}

static void print_visits(const struct cmd_env *env, const struct asked *asked,
                         const struct bc_history *history)
{
    static const struct table_column columns[] = { { .name = "STAGE" },
                                                   { .name = "ENTERED (UTC)" },
                                                   { .name = "LEFT (UTC)" },
                                                   { .name = "DAYS", .right = true } };
    struct table *table = table_new(columns, 4);

    for (size_t i = 0; i < history->visit_n; i++) {
        const struct bc_history_visit *visit = &history->visits[i];
        bool open = visit->visit.left_us == BC_NEVER;
        int64_t end_us = open ? asked->question.as_of_us[0] : visit->visit.left_us;

        table_row(table);
        table_text(table, 0, visit->stage);
        table_time(table, 1, visit->visit.entered_us);
        if (open)
            table_null(table, 2);
        else
            table_time(table, 2, visit->visit.left_us);
        if (visit->visit.observed)
            table_format(table, 3, "found so");
        else
            table_format(table, 3, "%.1f",
                         (double)(end_us - visit->visit.entered_us) / (double)BC_DAY_US);
    }
    table_print(env, table);
    table_free(table);
}

static void print_text(const struct cmd_env *env, const struct asked *asked,
                       const struct args *args, const struct bc_history *history)
{
    struct bc_buf text = { 0 };

    fputs("deal ", env->out);
    text_put(env->out, bc_str_of(args->deal));
    fprintf(env->out, ": %zu event%s\n\n", history->events.n, history->events.n == 1 ? "" : "s");
    print_events(env, history);
    if (history->visit_n) {
        fputc('\n', env->out);
        print_visits(env, asked, history);
    }
    for (size_t i = 0; i < history->audit->n; i++) {
        text.len = 0;
        finding_text_add(&text, &history->audit->findings[i]);
        fputs(i ? "finding: " : "\nfinding: ", env->out);
        text_put(env->out, bc_buf_str(&text));
        fputc('\n', env->out);
    }
    asked_print(env, asked, asked->question.as_of_us);
    bc_buf_release(&text);
}

static bc_status answer(const struct cmd_env *env, struct asked *asked, const struct args *args,
                        struct bc_err *err)
{
    struct bc_history *history = NULL;
    struct when when;
    int64_t as_of_us;
    bc_status rc = asked_when(&when, asked, env, args->as_of, err);

    if (rc < 0)
        return rc;
    as_of_us = when_instant(&when, asked->rules->zone);
    asked->question.as_of_us = &as_of_us;
    asked->question.date_n = 1;
    rc = bc_history_make(&history, asked->timelines, &asked->question, bc_str_of(args->deal), err);
    if (rc == BC_DONE)
        return bc_err_set(err, BC_E_USAGE, "the ledger has no event about the deal '%s'",
                          args->deal);
    if (rc < 0)
        return rc;
    if (args->json)
        print_json(env, asked, args, history);
    else
        print_text(env, asked, args, history);
    bc_history_free(history);
    return BC_OK;
}

int cmd_history(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    const struct opt opts[] = {
        { NULL, "DEAL", .text = &args.deal, .help = "the deal's id", .required = true },
        { "as-of", "WHEN", .text = &args.as_of,
          .help = "visits and findings as of then (default: today)" },
        ASK_OPTIONS(&args.ask),
        OPT_VERIFIED(&args.ask.verified),
        { "json", NULL, .flag = &args.json, .help = "print for programs" },
        { 0 },
    };
    struct asked asked = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast history"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = asked_open(&asked, env, &args.ask, &err);
    if (rc == BC_OK)
        rc = answer(env, &asked, &args, &err);
    asked_close(&asked);
    return cmd_exit(env, rc, &err);
}
