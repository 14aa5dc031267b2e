#include "tools/cli/times.h"

#include "tools/cli/cmd.h"

#include <stdlib.h>
#include <string.h>

/* What a clock shows at an instant: a time as if it were in UTC, and how far it is from there. */
struct shown {
    int64_t local_us;
    int32_t offset_s;
};

static const bc_zone *zone_of(const struct times *times)
{
    return !times ? NULL : times->own ? times->own : times->zone;
}

static struct shown shown_at(const struct times *times, int64_t us)
{
    const bc_zone *zone = zone_of(times);
    const int32_t offset_s = zone ? bc_zone_offset(zone, us) : 0;
    const int64_t local_us = us + offset_s * BC_SECOND_US;

    if (local_us < 0 || local_us > BC_INSTANT_MAX || offset_s % 60 != 0)
        return (struct shown){ us, 0 };
    return (struct shown){ local_us, offset_s };
}

/* `+02:00` or Z. */
static void print_offset(char *out, int32_t offset_s)
{
    const int minutes = abs(offset_s) / 60;

    if (offset_s == 0)
        (void)snprintf(out, 2, "Z");
    else
        (void)snprintf(out, 7, "%c%02d:%02d", offset_s < 0 ? '-' : '+', minutes / 60 % 100,
                       minutes % 60);
}

/* A time that is not where the zone's other times are, or that they have twice. */
static bool needs_offset(const struct times *times, const struct shown *shown, int64_t us)
{
    const bc_zone *zone = zone_of(times);
    int64_t last_us;

    if (!zone)
        return false;
    return shown->offset_s != bc_zone_offset(zone, us) ||
           bc_zone_instants(zone, &last_us, shown->local_us) > 1;
}

void times_print(char out[TIMES_LEN], const struct times *times, int64_t us)
{
    const struct shown shown = shown_at(times, us);
    char text[BC_INSTANT_LEN];

    bc_instant_print(text, shown.local_us);
    (void)snprintf(out, TIMES_LEN, "%.10s %.8s", text, text + 11);
    if (needs_offset(times, &shown, us))
        print_offset(out + strlen(out), shown.offset_s);
}

static void print_rfc(char out[TIMES_LEN], const struct times *times, int64_t us,
                      void (*print)(char *, int64_t))
{
    const struct shown shown = shown_at(times, us);

    print(out, shown.local_us);
    print_offset(out + strlen(out) - 1, shown.offset_s);
}

void times_print_exact(char out[TIMES_LEN], const struct times *times, int64_t us)
{
    print_rfc(out, times, us, bc_instant_print);
}

void times_print_short(char out[TIMES_LEN], const struct times *times, int64_t us)
{
    print_rfc(out, times, us, bc_instant_print_short);
}

const char *times_zone_name(const struct times *times)
{
    const bc_zone *zone = zone_of(times);

    return zone ? bc_zone_name(zone) : "UTC";
}

void times_tell(const struct cmd_env *env)
{
    fprintf(env->out, "times in %s\n", times_zone_name(env->times));
}
