/* tests/tools/import/csv/test_csv_files.c - a table as a file: zipped, through a pipe, in UTF-16,
 * with rows and quotes without an end. */
#include "tests/support/check.h"
#include "tests/support/csv_case.h"
#include "tests/support/import.h"
#include "tools/import/importer.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <zlib.h>

#define STRAY                                                                                      \
    "a quote within a cell, expected quotes around the whole cell and those within doubled"
/* What is left of a table when it is zipped or comes through a pipe. */
#define WANT "1 " AT " stageChanged to=won\n"

static void write_gzip(void)
{
    static const char table[] = "d,t,s\n1," AT ",won\n";
    gzFile gz = gzopen(csv_case_table, "wb");

    assert_int_equal(gzwrite(gz, table, sizeof(table) - 1), sizeof(table) - 1);
    assert_int_equal(gzclose(gz), Z_OK);
    csv_case_write(csv_case_map, BC_STR(DEAL MOVE));
}

static void gzip_is_read(void **state)
{
    struct bc_buf got = { 0 };

    (void)state;
    write_gzip();
    import_csv_print(&got, csv_case_table, csv_case_map, false);
    assert_string_equal(got.at, WANT);
    bc_buf_release(&got);
}

static void standard_input_is_read(void **state)
{
    static const char table[] = "d,t,s\n1," AT ",won\n";
    struct bc_buf got = { 0 };
    int ends[2], was = dup(STDIN_FILENO);

    (void)state;
    csv_case_write(csv_case_map, BC_STR(DEAL MOVE));
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], table, sizeof(table) - 1), sizeof(table) - 1);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    import_csv_print(&got, "-", csv_case_map, false);
    dup2(was, STDIN_FILENO);
    close(was);
    assert_string_equal(got.at, WANT);
    bc_buf_release(&got);
}

/* The table as UTF-16, with a mark or without; `swap`: big-endian. */
static void utf_16_is(const char *table, bool mark, bool swap, const char *want)
{
    struct bc_buf bytes = { 0 }, got = { 0 };

    if (mark)
        bc_buf_add(&bytes, swap ? "\xFE\xFF" : "\xFF\xFE", 2);
    for (const char *p = table; *p; p++) {
        /* @: half a character beyond the basic plane, which is none; ~: the euro sign */
        const char unit[2] = { *p == '@'   ? '\0'
                               : *p == '~' ? '\xAC'
                                           : *p,
                               *p == '@'   ? '\xD8'
                               : *p == '~' ? '\x20'
                                           : '\0' };

        bc_buf_add_byte(&bytes, unit[swap]);
        bc_buf_add_byte(&bytes, unit[!swap]);
    }
    csv_case_write(csv_case_map, BC_STR(DEAL MOVE));
    csv_case_write(csv_case_table, bc_buf_str(&bytes));
    import_csv_print(&got, csv_case_table, csv_case_map, false);
    assert_string_equal(got.at, want);
    bc_buf_release(&bytes);
    bc_buf_release(&got);
}

static void utf_16_is_found(void **state)
{
    static const char table[] = "d\tt\ts\r\n1\t" AT "\t~\r\n2\t" AT "\t@\r\n";
    static const char want[] = "1 " AT " stageChanged to=\xE2\x82\xAC\n!:3:24: not UTF-16\n"
                               "read: with tabs between the columns, as UTF-16\n";

    (void)state;
    utf_16_is(table, true, false, want);
    utf_16_is(table, true, true, want);
    utf_16_is(table, false, false, want);
    utf_16_is(table, false, true, want);
}

/* Beyond what is decoded at once: each character is whole, wherever it is cut. */
static void long_utf_16_is_read(void **state)
{
    enum { ROWS = 3000 };
    struct bc_buf table = { 0 }, want = { 0 };

    (void)state;
    bc_buf_printf(&table, "d,t,s\n");
    for (int i = 0; i < ROWS; i++) {
        bc_buf_printf(&table, "%d," AT ",~%d\n", i, i);
        bc_buf_printf(&want, "%d " AT " stageChanged to=\xE2\x82\xAC%d\n", i, i);
    }
    bc_buf_add_byte(&table, '\0');
    bc_buf_add_str(&want, BC_STR("read: as UTF-16\n"));
    bc_buf_add_byte(&want, '\0');
    utf_16_is(table.at, true, false, want.at);
    bc_buf_release(&table);
    bc_buf_release(&want);
}

static void folder_is_refused(void **state)
{
    struct importer *importer = NULL;
    struct bc_err err = { 0 };

    (void)state;
    csv_case_write(csv_case_map, BC_STR(DEAL MOVE));
    assert_int_equal(importer_csv(&importer, "/tmp", csv_case_map, &err), BC_E_IO);
    assert_string_equal(err.message, "cannot read /tmp: Is a directory");
    assert_int_equal(importer_csv(&importer, "/tmp/none/such", csv_case_map, &err), BC_E_IO);
    assert_null(importer);
}

#define SKIPPING DEAL "skip_rows:\n  - { d: { empty: true } }\n" MOVE

static void long_row_is_refused(void **state)
{
    struct bc_buf got = { 0 }, table = { 0 };

    (void)state;
    csv_case_write(csv_case_map, BC_STR(DEAL MOVE));
    bc_buf_printf(&table, "d,t,s\n1,");
    memset(bc_buf_room(&table, 17 << 20), 'x', 17 << 20);
    table.len += 17 << 20;
    csv_case_write(csv_case_table, bc_buf_str(&table));
    import_csv_print(&got, csv_case_table, csv_case_map, false);
    assert_string_equal(got.at, "!:2:1: a row of more than 16 MiB\n");
    bc_buf_release(&table);
    bc_buf_release(&got);
}

/* Under a limit, so that a copy that does not stop fills no disk. */
static void endless_row_is_refused(void **state)
{
    struct bc_buf got = { 0 };
    struct rlimit limit, low;

    (void)state;
    (void)signal(SIGXFSZ, SIG_IGN);
    csv_case_write(csv_case_map, BC_STR(DEAL MOVE));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    low = limit;
    low.rlim_cur = 64 << 20;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
    import_csv_print(&got, "/dev/zero", csv_case_map, false);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_string_equal(got.at, "!:1:1: a row of more than 16 MiB\n");
    bc_buf_release(&got);
}

/* Adds lines that the map skips, up to so many bytes, and returns how many. */
static unsigned add_lines(struct bc_buf *table, size_t up_to)
{
    unsigned n = 0;

    for (; table->len < up_to; n++)
        bc_buf_printf(table, ",,%0200d\n", 0);
    return n;
}

/* Beyond what the reader holds at once, and beyond what a row may have. */
static void stray_quotes_far_from_the_end(void **state)
{
    struct bc_buf got = { 0 }, table = { 0 }, want = { 0 };
    unsigned before, after;

    (void)state;
    bc_buf_printf(&table, "d,t,s\n1," AT ",\"a\n2," AT ",\"b\n");
    before = add_lines(&table, 17 << 20);
    bc_buf_printf(&table, "3," AT ",\"c\n");
    after = add_lines(&table, 18 << 20);
    bc_buf_printf(&table, "4," AT ",d\n");
    csv_case_write(csv_case_map, BC_STR(SKIPPING));
    csv_case_write(csv_case_table, bc_buf_str(&table));
    import_csv_print(&got, csv_case_table, csv_case_map, false);
    bc_buf_printf(&want,
                  "!:2:24: " STRAY "\n!:3:24: a quoted cell that does not end within 16 MiB\n"
                  "!:%u:24: a quoted cell that does not end\n4 " AT
                  " stageChanged to=d\nskipped %u\n",
                  before + 4, before + after);
    bc_buf_add_byte(&want, '\0');
    assert_string_equal(got.at, want.at);
    bc_buf_release(&table);
    bc_buf_release(&want);
    bc_buf_release(&got);
}

/* A column is asked for when something about an event turns out wrong after it was handed out. */
static void columns_are_told_later(void **state)
{
    static const char table[] = "d,t,s\n1," AT ",won\n";
    struct importer *importer = NULL;
    const struct bc_event *event = NULL;
    struct bc_err err = { 0 };

    (void)state;
    csv_case_write(csv_case_map, BC_STR(DEAL MOVE));
    csv_case_write(csv_case_table, bc_str_of(table));
    check_ok(importer_csv(&importer, csv_case_table, csv_case_map, &err), &err);
    check_ok(importer->next(importer, &event, &err), &err);
    assert_int_equal(importer->line, 2);
    assert_int_equal(importer->raw.len, sizeof("1," AT ",won") - 1);
    assert_int_equal(importer->column(importer, (struct bc_where){ "deal", 0 }), 1);
    assert_int_equal(importer->column(importer, (struct bc_where){ "occurredAt", 0 }), 3);
    assert_int_equal(importer->column(importer, (struct bc_where){ "stageChanged", 1 }), 24);
    importer_free(importer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "gzip is read as it is", gzip_is_read, NULL, NULL, NULL },
        { "standard input is read, through a pipe too", standard_input_is_read, NULL, NULL, NULL },
        { "UTF-16 is found, with a mark or without", utf_16_is_found, NULL, NULL, NULL },
        { "a long table in UTF-16 is read", long_utf_16_is_read, NULL, NULL, NULL },
        { "a folder, or what is not there, cannot be read", folder_is_refused, NULL, NULL, NULL },
        { "a row over 16 MiB is refused", long_row_is_refused, NULL, NULL, NULL },
        { "and one that never ends", endless_row_is_refused, NULL, NULL, NULL },
        { "a stray quote far from the end loses its own line only", stray_quotes_far_from_the_end,
          NULL, NULL, NULL },
        { "an event's columns can be asked for", columns_are_told_later, NULL, NULL, NULL },
    };

    return cmocka_run_group_tests_name("tools/import/csv/csv_files", tests, csv_case_begin,
                                       csv_case_end);
}
