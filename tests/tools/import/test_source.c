/* A feed, through a pipe: read as it comes, unless its first bytes say that it is gzipped. */
#include "ledger/base/mem.h"
#include "tests/support/check.h"
#include "tools/import/source.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* "ab\ncd\n", by `gzip -n`. */
#define PACKED                                                                                     \
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x4c\xe2\x4a\x4e\xe1\x02\x00\xd1\x8b\xf0\x55\x06" \
    "\x00\x00\x00"

/* "ab\nabcdefghijk" */
#define PACKED_LONG                                                                                \
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x4c\xe2\x4a\x4c\x4a\x4e\x49\x4d\x4b\xcf\xc8"     \
    "\xcc\xca\x06\x00\x9f\x2e\x21\xe1\x0e\x00\x00\x00"

/* What is written, piece by piece, each read before the next one; and what comes out. */
static struct row {
    const char *name;
    struct bc_str pieces[3];
    bool reads_each; /* every piece can be read when it is there */
    const char *want, *fault, *place;
} rows[] = {
    { "nothing", { { 0 } }, true, "", NULL, NULL },
    { "a piece is handed out before the next one",
      { BYTES("a"), BYTES("b"), BYTES("c\n") },
      true,
      "abc\n",
      NULL,
      NULL },
    { "what begins as if it were gzipped, and ends", { BYTES("\x1f") }, false, "\x1f", NULL, NULL },
    { "or goes on otherwise",
      { BYTES("\x1f"), BYTES("a") },
      false,
      "\x1f"
      "a",
      NULL,
      NULL },
    { "later bytes mean nothing",
      { BYTES("a"), BYTES("\x1f\x8b") },
      true,
      "a\x1f\x8b",
      NULL,
      NULL },
    { "gzipped, it is unpacked", { BYTES(PACKED) }, false, "ab\ncd\n", NULL, NULL },
    { "also where its first byte comes alone",
      { BYTES("\x1f"), { &PACKED[1], 25 } },
      false,
      "ab\ncd\n",
      NULL,
      NULL },
    { "cut, it is a fault, and nothing of it is taken",
      { { PACKED, 22 } },
      false,
      "",
      "gzip member 1, which begins at byte 0, ends too early",
      ":3:1" },
    { "damaged, too",
      { { PACKED, 18 }, BYTES("\xcf\x2f\x8c\xad\x06\x00\x00\x00") },
      false,
      "",
      "gzip member 1, which begins at byte 0, is damaged: incorrect data check",
      ":3:1" },
};

static void take_rest(struct bc_buf *got, struct input *input)
{
    bc_buf_add_str(got, input_rest(input));
    input_take(input, input_rest(input).len);
}

static void check_end(const struct row *row, struct input *input, const source_file *source,
                      struct bc_buf *got)
{
    struct bc_err err = { 0 };
    bc_status rc = input_fill(input, 100, &err);
    char place[32];

    take_rest(got, input);
    assert_int_equal(source_broken(source), row->fault != NULL);
    if (row->fault) {
        (void)snprintf(place, sizeof(place), "%s%s", input->name, row->place);
        assert_int_equal(rc, BC_E_INPUT);
        assert_string_equal(err.message, row->fault);
        assert_string_equal(err.context, place);
        rc = input_fill(input, 100, &err);
    }
    assert_int_equal(rc, BC_DONE);
}

static void row_test(void **state)
{
    const struct row *row = *state;
    struct bc_buf got = { 0 };
    struct bc_err err = { 0 };
    struct input input;
    source_file *source;
    char path[64];
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    (void)snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
    check_ok(source_input(&input, &source, path, &err), &err);
    for (size_t i = 0; i < ARRAY_LEN(row->pieces) && row->pieces[i].len > 0; i++) {
        assert_int_equal(write(ends[1], row->pieces[i].at, row->pieces[i].len),
                         (ssize_t)row->pieces[i].len);
        if (row->reads_each) {
            check_ok(input_fill(&input, row->pieces[i].len, &err), &err);
            assert_true(bc_str_eq(input_rest(&input), row->pieces[i]));
            take_rest(&got, &input);
        }
    }
    (void)close(ends[1]);
    check_end(row, &input, source, &got);
    bc_buf_add_byte(&got, '\0');
    assert_string_equal(got.at, row->want);
    bc_buf_release(&got);
    input_close(&input);
    source_free(source);
    (void)close(ends[0]);
}

/* Opens a pipe that has more bytes than stdio keeps, under a limit, and says what went wrong. */
static void open_under(int what, rlim_t most, const char *want)
{
    static const char bytes[32 << 10];
    struct bc_err err = { 0 };
    struct rlimit limit, low;
    char path[64];
    int ends[2], fd;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes, sizeof(bytes)), sizeof(bytes));
    (void)close(ends[1]);
    (void)snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
    assert_int_equal(getrlimit(what, &limit), 0);
    low = limit;
    low.rlim_cur = what == RLIMIT_NOFILE ? (rlim_t)ends[1] + most : most;
    assert_int_equal(setrlimit(what, &low), 0);
    fd = source_open(path, 0, &err);
    assert_int_equal(setrlimit(what, &limit), 0);
    assert_true(fd < 0);
    (void)snprintf(path, sizeof(path), "cannot put /dev/fd/%d aside: %s", ends[0], want);
    assert_string_equal(err.message, path);
    (void)close(ends[0]);
}

static void a_copy_that_cannot_be_written(void **state)
{
    (void)state;
    (void)signal(SIGXFSZ, SIG_IGN);
    open_under(RLIMIT_FSIZE, 0, "File too large");
}

static void a_copy_that_cannot_be_made(void **state)
{
    (void)state;
    open_under(RLIMIT_NOFILE, 1, "Too many open files");
}

#define LONG "a row of more than 16 MiB"

/* A line's bytes are counted over what is read at once, as it is unpacked. */
static void a_line_without_an_end(void **state)
{
    static struct {
        struct bc_str bytes;
        const char *want, *said;
    } lines[] = {
        { BYTES("a\nb\rc\nd"), NULL, NULL },
        { BYTES("abcdefghij\nabcdefghij"), NULL, NULL },
        { BYTES("a\r\nb\nabcdefghijk"), ":3:1", LONG },
        { BYTES("a\rabcdefghijk"), ":2:1", LONG },
        { BYTES(PACKED), NULL, NULL },
        { BYTES(PACKED_LONG), ":2:1", LONG },
        { BYTES(GUNZIP_MAGIC "abcdefghijk"), ":1:1",
          "gzip member 1, which begins at byte 0, is damaged: unknown compression method" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        struct bc_err err = { 0 };
        char path[64];
        int ends[2], fd;

        assert_int_equal(pipe(ends), 0);
        assert_true(write(ends[1], lines[i].bytes.at, lines[i].bytes.len) > 0);
        (void)close(ends[1]);
        (void)snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
        fd = source_open(path, 10, &err);
        assert_int_equal(fd >= 0 ? BC_OK : fd, lines[i].want ? BC_E_INPUT : BC_OK);
        if (lines[i].want) {
            (void)snprintf(path, sizeof(path), "/dev/fd/%d%s", ends[0], lines[i].want);
            assert_string_equal(err.context, path);
            assert_string_equal(err.message, lines[i].said);
        } else {
            (void)close(fd);
        }
        (void)close(ends[0]);
    }
}

static void what_cannot_be_read(void **state)
{
    const int in = dup(STDIN_FILENO), alone = socket(AF_UNIX, SOCK_STREAM, 0);
    struct bc_err err = { 0 };

    (void)state;
    assert_true(dup2(alone, STDIN_FILENO) >= 0);
    assert_true(source_open("-", 0, &err) < 0);
    assert_true(dup2(in, STDIN_FILENO) >= 0);
    assert_string_equal(err.message, "cannot read -: Invalid argument");
    (void)close(in);
    (void)close(alone);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 4] = {
        cmocka_unit_test(a_copy_that_cannot_be_written),
        cmocka_unit_test(a_copy_that_cannot_be_made),
        cmocka_unit_test(what_cannot_be_read),
        cmocka_unit_test(a_line_without_an_end),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[4 + i] = (struct CMUnitTest){ rows[i].name, row_test, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/import/source", tests, NULL, NULL);
}
