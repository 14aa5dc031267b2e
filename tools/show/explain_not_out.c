#include "tools/show/explain_not_out.h"

#include "tools/cli/text.h"
#include "tools/print/table.h"
#include "tools/show/sentence.h"

#include <inttypes.h>

static void json_reason(struct json_out *json, enum bc_subject subject,
                        const struct bc_reason *reason)
{
    const struct bc_reason_row *row = bc_reason_row(reason->kind);

    json_out_object(json, NULL);
    json_out_text(json, "reason", row->word);
    if (reason->item.len)
        json_out_string(json, subject == BC_OF_MEETINGS ? "meeting" : "email", reason->item);
    if (row->value)
        json_out_string(json, row->value, reason->value);
    if (row->at)
        json_out_instant(json, "at", reason->at_us);
    if (row->days)
        json_out_integer(json, "days", reason->days);
    if (reason->event.len)
        json_out_string(json, "event", reason->event);
    json_out_object_end(json);
}

void explain_not_json(const struct cmd_env *env, const struct asked *asked, size_t metric,
                      size_t slice, const struct bc_explanation_not *explanation)
{
    const struct bc_metric_rule *rule = &asked->rules->metrics[metric];
    struct json_out json = json_out_begin(env->out);

    json_out_object(&json, NULL);
    asked_json(&json, asked, asked->question.as_of_us[0]);
    json_out_text(&json, "metric", rule->name);
    json_out_text(&json, "slice", asked->rules->slices[slice].name);
    json_out_string(&json, "deal", explanation->deal);
    json_out_bool(&json, "counted", explanation->counted);
    json_out_array(&json, "reasons");
    for (size_t i = 0; i < explanation->n; i++)
        json_reason(&json, bc_rules_subject(rule), &explanation->reasons[i]);
    json_out_array_end(&json);
    notes_json(&json, &asked->notes);
    json_out_object_end(&json);
    json_out_line(&json);
    json_out_release(&json);
}

/* --- for people --- */

static void add_cell(struct bc_buf *out, const void *of, struct bc_str key)
{
    const struct bc_reason *reason = of;
    const struct bc_reason_row *row = bc_reason_row(reason->kind);

    if (row->value && bc_str_eq(key, bc_str_of(row->value)))
        bc_buf_add_str(out, reason->value.len ? reason->value : BC_STR("none"));
    else if (bc_str_eq(key, BC_STR("days")))
        bc_buf_printf(out, "%" PRId32, reason->days < 0 ? -reason->days : reason->days);
    else if (bc_str_eq(key, BC_STR("side")))
        bc_buf_add_str(out, reason->days < 0 ? BC_STR("before") : BC_STR("after"));
}

static void print_reasons(const struct cmd_env *env, const struct bc_explanation_not *explanation,
                          bool items)
{
    static const struct table_column columns[] = { { .name = "REASON", .cut = true },
                                                   { .name = "AT (UTC)" },
                                                   { .name = "EVENT", .cut = true },
                                                   { .name = "OF" } };
    struct table *table = table_new(columns, items ? 4 : 3);
    struct bc_buf text = { 0 };

    for (size_t i = 0; i < explanation->n; i++) {
        const struct bc_reason *reason = &explanation->reasons[i];

        table_row(table);
        text.len = 0;
        sentence_add(&text, bc_reason_row(reason->kind)->sentence, add_cell, reason);
        table_text(table, 0, bc_buf_str(&text));
        if (bc_reason_row(reason->kind)->at)
            table_time(table, 1, reason->at_us);
        table_text(table, 2, reason->event);
        if (items)
            table_text(table, 3, reason->item);
    }
    table_print(env, table);
    table_free(table);
    bc_buf_release(&text);
}

void explain_not_print(const struct cmd_env *env, const struct asked *asked, size_t metric,
                       size_t slice, const struct bc_explanation_not *explanation)
{
    const struct bc_metric_rule *rule = &asked->rules->metrics[metric];
    enum bc_subject subject = bc_rules_subject(rule);

    text_put(env->out, bc_str_of(rule->name));
    fputs(", slice ", env->out);
    text_put(env->out, bc_str_of(asked->rules->slices[slice].name));
    fputs(explanation->counted ? ", counts the deal " : ", does not count the deal ", env->out);
    text_put(env->out, explanation->deal);
    fputc('\n', env->out);
    if (explanation->n) {
        fputc('\n', env->out);
        print_reasons(env, explanation, subject == BC_OF_MEETINGS || subject == BC_OF_EMAILS);
    }
    asked_print(env, asked, asked->question.as_of_us);
}
