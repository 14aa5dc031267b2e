#include "tools/byhand/record_interview.h"

#include "tools/byhand/record_check.h"
#include "tools/byhand/record_words.h"
#include "tools/cli/text.h"

#include <stdlib.h>

struct interview {
    struct dialogue *dialogue;
    const struct record_desk *desk;
    struct record_sheet *sheet;
    struct record_leave leave;
    struct bc_err *err;
    const char *deal, *actor;
    int64_t us; /* of the events that are asked for now */
    bool is_day;
};

/* --- answers --- */

/* Says why an answer will not do. */
static void say(const struct interview *interview, const char *message)
{
    FILE *out = interview->dialogue->env->out;

    fputs("  ", out);
    text_put(out, bc_str_of(message));
    fputc('\n', out);
}

/* Is a failure one of the answer, so that it can be given again? Says so. */
static bool is_wrong(const struct interview *interview, bc_status rc, const struct bc_err *why)
{
    if (rc != BC_E_USAGE && rc != BC_E_INPUT)
        return false;
    say(interview, why->message);
    return true;
}

static bc_status failed(const struct interview *interview, bc_status rc, const struct bc_err *why)
{
    *interview->err = *why;
    return rc;
}

/* An answer, perhaps "". */
static bc_status ask(struct interview *interview, const char **out, const char *question)
{
    const char *answer = "";
    bc_status rc = dialogue_ask(&answer, interview->dialogue, question, interview->err);

    while (rc == BC_OK && bc_str_utf8_fault(bc_str_of(answer)) < strlen(answer)) {
        say(interview, "it is not UTF-8");
        rc = dialogue_ask(&answer, interview->dialogue, question, interview->err);
    }
    *out = answer;
    return rc;
}

/* --- a field --- */

/* The question of a field: "need (yes|no: do they need it?)" */
static const char *question_of(const struct interview *interview, enum bc_body body,
                               unsigned number)
{
    const struct bc_field *field = &bc_schema(body)->field[number];
    struct bc_buf text = { 0 };
    const char *out;

    bc_buf_printf(&text, "%s (%s: ", field->json_name, record_value_word(body, number));
    for (const char *help = record_field_help(body, number)->text; *help; help++)
        bc_buf_printf(&text, "%c", *help == '\n' ? ' ' : *help);
    if (field->type == BC_LIST)
        bc_buf_printf(&text, "; several with commas");
    bc_buf_printf(&text, "%s)",
                  field->required && !record_fills_in(body, number) ? "; must be given" : "");
    out = bc_arena_copy(interview->dialogue->arena, bc_buf_str(&text)).at;
    bc_buf_release(&text);
    return out;
}

/* "a, b" as two items. */
static void read_items(struct bc_value *out, const char *answer, bc_arena *arena)
{
    const char **items = bc_arena_alloc(arena, (strlen(answer) + 1) * sizeof(*items));
    size_t n = 0;

    while (*answer) {
        struct bc_str item = { answer, strcspn(answer, ",") };

        answer += item.len + (answer[item.len] == ',');
        item = dialogue_trim(item);
        if (item.len > 0)
            items[n++] = bc_arena_copy(arena, item).at;
    }
    record_value_list(out, items, n, arena);
}

static bc_status read_answer(const struct interview *interview, struct bc_event *event,
                             unsigned number, const char *answer, struct bc_err *why)
{
    const struct bc_field *field = &bc_schema(event->body)->field[number];
    const struct record_desk *desk = interview->desk;
    const struct record_check check = {
        .event = event, .rules = desk->rules, .first = true, .anyway = interview->leave.anyway
    };
    bc_status rc = BC_OK;

    if (field->type == BC_LIST)
        read_items(&event->value[number], answer, desk->reading.arena);
    else
        rc = record_value_read(&event->value[number], field, answer, &desk->reading, why);
    if (rc == BC_OK)
        rc = record_check_field(&check, number, why);
    if (rc == BC_OK)
        rc = record_check_deals(&check, desk->timelines, why);
    return rc;
}

/* Asks until the answer will do; BC_OK too where it is empty. */
static bc_status ask_value(struct interview *interview, struct bc_event *event, unsigned number,
                           const char *question)
{
    const char *answer;
    bc_status rc;

    while ((rc = ask(interview, &answer, question)) == BC_OK) {
        struct bc_err why = { 0 };

        event->value[number] = (struct bc_value){ 0 };
        rc = read_answer(interview, event, number, answer, &why);
        if (rc == BC_OK)
            return rc;
        if (!is_wrong(interview, rc, &why))
            return failed(interview, rc, &why);
    }
    return rc;
}

/* --- an event --- */

static bool says_something(const struct bc_event *event)
{
    for (unsigned number = 1; number <= BC_FIELD_MAX; number++) {
        const struct bc_value *value = &event->value[number];

        if (value->text.len > 0 || value->yes || value->set || value->item_n > 0)
            return true;
    }
    return false;
}

static bc_status begin_event(const struct interview *interview, struct bc_event *event,
                             enum bc_body body)
{
    char id[RECORD_ID_LEN];
    bc_status rc = record_new_id(id, interview->err);

    *event = record_event_by_hand(body);
    event->id = bc_arena_copy(interview->desk->reading.arena, bc_str_of(id));
    event->deal = bc_str_of(interview->deal);
    event->actor = bc_str_of(interview->actor);
    event->occurred_us = interview->us;
    return rc;
}

/* What lacks something that must be given is left out, and that is said. */
static void end_event(struct interview *interview, struct bc_event *event)
{
    struct bc_where where;
    struct bc_err why = { 0 };

    record_event_fill_in(event, interview->is_day, interview->desk->reading.arena);
    if (bc_event_check(event, &where, &why) == BC_OK) {
        record_sheet_add(interview->sheet, event);
        return;
    }
    say(interview, why.message);
    say(interview, "so this event is left out");
}

/* Must the field be given, and was not? */
static bool lacks(const struct interview *interview, const struct bc_event *event, unsigned number)
{
    const struct bc_field *field = &bc_schema(event->body)->field[number];
    const struct bc_value *value = &event->value[number];

    if (!field->required || value->text.len > 0 || value->set)
        return false;
    return !record_fills_in(event->body, number) || (field->type == BC_TIME && interview->is_day);
}

/* Asks for some fields of an event, all where `fields` is NULL; with `only_said` it is none where
 * none of them is given. */
static bc_status ask_event(struct interview *interview, enum bc_body body,
                           const char *const *fields, bool only_said)
{
    const struct bc_schema *schema = bc_schema(body);
    struct bc_event event;
    bc_status rc = begin_event(interview, &event, body);

    for (unsigned number = 1; rc == BC_OK && number <= BC_FIELD_MAX; number++) {
        const struct bc_field *field = &schema->field[number];
        bool asked = field->name && !fields;

        for (size_t i = 0; field->name && fields && fields[i]; i++)
            asked |= strcmp(fields[i], field->name) == 0;
        if (asked)
            rc = ask_value(interview, &event, number, question_of(interview, body, number));
        if (rc == BC_OK && asked && lacks(interview, &event, number))
            break;
    }
    if (rc == BC_OK && (!only_said || says_something(&event)))
        end_event(interview, &event);
    return rc;
}

static bc_status ask_property(struct interview *interview, const char *name)
{
    struct bc_buf question = { 0 };
    struct bc_event event;
    bc_status rc = begin_event(interview, &event, BC_PROPERTY_CHANGED);

    event.value[BC_PROPERTY_CHANGED_NAME].text = bc_str_of(name);
    bc_buf_printf(&question, "%s%s", name,
                  bc_property_is_day(bc_str_of(name))      ? " (DATE)"
                  : bc_property_is_amount(bc_str_of(name)) ? " (AMOUNT)"
                                                           : "");
    bc_buf_add_byte(&question, '\0');
    if (rc == BC_OK)
        rc = ask_value(interview, &event, BC_PROPERTY_CHANGED_VALUE, question.at);
    if (rc == BC_OK && event.value[BC_PROPERTY_CHANGED_VALUE].text.len > 0)
        end_event(interview, &event);
    bc_buf_release(&question);
    return rc;
}

/* When what comes next happened. */
static bc_status ask_when(struct interview *interview, const char *question)
{
    const char *answer;
    bc_status rc;

    while ((rc = ask(interview, &answer, question)) == BC_OK) {
        struct bc_err why = { 0 };

        interview->us = interview->desk->reading.now_us;
        interview->is_day = false;
        if (answer[0])
            rc = record_when_read(&interview->us, &interview->is_day, answer,
                                  &interview->desk->reading, &why);
        if (rc == BC_OK)
            return rc;
        if (!is_wrong(interview, rc, &why))
            return failed(interview, rc, &why);
    }
    return rc;
}

/* --- the whole --- */

/* Will it do as the name of a new deal? */
static bc_status check_new(const struct interview *interview, const char *deal, struct bc_err *why)
{
    uint64_t *seqs = NULL;
    size_t n = 0;
    bc_status rc;

    if (deal[0] == '\0')
        return bc_err_set(why, BC_E_USAGE, "a deal must be named");
    if (strlen(deal) > BC_DEAL_MAX)
        return bc_err_set(why, BC_E_USAGE, "it is longer than %d bytes", BC_DEAL_MAX);
    rc = bc_timelines_seqs(interview->desk->timelines, bc_str_of(deal), &seqs, &n, why);
    free(seqs);
    if (rc >= 0 && n > 0)
        return bc_err_set(why, BC_E_USAGE,
                          "%zu event%s about it already, expected a new deal; `record --file` adds "
                          "to one",
                          n, n == 1 ? " is" : "s are");
    return rc < 0 ? rc : BC_OK;
}

static bc_status ask_deal(struct interview *interview)
{
    bc_status rc;

    while ((rc = ask(interview, &interview->deal, "deal (what names it for ever)")) == BC_OK) {
        struct bc_err why = { 0 };

        rc = check_new(interview, interview->deal, &why);
        if (rc == BC_OK)
            break;
        if (!is_wrong(interview, rc, &why))
            return failed(interview, rc, &why);
    }
    if (rc == BC_OK && !interview->actor)
        rc = ask(interview, &interview->actor, "actor (who did it)");
    return rc;
}

/* What is known of a deal from its beginning. */
static bc_status ask_beginning(struct interview *interview)
{
    static const char *const created[] = { "name", "stage", "deal_type", "owner", NULL };
    static const char *const properties[] = { "tier",         "amount",       "mrr",
                                              "currency",     "company",      "contract_start",
                                              "contract_end", "target_start", "target_end",
                                              "renews" };
    bc_status rc = ask_when(interview, "when did it begin? (WHEN; empty: now)");

    if (rc == BC_OK)
        rc = ask_event(interview, BC_DEAL_CREATED, created, false);
    if (rc == BC_OK)
        rc = ask_event(interview, BC_LEAD_CAPTURED, NULL, true);
    if (rc == BC_OK)
        rc = ask_event(interview, BC_QUALIFICATION_RECORDED, NULL, true);
    for (size_t i = 0; rc == BC_OK && i < sizeof(properties) / sizeof(properties[0]); i++)
        rc = ask_property(interview, properties[i]);
    return rc;
}

static void list_events(const struct interview *interview)
{
    for (int body = BC_STAGE_CHANGED; body < BC_BODY_END; body++)
        if (body != BC_REPORT_ISSUED && body != BC_RULES_PUBLISHED)
            say(interview, bc_schema((enum bc_body)body)->json_name);
}

/* One event after the other, until none is named. */
static bc_status ask_rest(struct interview *interview)
{
    static const char question[] =
        "what happened then? (stageChanged, meetingLogged, ...; ? lists them; empty: nothing more)";
    const char *answer;
    bc_status rc;

    while ((rc = ask(interview, &answer, question)) == BC_OK && answer[0]) {
        struct bc_err why = { 0 };
        enum bc_body body;

        if (strcmp(answer, "?") == 0) {
            list_events(interview);
            continue;
        }
        body = record_body_of(answer, &why);
        if (body == BC_NO_BODY) {
            say(interview, why.message);
            continue;
        }
        rc = ask_when(interview, "when? (WHEN; empty: now)");
        if (rc == BC_OK)
            rc = ask_event(interview, body, NULL, false);
        if (rc != BC_OK)
            return rc;
    }
    return rc;
}

bc_status record_interview(struct record_sheet *sheet, struct dialogue *dialogue,
                           const struct record_desk *desk, const char *actor,
                           struct record_leave leave, struct bc_err *err)
{
    struct interview interview = { .dialogue = dialogue,
                                   .desk = desk,
                                   .sheet = sheet,
                                   .leave = leave,
                                   .err = err,
                                   .actor = actor };
    bc_status rc = ask_deal(&interview);

    if (rc == BC_OK)
        rc = ask_beginning(&interview);
    if (rc == BC_OK)
        rc = ask_rest(&interview);
    return rc;
}
