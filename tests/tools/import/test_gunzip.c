/* What is gzipped comes out whole or not at all: every member is held against its checksum and its
 * length, and what follows the last one is a member, zeros, or a fault. */
#include "ledger/base/mem.h"
#include "tests/support/check.h"
#include "tests/support/file.h"
#include "tests/support/import.h"
#include "tools/cli/cmd.h"
#include "tools/import/gunzip.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <zlib.h>

#define FIRST  "d,t,s\n1,2025-03-01,won\n"
#define SECOND "2,2025-03-02,lost\n3,2025-03-03,won\n"

/* A file is written from pieces: 'a' the member of FIRST, 'b' that of SECOND, 'e' a member of
 * nothing, '0' 600 zeros, 'g' garbage, 'p' FIRST as it is, 'h' the first byte of a member. Then
 * `at` (from the end where negative) is where a byte is turned round, and `cut` so many bytes go.
 */
static struct row {
    const char *name, *pieces;
    int flip;   /* 0: none */
    size_t cut; /* bytes off the end */
    const char *want;
    const char *fault; /* in the message; NULL: it is sound */
    unsigned line;     /* where a table is said to be broken */
} rows[] = {
    { "plain text stays as it is", "p", 0, 0, FIRST, NULL, 0 },
    { "plain text with garbage is plain text", "pg", 0, 0, FIRST "garbage", NULL, 0 },
    { "an empty file is empty", "", 0, 0, "", NULL, 0 },
    { "one member", "a", 0, 0, FIRST, NULL, 0 },
    { "two members are one text", "ab", 0, 0, FIRST SECOND, NULL, 0 },
    { "an empty member is nothing", "e", 0, 0, "", NULL, 0 },
    { "an empty member before it", "ea", 0, 0, FIRST, NULL, 0 },
    { "an empty member between", "aeb", 0, 0, FIRST SECOND, NULL, 0 },
    { "an empty member after", "abe", 0, 0, FIRST SECOND, NULL, 0 },
    { "zeros after are passed over", "a0", 0, 0, FIRST, NULL, 0 },
    { "one zero after it, too", "ab0", 0, 599, FIRST SECOND, NULL, 0 },
    { "zeros after plain text are text", "p0", 0, 600, FIRST, NULL, 0 },
    { "a member after zeros is garbage", "a0b", 0, 0, FIRST, "what follows is not one", 3 },
    { "garbage after zeros", "a0g", 0, 0, FIRST, "what follows is not one", 3 },
    { "garbage after a member", "ag", 0, 0, FIRST, "gzip member 1 ends at byte ", 3 },
    { "garbage after two", "abg", 0, 0, FIRST SECOND, "gzip member 2 ends at byte ", 5 },
    { "plain text after a member", "ap", 0, 0, FIRST, "what follows is not one", 3 },
    { "the first byte of a member", "ah", 0, 0, FIRST, "gzip member 2, which begins at byte ", 3 },
    { "a bad checksum", "a", -8, 0, FIRST,
      "member 1, which begins at byte 0, is damaged: "
      "incorrect data check",
      3 },
    { "a bad length", "a", -4, 0, FIRST, "is damaged: incorrect length check", 3 },
    { "a bad checksum of the second", "ab", -5, 0, FIRST SECOND, "gzip member 2, which begins", 5 },
    { "a bad length of the second", "ab", -1, 0, FIRST SECOND, "incorrect length check", 5 },
    { "a bad header", "a", 3, 0, "", "is damaged: unknown compression method", 1 },
};

/* What a member of `text` is. */
static void add_member(struct bc_buf *out, const char *text)
{
    z_stream stream = { 0 };
    uInt room = 512;

    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY),
                     Z_OK);
    stream.next_in = (unsigned char *)(uintptr_t)text;
    stream.avail_in = (uInt)strlen(text);
    stream.next_out = (unsigned char *)bc_buf_room(out, room);
    stream.avail_out = room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out->len += room - stream.avail_out;
    deflateEnd(&stream);
}

static void add_pieces(struct bc_buf *out, const char *pieces)
{
    static const char zeros[600];

    for (; *pieces; pieces++) {
        if (*pieces == 'a' || *pieces == 'b' || *pieces == 'e')
            add_member(out, *pieces == 'a' ? FIRST : *pieces == 'b' ? SECOND : "");
        else if (*pieces == '0')
            bc_buf_add(out, zeros, sizeof(zeros));
        else
            bc_buf_add_str(out, bc_str_of(*pieces == 'g'   ? "garbage"
                                          : *pieces == 'p' ? FIRST
                                                           : "\x1f"));
    }
}

static struct bc_buf file_of(const struct row *row)
{
    struct bc_buf bytes = { 0 };

    add_pieces(&bytes, row->pieces);
    bytes.len -= row->cut;
    if (row->flip != 0)
        bytes.at[row->flip > 0 ? (size_t)row->flip - 1 : bytes.len - (size_t)-row->flip] ^= 0x40;
    return bytes;
}

/* What comes out, as much at a time as `step`. */
static bc_status read_all(struct bc_buf *out, const char *path, size_t step, struct bc_err *err)
{
    int fd = open(path, O_RDONLY);
    gunzip *gz = gunzip_new(fd, path);
    char some[256];
    size_t len;
    bc_status rc;

    while ((rc = gunzip_read(gz, some, step, &len, err)) == BC_OK)
        bc_buf_add(out, some, len);
    bc_buf_add(out, some, len); /* what came before a fault */
    assert_int_equal(gunzip_read(gz, some, step, &len, NULL), BC_DONE); /* it stays at its end */
    gunzip_free(gz);
    close(fd);
    return rc;
}

static void is_read(void **state)
{
    static const size_t steps[] = { 1, 7, 256 };
    const struct row *row = *state;
    struct bc_buf bytes = file_of(row);
    const char *path = file_make(bc_buf_str(&bytes));

    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        struct bc_buf got = { 0 };
        struct bc_err err = { 0 };

        assert_int_equal(read_all(&got, path, steps[i], &err), row->fault ? BC_E_INPUT : BC_DONE);
        bc_buf_add_byte(&got, '\0');
        assert_string_equal(got.at, row->want);
        if (row->fault && !strstr(err.message, row->fault))
            fail_msg("said '%s', expected '%s' in it", err.message, row->fault);
        bc_buf_release(&got);
    }
    file_remove();
    bc_buf_release(&bytes);
}

/* --- as a table --- */

static char map_path[] = "/tmp/backcast-map-XXXXXX";
static const char map[] = "name: x\ndeal: \"{d}\"\ntime: { column: t, formats: [\"%Y-%m-%d\"], "
                          "zone: UTC, at: \"00:00\" }\nevents:\n  - stageChanged: { to: \"{s}\" "
                          "}\n";

/* No row of a file that is not sound to its end is shown, whichever member the row is in. */
static void no_row_is_shown(void **state)
{
    const struct row *row = *state;
    struct bc_buf bytes = file_of(row), got = { 0 };
    char place[16];

    if (row->fault) {
        import_csv_print(&got, file_make(bc_buf_str(&bytes)), map_path, false);
        file_remove();
        snprintf(place, sizeof(place), "!:%u:1: ", row->line);
        if (strncmp(got.at, place, strlen(place)) != 0 || !strstr(got.at, row->fault) ||
            strchr(got.at, '\n') != got.at + strlen(got.at) - 1)
            fail_msg("said '%s', expected one line '%s...%s'", got.at, place, row->fault);
    }
    bc_buf_release(&got);
    bc_buf_release(&bytes);
}

/* Wherever a file of three members is cut, but between two of them, it is found out; and so is any
 * byte that is turned round, but those of the header that say nothing about the content. */
static void no_cut_and_no_damage_is_missed(void **state)
{
    struct bc_buf bytes = { 0 }, whole = { 0 };
    size_t ends[3];

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        add_pieces(&bytes, i == 0 ? "a" : i == 1 ? "e" : "b");
        ends[i] = bytes.len;
    }
    bc_buf_add_str(&whole, BC_STR(FIRST SECOND));
    for (size_t cut = 2; cut <= bytes.len; cut++) {
        bool between = cut == ends[0] || cut == ends[1] || cut == ends[2];
        struct bc_buf got = { 0 };
        bc_status rc = read_all(&got, file_make((struct bc_str){ bytes.at, cut }), 256, NULL);

        file_remove();
        if (rc != (between ? BC_DONE : BC_E_INPUT))
            fail_msg("cut at byte %zu: %d", cut, rc);
        bc_buf_release(&got);
    }
    for (size_t at = 2; at < bytes.len; at++) {
        struct bc_buf got = { 0 };
        bc_status rc;

        bytes.at[at] ^= 0x01;
        rc = read_all(&got, file_make(bc_buf_str(&bytes)), 256, NULL);
        if (rc != BC_E_INPUT && !bc_str_eq(bc_buf_str(&got), bc_buf_str(&whole)))
            fail_msg("byte %zu: other content passes", at);
        bytes.at[at] ^= 0x01;
        file_remove();
        bc_buf_release(&got);
    }
    bc_buf_release(&bytes);
    bc_buf_release(&whole);
}

/* Two readers of one descriptor do not move each other. */
static void two_may_read_one_file(void **state)
{
    struct bc_buf bytes = { 0 };
    char left[4096], right[4096];
    size_t left_len, right_len;
    gunzip *first, *second;
    int fd;

    (void)state;
    add_pieces(&bytes, "ab");
    fd = open(file_make(bc_buf_str(&bytes)), O_RDONLY);
    first = gunzip_new(fd, "x");
    assert_int_equal(gunzip_read(first, left, 5, &left_len, NULL), BC_OK);
    second = gunzip_new(fd, "x");
    assert_int_equal(gunzip_read(first, left, sizeof(left), &left_len, NULL), BC_OK);
    assert_int_equal(gunzip_read(second, right, sizeof(right), &right_len, NULL), BC_OK);
    assert_int_equal(left_len + 5, right_len);
    assert_memory_equal(left, right + 5, left_len);
    assert_int_equal(gunzip_bytes(first), gunzip_bytes(second));
    gunzip_free(first);
    gunzip_free(second);
    close(fd);
    file_remove();
    bc_buf_release(&bytes);
}

int main(void)
{
    struct CMUnitTest tests[2 * ARRAY_LEN(rows) + 2];
    FILE *file = fdopen(mkstemp(map_path), "w");
    size_t n = 0;
    int failed;

    fputs(map, file);
    fclose(file);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        tests[n++] = (struct CMUnitTest){ rows[i].name, is_read, NULL, NULL, &rows[i] };
        tests[n++] = (struct CMUnitTest){ rows[i].name, no_row_is_shown, NULL, NULL, &rows[i] };
    }
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(no_cut_and_no_damage_is_missed);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(two_may_read_one_file);
    failed = cmocka_run_group_tests_name("tools/import/gunzip", tests, NULL, NULL);
    unlink(map_path);
    return failed;
}
