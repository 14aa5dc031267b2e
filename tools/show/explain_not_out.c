#include "tools/show/explain_not_out.h"

#include "tools/cli/text.h"
#include "tools/print/table.h"

#include <inttypes.h>

/* What the value of a reason is called. */
static const char *value_key(enum bc_reason_kind kind)
{
    switch (kind) {
    case BC_NOT_IN_SLICE:
    case BC_NOT_OF_TYPE:
        return "dealType";
    case BC_VALUE_MISSING:
    case BC_VALUE_THERE:
        return "property";
    case BC_BAD_START:
    case BC_BAD_END:
        return "value";
    case BC_RENEWED:
        return "by";
    case BC_NOT_HELD:
        return "outcome";
    case BC_WRONG_TYPE:
        return "type";
    default:
        return "stage";
    }
}

static bool has_value(const struct bc_reason *reason)
{
    return reason->value.len > 0 || reason->kind == BC_NOT_IN_SLICE ||
           reason->kind == BC_NOT_OF_TYPE || reason->kind == BC_NOT_HELD ||
           reason->kind == BC_WRONG_STAGE;
}

static void json_reason(struct json_out *json, enum bc_metric_kind kind,
                        const struct bc_reason *reason)
{
    json_out_object(json, NULL);
    json_out_text(json, "reason", bc_reason_name(reason->kind));
    if (reason->item.len)
        json_out_string(json, kind == BC_MEETINGS ? "meeting" : "email", reason->item);
    if (has_value(reason))
        json_out_string(json, value_key(reason->kind), reason->value);
    if (reason->has_at)
        json_out_instant(json, "at", reason->at_us);
    if (reason->has_days)
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
        json_reason(&json, rule->kind, &explanation->reasons[i]);
    json_out_array_end(&json);
    notes_json(&json, &asked->notes);
    json_out_object_end(&json);
    json_out_line(&json);
    json_out_release(&json);
}

/* --- for people --- */

static void add_days(struct bc_buf *out, const struct bc_reason *reason)
{
    int32_t days = reason->days;

    switch (reason->kind) {
    case BC_NOT_BEGUN:
        bc_buf_printf(out, "its contract begins %" PRId32 " days after the date", days);
        break;
    case BC_ENDED:
        bc_buf_printf(out, "its contract ended %" PRId32 " days before the date", days);
        break;
    case BC_NOT_ENDED:
        bc_buf_printf(out, "its contract goes on for %" PRId32 " days", days);
        break;
    default: /* BC_NOT_IN_BUCKET */
        bc_buf_printf(out, "its contract ends %" PRId32 " days %s the date, outside of the range",
                      days < 0 ? -days : days, days < 0 ? "before" : "after");
        break;
    }
}

/* What a reason says; its value, where it has one, stands behind. */
static const char *words_of(enum bc_reason_kind kind)
{
    static const char *const words[BC_REASON_KIND_N] = {
        [BC_NOT_KNOWN] = "no event about such a deal is known",
        [BC_NOT_YET] = "its first event is later than the date",
        [BC_NOT_THERE] = "it was deleted or merged",
        [BC_NOT_IN_SLICE] = "it is not in the slice, its deal type is",
        [BC_NOT_OF_TYPE] = "the metric counts other deal types, its is",
        [BC_VALUE_MISSING] = "the metric counts deals that have a",
        [BC_VALUE_THERE] = "the metric counts deals that have no",
        [BC_NO_STAGE_YET] = "it has no stage at the date",
        [BC_NOT_IN_STAGE] = "it is in another stage,",
        [BC_NO_START] = "its contract_start is not set",
        [BC_NO_END] = "its contract_end is not set",
        [BC_BAD_START] = "its contract_start is no date:",
        [BC_BAD_END] = "its contract_end is no date:",
        [BC_NO_SERVICE] = "its service has ended",
        [BC_RENEWED] = "it is renewed by",
        [BC_NEVER_ENTERED] = "it had entered no stage that counts",
        [BC_ENTRY_OUTSIDE] = "it entered outside of the window, into",
        [BC_ENTRY_FOUND] = "when it came is not known, it was found in",
        [BC_ENTRY_INSIDE] = "it came from another stage that counts into",
        [BC_NEVER_IN] = "it had never been in a stage that counts",
        [BC_STILL_IN] = "it has not left",
        [BC_LEFT_OUTSIDE] = "it was left before the window,",
        [BC_NO_BEGINNING] = "no first entry into the stage to count from lies before it came to",
        [BC_NO_MEETING] = "it has no meeting",
        [BC_NOT_HELD] = "the meeting was not held, its outcome is",
        [BC_WRONG_TYPE] = "the meeting is of a type that does not count,",
        [BC_WRONG_STAGE] = "then the deal was in no stage that counts, but in",
        [BC_OUTSIDE] = "it is not in the window",
        [BC_NO_EMAIL] = "no e-mail was sent",
    };

    return words[kind];
}

static void add_words(struct bc_buf *out, const struct bc_reason *reason)
{
    if (reason->has_days) {
        add_days(out, reason);
        return;
    }
    bc_buf_add_str(out, bc_str_of(words_of(reason->kind)));
    if (has_value(reason)) {
        bc_buf_add_byte(out, ' ');
        bc_buf_add_str(out, reason->value.len ? reason->value : BC_STR("none"));
    }
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
        add_words(&text, reason);
        table_text(table, 0, bc_buf_str(&text));
        if (reason->has_at)
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

    text_put(env->out, bc_str_of(rule->name));
    fputs(", slice ", env->out);
    text_put(env->out, bc_str_of(asked->rules->slices[slice].name));
    fputs(explanation->counted ? ", counts the deal " : ", does not count the deal ", env->out);
    text_put(env->out, explanation->deal);
    fputc('\n', env->out);
    if (explanation->n) {
        fputc('\n', env->out);
        print_reasons(env, explanation, rule->kind == BC_MEETINGS || rule->kind == BC_EMAIL_RATE);
    }
    asked_print(env, asked, asked->question.as_of_us);
}
