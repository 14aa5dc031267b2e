/* tools/cmd/explain.c - what one figure rests on. */
#include "projections/explain/explain.h"

#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/json/event_text.h"
#include "tools/print/table.h"
#include "tools/show/answer.h"
#include "tools/show/explain_not_out.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct args {
    struct ask ask;
    const char *metric, *as_of, *slice, *without;
    bool json;
};

/* --- JSON --- */

static void json_list(struct json_out *json, const char *key, const struct bc_str *texts, size_t n)
{
    json_out_array(json, key);
    for (size_t i = 0; i < n; i++)
        json_out_string(json, NULL, texts[i]);
    json_out_array_end(json);
}

static void json_events(struct json_out *json, const struct bc_item *item)
{
    json_out_array(json, "events");
    for (size_t i = 0; i < item->cause_n; i++)
        json_out_string(json, NULL, item->causes[i].id);
    json_out_array_end(json);
}

static void json_item(struct json_out *json, const struct bc_metric_rule *rule,
                      const struct bc_item *item)
{
    const struct bc_kind *kind = bc_rules_kind(rule);
    enum bc_subject subject = bc_rules_subject(rule);

    json_out_object(json, NULL);
    if (subject != BC_OF_MEETINGS)
        json_out_string(json, "deal", item->deal);
    switch (subject) {
    case BC_OF_DEALS:
        break;
    case BC_OF_MEETINGS:
        json_out_string(json, "meeting", item->meeting);
        json_list(json, "deals", item->deals, item->deal_n);
        break;
    case BC_OF_EMAILS:
        json_out_string(json, "email", item->email);
        json_out_string(json, "campaign", item->campaign);
        break;
    case BC_OF_ATTEMPTS:
        json_out_instant(json, "left", item->left_us);
        json_out_string(json, "to", item->to);
        break;
    }
    switch (kind->measure) {
    case BC_MEASURE_COUNT:
        if (subject == BC_OF_DEALS)
            json_events(json, item);
        break;
    case BC_MEASURE_RATE:
        json_out_bool(json, kind->hit, item->hit);
        break;
    case BC_MEASURE_DAYS:
        json_out_number(json, "days", item->days);
        break;
    }
    json_out_object_end(json);
}

static void print_json(const struct cmd_env *env, const struct asked *asked,
                       const struct bc_explanation *explanation)
{
    struct json_out json = json_out_begin(env->out);

    json_out_object(&json, NULL);
    asked_json(&json, asked, asked->question.as_of_us[0]);
    json_out_text(&json, "metric", explanation->metric->name);
    json_out_text(&json, "slice", asked->rules->slices[explanation->slice].name);
    if (explanation->cell.has_value)
        json_out_number(&json, "value", explanation->cell.value);
    else
        json_out_null(&json, "value");
    json_out_integer(&json, "n", (int64_t)explanation->cell.n);
    json_list(&json, "deals", explanation->deals, explanation->deal_n);
    json_out_array(&json, "items");
    for (size_t i = 0; i < explanation->item_n; i++)
        json_item(&json, explanation->metric, &explanation->items[i]);
    json_out_array_end(&json);
    notes_json(&json, &asked->notes);
    json_out_object_end(&json);
    json_out_line(&json);
    json_out_release(&json);
}

/* --- for people --- */

/* Deals that are counted stand with their events, a row each. */
static bool shows_events(const struct bc_metric_rule *rule)
{
    return bc_rules_subject(rule) == BC_OF_DEALS &&
           bc_rules_kind(rule)->measure == BC_MEASURE_COUNT;
}

static struct table *new_table_of_events(void)
{
    static const struct table_column columns[] = {
        { .name = "DEAL" },
        { .name = "SEQ", .right = true },
        { .name = "OCCURRED (UTC)" },
        { .name = "EVENT", .cut = true },
        { .name = "ID", .cut = true },
    };

    return table_new(columns, 5);
}

/* What a thing is, then how it goes into the value. */
static struct table *new_table(const struct bc_metric_rule *rule)
{
    const struct bc_kind *kind = bc_rules_kind(rule);
    struct table_column columns[4] = { { .name = "DEAL" } };
    char hit[32];
    size_t n = 1;

    switch (bc_rules_subject(rule)) {
    case BC_OF_DEALS:
        break;
    case BC_OF_MEETINGS:
        columns[0].name = "MEETING";
        columns[n++].name = "DEALS";
        break;
    case BC_OF_EMAILS:
        columns[n++].name = "E-MAIL";
        columns[n++].name = "CAMPAIGN";
        break;
    case BC_OF_ATTEMPTS:
        columns[n++].name = "LEFT (UTC)";
        columns[n++].name = "TO";
        break;
    }
    switch (kind->measure) {
    case BC_MEASURE_COUNT:
        break;
    case BC_MEASURE_RATE:
        (void)snprintf(hit, sizeof(hit), "%s", kind->hit);
        for (char *at = hit; *at; at++)
            *at = (char)toupper((unsigned char)*at);
        columns[n++].name = hit;
        break;
    case BC_MEASURE_DAYS:
        columns[n++] = (struct table_column){ .name = "DAYS", .right = true };
        break;
    }
    return table_new(columns, n);
}

/* What the events behind all items say, each named by its number among them. */
struct sayings {
    struct bc_str *texts;
    bc_arena *arena;
    struct bc_buf scratch;
};

static bc_status take_saying(void *payload, size_t name, const struct bc_event *event,
                             struct bc_err *err)
{
    struct sayings *sayings = payload;

    (void)err;
    sayings->scratch.len = 0;
    event_text_add(&sayings->scratch, event);
    sayings->texts[name] = bc_arena_copy(sayings->arena, bc_buf_str(&sayings->scratch));
    return BC_OK;
}

static bc_status read_sayings(struct sayings *out, bc_log *log,
                              const struct bc_explanation *explanation, struct bc_err *err)
{
    struct bc_wanted *wanted;
    size_t n = 0, at = 0;
    bc_status rc;

    for (size_t i = 0; i < explanation->item_n; i++)
        n += explanation->items[i].cause_n;
    wanted = bc_calloc(n, sizeof(*wanted));
    for (size_t i = 0; i < explanation->item_n; i++)
        for (size_t c = 0; c < explanation->items[i].cause_n; c++, at++)
            wanted[at] = (struct bc_wanted){ explanation->items[i].causes[c].seq, at };
    *out = (struct sayings){ bc_calloc(n, sizeof(*out->texts)), bc_arena_new(), { 0 } };
    rc = bc_log_read_each(log, wanted, n, take_saying, out, err);
    free(wanted);
    return rc;
}

static void release_sayings(struct sayings *sayings)
{
    free(sayings->texts);
    bc_arena_free(sayings->arena);
    bc_buf_release(&sayings->scratch);
}

/* A row an event; the deal stands in the first of its rows. */
static void add_events(struct table *table, const struct bc_item *item, const struct bc_str *says)
{
    for (size_t i = 0; i < item->cause_n; i++) {
        table_row(table);
        if (i == 0)
            table_text(table, 0, item->deal);
        table_format(table, 1, "%" PRIu64, item->causes[i].seq);
        table_time(table, 2, item->causes[i].occurred_us);
        table_text(table, 3, says[i]);
        table_text(table, 4, item->causes[i].id);
    }
}

static void add_deals(struct table *table, size_t column, const struct bc_item *item)
{
    struct bc_buf deals = { 0 };

    for (size_t i = 0; i < item->deal_n; i++) {
        if (i)
            bc_buf_add_str(&deals, BC_STR(", "));
        bc_buf_add_str(&deals, item->deals[i]);
    }
    table_text(table, column, bc_buf_str(&deals));
    bc_buf_release(&deals);
}

static void add_item(struct table *table, const struct bc_metric_rule *rule,
                     const struct bc_item *item)
{
    size_t n = 1;

    table_row(table);
    table_text(table, 0, item->deal);
    switch (bc_rules_subject(rule)) {
    case BC_OF_DEALS:
        break;
    case BC_OF_MEETINGS:
        table_text(table, 0, item->meeting);
        add_deals(table, n++, item);
        break;
    case BC_OF_EMAILS:
        table_text(table, n++, item->email);
        table_text(table, n++, item->campaign);
        break;
    case BC_OF_ATTEMPTS:
        table_time(table, n++, item->left_us);
        table_text(table, n++, item->to);
        break;
    }
    switch (bc_rules_kind(rule)->measure) {
    case BC_MEASURE_COUNT:
        break;
    case BC_MEASURE_RATE:
        table_format(table, n, "%s", item->hit ? "yes" : "no");
        break;
    case BC_MEASURE_DAYS:
        table_format(table, n, "%.1f", item->days);
        break;
    }
}

static bc_status print_text(const struct cmd_env *env, const struct asked *asked,
                            const struct bc_explanation *explanation, struct bc_err *err)
{
    const struct bc_metric_rule *rule = explanation->metric;
    char value[ANSWER_VALUE_LEN] = TABLE_NULL;
    struct table *table = shows_events(rule) ? new_table_of_events() : new_table(rule);
    struct sayings sayings;
    bc_status rc = read_sayings(&sayings, asked->log, explanation, err);

    if (rc == BC_OK) {
        const struct bc_str *says = sayings.texts;

        for (size_t i = 0; i < explanation->item_n; says += explanation->items[i++].cause_n)
            if (shows_events(rule))
                add_events(table, &explanation->items[i], says);
            else
                add_item(table, rule, &explanation->items[i]);
        if (explanation->cell.has_value)
            answer_value(value, rule, explanation->cell.value);
        text_put(env->out, bc_str_of(rule->name));
        fputs(", slice ", env->out);
        text_put(env->out, bc_str_of(asked->rules->slices[explanation->slice].name));
        fprintf(env->out, ": %s; n %" PRIu64 ", deals %zu\n", value, explanation->cell.n,
                explanation->deal_n);
        if (explanation->item_n)
            fputc('\n', env->out);
        table_print(env, table);
        asked_print(env, asked, asked->question.as_of_us);
    }
    release_sayings(&sayings);
    table_free(table);
    return rc;
}

static bc_status answer_counted(const struct cmd_env *env, const struct asked *asked, size_t metric,
                                size_t slice, bool json, struct bc_err *err)
{
    struct bc_explanation *explanation = NULL;
    bc_status rc = bc_explain(&explanation, asked->timelines, &asked->question, metric, slice, err);

    if (rc == BC_OK && json)
        print_json(env, asked, explanation);
    else if (rc == BC_OK)
        rc = print_text(env, asked, explanation, err);
    bc_explanation_free(explanation);
    return rc;
}

static bc_status answer_not(const struct cmd_env *env, const struct asked *asked, size_t metric,
                            size_t slice, const struct args *args, struct bc_err *err)
{
    struct bc_explanation_not *explanation = NULL;
    bc_status rc = bc_explain_not(&explanation, asked->timelines, &asked->question, metric, slice,
                                  bc_str_of(args->without), err);

    if (rc == BC_OK && args->json)
        explain_not_json(env, asked, metric, slice, explanation);
    else if (rc == BC_OK)
        explain_not_print(env, asked, metric, slice, explanation);
    bc_explanation_not_free(explanation);
    return rc;
}

static bc_status answer(const struct cmd_env *env, struct asked *asked, const struct args *args,
                        struct bc_err *err)
{
    size_t metric = 0, slice = 0;
    struct when when;
    int64_t as_of_us;
    bc_status rc = asked_when(&when, asked, env, args->as_of, err);

    if (rc == BC_OK)
        rc = asked_metric(&metric, asked, args->metric, err);
    if (rc < 0)
        return rc;
    slice = asked->rules->metrics[metric].headline;
    if (args->slice)
        rc = asked_slice(&slice, asked, args->slice, err);
    if (rc < 0)
        return rc;
    as_of_us = when_instant(&when, asked->rules->zone);
    asked->question.as_of_us = &as_of_us;
    asked->question.date_n = 1;
    if (args->without)
        return answer_not(env, asked, metric, slice, args, err);
    return answer_counted(env, asked, metric, slice, args->json, err);
}

int cmd_explain(const struct cmd_env *env, int argc, char **argv)
{
    struct args args = { 0 };
    const struct opt opts[] = {
        { NULL, "METRIC", .text = &args.metric, .help = "the metric, as metrics names it",
          .required = true },
        { "as-of", "WHEN", .text = &args.as_of,
          .help = "count what had happened by then (default: today)" },
        { "slice", "SLICE", .text = &args.slice,
          .help = "in this slice (default: the metric's headline)" },
        { "not", "DEAL", .text = &args.without,
          .help = "instead: why the figure does not count this deal" },
        ASK_OPTIONS(&args.ask),
        OPT_VERIFIED(&args.ask.verified),
        OPT_THREADS(&args.ask.threads),
        { "json", NULL, .flag = &args.json, .help = "print for programs" },
        { 0 },
    };
    struct asked asked = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast explain"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = asked_open(&asked, env, &args.ask, &err);
    if (rc == BC_OK)
        rc = answer(env, &asked, &args, &err);
    asked_close(&asked);
    return cmd_exit(env, rc, &err);
}
