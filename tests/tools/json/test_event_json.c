/* An event's JSON: what is accepted, as what, what is refused and where, and what is written. */
#include "ledger/base/instant.h"
#include "tests/support/check.h"
#include "tests/support/every_body.h"
#include "tools/json/event_json.h"
#include "tools/json/json.h"

#include <string.h>

#define TIME  "\"occurredAt\":\"2024-01-02T03:04:05Z\""
#define START "{\"id\":\"a\"," TIME
#define SIX   "[[[[[["
#define MANY  SIX SIX SIX SIX SIX SIX SIX SIX SIX SIX SIX SIX SIX SIX SIX SIX SIX SIX SIX SIX

/* A line that is bad input. */
struct bad {
    const char *name, *line;
    size_t column;
    const char *message; /* holds this */
};

static struct bad bads[] = {
    { "a cut line ends where something is missing", "{\"id\":\"a\"", 10, "the line ends" },
    { "a cut string begins at its quote", "{\"id\":\"a", 7, "without its closing quote" },
    { "a missing comma is where the next token is", "{\"id\":\"a\" \"deal\":\"d\"}", 11, "\",\"" },
    { "a missing colon", "{\"id\" \"a\"}", 7, "\":\"" },
    { "a comma at the end of an object", START ",}", 47, "expected a key" },
    { "a comma at the end of a list", START ",\"reviewHeld\":{\"experiments\":[\"a\",]}}", 80,
      "expected a value" },
    { "a key without quotes", "{id:\"a\"}", 2, "found id, expected a key" },
    { "text after the object", START ",\"reviewHeld\":{}} x", 64, "the end of the line" },
    { "a second object in the line", START ",\"reviewHeld\":{}}{}", 63, "the end of the line" },
    { "brackets that do not match", START ",\"reviewHeld\":{]}", 61, "expected a key" },
    { "single quotes", "{'id':'a'}", 2, "found 'id'" },
    { "NaN is no JSON", "{\"seq\":NaN}", 8, "found NaN" },
    { "a number with a leading zero is no JSON", "{\"seq\":01}", 8, "found 01" },
    { "a word in capitals is no JSON", "{\"seq\":True}", 8, "found True" },
    { "an unknown escape", "{\"id\":\"a\\x\"}", 7, "escape in a string (byte 9)" },
    { "an escape without its digits", "{\"id\":\"a\\u12\"}", 7, "four hexadecimal" },
    { "an escaped U+0000", "{\"id\":\"a\\u0000\"}", 7, "U+0000" },
    { "a high surrogate alone", "{\"id\":\"\\ud83d\"}", 7, "unpaired surrogate (byte 8)" },
    { "a low surrogate alone", "{\"id\":\"\\ude00\"}", 7, "unpaired surrogate" },
    { "a high surrogate before another character", "{\"id\":\"\\ud800\\u0041\"}", 7,
      "unpaired surrogate" },
    { "two high surrogates", "{\"id\":\"\\ud800\\ud800\"}", 7, "unpaired surrogate" },
    { "a surrogate in a key", "{\"\\ud800\":1}", 2, "unpaired surrogate" },
    { "a surrogate as bytes", "{\"id\":\"\xed\xa0\x80\"}", 7, "invalid UTF-8 (byte 8)" },
    { "invalid UTF-8 in a string", "{\"id\":\"a\xff\"}", 7, "invalid UTF-8 (byte 9)" },
    { "an overlong form in UTF-8", "{\"id\":\"\xc0\x80\"}", 7, "invalid UTF-8" },
    { "invalid UTF-8 outside of strings", "{\xff}", 2, "invalid UTF-8 (byte 2)" },
    { "a raw control character in a string", "{\"id\":\"a\tb\"}", 7, "U+0009" },
    { "a second byte order mark", "\xef\xbb\xbf{}", 1, "expected a value" },
    { "no object but a list", "[]", 1, "a list, expected an event" },
    { "no object but text", " \"a\"", 2, "a string, expected an event" },
    { "no object but null", "null", 1, "null, expected an event" },
    { "an empty object", "{}", 1, "no id" },
    { "a key twice", "{\"id\":\"a\",\"id\":\"a\"}", 11, "\"id\" a second time" },
    { "a key twice, once written with an escape", "{\"id\":\"a\",\"\\u0069d\":\"a\"}", 11,
      "a second time" },
    { "a key twice, absent both times", "{\"deal\":null,\"deal\":null}", 14, "a second time" },
    { "a key twice in a body", START ",\"stageChanged\":{\"to\":\"x\",\"to\":\"y\"}}", 72,
      "a second time" },
    { "an unknown key in the envelope", "{\"id\":\"a\",\"dael\":\"d\"}", 11,
      "unknown key \"dael\"" },
    { "an unknown key is refused even with null", "{\"x\":null}", 2, "unknown key \"x\"" },
    { "a key by its name in the schema", "{\"occurred_at\":null}", 2, "unknown key" },
    { "an unknown key in a body", START ",\"stageChanged\":{\"til\":\"x\"}}", 63,
      "unknown key \"til\" in stageChanged" },
    { "an unknown key in the source", "{\"source\":{\"sys\":\"x\"}}", 12,
      "unknown key \"sys\" in source" },
    { "no id", "{" TIME ",\"reviewHeld\":{}}", 1, "no id" },
    { "an empty id stands where it stands", "{\"id\":\"\"," TIME ",\"reviewHeld\":{}}", 7,
      "no id" },
    { "no time", "{\"id\":\"a\",\"reviewHeld\":{}}", 1, "no occurredAt" },
    { "no body", START "}", 1, "no body" },
    { "a body given as null is not there", START ",\"reviewHeld\":null}", 1, "no body" },
    { "two bodies", START ",\"reviewHeld\":{},\"dealDeleted\":{}}", 77, "a second body" },
    { "a body that is text", START ",\"reviewHeld\":\"x\"}", 60, "reviewHeld is a string" },
    { "a required field is missing", START ",\"deal\":\"d\",\"stageChanged\":{}}", 1, "no to" },
    { "a required field is empty", START ",\"deal\":\"d\",\"stageChanged\":{\"to\":\"\"}}", 79,
      "no to" },
    { "a deal is needed", START ",\"stageChanged\":{\"to\":\"x\"}}", 1, "no deal" },
    { "an id that is a number", "{\"id\":12}", 7, "id is a number, expected a string" },
    { "an id that is an object", "{\"id\":{}}", 7, "id is an object" },
    { "a deal that is a list", "{\"deal\":[\"d\"]}", 9, "deal is a list" },
    { "a source that is text", "{\"source\":\"csv\"}", 11, "source is a string" },
    { "a flag that is text", START ",\"dealCreated\":{\"observed\":\"true\"}}", 73,
      "observed is a string, expected true or false" },
    { "a flag that is a number", START ",\"dealCreated\":{\"observed\":1}}", 73, "is a number" },
    { "a text that is true", START ",\"dealCreated\":{\"name\":true}}", 69, "name is true" },
    { "a list that is text", START ",\"reviewHeld\":{\"experiments\":\"e\"}}", 75,
      "a list of strings" },
    { "a list with a number in it", START ",\"reviewHeld\":{\"experiments\":[\"a\",0]}}", 80,
      "experiments holds a number" },
    { "a list with null in it", START ",\"reviewHeld\":{\"experiments\":[null]}}", 76,
      "holds null" },
    { "a time that is a number", "{\"occurredAt\":1711904400}", 15, "expected a timestamp" },
    { "a time without a zone", "{\"occurredAt\":\"2024-01-02T03:04:05\"}", 15, "no timestamp" },
    { "a date where a time is wanted", "{\"occurredAt\":\"2024-01-02\"}", 15, "no timestamp" },
    { "a year before 1970", "{\"occurredAt\":\"1969-12-31T23:59:59Z\"}", 15, "1970" },
    { "a year after 9999", "{\"occurredAt\":\"10000-01-01T00:00:00Z\"}", 15, "occurredAt: " },
    { "a year that leaves the range in UTC", "{\"occurredAt\":\"1970-01-01T00:00:00+01:00\"}", 15,
      "1970" },
    { "a day that does not exist", "{\"occurredAt\":\"2023-02-29T00:00:00Z\"}", 15, "range" },
    { "sourceRecordedAt is looked at too", "{\"sourceRecordedAt\":\"x\"}", 21, "no timestamp" },
    { "recordedAt is looked at too", "{\"recordedAt\":\"x\"}", 15, "no timestamp" },
    { "a date that does not exist",
      START
      ",\"deal\":\"d\",\"lossRecorded\":{\"reason\":\"price\",\"reengageAfter\":\"2023-02-29\"}}",
      107, "reengageAfter is no date" },
    { "a seq below 0", "{\"seq\":-1}", 8, "seq is -1" },
    { "a seq over 64 bits", "{\"seq\":18446744073709551616}", 8, "expected a whole number" },
    { "a seq over 64 bits as text", "{\"seq\":\"99999999999999999999\"}", 8, "whole number" },
    { "a seq with a fraction", "{\"seq\":1.5}", 8, "whole number" },
    { "a seq that is text", "{\"seq\":\"one\"}", 8, "whole number" },
    { "a seq that is true", "{\"seq\":true}", 8, "seq is true" },
    { "a nesting bomb of lists", "{\"id\":" MANY, 9, "within each other" },
    { "a nesting bomb of objects", "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":", 16, "within each other" },
};

static void bad_row(void **state)
{
    const struct bad *row = *state;
    event_reader *reader = event_reader_new();
    struct bc_event event;
    struct bc_err err = { 0 };
    size_t column = 0;

    assert_int_equal(event_reader_read(reader, &event, &column, bc_str_of(row->line), &err),
                     BC_E_INPUT);
    if (!strstr(err.message, row->message))
        fail_msg("\"%s\" does not hold \"%s\"", err.message, row->message);
    assert_int_equal(column, row->column);
    event_reader_free(reader);
}

/* Two lines that are the same event. */
struct same {
    const char *name, *line, *as;
};

#define REVIEW START ",\"reviewHeld\":{}}"
#define MOVED  START ",\"deal\":\"d\",\"stageChanged\":{\"to\":\"x\"}}"

static struct same sames[] = {
    { "order and white space do not matter",
      " { \"reviewHeld\" : { } ,\t" TIME " , \"id\" : \"a\" }\r", REVIEW },
    { "an empty text is absent", START ",\"deal\":\"\",\"reviewHeld\":{\"note\":\"\"}}", REVIEW },
    { "null is absent", START ",\"deal\":null,\"reviewHeld\":{\"note\":null}}", REVIEW },
    { "an empty list is absent", START ",\"deal\":[],\"reviewHeld\":{\"experiments\":[]}}",
      REVIEW },
    { "false is absent", START ",\"deal\":false,\"reviewHeld\":{\"experiments\":false}}", REVIEW },
    { "0 is absent", START ",\"deal\":0,\"reviewHeld\":{\"note\":-0.0e7,\"experiments\":0}}",
      REVIEW },
    { "a flag that is false, null, empty or 0 is absent",
      START ",\"deal\":\"d\",\"stageChanged\":{\"to\":\"x\",\"observed\":\"\"}}", MOVED },
    { "a time that is null or empty is absent",
      START ",\"sourceRecordedAt\":\"\",\"recordedAt\":null,\"reviewHeld\":{}}", REVIEW },
    { "a source with nothing in it is absent", START ",\"source\":{},\"reviewHeld\":{}}", REVIEW },
    { "a source with only absent fields is absent",
      START ",\"source\":{\"system\":\"\",\"ref\":null,\"how\":0},\"reviewHeld\":{}}", REVIEW },
    { "a source that is null is absent", START ",\"source\":null,\"reviewHeld\":{}}", REVIEW },
    { "a second body that is null is not there", START ",\"dealDeleted\":null,\"reviewHeld\":{}}",
      REVIEW },
    { "seq as text is passed over", START ",\"seq\":\"18446744073709551615\",\"reviewHeld\":{}}",
      REVIEW },
    { "seq as a number is passed over", START ",\"seq\":7,\"reviewHeld\":{}}", REVIEW },
    { "recordedAt is no content",
      START ",\"recordedAt\":\"2024-01-02T03:04:05Z\",\"reviewHeld\":{}}", REVIEW },
    { "an offset is another way to write an instant",
      "{\"id\":\"a\",\"occurredAt\":\"2024-01-02T05:34:05.000+02:30\",\"reviewHeld\":{}}", REVIEW },
    { "escapes are another way to write a text",
      "{\"\\u0069d\":\"\\u0061\"," TIME ",\"reviewHeld\":{}}", REVIEW },
    { "a pair of surrogates is one character",
      START ",\"reviewHeld\":{\"note\":\"\\ud83d\\uDE00\\u00e9\\/\"}}",
      START ",\"reviewHeld\":{\"note\":\"\xf0\x9f\x98\x80\xc3\xa9/\"}}" },
};

static void same_row(void **state)
{
    const struct same *row = *state;
    event_reader *one = event_reader_new(), *other = event_reader_new();
    struct bc_event a, b;
    struct bc_err err = { 0 };
    size_t column;

    check_ok(event_reader_read(one, &a, &column, bc_str_of(row->line), &err), &err);
    check_ok(event_reader_read(other, &b, &column, bc_str_of(row->as), &err), &err);
    every_body_check_same(&a, &b);
    assert_int_equal(a.seq, 0);
    event_reader_free(one);
    event_reader_free(other);
}

/* An event read and written. */
static struct same texts[] = {
    { "what has its default value is left out, a body is not",
      START ",\"seq\":0,\"deal\":\"\",\"source\":{},\"reviewHeld\":{\"note\":null}}",
      "{\"id\":\"a\"," TIME ",\"reviewHeld\":{}}" },
    { "keys come in one order, fields in the schema's",
      "{\"stageChanged\":{\"observed\":true,\"from\":\"y\",\"to\":\"x\"},\"source\":{\"how\":\"h\","
      "\"ref\":\"r\",\"system\":\"s\"},\"actor\":\"u\",\"deal\":\"d\",\"sourceRecordedAt\":"
      "\"2024-01-02T03:04:05Z\"," TIME ",\"recordedAt\":\"2024-01-02T03:04:06Z\",\"id\":\"a\"}",
      "{\"id\":\"a\",\"recordedAt\":\"2024-01-02T03:04:06Z\"," TIME ",\"sourceRecordedAt\":"
      "\"2024-01-02T03:04:05Z\",\"deal\":\"d\",\"actor\":\"u\",\"source\":{\"system\":\"s\","
      "\"ref\":\"r\",\"how\":\"h\"},\"stageChanged\":{\"to\":\"x\",\"from\":\"y\","
      "\"observed\":true}}" },
    { "instants have three digits, or six, in UTC",
      "{\"id\":\"a\",\"occurredAt\":\"2024-01-01T00:00:00.25+01:00\",\"sourceRecordedAt\":"
      "\"2024-01-01T00:00:00.0000019Z\",\"reviewHeld\":{}}",
      "{\"id\":\"a\",\"occurredAt\":\"2023-12-31T23:00:00.250Z\",\"sourceRecordedAt\":"
      "\"2024-01-01T00:00:00.000001Z\",\"reviewHeld\":{}}" },
    { "a list keeps its order and its empty texts",
      START ",\"reviewHeld\":{\"experiments\":[\"b\",\"\",\"a\"]}}",
      START ",\"reviewHeld\":{\"experiments\":[\"b\",\"\",\"a\"]}}" },
    { "control characters are escaped, other characters are not",
      START ",\"reviewHeld\":{\"note\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u001b\x7f\xc2\x9b\xc2\xa0"
            "\xe2\x82\xac\"}}",
      START ",\"reviewHeld\":{\"note\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u001b\\u007f\\u009b\xc2\xa0"
            "\xe2\x82\xac\"}}" },
};

static void text_row(void **state)
{
    const struct same *row = *state;
    event_reader *reader = event_reader_new();
    struct bc_buf out = { 0 };
    struct bc_event event;
    struct bc_err err = { 0 };
    size_t column;

    check_ok(event_reader_read(reader, &event, &column, bc_str_of(row->line), &err), &err);
    assert_int_equal(event_json_add(&out, &event), 0);
    bc_buf_add_byte(&out, '\0');
    assert_string_equal(out.at, row->as);
    bc_buf_release(&out);
    event_reader_free(reader);
}

static void every_body_comes_back(void **state)
{
    event_reader *reader = event_reader_new();
    struct bc_buf out = { 0 };
    (void)state;

    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        struct bc_event event = every_body_event((enum bc_body)body), back;
        struct bc_err err = { 0 };
        size_t column;

        out.len = 0;
        assert_int_equal(event_json_add(&out, &event), 0);
        check_ok(event_reader_read(reader, &back, &column, bc_buf_str(&out), &err), &err);
        every_body_check_same(&event, &back);
    }
    bc_buf_release(&out);
    event_reader_free(reader);
}

static void the_ledgers_fields_are_written(void **state)
{
    struct bc_event event = every_body_event(BC_REVIEW_HELD);
    struct bc_buf out = { 0 };
    (void)state;

    event.seq = UINT64_MAX;
    event.recorded_us = BC_INSTANT_MAX;
    event.unknown = BC_STR("\xc8\x3e\x01\xc1\x3e"
                           "12345678");
    event.body_unknown = BC_STR("\x9a\x06\x02hi");
    assert_int_equal(event_json_add(&out, &event), 3);
    bc_buf_add_byte(&out, '\0');
    assert_non_null(strstr(out.at, "{\"id\":\"an id\",\"seq\":\"18446744073709551615\","
                                   "\"recordedAt\":\"9999-12-31T23:59:59.999999Z\","));
    assert_null(strstr(out.at, "hi"));
    bc_buf_release(&out);
}

static void parts_are_found_by_column(void **state)
{
    static const char line[] =
        START ",\"deal\":\"d\",\"source\":null,\"stageChanged\":{\"to\":\"x\"},\"dealDeleted\":0}";
    static const struct {
        struct bc_where where;
        size_t column;
    } rows[] = {
        { { "id", 0 }, 7 },
        { { "occurredAt", 0 }, 24 },
        { { "deal", 0 }, 54 },
        { { "actor", 0 }, 1 },
        { { "stageChanged", 0 }, 87 },
        { { "stageChanged", BC_STAGE_CHANGED_TO }, 93 },
        { { "stageChanged", BC_STAGE_CHANGED_OBSERVED }, 1 },
        { { "retracted", BC_RETRACTED_EVENT }, 1 },
        { { "", 0 }, 1 },
    };
    event_reader *reader = event_reader_new();
    struct bc_event event;
    struct bc_err err = { 0 };
    size_t column;
    (void)state;

    check_ok(event_reader_read(reader, &event, &column, bc_str_of(line), &err), &err);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_int_equal(event_reader_column(reader, rows[i].where), rows[i].column);
    event_reader_free(reader);
}

static void limits_of_length_hold(void **state)
{
    static const struct {
        const char *key;
        size_t len;
        bc_status want;
    } rows[] = {
        { "id", BC_ID_MAX, BC_OK },     { "id", BC_ID_MAX + 1, BC_E_INPUT },
        { "deal", BC_DEAL_MAX, BC_OK }, { "deal", BC_DEAL_MAX + 1, BC_E_INPUT },
        { "actor", 100000, BC_OK },
    };
    event_reader *reader = event_reader_new();
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bc_buf line = { 0 };
        struct bc_event event;
        struct bc_err err = { 0 };
        size_t column = 0;

        bc_buf_printf(&line, "{\"%s\":\"%0*d\",%s" TIME ",\"reviewHeld\":{}}", rows[i].key,
                      (int)rows[i].len, 1, strcmp(rows[i].key, "id") == 0 ? "" : "\"id\":\"a\",");
        assert_int_equal(event_reader_read(reader, &event, &column, bc_buf_str(&line), &err),
                         rows[i].want);
        if (rows[i].want < 0)
            assert_int_equal(column, strlen(rows[i].key) + 5);
        bc_buf_release(&line);
    }
    event_reader_free(reader);
}

static void an_object_has_a_limit_of_keys(void **state)
{
    json_parser *parser = json_parser_new();
    const struct json_node *nodes;
    struct bc_buf line = { 0 };
    struct bc_err err = { 0 };
    size_t n, column;
    (void)state;

    bc_buf_add_byte(&line, '{');
    for (int i = 0; i < 100000; i++)
        bc_buf_printf(&line, "%s\"%05d\":1", i ? "," : "", i);
    bc_buf_add_byte(&line, '}');
    assert_int_equal(json_parse(parser, &nodes, &n, &column, bc_buf_str(&line), &err), BC_E_INPUT);
    assert_int_equal(column, 2 + JSON_KEYS_MAX * 10);
    assert_non_null(strstr(err.message, "more than 64 keys"));
    bc_buf_release(&line);
    json_parser_free(parser);
}

/* Each prefix of a line, and the line with each of its bytes made another: an event or a fault
 * whose column lies in the line, and what is read can be written and read again. */
static void no_bytes_do_harm(void **state)
{
    static const char sound[] =
        "{\"id\":\"\\u00e9\\ud83d\\ude00\",\"seq\":12," TIME ",\"source\":{\"ref\":\"\xc3\xa9\"},"
        "\"reviewHeld\":{\"note\":\"\\\\\",\"experiments\":[\"a\",\"b\"]}}";
    event_reader *reader = event_reader_new();
    char line[sizeof(sound)];
    (void)state;

    for (size_t i = 0; i < sizeof(sound); i++)
        for (int byte = -1; byte < 256; byte++) {
            struct bc_str text = { line, byte < 0 ? i : sizeof(sound) - 1 };
            struct bc_event event;
            struct bc_err err = { 0 };
            size_t column = 0;

            memcpy(line, sound, sizeof(sound));
            if (byte >= 0)
                line[i] = (char)byte;
            if (event_reader_read(reader, &event, &column, text, &err) < 0) {
                assert_in_range(column, 1, text.len + 1);
                assert_null(strstr(err.message, "no JSON that can be read")); /* it says why */
            }
        }
    event_reader_free(reader);
}

/* Texts are read in steps of several bytes: what is escaped is so wherever it is. */
static void escapes_are_written_anywhere(void **state)
{
    enum { LEN = 19 };
    struct bc_buf out = { 0 };
    (void)state;

    for (size_t i = 0; i < LEN; i++)
        for (int byte = 1; byte < 0x80; byte++) {
            const bool escaped = byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7f;
            char text[LEN], back[2 * LEN];
            size_t len, at;

            memset(text, '~', LEN);
            text[i] = (char)byte;
            out.len = 0;
            json_add_string(&out, (struct bc_str){ text, LEN });
            assert_int_equal(memchr(out.at, '\\', out.len) != NULL, escaped);
            assert_int_equal(out.at[0], '"');
            assert_int_equal(out.at[out.len - 1], '"');
            assert_true(out.len - 2 <= sizeof(back));
            assert_null(json_unescape(back, &len, &at, (struct bc_str){ out.at + 1, out.len - 2 }));
            assert_int_equal(len, LEN);
            assert_memory_equal(back, text, LEN);
            if (!escaped)
                assert_int_equal(out.len, LEN + 2);
        }
    bc_buf_release(&out);
}

#define TEST(function, label)                                                                      \
    {                                                                                              \
        label, function, NULL, NULL, NULL                                                          \
    }

int main(void)
{
    static struct CMUnitTest tests[ARRAY_LEN(bads) + ARRAY_LEN(sames) + ARRAY_LEN(texts) + 7] = {
        TEST(every_body_comes_back, "an event of every body is the same when it comes back"),
        TEST(the_ledgers_fields_are_written, "seq and recordedAt are written, unknown not"),
        TEST(parts_are_found_by_column, "each part is found by its column"),
        TEST(limits_of_length_hold, "id and deal have a limit of length, other texts none"),
        TEST(an_object_has_a_limit_of_keys, "an object of very many keys is refused at once"),
        TEST(escapes_are_written_anywhere, "what needs an escape is escaped wherever it stands"),
        TEST(no_bytes_do_harm, "no prefix and no changed byte does harm"),
    };
    size_t n = 7;

    for (size_t i = 0; i < ARRAY_LEN(bads); i++)
        tests[n++] = (struct CMUnitTest){ bads[i].name, bad_row, NULL, NULL, &bads[i] };
    for (size_t i = 0; i < ARRAY_LEN(sames); i++)
        tests[n++] = (struct CMUnitTest){ sames[i].name, same_row, NULL, NULL, &sames[i] };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        tests[n++] = (struct CMUnitTest){ texts[i].name, text_row, NULL, NULL, &texts[i] };
    return cmocka_run_group_tests_name("tools/json/event_json", tests, NULL, NULL);
}
