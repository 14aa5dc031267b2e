/* Zones from the system's files (tzif.h). The files say what the clocks show at an instant, which
 * is never ambiguous; the way back is computed from that.
 *
 * What they say is kept by days of UTC:
 *
 *   offsets   | +1 h | +1 h | changes | +2 h | +2 h | not asked | ...
 *
 * A day that begins and ends with one offset has no other: in no zone of the database are two
 * changes of the clock less than three days apart. */
#include "ledger/base/instant.h"
#include "ledger/base/mem.h"
#include "ledger/base/search.h"
#include "ledger/base/tzif.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

/* The days of the years 1900 to 2099. */
enum { KEPT_FROM = -25567, KEPT_N = 73049 };
enum { NOT_ASKED, CHANGES, OFFSETS }; /* OFFSETS + OFFSET_LEAST + n: n seconds */
enum { OFFSET_LEAST = 7 * 86400 };

struct bc_zone {
    char *name;
    bc_tzif *told;            /* NULL: it is UTC */
    _Atomic int32_t *offsets; /* by day; NULL for UTC */
};

enum { FILE_MOST = 1 << 16 }; /* bytes of a zone's file */
static const char *folder = "/usr/share/zoneinfo";

void bc_zone_folder(const char *path)
{
    folder = path;
}

static bool name_is_plain(struct bc_str name)
{
    if (name.len == 0 || name.len > 64 || name.at[0] == '/')
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '/' || c == '_' || c == '-' || c == '+'))
            return false;
    }
    return true;
}

/* NULL: there is none of that name. */
static bc_tzif *read_zone(const char *name)
{
    char path[PATH_MAX], bytes[FILE_MOST];
    size_t len;
    FILE *file;

    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    file = fopen(path, "rbe");
    if (!file)
        return NULL;
    len = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
    return bc_tzif_new((struct bc_str){ bytes, len });
}

bc_status bc_zone_open(bc_zone **out, struct bc_str name, struct bc_err *err)
{
    const bool utc = bc_str_eq(name, BC_STR("UTC"));
    bc_tzif *told = NULL;
    bc_zone *zone;
    char *text;

    if (!name_is_plain(name))
        return bc_err_set(err, BC_E_INPUT,
                          "\"%.*s\" is no time zone, expected an IANA name such "
                          "as Europe/Berlin",
                          name.len > 64 ? 64 : (int)name.len, name.len ? name.at : "");
    text = bc_strdup(name);
    if (!utc)
        told = read_zone(text);
    if (!utc && !told) {
        free(text);
        return bc_err_set(err, BC_E_INPUT,
                          "the time zone \"%.*s\" is not known here, expected an "
                          "IANA name such as Europe/Berlin",
                          BC_STR_ARG(name));
    }
    zone = bc_malloc(sizeof(*zone));
    *zone = (bc_zone){ .name = text,
                       .told = told,
                       .offsets = utc ? NULL : bc_calloc(KEPT_N, sizeof(*zone->offsets)) };
    *out = zone;
    return BC_OK;
}

void bc_zone_free(bc_zone *zone)
{
    if (!zone)
        return;
    bc_tzif_free(zone->told);
    free(zone->offsets);
    free(zone->name);
    free(zone);
}

const char *bc_zone_name(const bc_zone *zone)
{
    return zone->name;
}

static int32_t told_offset(const bc_zone *zone, int64_t us)
{
    return bc_tzif_offset(zone->told, bc_floor_div(us, BC_SECOND_US));
}

static int32_t ask_day(const bc_zone *zone, int64_t day)
{
    const int32_t first = told_offset(zone, day * BC_DAY_US);
    const bool same = first == told_offset(zone, (day + 1) * BC_DAY_US - 1);
    const int32_t kept = same ? OFFSETS + OFFSET_LEAST + first : CHANGES;

    atomic_store_explicit(&zone->offsets[day - KEPT_FROM], kept, memory_order_relaxed);
    return kept;
}

int32_t bc_zone_offset(const bc_zone *zone, int64_t us)
{
    const int64_t day = bc_floor_div(us, BC_DAY_US);
    int32_t kept;

    if (!zone->told)
        return 0;
    if (day < KEPT_FROM || day >= KEPT_FROM + KEPT_N)
        return told_offset(zone, us);
    kept = atomic_load_explicit(&zone->offsets[day - KEPT_FROM], memory_order_relaxed);
    if (kept == NOT_ASKED)
        kept = ask_day(zone, day);
    return kept == CHANGES ? told_offset(zone, us) : kept - OFFSETS - OFFSET_LEAST;
}

int32_t bc_zone_day(const bc_zone *zone, int64_t us)
{
    return (int32_t)bc_floor_div(us + bc_zone_offset(zone, us) * BC_SECOND_US, BC_DAY_US);
}

/* How often the clock shows a local time, and when first and last; in a gap both are the instant by
 * the clock as it went before, which shows a time later by the gap. */
static int instants(const bc_zone *zone, int64_t *first, int64_t *last, int64_t local_us)
{
    /* Whatever change of the clock is near, these are the offsets before and after it. */
    int64_t before = bc_zone_offset(zone, local_us - 2 * BC_DAY_US) * BC_SECOND_US;
    int64_t after = bc_zone_offset(zone, local_us + 2 * BC_DAY_US) * BC_SECOND_US;
    int64_t early = local_us - (before > after ? before : after);
    int64_t late = local_us - (before > after ? after : before);
    bool is_early = bc_zone_offset(zone, early) * BC_SECOND_US == local_us - early;
    bool is_late = late > early && bc_zone_offset(zone, late) * BC_SECOND_US == local_us - late;

    *first = is_early ? early : is_late ? late : local_us - before;
    *last = is_late ? late : *first;
    return is_early + is_late;
}

int64_t bc_zone_instant(const bc_zone *zone, int64_t local_us)
{
    int64_t first, last;

    (void)instants(zone, &first, &last, local_us);
    return first;
}

int bc_zone_instants(const bc_zone *zone, int64_t *out_last, int64_t local_us)
{
    int64_t first;

    return instants(zone, &first, out_last, local_us);
}

int64_t bc_zone_day_end(const bc_zone *zone, int32_t day)
{
    const int64_t step_us = BC_DAY_US / 96;
    int64_t low = bc_zone_instant(zone, (day + 1) * BC_DAY_US), past;

    if (!zone->told)
        return low - 1;
    /* A clock that is turned back over midnight shows the day again (in St John's at 00:01, for an
     * hour), so search from well after it. */
    low += 12 * step_us;
    while (bc_zone_day(zone, low) > day)
        low -= step_us;
    BC_LOWER_BOUND(past, low + 1, low + step_us, bc_zone_day(zone, past) <= day);
    return past - 1;
}

int64_t bc_zone_window_begin(const bc_zone *zone, int64_t us, int32_t days)
{
    int64_t local_us = us + bc_zone_offset(zone, us) * BC_SECOND_US;
    int32_t day = bc_zone_day(zone, us);

    /* By way of the clock it would be the first of two instants that show this time. */
    if (days == 0)
        return us;
    if (us == bc_zone_day_end(zone, day))
        return bc_zone_day_end(zone, day - days);
    return bc_zone_instant(zone, local_us - days * BC_DAY_US);
}
