/* ledger/base/tzif: every zone of the system's database goes by the clocks that the C library says,
 * at any time; and a file that is none is none. */
#include "ledger/base/mem.h"
#include "ledger/base/tzif.h"
#include "ledger/base/tzif_rule.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <ftw.h>

#define FOLDER "/usr/share/zoneinfo/"
#define DAY    INT64_C(86400)

static struct bc_tzif *asked; /* the zone that the C library has now */
static unsigned zones;

static int32_t told(int64_t second)
{
    const time_t at = (time_t)second;
    struct tm local;

    assert_non_null(localtime_r(&at, &local));
    return (int32_t)local.tm_gmtoff;
}

static void compare_at(const char *name, int64_t second)
{
    if (bc_tzif_offset(asked, second) != told(second))
        fail_msg("%s at %lld: %d, and the C library has %d", name, (long long)second,
                 (int)bc_tzif_offset(asked, second), (int)told(second));
}

/* Both sides of a change that lies somewhere between two seconds. */
static void compare_change(const char *name, int64_t low, int64_t high)
{
    const int32_t before = told(low);

    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;

        if (told(middle) == before)
            low = middle;
        else
            high = middle;
    }
    compare_at(name, low);
    compare_at(name, high);
}

/* From before the first zone to after the last change that files tell, then centuries on. */
static void compare_zone(const char *name)
{
    const int64_t from = -44000 * DAY, to = 58000 * DAY;

    for (int64_t at = from; at < to; at += 23 * DAY) {
        compare_at(name, at);
        if (told(at) != told(at + 23 * DAY))
            compare_change(name, at, at + 23 * DAY);
    }
    for (int64_t at = to; at < 2930000 * DAY; at += 40009 * (DAY / 24))
        compare_at(name, at);
}

static int visit(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    const char *name = path + strlen(FOLDER);
    struct bc_buf bytes = { 0 };

    (void)status;
    (void)place;
    /* Once more the same names, and clocks that count leap seconds. */
    if (kind != FTW_F || strncmp(name, "posix/", 6) == 0 || strncmp(name, "right/", 6) == 0)
        return 0;
    file_read(&bytes, path);
    if (bytes.len >= 4 && memcmp(bytes.at, "TZif", 4) == 0) {
        asked = bc_tzif_new(bc_buf_str(&bytes));
        if (!asked)
            fail_msg("%s is not understood", path);
        setenv("TZ", name, 1);
        tzset();
        compare_zone(name);
        bc_tzif_free(asked);
        zones++;
    }
    bc_buf_release(&bytes);
    return 0;
}

static void every_zone_goes_by_the_clocks_of_the_c_library(void **state)
{
    (void)state;
    assert_int_equal(nftw(FOLDER, visit, 8, 0), 0);
    assert_true(zones > 300);
}

static void a_file_that_is_cut_short_is_none(void **state)
{
    struct bc_buf bytes = { 0 };
    bc_tzif *zone;

    (void)state;
    file_read(&bytes, FOLDER "Europe/Berlin");
    for (size_t len = 0; len < bytes.len; len++)
        assert_null(bc_tzif_new((struct bc_str){ bytes.at, len }));
    zone = bc_tzif_new(bc_buf_str(&bytes));
    assert_non_null(zone);
    bc_tzif_free(zone);
    bc_buf_release(&bytes);
}

/* Whatever it then says: no byte outside of it is read. */
static void a_file_with_a_wrong_byte_does_no_harm(void **state)
{
    struct bc_buf bytes = { 0 };

    (void)state;
    file_read(&bytes, FOLDER "Europe/Berlin");
    for (size_t at = 0; at < bytes.len; at++) {
        for (unsigned value = 0; value < 256; value += 51) {
            const char kept = bytes.at[at];
            bc_tzif *zone;

            bytes.at[at] = (char)value;
            zone = bc_tzif_new(bc_buf_str(&bytes));
            for (int64_t day = -30000; zone && day < 60000; day += 9000)
                (void)bc_tzif_offset(zone, day * DAY);
            bc_tzif_free(zone);
            bytes.at[at] = kept;
        }
    }
    bc_buf_release(&bytes);
}

/* --- rules --- */

static struct rule_row {
    const char *text;
    bool good;
} rule_rows[] = {
    { .text = "CET-1CEST,M3.5.0,M10.5.0/3", .good = true },
    { .text = "EST5EDT,M3.2.0,M11.1.0", .good = true },
    { .text = "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", .good = true },
    { .text = "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", .good = true },
    { .text = "IST-2IDT,M3.4.4/26,M10.5.0", .good = true },
    { .text = "XXX3EDT4,0/0,J365/23", .good = true },
    { .text = "AAA0BBB,J60,J300", .good = true },
    { .text = "AAA0BBB,59,300", .good = true },
    { .text = "<+0545>-5:45", .good = true },
    { .text = "UTC0", .good = true },
    { .text = "" },
    { .text = "CET" },
    { .text = "ZZ0" },
    { .text = "<+01-1" },
    { .text = "CET-25" },
    { .text = "CET-1CEST" },
    { .text = "CET-1CEST,M13.5.0,M10.5.0" },
    { .text = "CET-1CEST,M3.6.0,M10.5.0" },
    { .text = "CET-1CEST,M3.5.7,M10.5.0" },
    { .text = "CET-1CEST,J0,J300" },
    { .text = "CET-1CEST,366,300" },
    { .text = "CET-1CEST,M3.5.0/168,M10.5.0" },
    { .text = "CET-1CEST,M3.5.0,M10.5.0/3 " },
    { .text = "CET-1:60" },
};

/* Before 1970 the C library only guesses, as it says. */
static void rule_row(void **state)
{
    const struct rule_row *row = *state;
    struct bc_tzif_rule rule;

    assert_int_equal(bc_tzif_rule_parse(&rule, bc_str_of(row->text)), row->good);
    if (!row->good)
        return;
    setenv("TZ", row->text, 1);
    tzset();
    for (int64_t second = 0; second < 60000 * DAY; second += 10007)
        if (bc_tzif_rule_offset(&rule, second) != told(second))
            fail_msg("at %lld: %d, and the C library has %d", (long long)second,
                     (int)bc_tzif_rule_offset(&rule, second), (int)told(second));
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rule_rows) + 3] = {
        cmocka_unit_test(every_zone_goes_by_the_clocks_of_the_c_library),
        cmocka_unit_test(a_file_that_is_cut_short_is_none),
        cmocka_unit_test(a_file_with_a_wrong_byte_does_no_harm),
    };

    for (size_t i = 0; i < ARRAY_LEN(rule_rows); i++)
        tests[i + 3] =
            (struct CMUnitTest){ rule_rows[i].text, rule_row, NULL, NULL, &rule_rows[i] };
    return cmocka_run_group_tests_name("ledger/base/tzif", tests, NULL, NULL);
}
