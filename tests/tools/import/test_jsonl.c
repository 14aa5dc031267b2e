/* Files of JSONL: what is a line, the place of a fault, and what comes after it. */
#include "tests/support/check.h"
#include "tests/support/file.h"
#include "tools/import/importer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TIME      "\"occurredAt\":\"2024-01-02T03:04:05Z\""
#define EVENT(id) "{\"id\":\"" id "\"," TIME ",\"reviewHeld\":{}}"
#define MAX       ((size_t)16 << 20)

/* A file, and what reading it gives: "LINE=ID" for an event, "LINE:COLUMN" for a bad line. */
struct row {
    const char *name;
    struct bc_str file;
    const char *want;
};

#define FILE_OF(text)                                                                              \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

static struct row rows[] = {
    { "an empty file is no events", FILE_OF(""), "" },
    { "a file of empty lines is no events", FILE_OF("\n\r\n \t\n\n"), "" },
    { "a byte order mark alone is no events", FILE_OF("\xef\xbb\xbf"), "" },
    { "a line is an event", FILE_OF(EVENT("a") "\n" EVENT("b") "\n"), "1=a 2=b" },
    { "the last line needs no end", FILE_OF(EVENT("a") "\n" EVENT("b")), "1=a 2=b" },
    { "lines may end with CR and LF", FILE_OF(EVENT("a") "\r\n\r\n" EVENT("b") "\r\n"), "1=a 3=b" },
    { "nor does a last line that ends with CR alone", FILE_OF(EVENT("a") "\r\n" EVENT("b") "\r"),
      "1=a 2=b" },
    { "a byte order mark may begin the file and counts for no column",
      FILE_OF("\xef\xbb\xbf" EVENT("a") "\n{\"id\":1}"), "1=a 2:7" },
    { "nor does it on a bad first line", FILE_OF("\xef\xbb\xbf{\"id\":1}\n"), "1:7" },
    { "a byte order mark further on is a fault",
      FILE_OF(EVENT("a") "\n\xef\xbb\xbf" EVENT("b") "\n"), "1=a 2:1" },
    { "empty lines are passed over and counted", FILE_OF("\n\n" EVENT("a") "\n\n" EVENT("b")),
      "3=a 5=b" },
    { "a bad line does not end the reading", FILE_OF("{\n" EVENT("a") "\n[1]\n" EVENT("b") "\n"),
      "1:2 2=a 3:1 4=b" },
    { "a cut last line is a fault", FILE_OF(EVENT("a") "\n{\"id\":\"b\""), "1=a 2:10" },
    { "an event over two lines is two faults", FILE_OF("{\"id\":\n\"a\"}\n"), "1:7 2:4" },
    { "the second line of an event is looked at on its own",
      FILE_OF("{\"id\":\"a\"," TIME ",\"reviewHeld\":\n{}}\n" EVENT("b") "\n"), "1:60 2:3 3=b" },
    { "a list over two lines with an escape in the second is two faults",
      FILE_OF("{\"id\":\"a\"," TIME
              ",\"reviewHeld\":{\"experiments\":[\"x\",\n\"\\t\"]}}\n" EVENT("b")),
      "1:80 2:5 3=b" },
    { "an open string spoils its own line only",
      FILE_OF(EVENT("a") "\n{\"id\":\"b\n" EVENT("c") "\n" EVENT("d")), "1=a 2:7 3=c 4=d" },
    { "a backslash outside of strings spoils its own line only",
      FILE_OF("{\"id\":\\\n" EVENT("b") "\n"), "1:7 2=b" },
    { "a NUL byte in a string is a fault", FILE_OF("{\"id\":\"a\0b\"}\n" EVENT("c")), "1:7 2=c" },
    { "a NUL byte between values is a fault", FILE_OF("{\"id\":\0}\n"), "1:7" },
    { "a NUL byte after an event is a fault", FILE_OF("{}\0\n"), "1:3" },
    { "a line of NUL bytes is a fault", FILE_OF("\0\0\0\n"), "1:1" },
    { "invalid UTF-8 stands where its string begins", FILE_OF("{\"id\":\"a\xc3\"}\n"), "1:7" },
    { "a fault of meaning has its column", FILE_OF("{\"id\":\"\"," TIME ",\"reviewHeld\":{}}\n"),
      "1:7" },
    { "what is missing has column 1", FILE_OF("{\"id\":\"a\"}\n"), "1:1" },
};

/* Reads a file to its end, and says in words what came. */
static void read_all(struct bc_buf *got, struct importer *importer, const char *path)
{
    const struct bc_event *event;
    char place[512];

    for (;;) {
        struct bc_err err = { 0 };
        bc_status rc = importer->next(importer, &event, &err);

        if (rc == BC_DONE)
            break;
        if (got->len)
            bc_buf_add_byte(got, ' ');
        if (rc == BC_OK) {
            bc_buf_printf(got, "%" PRIu64 "=%.*s", importer->line, BC_STR_ARG(event->id));
            continue;
        }
        assert_int_equal(rc, BC_E_INPUT);
        assert_false(importer->broken);
        (void)snprintf(place, sizeof(place), "%s:%" PRIu64 ":", path, importer->line);
        assert_memory_equal(err.context, place, strlen(place));
        bc_buf_printf(got, "%" PRIu64 ":%s", importer->line, err.context + strlen(place));
    }
    bc_buf_add_byte(got, '\0');
}

static void row_test(void **state)
{
    const struct row *row = *state;
    const char *path = file_make(row->file);
    struct importer *importer;
    struct bc_buf got = { 0 };
    struct bc_err err = { 0 };

    check_ok(importer_jsonl(&importer, path, &err), &err);
    read_all(&got, importer, path);
    assert_string_equal(got.at, row->want);
    assert_int_equal(importer->bytes, row->file.len);
    importer_free(importer);
    bc_buf_release(&got);
    file_remove();
}

/* A file with a note so long that its event has `len` bytes on line 2, events before and after. */
static void add_long_file(struct bc_buf *out, size_t len, const char *end)
{
    static const char head[] = "{\"id\":\"b\"," TIME ",\"reviewHeld\":{\"note\":\"",
                      tail[] = "\"}}";
    size_t note_len = len - (sizeof(head) - 1) - (sizeof(tail) - 1);

    bc_buf_printf(out, "%s%s%s", EVENT("a"), end, head);
    memset(bc_buf_room(out, note_len), 'x', note_len);
    out->len += note_len;
    bc_buf_printf(out, "%s%s%s", tail, end, EVENT("c"));
}

static void long_lines(void **state)
{
    static const struct {
        size_t len;
        const char *end, *want;
    } lines[] = {
        { MAX, "\n", "1=a 2=b 3=c" },
        { MAX, "\r\n", "1=a 2=b 3=c" },
        { MAX + 1, "\n", "1=a 2:16777217 3=c" },
        { MAX + 1, "\r\n", "1=a 2:16777217 3=c" },
        { 3 * MAX, "\n", "1=a 2:16777217 3=c" },
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        struct bc_buf file = { 0 }, got = { 0 };
        struct importer *importer;
        struct bc_err err = { 0 };
        const char *path;

        add_long_file(&file, lines[i].len, lines[i].end);
        path = file_make(bc_buf_str(&file));
        check_ok(importer_jsonl(&importer, path, &err), &err);
        read_all(&got, importer, path);
        assert_string_equal(got.at, lines[i].want);
        importer_free(importer);
        file_remove();
        bc_buf_release(&file);
        bc_buf_release(&got);
    }
}

static void a_last_line_too_long_ends_the_file(void **state)
{
    struct bc_buf file = { 0 }, got = { 0 };
    struct importer *importer;
    struct bc_err err = { 0 };
    const char *path;
    (void)state;

    memset(bc_buf_room(&file, 2 * MAX), '[', 2 * MAX);
    file.len = 2 * MAX;
    path = file_make(bc_buf_str(&file));
    check_ok(importer_jsonl(&importer, path, &err), &err);
    read_all(&got, importer, path);
    assert_string_equal(got.at, "1:16777217");
    importer_free(importer);
    file_remove();
    bc_buf_release(&file);
    bc_buf_release(&got);
}

/* Events in such number that they are read in several goes, a bad line in the middle of them. */
static void many_lines(void **state)
{
    enum { LINES = 20000, BAD = 7000 };
    struct bc_buf file = { 0 }, got = { 0 }, want = { 0 };
    struct importer *importer;
    struct bc_err err = { 0 };
    const char *path;
    (void)state;

    for (unsigned i = 1; i <= LINES; i++) {
        if (i > 1)
            bc_buf_add_byte(&want, ' ');
        if (i == BAD) {
            bc_buf_printf(&file, "{\"id\":\"a\tb\"}\r\n");
            bc_buf_printf(&want, "%u:7", i);
            continue;
        }
        bc_buf_printf(&file, "{\"id\":\"%u\\\"\"," TIME ",\"reviewHeld\":{}}\r\n", i);
        bc_buf_printf(&want, "%u=%u\"", i, i);
    }
    bc_buf_add_byte(&want, '\0');
    path = file_make(bc_buf_str(&file));
    check_ok(importer_jsonl(&importer, path, &err), &err);
    read_all(&got, importer, path);
    assert_string_equal(got.at, want.at);
    importer_free(importer);
    file_remove();
    bc_buf_release(&file);
    bc_buf_release(&got);
    bc_buf_release(&want);
}

static void a_line_is_kept_as_it_stands(void **state)
{
    static const char *const want[] = { "{ }", " {\"id\":3} ", EVENT("a") };
    const char *path = file_make(BC_STR("{ }\r\n\n {\"id\":3} \n" EVENT("a") "\n"));
    const struct bc_event *event;
    struct importer *importer;
    struct bc_err err = { 0 };
    (void)state;

    check_ok(importer_jsonl(&importer, path, &err), &err);
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        (void)importer->next(importer, &event, &err);
        assert_true(bc_str_eq(importer->raw, bc_str_of(want[i])));
    }
    assert_int_equal(importer->column(importer, (struct bc_where){ "id", 0 }), 7);
    assert_int_equal(importer->column(importer, (struct bc_where){ "reviewHeld", 0 }), 60);
    importer_free(importer);
    file_remove();
}

static void what_cannot_be_opened(void **state)
{
    static const struct {
        const char *path, *message;
    } files[] = {
        { "/tmp", "cannot read /tmp: Is a directory" },
        { "/tmp/no such file", "cannot open /tmp/no such file: No such file or directory" },
        { "", "cannot open : No such file or directory" },
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct importer *importer = NULL;
        struct bc_err err = { 0 };

        assert_int_equal(importer_jsonl(&importer, files[i].path, &err), BC_E_IO);
        assert_string_equal(err.message, files[i].message);
        assert_null(importer);
    }
}

static void a_file_without_permission(void **state)
{
    const char *path = file_make(BC_STR(""));
    struct importer *importer;
    struct bc_err err = { 0 };
    bool readable;
    (void)state;

    assert_int_equal(chmod(path, 0), 0);
    readable = access(path, R_OK) == 0; /* root may read everything */
    if (!readable) {
        assert_int_equal(importer_jsonl(&importer, path, &err), BC_E_IO);
        assert_non_null(strstr(err.message, "Permission denied"));
    }
    file_remove();
    if (readable)
        skip();
}

static void a_read_that_fails_is_no_end(void **state)
{
    const struct bc_event *event;
    struct importer *importer;
    struct bc_err err = { 0 };
    (void)state;

    if (access("/proc/self/mem", R_OK) != 0)
        skip();
    check_ok(importer_jsonl(&importer, "/proc/self/mem", &err), &err); /* address 0 */
    assert_int_equal(importer->next(importer, &event, &err), BC_E_IO);
    assert_string_equal(err.message, "cannot read /proc/self/mem: Input/output error");
    importer_free(importer);
}

/* Standard input, one write at a time: a line is handed out before the next is there. */
static void a_feed_is_read_line_by_line(void **state)
{
    static const char first[] = EVENT("a") "\n{\"id\"", second[] = ":1}\n";
    int ends[2], before = dup(STDIN_FILENO);
    const struct bc_event *event;
    struct importer *importer;
    struct bc_err err = { 0 };
    (void)state;

    assert_int_equal(pipe(ends), 0);
    assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
    check_ok(importer_jsonl(&importer, "-", &err), &err);
    assert_int_equal(write(ends[1], first, sizeof(first) - 1), sizeof(first) - 1);
    check_ok(importer->next(importer, &event, &err), &err);
    assert_true(bc_str_eq(event->id, BC_STR("a")));
    assert_int_equal(write(ends[1], second, sizeof(second) - 1), sizeof(second) - 1);
    assert_int_equal(importer->next(importer, &event, &err), BC_E_INPUT);
    assert_string_equal(err.context, "-:2:7");
    assert_int_equal(close(ends[1]), 0);
    assert_int_equal(importer->next(importer, &event, &err), BC_DONE);
    importer_free(importer);
    assert_true(dup2(before, STDIN_FILENO) >= 0);
    (void)close(ends[0]);
    (void)close(before);
}

#define TEST(function, label)                                                                      \
    {                                                                                              \
        label, function, NULL, NULL, NULL                                                          \
    }

int main(void)
{
    static struct CMUnitTest tests[ARRAY_LEN(rows) + 8] = {
        TEST(long_lines, "a line has at most 16 MiB, and one that has more is passed over"),
        TEST(a_last_line_too_long_ends_the_file, "a last line may be too long"),
        TEST(many_lines, "a bad line among many has its place, and those around it are read"),
        TEST(a_line_is_kept_as_it_stands, "the line is kept as it stands, its parts are found"),
        TEST(what_cannot_be_opened, "a directory or no file cannot be read"),
        TEST(a_file_without_permission, "a file that may not be read cannot be opened"),
        TEST(a_read_that_fails_is_no_end, "a read that fails is no end of the file"),
        TEST(a_feed_is_read_line_by_line, "a feed is read line by line"),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[8 + i] = (struct CMUnitTest){ rows[i].name, row_test, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/import/jsonl", tests, NULL, NULL);
}
