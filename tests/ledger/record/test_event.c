/* What makes an event acceptable: every limit and every required field, for each body that the
 * schema has. */
#include "ledger/base/instant.h"
#include "ledger/record/event.h"
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

static const struct bc_str list_items[] = { BYTES("one"), BYTES("two") };

/* A good event of a body, with every field given. */
static struct bc_event full(enum bc_body body)
{
    const struct bc_schema *schema = bc_schema(body);
    struct bc_event event = { .id = BC_STR("e1"),
                              .has_occurred = true,
                              .occurred_us = 5,
                              .deal = BC_STR("d1"),
                              .body = body };

    for (unsigned f = 1; f <= BC_FIELD_MAX; f++)
        if (schema->field[f].name)
            event.value[f] = (struct bc_value){ .text = BC_STR("2025-03-31"),
                                                .yes = true,
                                                .set = true,
                                                .us = 7,
                                                .items = list_items,
                                                .item_n = ARRAY_LEN(list_items) };
    return event;
}

static void check_bad(const struct bc_event *event, const char *part, unsigned field,
                      const char *word)
{
    struct bc_where where = { 0 };
    struct bc_err err = { 0 };

    assert_int_equal(bc_event_check(event, &where, &err), BC_E_INPUT);
    assert_int_equal(bc_event_check(event, NULL, NULL), BC_E_INPUT);
    assert_string_equal(where.part, part);
    assert_int_equal(where.field, field);
    if (!strstr(err.message, word))
        fail_msg("\"%s\" does not say \"%s\"", err.message, word);
}

static void check_good(const struct bc_event *event)
{
    struct bc_where where = { 0 };
    struct bc_err err = { 0 };

    check_ok(bc_event_check(event, &where, &err), &err);
}

static void texts_known_to_be_sound_are_not_looked_at(void **state)
{
    struct bc_event event = full(BC_REVIEW_HELD);
    (void)state;

    event.actor = BC_STR("\xff");
    check_bad(&event, "actor", 0, "UTF-8");
    event.sound = true;
    check_good(&event);
    event.id = (struct bc_str){ event.id.at, BC_ID_MAX + 1 };
    check_bad(&event, "id", 0, "expected at most 512");
}

static void the_schema_is_whole(void **state)
{
    (void)state;
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        const struct bc_schema *schema = bc_schema((enum bc_body)body);
        unsigned fields = 0;

        assert_int_equal(bc_body_of(bc_str_of(schema->json_name)), body);
        for (unsigned f = 1; f <= BC_FIELD_MAX; f++) {
            if (!schema->field[f].name)
                continue;
            fields++;
            assert_int_equal(bc_field_of((enum bc_body)body, bc_str_of(schema->field[f].json_name)),
                             f);
        }
        assert_true(fields > 0);
        assert_int_equal(bc_field_of((enum bc_body)body, BC_STR("nothing")), 0);
        assert_int_equal(bc_field_of((enum bc_body)body, BC_STR("")), 0);
    }
    assert_int_equal(bc_body_of(BC_STR("deal_created")), BC_NO_BODY);
    assert_int_equal(bc_body_of(BC_STR("")), BC_NO_BODY);
}

static void a_full_event_of_every_body_is_good(void **state)
{
    (void)state;
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        struct bc_event event = full((enum bc_body)body);

        check_good(&event);
    }
}

/* Only the required fields must be there. */
static void each_field_is_required_or_not(void **state)
{
    (void)state;
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        const struct bc_schema *schema = bc_schema((enum bc_body)body);

        for (unsigned f = 1; f <= BC_FIELD_MAX; f++) {
            struct bc_event event = full((enum bc_body)body);

            event.value[f] = (struct bc_value){ 0 };
            if (schema->field[f].name && schema->field[f].required)
                check_bad(&event, schema->json_name, f, schema->field[f].json_name);
            else
                check_good(&event);
        }
    }
}

static void deals_are_needed_by_these_bodies_only(void **state)
{
    static const enum bc_body needing[] = { BC_DEAL_CREATED,  BC_STAGE_CHANGED, BC_PROPERTY_CHANGED,
                                            BC_DEAL_DELETED,  BC_DEAL_RESTORED, BC_DEAL_MERGED,
                                            BC_DEAL_ENROLLED, BC_LOSS_RECORDED };

    (void)state;
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        struct bc_event event = full((enum bc_body)body);
        bool needs = false;

        for (size_t i = 0; i < ARRAY_LEN(needing); i++)
            needs = needs || needing[i] == (enum bc_body)body;
        event.deal = (struct bc_str){ 0 };
        if (needs)
            check_bad(&event, "deal", 0, "no deal");
        else
            check_good(&event);
    }
}

/* Bad text is refused in every field that takes text. */
static void every_text_is_utf8_without_nul(void **state)
{
    static const struct bc_str bad[] = { BYTES("2025-03-31\0"), BYTES("\xff"),
                                         BYTES("a\xed\xa0\x80") };

    (void)state;
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        const struct bc_schema *schema = bc_schema((enum bc_body)body);

        for (unsigned f = 1; f <= BC_FIELD_MAX; f++) {
            for (size_t i = 0; schema->field[f].name && i < ARRAY_LEN(bad); i++) {
                struct bc_event event = full((enum bc_body)body);

                event.value[f].text = bad[i];
                event.value[f].items = &bad[i];
                event.value[f].item_n = 1;
                if (schema->field[f].type == BC_BOOL || schema->field[f].type == BC_TIME)
                    check_good(&event);
                else
                    check_bad(&event, schema->json_name, f, schema->field[f].json_name);
            }
        }
    }
}

static void every_time_is_in_the_years_1970_to_9999(void **state)
{
    static const int64_t bad[] = { -1, INT64_MIN, BC_INSTANT_MAX + 1, INT64_MAX };
    size_t times = 0;

    (void)state;
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        const struct bc_schema *schema = bc_schema((enum bc_body)body);

        for (unsigned f = 1; f <= BC_FIELD_MAX; f++) {
            struct bc_event event = full((enum bc_body)body);

            if (!schema->field[f].name || schema->field[f].type != BC_TIME)
                continue;
            times++;
            for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                event.value[f].us = bad[i];
                check_bad(&event, schema->json_name, f, "range");
            }
            event.value[f].us = 0;
            check_good(&event);
            event.value[f].us = BC_INSTANT_MAX;
            check_good(&event);
        }
    }
    assert_int_equal(times, 2); /* startsAt, effectiveFrom */
}

static void a_date_is_a_day_that_exists(void **state)
{
    struct bc_event event = full(BC_LOSS_RECORDED);

    (void)state;
    event.value[3].text = BC_STR("2025-02-29");
    check_bad(&event, "lossRecorded", 3, "reengageAfter");
    event.value[3].text = BC_STR("soon");
    check_bad(&event, "lossRecorded", 3, "YYYY-MM-DD");
}

/* One change to a good event's envelope. */
struct envelope_row {
    const char *name;
    void (*change)(struct bc_event *event);
    const char *part, *word; /* NULL: good */
};

static char long_text[1000];

static struct bc_str of_length(size_t len)
{
    memset(long_text, 'x', sizeof(long_text));
    return (struct bc_str){ long_text, len };
}

static void no_id(struct bc_event *event)
{
    event->id.len = 0;
}
static void id_512(struct bc_event *event)
{
    event->id = of_length(512);
}
static void id_513(struct bc_event *event)
{
    event->id = of_length(513);
}
static void id_nul(struct bc_event *event)
{
    event->id = (struct bc_str){ "a\0b", 3 };
}
static void id_latin1(struct bc_event *event)
{
    event->id = bc_str_of("\xe4");
}
static void deal_256(struct bc_event *event)
{
    event->deal = of_length(256);
}
static void deal_257(struct bc_event *event)
{
    event->deal = of_length(257);
}
static void actor_bad(struct bc_event *event)
{
    event->actor = bc_str_of("\xff");
}
static void system_bad(struct bc_event *event)
{
    event->source_system = bc_str_of("\xff");
}
static void ref_bad(struct bc_event *event)
{
    event->source_ref = bc_str_of("\xff");
}
static void how_bad(struct bc_event *event)
{
    event->source_how = (struct bc_str){ "\0", 1 };
}
static void not_occurred(struct bc_event *event)
{
    event->has_occurred = false;
}
static void occurred_early(struct bc_event *event)
{
    event->occurred_us = -1;
}
static void occurred_first(struct bc_event *event)
{
    event->occurred_us = 0;
}
static void occurred_last(struct bc_event *event)
{
    event->occurred_us = BC_INSTANT_MAX;
}
static void occurred_late(struct bc_event *event)
{
    event->occurred_us = BC_INSTANT_MAX + 1;
}
static void source_recorded_late(struct bc_event *event)
{
    event->has_source_recorded = true;
    event->source_recorded_us = BC_INSTANT_MAX + 1;
}
static void recorded_early(struct bc_event *event)
{
    event->has_recorded = true;
    event->recorded_us = -1;
}
static void no_body(struct bc_event *event)
{
    event->body = BC_NO_BODY;
}
static void unknown_body(struct bc_event *event)
{
    event->body = BC_NO_BODY;
    event->unknown = (struct bc_str){ "\xca\x03\x00", 3 };
}

static struct envelope_row envelope_rows[] = {
    { "an event needs an id", no_id, "id", "no id" },
    { "an id may have 512 bytes", id_512, NULL, NULL },
    { "an id may not have 513 bytes", id_513, "id", "513" },
    { "an id holds no NUL", id_nul, "id", "U+0000" },
    { "an id is UTF-8", id_latin1, "id", "UTF-8" },
    { "a deal may have 256 bytes", deal_256, NULL, NULL },
    { "a deal may not have 257 bytes", deal_257, "deal", "257" },
    { "an actor is UTF-8", actor_bad, "actor", "UTF-8" },
    { "a source's system is UTF-8", system_bad, "source", "source.system" },
    { "a source's ref is UTF-8", ref_bad, "source", "source.ref" },
    { "a source's how holds no NUL", how_bad, "source", "source.how" },
    { "an event needs a time", not_occurred, "occurredAt", "no occurredAt" },
    { "not before 1970", occurred_early, "occurredAt", "range" },
    { "the first instant will do", occurred_first, NULL, NULL },
    { "the last instant will do", occurred_last, NULL, NULL },
    { "not after 9999", occurred_late, "occurredAt", "range" },
    { "nor may the source have learnt of it then", source_recorded_late, "sourceRecordedAt",
      "range" },
    { "nor was it recorded before 1970", recorded_early, "recordedAt", "range" },
    { "an event needs a body", no_body, "", "no body" },
    { "a body that this build does not know is one", unknown_body, NULL, NULL },
};

static void envelope_row(void **state)
{
    const struct envelope_row *row = *state;
    struct bc_event event = full(BC_STAGE_CHANGED);

    row->change(&event);
    if (row->part)
        check_bad(&event, row->part, 0, row->word);
    else
        check_good(&event);
}

static void properties_hold_days_or_amounts_by_their_names(void **state)
{
    static const char *const days[] = { "contract_start", "contract_end", "parked_until",
                                        "target_start", "target_end" };

    (void)state;
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        assert_true(bc_property_is_day(bc_str_of(days[i])));
        assert_false(bc_property_is_amount(bc_str_of(days[i])));
    }
    assert_true(bc_property_is_amount(BC_STR("amount")));
    assert_true(bc_property_is_amount(BC_STR("mrr")));
    assert_false(bc_property_is_day(BC_STR("mrr")));
    assert_false(bc_property_is_day(BC_STR("close_date")));
    assert_false(bc_property_is_day(BC_STR("Contract_end")));
    assert_false(bc_property_is_day(BC_STR("")));
}

int main(void)
{
    enum { MADE = 9 };
    struct CMUnitTest tests[ARRAY_LEN(envelope_rows) + MADE] = {
        cmocka_unit_test(the_schema_is_whole),
        cmocka_unit_test(a_full_event_of_every_body_is_good),
        cmocka_unit_test(each_field_is_required_or_not),
        cmocka_unit_test(deals_are_needed_by_these_bodies_only),
        cmocka_unit_test(every_text_is_utf8_without_nul),
        cmocka_unit_test(texts_known_to_be_sound_are_not_looked_at),
        cmocka_unit_test(every_time_is_in_the_years_1970_to_9999),
        cmocka_unit_test(a_date_is_a_day_that_exists),
        cmocka_unit_test(properties_hold_days_or_amounts_by_their_names),
    };

    for (size_t i = 0; i < ARRAY_LEN(envelope_rows); i++)
        tests[MADE + i] = (struct CMUnitTest){ envelope_rows[i].name, envelope_row, NULL, NULL,
                                               &envelope_rows[i] };
    return cmocka_run_group_tests_name("ledger/record/event", tests, NULL, NULL);
}
