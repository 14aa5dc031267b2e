/* Files of length-delimited protobuf: every record comes back whole, and none that is cut does. */
#include "ledger/record/codec.h"
#include "tests/support/check.h"
#include "tests/support/every_body.h"
#include "tests/support/file.h"
#include "tools/import/importer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* id, occurredAt (1970), and reviewHeld without a field. */
#define EVENT(id) "\x1a\x01" id "\x22\x00\x82\x03\x00"
#define SIZED(id) "\x08" EVENT(id)

/* A file, and what reading it gives: "RECORD=ID" for an event, "RECORD:BYTE" for a bad record, and
 * "!" where the rest cannot be read. */
struct row {
    const char *name;
    struct bc_str file;
    const char *want, *message; /* of the last fault */
};

#define FILE_OF(bytes)                                                                             \
    {                                                                                              \
        (bytes), sizeof(bytes) - 1                                                                 \
    }

static struct row rows[] = {
    { "an empty file is no events", FILE_OF(""), "", "" },
    { "records stand one after the other", FILE_OF(SIZED("a") SIZED("b")), "1=a 2=b", "" },
    { "an empty record is a fault", FILE_OF("\0" SIZED("b")), "1:1 2=b", "no id" },
    { "an event without a body is a fault", FILE_OF("\x05\x1a\x01y\x22\x00" SIZED("b")), "1:1 2=b",
      "no body" },
    { "a fault of meaning has the byte of the text",
      FILE_OF("\x0b\x1a\x01y\x22\x00\x32\x01\xff\x82\x03\x00" SIZED("b")), "1:8 2=b", "UTF-8" },
    { "a fault in a body has the byte of the text",
      FILE_OF("\x0c\x1a\x01y\x22\x00\x82\x03\x04\x0a\x02\xc3x" SIZED("b")), "1:11 2=b", "UTF-8" },
    { "a U+0000 in a text is a fault", FILE_OF("\x08\x1a\x01\0\x22\x00\x82\x03\x00"), "1:3",
      "U+0000" },
    { "bytes that are no event are a fault, and the next record is read",
      FILE_OF("\x03\x1a\x05y" SIZED("b")), "1:1 2=b", "byte 2" },
    { "two bodies are a fault", FILE_OF("\x0b" EVENT("a") "\x9a\x03\x00" SIZED("b")), "1:1 2=b",
      "second body" },
    { "a file cut in a record", FILE_OF(SIZED("a") "\x08\x1a\x01"), "1=a 2:1!",
      "ends within a record" },
    { "a file cut in a length", FILE_OF(SIZED("a") "\x88"), "1=a 2:1!",
      "within a record's length" },
    { "a length that is no number",
      FILE_OF(SIZED("a") "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), "1=a 2:1!", "no length" },
    { "a length beyond all events", FILE_OF("\xff\xff\xff\xff\x0f" SIZED("a")), "1:1!",
      "a record of 4294967295 bytes" },
    { "text is no such file", FILE_OF("{\"id\":\"a\"}\n"), "1:1!", "" },
};

static void read_all(struct bc_buf *got, struct bc_err *err, const char *path)
{
    const struct bc_event *event;
    struct importer *importer;
    char place[512];
    bc_status rc;

    check_ok(importer_proto(&importer, path, err), err);
    for (;;) {
        rc = importer->next(importer, &event, err);
        if (rc == BC_DONE)
            break;
        if (got->len)
            bc_buf_add_byte(got, ' ');
        if (rc == BC_OK) {
            bc_buf_printf(got, "%" PRIu64 "=%.*s", importer->line, BC_STR_ARG(event->id));
            continue;
        }
        assert_int_equal(rc, BC_E_INPUT);
        (void)snprintf(place, sizeof(place), "%s:%" PRIu64 ":", path, importer->line);
        assert_memory_equal(err->context, place, strlen(place));
        bc_buf_printf(got, "%" PRIu64 ":%s%s", importer->line, err->context + strlen(place),
                      importer->broken ? "!" : "");
        if (importer->broken)
            break;
    }
    bc_buf_add_byte(got, '\0');
    importer_free(importer);
}

static void row_test(void **state)
{
    const struct row *row = *state;
    const char *path = file_make(row->file);
    struct bc_buf got = { 0 };
    struct bc_err err = { 0 };

    read_all(&got, &err, path);
    assert_string_equal(got.at, row->want);
    if (!strstr(err.message, row->message))
        fail_msg("\"%s\" does not hold \"%s\"", err.message, row->message);
    bc_buf_release(&got);
    file_remove();
}

/* A file with an event of every body, each with a body and fields of a newer schema beside it. */
static void add_every_body(struct bc_buf *out)
{
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        struct bc_event event = every_body_event((enum bc_body)body);
        struct bc_buf record = { 0 };

        event.unknown = BC_STR("\xc2\x3e\x03new");
        event.source_unknown = BC_STR("\xc8\x3e\x01");
        event.body_unknown = BC_STR("\xca\x3e\x03new");
        bc_encode_prefix(&record, (uint64_t)body, 1);
        bc_encode_content(&record, &event);
        bc_varint_add(out, record.len);
        bc_buf_add_str(out, bc_buf_str(&record));
        bc_buf_release(&record);
    }
}

static void every_body_comes_back(void **state)
{
    struct bc_buf file = { 0 };
    const struct bc_event *event;
    struct importer *importer;
    struct bc_err err = { 0 };
    (void)state;

    add_every_body(&file);
    check_ok(importer_proto(&importer, file_make(bc_buf_str(&file)), &err), &err);
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++) {
        struct bc_event want = every_body_event((enum bc_body)body);

        check_ok(importer->next(importer, &event, &err), &err);
        assert_true(bc_str_eq(event->unknown, BC_STR("\xc2\x3e\x03new")));
        assert_true(bc_str_eq(event->source_unknown, BC_STR("\xc8\x3e\x01")));
        assert_true(bc_str_eq(event->body_unknown, BC_STR("\xca\x3e\x03new")));
        want.unknown = event->unknown;
        want.source_unknown = event->source_unknown;
        want.body_unknown = event->body_unknown;
        every_body_check_same(event, &want);
        assert_int_equal(event->seq, 0);
        assert_true(event->has_recorded);
        assert_int_equal(event->recorded_us, 1);
    }
    assert_int_equal(importer->next(importer, &event, &err), BC_DONE);
    assert_int_equal(importer->bytes, file.len);
    importer_free(importer);
    bc_buf_release(&file);
    file_remove();
}

static void a_newer_body_is_kept(void **state)
{
    static const char newer[] = "\x0b\x1a\x01z\x22\x00\xa2\x3e\x03new";
    const struct bc_event *event;
    struct importer *importer;
    struct bc_err err = { 0 };
    (void)state;

    check_ok(importer_proto(&importer, file_make(BC_STR(newer)), &err), &err);
    check_ok(importer->next(importer, &event, &err), &err);
    assert_int_equal(event->body, BC_NO_BODY);
    assert_true(bc_str_eq(event->unknown, BC_STR("\xa2\x3e\x03new")));
    importer_free(importer);
    file_remove();
}

/* However a file is cut, what was whole is read and the cut is reported, unless it is between
 * records. */
static void a_file_cut_anywhere(void **state)
{
    static const char whole[] = SIZED("a") SIZED("b") SIZED("c");
    static const char *const before[] = { "", "1=a", "1=a 2=b", "1=a 2=b 3=c" };
    static const size_t record_len = sizeof(SIZED("a")) - 1;
    (void)state;

    for (size_t len = 0; len < sizeof(whole); len++) {
        struct bc_buf got = { 0 };
        struct bc_err err = { 0 };
        char want[64];
        size_t n = len / record_len;

        read_all(&got, &err, file_make((struct bc_str){ whole, len }));
        (void)snprintf(want, sizeof(want), "%s", before[n]);
        if (len % record_len != 0)
            (void)snprintf(want, sizeof(want), "%s%s%zu:1!", before[n], n ? " " : "", n + 1);
        assert_string_equal(got.at, want);
        bc_buf_release(&got);
        file_remove();
    }
}

static void records_have_a_limit(void **state)
{
    static const struct {
        size_t len;
        const char *want;
    } sizes[] = { { BC_EVENT_MAX, "1=a 2=b" }, { BC_EVENT_MAX + 1, "1:1!" } };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct bc_buf file = { 0 }, got = { 0 };
        struct bc_err err = { 0 };
        size_t head_len = sizeof(EVENT("a")) - 1, text_len = sizes[i].len - head_len - 5;

        bc_varint_add(&file, sizes[i].len);
        bc_buf_add(&file, EVENT("a"), head_len);
        bc_buf_add_byte(&file, '\x3a'); /* actor */
        bc_varint_add(&file, text_len);
        memset(bc_buf_room(&file, text_len), 'x', text_len);
        file.len += text_len;
        bc_buf_add(&file, SIZED("b"), sizeof(SIZED("b")) - 1);
        read_all(&got, &err, file_make(bc_buf_str(&file)));
        assert_string_equal(got.at, sizes[i].want);
        bc_buf_release(&file);
        bc_buf_release(&got);
        file_remove();
    }
}

static void a_directory_is_no_file(void **state)
{
    struct importer *importer = NULL;
    struct bc_err err = { 0 };
    (void)state;

    assert_int_equal(importer_proto(&importer, "/tmp", &err), BC_E_IO);
    assert_string_equal(err.message, "cannot read /tmp: Is a directory");
    assert_null(importer);
}

#define TEST(function, label)                                                                      \
    {                                                                                              \
        label, function, NULL, NULL, NULL                                                          \
    }

int main(void)
{
    static struct CMUnitTest tests[ARRAY_LEN(rows) + 5] = {
        TEST(every_body_comes_back, "an event of every body comes back with what is unknown in it"),
        TEST(a_newer_body_is_kept, "an event whose body is unknown is kept"),
        TEST(a_file_cut_anywhere, "a file cut anywhere tells so, unless between records"),
        TEST(records_have_a_limit, "a record has at most 16 MiB"),
        TEST(a_directory_is_no_file, "a directory cannot be read"),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[5 + i] = (struct CMUnitTest){ rows[i].name, row_test, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/import/import_proto", tests, NULL, NULL);
}
