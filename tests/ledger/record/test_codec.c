/* Stored bytes are what protobuf makes of an event, and nothing gets lost in them: each body of the
 * schema goes through the generated code; unknown fields survive; no bytes do harm. */
#include "ledger/base/instant.h"
#include "ledger/record/codec.h"
#include "proto/event.pb-c.h"
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

static const struct bc_str list_items[] = { BYTES("first"), BYTES(""), BYTES("third") };

enum { ENVELOPE = 4 }; /* fields of it that `which` picks */

/* An event of a body; `which` picks the fields that are given, a bit each. */
static struct bc_event make(enum bc_body body, unsigned which)
{
    const struct bc_schema *schema = bc_schema(body);
    struct bc_event event = { .id = BC_STR("e/1"),
                              .has_occurred = true,
                              .occurred_us = INT64_C(1743413400123456),
                              .has_source_recorded = which & 1,
                              .source_recorded_us = which & 1 ? 1743413400 * BC_SECOND_US : 0,
                              .deal = BC_STR("deal 7"),
                              .actor = which & 2 ? BC_STR("user/9") : (struct bc_str){ 0 },
                              .source_system = which & 4 ? BC_STR("csv") : (struct bc_str){ 0 },
                              .source_how = which & 8 ? BC_STR("FORM") : (struct bc_str){ 0 },
                              .body = body };

    for (unsigned f = 1; f <= BC_FIELD_MAX; f++) {
        struct bc_value *value = &event.value[f];

        if (!schema->field[f].name || !(which >> f & 1))
            continue;
        switch (schema->field[f].type) {
        case BC_TEXT:
        case BC_DAY:
            value->text = bc_str_of(schema->field[f].json_name);
            break;
        case BC_BOOL:
            value->yes = true;
            break;
        case BC_TIME:
            value->set = true;
            value->us = (int64_t)f * 1000;
            break;
        case BC_LIST:
            value->items = list_items;
            value->item_n = ARRAY_LEN(list_items);
            break;
        }
    }
    return event;
}

static void encode(struct bc_buf *out, const struct bc_event *event)
{
    out->len = 0;
    bc_encode_prefix(out, 300, INT64_C(1743413500000001));
    bc_encode_content(out, event);
}

/* The submessage in a field of a generated message. */
static ProtobufCMessage *submessage(const ProtobufCMessage *message, unsigned number)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field(message->descriptor, number);
    ProtobufCMessage *out;

    memcpy(&out, (const char *)message + field->offset, sizeof(out));
    return out;
}

/* protobuf-c knows every field in the bytes, and packs them to the same bytes. */
static void check_generated(struct bc_str bytes, enum bc_body body)
{
    Backcast__Event *event = backcast__event__unpack(NULL, bytes.len, (const uint8_t *)bytes.at);
    uint8_t *again = bc_malloc(bytes.len);

    assert_non_null(event);
    assert_int_equal(event->body_case, body);
    assert_int_equal(event->base.n_unknown_fields, 0);
    assert_int_equal(submessage(&event->base, body)->n_unknown_fields, 0);
    assert_int_equal(event->seq, 300);
    assert_string_equal(event->id, "e/1");
    assert_int_equal(event->occurred_at->seconds, 1743413400);
    assert_int_equal(event->occurred_at->nanos, 123456000);
    assert_int_equal(backcast__event__get_packed_size(event), bytes.len);
    (void)backcast__event__pack(event, again);
    assert_memory_equal(again, bytes.at, bytes.len);
    free(again);
    backcast__event__free_unpacked(event, NULL);
}

static void check_value(enum bc_type type, const struct bc_value *got, const struct bc_value *want)
{
    switch (type) {
    case BC_TEXT:
    case BC_DAY:
        assert_true(bc_str_eq(got->text, want->text));
        break;
    case BC_BOOL:
        assert_int_equal(got->yes, want->yes);
        break;
    case BC_TIME:
        assert_int_equal(got->set, want->set);
        assert_int_equal(got->us, want->us);
        break;
    case BC_LIST:
        assert_int_equal(got->item_n, want->item_n);
        for (size_t i = 0; i < got->item_n; i++)
            assert_true(bc_str_eq(got->items[i], want->items[i]));
        break;
    }
}

static void check_decoded(struct bc_str bytes, const struct bc_event *want, bc_arena *arena)
{
    struct bc_buf again = { 0 };
    struct bc_err err = { 0 };
    struct bc_event got;

    check_ok(bc_decode(&got, bytes, arena, &err), &err);
    assert_int_equal(got.seq, 300);
    assert_true(got.has_recorded && got.has_occurred);
    assert_int_equal(got.recorded_us, INT64_C(1743413500000001));
    assert_int_equal(got.occurred_us, want->occurred_us);
    assert_int_equal(got.has_source_recorded, want->has_source_recorded);
    assert_int_equal(got.source_recorded_us, want->source_recorded_us);
    assert_true(bc_str_eq(got.id, want->id));
    assert_true(bc_str_eq(got.deal, want->deal));
    assert_true(bc_str_eq(got.actor, want->actor));
    assert_true(bc_str_eq(got.source_system, want->source_system));
    assert_true(bc_str_eq(got.source_ref, want->source_ref));
    assert_true(bc_str_eq(got.source_how, want->source_how));
    assert_int_equal(got.body, want->body);
    for (unsigned f = 1; f <= BC_FIELD_MAX; f++)
        if (bc_schema(want->body)->field[f].name)
            check_value(bc_schema(want->body)->field[f].type, &got.value[f], &want->value[f]);
    encode(&again, &got);
    assert_true(bc_str_eq(bc_buf_str(&again), bytes));
    bc_buf_release(&again);
}

static bool has_all_required(const struct bc_event *event, unsigned which)
{
    for (unsigned f = 1; f <= BC_FIELD_MAX; f++)
        if (bc_schema(event->body)->field[f].required && !(which >> f & 1))
            return false;
    return true;
}

static void every_body_with_any_fields_is_what_protobuf_makes_of_it(void **state)
{
    bc_arena *arena = bc_arena_new();
    struct bc_buf bytes = { 0 };

    (void)state;
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        const unsigned end = bc_schema((enum bc_body)body)->field_end;

        for (unsigned which = 0; which < 1U << (end < ENVELOPE ? ENVELOPE : end); which++) {
            struct bc_event event = make((enum bc_body)body, which);

            bc_arena_reset(arena);
            encode(&bytes, &event);
            check_decoded(bc_buf_str(&bytes), &event, arena);
            if (has_all_required(&event, which)) /* the generated code insists on these */
                check_generated(bc_buf_str(&bytes), event.body);
        }
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
}

/* --- what is not known --- */

static void add_field(struct bc_buf *out, uint32_t field, struct bc_str bytes)
{
    bc_varint_add(out, (uint64_t)field << 3 | 2);
    bc_varint_add(out, bytes.len);
    bc_buf_add_str(out, bytes);
}

/* Unknown fields of each kind on the wire, in one message. */
static struct bc_str unknown_of_every_kind(struct bc_buf *out)
{
    bc_varint_add(out, 1000 << 3 | 0);
    bc_varint_add(out, UINT64_MAX);
    bc_varint_add(out, 1001 << 3 | 1);
    bc_buf_add(out, "12345678", 8);
    add_field(out, 1002, BC_STR("of a newer version"));
    bc_varint_add(out, 1003 << 3 | 5);
    bc_buf_add(out, "1234", 4);
    bc_varint_add(out, UINT64_C(0x1fffffff) << 3 | 0);
    bc_varint_add(out, 0);
    return bc_buf_str(out);
}

static void unknown_fields_survive_in_every_message(void **state)
{
    struct bc_buf unknown = { 0 }, bytes = { 0 }, again = { 0 };
    struct bc_event event = make(BC_REVIEW_HELD, 0xff), got;
    bc_arena *arena = bc_arena_new();
    struct bc_err err = { 0 };

    (void)state;
    event.unknown = event.source_unknown = event.body_unknown = unknown_of_every_kind(&unknown);
    encode(&bytes, &event);
    check_ok(bc_decode(&got, bc_buf_str(&bytes), arena, &err), &err);
    assert_true(bc_str_eq(got.unknown, event.unknown));
    assert_true(bc_str_eq(got.source_unknown, event.source_unknown));
    assert_true(bc_str_eq(got.body_unknown, event.body_unknown));
    encode(&again, &got);
    assert_true(bc_str_eq(bc_buf_str(&again), bc_buf_str(&bytes)));
    bc_arena_free(arena);
    bc_buf_release(&unknown);
    bc_buf_release(&bytes);
    bc_buf_release(&again);
}

static void an_unknown_body_survives(void **state)
{
    struct bc_event event = make(BC_RETRACTED, 0), got;
    struct bc_buf unknown = { 0 }, bytes = { 0 };
    struct bc_err err = { 0 };

    (void)state;
    add_field(&unknown, BC_BODY_END + 5, BC_STR("\x0a\x03xyz"));
    event.body = BC_NO_BODY;
    event.unknown = bc_buf_str(&unknown);
    encode(&bytes, &event);
    check_ok(bc_decode(&got, bc_buf_str(&bytes), NULL, &err), &err);
    assert_int_equal(got.body, BC_NO_BODY);
    assert_true(bc_str_eq(got.unknown, event.unknown));
    check_ok(bc_event_check(&got, NULL, &err), &err);
    bc_buf_release(&unknown);
    bc_buf_release(&bytes);
}

/* A list may be torn apart by unknown fields, as often as there is room: this many of them once
 * took a copy each. */
static void unknown_fields_strewn_through_a_list_are_gathered(void **state)
{
    struct bc_buf body = { 0 }, bytes = { 0 }, want = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_err err = { 0 };
    struct bc_event got;
    const size_t n = 200000;

    (void)state;
    for (size_t i = 0; i < n; i++) {
        add_field(&body, 2, BC_STR("x"));
        bc_varint_add(&body, 9 << 3 | 0);
        bc_varint_add(&body, i % 128);
        bc_varint_add(&want, 9 << 3 | 0);
        bc_varint_add(&want, i % 128);
    }
    add_field(&bytes, 3, BC_STR("e"));
    add_field(&bytes, BC_REVIEW_HELD, bc_buf_str(&body));
    check_ok(bc_decode(&got, bc_buf_str(&bytes), arena, &err), &err);
    assert_int_equal(got.value[2].item_n, n);
    assert_true(bc_str_eq(got.body_unknown, bc_buf_str(&want)));
    bc_arena_free(arena);
    bc_buf_release(&body);
    bc_buf_release(&bytes);
    bc_buf_release(&want);
}

/* --- what other writers may write --- */

static struct form_row {
    const char *name;
    struct bc_str bytes;
    bool good;
} form_rows[] = {
    { "nothing is an empty event", BYTES(""), true },
    { "fields in another order are read",
      BYTES("\x32\x01"
            "d\x1a\x01"
            "e\x08\x05"),
      true },
    { "an empty text counts as absent", BYTES("\x1a\x00"), true },
    { "an empty timestamp is the epoch", BYTES("\x22\x00"), true },
    { "a timestamp with nanos first", BYTES("\x22\x04\x10\x05\x08\x07"), true },
    { "a varint longer than need be", BYTES("\x08\x85\x80\x00"), true },
    { "an id twice",
      BYTES("\x1a\x01"
            "e\x1a\x01"
            "e"),
      false },
    { "a body twice", BYTES("\x8a\x01\x03\x0a\x01x\x8a\x01\x03\x0a\x01x"), false },
    { "two bodies", BYTES("\x8a\x01\x03\x0a\x01x\x82\x01\x00"), false },
    { "a field of a body twice", BYTES("\x8a\x01\x06\x0a\x01x\x0a\x01x"), false },
    { "a field of the source twice", BYTES("\x42\x06\x0a\x01x\x0a\x01x"), false },
    { "seconds twice", BYTES("\x22\x04\x08\x01\x08\x01"), false },
    { "an unknown field in a timestamp", BYTES("\x22\x02\x18\x01"), false },
    { "nanos past the second", BYTES("\x22\x06\x10\x80\x94\xeb\xdc\x03"), false },
    { "negative seconds", BYTES("\x22\x0b\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), false },
    { "negative nanos", BYTES("\x22\x0b\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), false },
    { "the year 10000", BYTES("\x22\x07\x08\x80\xdc\xc9\x88\xb0\x07"), false },
    { "an id that is a number", BYTES("\x18\x01"), false },
    { "a seq that is a text", BYTES("\x0a\x01x"), false },
    { "a flag that is a text", BYTES("\x8a\x01\x03\x1a\x01x"), false },
    { "a text that is a fixed number", BYTES("\x1d\x01\x02\x03\x04"), false },
    { "a list that is a number", BYTES("\x82\x03\x02\x10\x01"), false },
    { "the begin of a group", BYTES("\x0b"), false },
    { "the end of a group", BYTES("\x0c"), false },
    { "a kind of field that does not exist", BYTES("\x0f"), false },
    { "field number 0", BYTES("\x00\x01"), false },
    { "a field number past the greatest", BYTES("\x80\x80\x80\x80\x10\x00"), false },
    { "a length past the end", BYTES("\x1a\x05xyz"), false },
    { "a length past all memory", BYTES("\x1a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), false },
    { "a field of a body past the body's end", BYTES("\x8a\x01\x03\x0a\x05xyzuv"), false },
    { "a number that does not end", BYTES("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
      false },
    { "a fixed number that is cut off", BYTES("\xc5\x3e\x01\x02"), false },
    { "plain text", BYTES("{\"id\": \"e\"}\n"), false },
};

static void form_row(void **state)
{
    const struct form_row *row = *state;
    struct bc_event out = { .seq = 77 };
    bc_arena *arena = bc_arena_new();
    struct bc_err err = { 0 };
    bc_status rc = bc_decode(&out, row->bytes, arena, &err);

    if (row->good) {
        check_ok(rc, &err);
    } else {
        assert_int_equal(rc, BC_E_INPUT);
        assert_non_null(strstr(err.message, "byte "));
        assert_int_equal(out.seq, 77);
    }
    bc_arena_free(arena);
}

static void flags_written_as_no_and_empty_parts_are_the_same_content(void **state)
{
    /* stageChanged {to: "x", from: "", observed: false}, an empty source and actor */
    const struct bc_str loose = BC_STR("\x1a\x01"
                                       "e\x22\x02\x08\x05\x32\x01"
                                       "d\x3a\x00\x42\x00\x8a\x01\x07\x0a\x01x\x12\x00\x18\x00");
    const struct bc_str tight = BC_STR("\x1a\x01"
                                       "e\x22\x02\x08\x05\x32\x01"
                                       "d\x8a\x01\x03\x0a\x01x");
    struct bc_buf again = { 0 };
    struct bc_event event;
    struct bc_err err = { 0 };

    (void)state;
    check_ok(bc_decode(&event, loose, NULL, &err), &err);
    bc_encode_content(&again, &event);
    assert_true(bc_str_eq(bc_buf_str(&again), tight));
    bc_buf_release(&again);
}

/* --- no bytes do harm --- */

/* Whatever can be read is written, and read again to the same. */
static void decode_and_again(struct bc_str bytes)
{
    struct bc_buf one = { 0 }, two = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_event event;
    struct bc_err err = { 0 };
    bc_status rc = bc_decode(&event, bytes, arena, &err);

    if (rc == BC_OK) {
        (void)bc_event_check(&event, NULL, &err);
        bc_encode_content(&one, &event);
        check_ok(bc_decode(&event, bc_buf_str(&one), arena, &err), &err);
        bc_encode_content(&two, &event);
        assert_true(bc_str_eq(bc_buf_str(&one), bc_buf_str(&two)));
    } else {
        assert_int_equal(rc, BC_E_INPUT);
    }
    bc_arena_free(arena);
    bc_buf_release(&one);
    bc_buf_release(&two);
}

static void every_cut_of_an_event_is_read_or_refused(void **state)
{
    struct bc_buf bytes = { 0 }, unknown = { 0 };

    (void)state;
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        struct bc_event event = make((enum bc_body)body, ~0U);

        unknown.len = 0;
        event.body_unknown = unknown_of_every_kind(&unknown);
        encode(&bytes, &event);
        for (size_t len = 0; len < bytes.len; len++) {
            char *cut = malloc(len ? len : 1); /* so that reading past it is found */

            memcpy(cut, bytes.at, len);
            decode_and_again((struct bc_str){ cut, len });
            free(cut);
        }
    }
    bc_buf_release(&bytes);
    bc_buf_release(&unknown);
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void altered_and_random_bytes_are_read_or_refused(void **state)
{
    uint64_t seed = 20240229;
    struct bc_buf bytes = { 0 }, unknown = { 0 };

    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    (void)unknown_of_every_kind(&unknown);
    for (int round = 0; round < 60000; round++) {
        enum bc_body body =
            (enum bc_body)(BC_DEAL_CREATED + next_random(&seed) % (BC_BODY_END - BC_DEAL_CREATED));
        struct bc_event event = make(body, (unsigned)next_random(&seed));
        size_t changes = next_random(&seed) % 4;
        char *copy;

        event.unknown = event.source_unknown = bc_buf_str(&unknown);
        encode(&bytes, &event);
        if (round % 8 == 0)
            bytes.len = next_random(&seed) % 40;
        copy = malloc(bytes.len + 1);
        memcpy(copy, bytes.at, bytes.len);
        for (size_t i = 0; i < (round % 8 ? changes : bytes.len); i++)
            copy[next_random(&seed) % (bytes.len + 1)] = (char)next_random(&seed);
        decode_and_again((struct bc_str){ copy, bytes.len });
        free(copy);
    }
    bc_buf_release(&bytes);
    bc_buf_release(&unknown);
}

/* --- prefix and varint --- */

static void the_prefix_stands_in_front_of_the_content(void **state)
{
    struct bc_event event = make(BC_STAGE_CHANGED, 0xff);
    struct bc_buf bytes = { 0 }, content_want = { 0 };
    struct bc_str content;
    int64_t recorded_us;
    uint64_t seq;

    (void)state;
    bc_encode_content(&content_want, &event);
    for (uint64_t want = 1; want; want <<= 7) {
        bytes.len = 0;
        bc_encode_prefix(&bytes, want, (int64_t)(want % BC_INSTANT_MAX));
        bc_encode_content(&bytes, &event);
        assert_true(bc_decode_prefix(&content, &seq, &recorded_us, bc_buf_str(&bytes)));
        assert_int_equal(seq, want);
        assert_int_equal(recorded_us, want % BC_INSTANT_MAX);
        assert_true(bc_str_eq(content, bc_buf_str(&content_want)));
    }
    for (size_t len = 0; len < bytes.len - content.len; len++)
        assert_false(
            bc_decode_prefix(&content, &seq, &recorded_us, (struct bc_str){ bytes.at, len }));
    assert_false(bc_decode_prefix(&content, &seq, &recorded_us, bc_buf_str(&content_want)));
    bc_buf_release(&bytes);
    bc_buf_release(&content_want);
}

static void varints_go_there_and_back(void **state)
{
    static const uint64_t values[] = {
        0, 1, 127, 128, 16383, 16384, UINT32_MAX, INT64_MAX, UINT64_MAX, 1 << 28, UINT64_C(1) << 63
    };
    struct bc_buf bytes = { 0 };
    uint64_t got;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        bytes.len = 0;
        bc_varint_add(&bytes, values[i]);
        assert_int_equal(bc_varint_get(&got, bc_buf_str(&bytes)), bytes.len);
        assert_true(got == values[i]);
        for (size_t len = 0; len < bytes.len; len++)
            assert_int_equal(bc_varint_get(&got, (struct bc_str){ bytes.at, len }), 0);
    }
    assert_int_equal(bc_varint_get(&got, BC_STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02")), 0);
    assert_int_equal(bc_varint_get(&got, BC_STR("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01")),
                     0);
    bc_buf_release(&bytes);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(form_rows) + 9] = {
        cmocka_unit_test(every_body_with_any_fields_is_what_protobuf_makes_of_it),
        cmocka_unit_test(unknown_fields_survive_in_every_message),
        cmocka_unit_test(an_unknown_body_survives),
        cmocka_unit_test(unknown_fields_strewn_through_a_list_are_gathered),
        cmocka_unit_test(flags_written_as_no_and_empty_parts_are_the_same_content),
        cmocka_unit_test(every_cut_of_an_event_is_read_or_refused),
        cmocka_unit_test(altered_and_random_bytes_are_read_or_refused),
        cmocka_unit_test(the_prefix_stands_in_front_of_the_content),
        cmocka_unit_test(varints_go_there_and_back),
    };

    for (size_t i = 0; i < ARRAY_LEN(form_rows); i++)
        tests[9 + i] =
            (struct CMUnitTest){ form_rows[i].name, form_row, NULL, NULL, &form_rows[i] };
    return cmocka_run_group_tests_name("ledger/record/codec", tests, NULL, NULL);
}
