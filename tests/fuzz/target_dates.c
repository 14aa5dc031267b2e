/* Dates as people, tables and files write them, steps, zones. Whatever is accepted is in the
 * ledger's calendar, and reads back the same when printed.
 *
 * A text, and where there is a "|" in it: a way of writing times, and a time. */
#include "ledger/base/instant.h"
#include "tests/fuzz/fuzz.h"
#include "tools/ask/dates.h"
#include "tools/ask/when.h"
#include "tools/import/csv/csv_time.h"

#include <inttypes.h>
#include <stdlib.h>

enum { ZONE_N = 3 };
static bc_zone *zones[ZONE_N];

void fuzz_begin(void)
{
    static const char *const names[ZONE_N] = { "UTC", "Europe/Rome", "America/St_Johns" };
    struct bc_err err = { 0 };

    for (int i = 0; i < ZONE_N; i++)
        FUZZ_MUST(bc_zone_open(&zones[i], bc_str_of(names[i]), &err) == BC_OK, "%s", err.message);
}

static void must_be_instant(int64_t us, const char *text)
{
    FUZZ_MUST(us >= 0 && us <= BC_INSTANT_MAX, "'%s' is %" PRId64, text, us);
}

static void check_when(const char *text)
{
    static const int64_t nows[] = { 0, INT64_C(1774742399999999), BC_INSTANT_MAX };

    for (int i = 0; i < ZONE_N; i++) {
        for (size_t j = 0; j < sizeof(nows) / sizeof(nows[0]); j++) {
            struct bc_err err = { 0 };
            struct when when;
            bc_status rc = when_parse(&when, text, nows[j], zones[i], &err);

            FUZZ_MUST(rc == BC_OK || rc == BC_E_USAGE || rc == BC_E_INPUT, "status %d", rc);
            FUZZ_MUST(rc == BC_OK || err.message[0], "'%s' is refused without a word", text);
            if (rc != BC_OK)
                continue;
            must_be_instant(when_instant(&when, zones[i]), text);
            FUZZ_MUST(!when.is_day ||
                          (bc_zone_day(zones[i], when_instant(&when, zones[i])) == when.day),
                      "'%s' ends on another day", text);
            FUZZ_MUST(!when.is_period || (when.is_day && when.first >= 0 && when.first < when.day),
                      "'%s' begins after its end", text);
            must_be_instant(when_window_begin(&when, zones[i]), text);
        }
    }
}

static void check_step(const char *text)
{
    struct bc_err err = { 0 };
    struct step step;
    int64_t before = -1;

    if (step_parse(&step, text, &err) < 0)
        return;
    for (int64_t i = 0; i < 5000; i += i < 20 ? 1 : 311) {
        int64_t day = step_day(&step, 0, i);

        FUZZ_MUST(day > before || (day > BC_DAY_MAX && before > BC_DAY_MAX),
                  "'%s' stands still at %" PRId64, text, i);
        before = day;
    }
}

static void check_instant(struct bc_str text)
{
    void (*const prints[])(char *, int64_t) = { bc_instant_print, bc_instant_print_short };
    struct bc_err err = { 0 };
    int64_t us, again = -1;

    if (bc_instant_parse(&us, text, &err) < 0)
        return;
    must_be_instant(us, "an instant");
    for (int i = 0; i < 2; i++) {
        char printed[BC_INSTANT_LEN];

        prints[i](printed, us);
        FUZZ_MUST(bc_instant_parse(&again, bc_str_of(printed), &err) == BC_OK && again == us,
                  "%s is printed, and reads otherwise", printed);
    }
}

static void check_day(struct bc_str text)
{
    char printed[BC_DAY_LEN];
    int32_t day;

    if (!bc_day_parse(&day, text))
        return;
    bc_day_print(printed, day);
    FUZZ_MUST(bc_str_eq(text, bc_str_of(printed)), "a day has a second form: %s", printed);
}

static void check_zone(struct bc_str name)
{
    static const int64_t at[] = { 0, INT64_C(1774742399999999), BC_INSTANT_MAX - BC_DAY_US };
    struct bc_err err = { 0 };
    bc_zone *zone = NULL;

    if (name.len > 64 || bc_zone_open(&zone, name, &err) < 0)
        return;
    FUZZ_MUST(bc_str_eq(bc_str_of(bc_zone_name(zone)), name), "a zone of another name");
    FUZZ_MUST(name.at[0] != '/' && !memmem(name.at, name.len, "..", 2), "a zone from anywhere");
    for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
        int32_t day = bc_zone_day(zone, at[i]);
        int64_t end = bc_zone_day_end(zone, day);

        FUZZ_MUST(bc_zone_day(zone, end) <= day && bc_zone_day(zone, end + 1) > day,
                  "%s: a day that ends within another", bc_zone_name(zone));
    }
    bc_zone_free(zone);
}

static void check_format(struct bc_str format, struct bc_str text)
{
    struct bc_err err = { 0 };
    struct csv_moment moment;
    struct csv_format way;

    if (csv_format_init(&way, format, &err) < 0 || !csv_format_parse(&moment, &way, text))
        return;
    /* What a clock shows may be a day away from the instant. */
    FUZZ_MUST(moment.us >= (bc_day_of_civil(1, 1, 1) - 1) * BC_DAY_US &&
                  moment.us <= BC_INSTANT_MAX + BC_DAY_US,
              "%.*s is %" PRId64, BC_STR_ARG(text), moment.us);
    FUZZ_MUST(!way.has_day || (moment.day >= bc_day_of_civil(1, 1, 1) && moment.day <= BC_DAY_MAX),
              "%.*s is day %" PRId32, BC_STR_ARG(text), moment.day);
    for (int i = 0; i < ZONE_N && !moment.fixed; i++)
        (void)bc_zone_instant(zones[i], moment.us);
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str all = { (const char *)data, len };
    char *text = bc_strdup(all), *bar = strchr(text, '|');

    check_when(text);
    check_step(text);
    check_instant(all);
    check_day(all);
    check_zone(all);
    if (bar) {
        *bar = '\0';
        check_format(bc_str_of(text), bc_str_of(bar + 1));
    }
    free(text);
    return 0;
}
