/* tools/byhand/record_form: a form says any event with any of its fields; what it makes has the
 * same ids each time, and other ids where it says something else; the form to fill in is one. */
#include "tests/support/check.h"
#include "tools/byhand/record_form.h"
#include "tools/json/event_json.h"

#include <stdio.h>
#include <string.h>

#define NOW INT64_C(1743494400000000) /* 2025-04-01T08:00:00Z */

struct read {
    bc_arena *arena;
    bc_zone *zone;
    struct record_form form;
    struct record_sheet sheet;
    struct bc_err err;
    bc_status rc;
};

static struct read read_form(const char *text)
{
    struct read read = { .arena = bc_arena_new() };
    struct record_reading reading = { .now_us = NOW, .arena = read.arena };

    check_ok(bc_zone_open(&read.zone, BC_STR("UTC"), &read.err), &read.err);
    reading.zone = read.zone;
    read.form.source = (struct bc_yaml_source){ "f.yaml", bc_str_of(text) };
    read.rc = record_form_read(&read.form, &read.sheet, &reading, &read.err);
    return read;
}

static void release(struct read *read)
{
    record_sheet_release(&read->sheet);
    free(read->form.places);
    bc_zone_free(read->zone);
    bc_arena_free(read->arena);
}

/* --- what forms say --- */

static struct row {
    const char *name, *events; /* of the deal d at 2025-03-20 */
    const char *want;          /* each event's body as JSON, a line each */
} rows[] = {
    { "one text is the only field that must be given", "stageChanged: proposal",
      "\"stageChanged\":{\"to\":\"proposal\"}\n" },
    { "names as options have them", "lead-captured: { campaign: a }\n    loss_recorded: price",
      "\"leadCaptured\":{\"campaign\":\"a\"}\n\"lossRecorded\":{\"reason\":\"price\"}\n" },
    { "no is as if nothing were said", "qualificationRecorded: { need: no, budget: yes }",
      "\"qualificationRecorded\":{\"budget\":true}\n" },
    { "an event of no fields is there as {}, and not when empty",
      "serviceStarted: {}\n    serviceEnded:", "\"serviceStarted\":{}\n" },
    { "a list of events, one of them empty", "learningRecorded: [a, { text: b }]",
      "\"learningRecorded\":{\"text\":\"a\"}\n\"learningRecorded\":{\"text\":\"b\"}\n" },
    { "properties, one of them unset", "properties: { tier: A, mrr: \"\", owner: }",
      "\"propertyChanged\":{\"name\":\"tier\",\"value\":\"A\"}\n"
      "\"propertyChanged\":{\"name\":\"mrr\"}\n" },
    { "a list and a single item of one",
      "reviewHeld: [{ experiments: [a, b, ] }, { experiments: c }]",
      "\"reviewHeld\":{\"experiments\":[\"a\",\"b\"]}\n\"reviewHeld\":{\"experiments\":[\"c\"]}"
      "\n" },
};

static void said_row(void **state)
{
    const struct row *row = *state;
    struct bc_buf text = { 0 }, got = { 0 };
    struct read read;

    bc_buf_printf(&text, "deal: d\nevents:\n  - at: 2025-03-20\n    %s\n", row->events);
    bc_buf_add_byte(&text, '\0');
    read = read_form(text.at);
    check_ok(read.rc, &read.err);
    for (size_t i = 0; i < read.sheet.n; i++) {
        struct bc_buf json = { 0 };
        const char *body;

        (void)event_json_add(&json, &read.sheet.events[i]);
        bc_buf_add_byte(&json, '\0');
        body = strstr(json.at, "\"source\":{\"system\":\"manual\"},");
        assert_non_null(body);
        body += strlen("\"source\":{\"system\":\"manual\"},");
        bc_buf_printf(&got, "%.*s\n", (int)strlen(body) - 1, body);
        bc_buf_release(&json);
    }
    bc_buf_add_byte(&got, '\0');
    assert_string_equal(got.at, row->want);
    release(&read);
    bc_buf_release(&got);
    bc_buf_release(&text);
}

/* --- ids --- */

static void ids_are_made_of_what_is_said(void **state)
{
    static const char *const other[] = {
        "deal: e\nevents:\n  - at: 2025-03-20\n    stageChanged: proposal\n",
        "deal: d\nevents:\n  - at: 2025-03-21\n    stageChanged: proposal\n",
        "deal: d\nevents:\n  - at: 2025-03-20\n    stageChanged: discovery\n",
        "deal: d\nevents:\n  - at: 2025-03-20\n    stageChanged: { from: a, to: proposal }\n",
        "deal: d\nevents:\n  - at: 2025-03-20\n    lossRecorded: proposal\n",
    };
    struct read one =
        read_form("deal: d\nevents:\n  - at: 2025-03-20\n    stageChanged: [proposal, proposal]\n");
    struct read same = read_form("# x\nevents:\n  - stage-changed: { to: 'proposal', from: }\n"
                                 "    deal: d\n    at: \"2025-03-20\"\n");

    (void)state;
    check_ok(one.rc, &one.err);
    check_ok(same.rc, &same.err);
    assert_true(bc_str_eq(one.sheet.events[0].id, same.sheet.events[0].id));
    assert_false(bc_str_eq(one.sheet.events[0].id, one.sheet.events[1].id));
    for (size_t i = 0; i < ARRAY_LEN(other); i++) {
        struct read read = read_form(other[i]);

        check_ok(read.rc, &read.err);
        assert_false(bc_str_eq(one.sheet.events[0].id, read.sheet.events[0].id));
        release(&read);
    }
    release(&one);
    release(&same);
}

/* --- every field --- */

static const char *sample(enum bc_type type)
{
    switch (type) {
    case BC_TEXT:
        return "x";
    case BC_BOOL:
        return "yes";
    case BC_TIME:
        return "2025-03-31 09:30";
    case BC_DAY:
        return "2025-03-31";
    case BC_LIST:
        return "[x, z]";
    }
    return "";
}

static void every_field_can_be_said(void **state)
{
    (void)state;
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        const struct bc_schema *schema = bc_schema((enum bc_body)body);
        struct bc_buf text = { 0 };
        struct bc_where where;
        struct read read;
        size_t n = 0, said = 0;

        bc_buf_printf(&text, "deal: d\nevents:\n  - %s:\n", schema->json_name);
        for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
            if (schema->field[number].name) {
                bc_buf_printf(&text, "      %s: %s\n", schema->field[number].json_name,
                              sample(schema->field[number].type));
                n++;
            }
        if (n == 0)
            continue;
        bc_buf_add_byte(&text, '\0');
        read = read_form(text.at);
        check_ok(read.rc, &read.err);
        assert_int_equal(read.sheet.n, 1);
        check_ok(bc_event_check(&read.sheet.events[0], &where, &read.err), &read.err);
        for (unsigned number = 1; number <= BC_FIELD_MAX; number++) {
            const struct bc_value *value = &read.sheet.events[0].value[number];

            said += value->text.len > 0 || value->yes || value->set || value->item_n > 0;
        }
        assert_int_equal(said, n);
        release(&read);
        bc_buf_release(&text);
    }
}

/* --- the form to fill in --- */

/* With every line of it that is left as a comment. */
static void the_form_to_fill_in_is_a_form(void **state)
{
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    struct read read;

    (void)state;
    check_ok(bc_rules_default(&rules, &err), &err);
    record_form_template(out, rules, 20179);
    assert_int_equal(fclose(out), 0);
    read = read_form(text);
    check_ok(read.rc, &read.err);
    assert_int_equal(read.sheet.n, 1);
    release(&read);
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        const struct bc_schema *schema = bc_schema((enum bc_body)body);
        char line[96];

        if (body == BC_REPORT_ISSUED || body == BC_RULES_PUBLISHED)
            continue;
        snprintf(line, sizeof(line), "\n#    %s:\n", schema->json_name);
        assert_non_null(strstr(text, line));
        for (unsigned number = 1; number <= BC_FIELD_MAX; number++)
            if (schema->field[number].name) {
                snprintf(line, sizeof(line), "\n#      %s: ", schema->field[number].json_name);
                assert_non_null(strstr(text, line));
            }
    }
    free(text);
    bc_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(ids_are_made_of_what_is_said),
        cmocka_unit_test(every_field_can_be_said),
        cmocka_unit_test(the_form_to_fill_in_is_a_form),
    };
    struct CMUnitTest tests[ARRAY_LEN(rows) + ARRAY_LEN(others)];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        tests[n++] = others[i];
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[n++] = (struct CMUnitTest){ rows[i].name, said_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/byhand/record_form", tests, NULL, NULL);
}
