#include "ledger/base/tzif.h"

#include "ledger/base/mem.h"
#include "ledger/base/search.h"
#include "ledger/base/tzif_rule.h"

#include <stdlib.h>

enum { HEADER = 44, TYPE = 6, OFFSET_MOST = 7 * 86400 };

/* How many of each there are, in the order of a header. */
struct counts {
    uint32_t in_utc, standard, leaps, changes, types, chars;
};

struct bc_tzif {
    int64_t *seconds; /* of the changes, upwards */
    int32_t *offsets; /* from each on */
    size_t n;
    int32_t first; /* before all of them */
    bool ruled;    /* after the last one: */
    struct bc_tzif_rule rule;
};

static uint64_t big_endian(const char *at, size_t bytes)
{
    uint64_t number = 0;

    for (size_t i = 0; i < bytes; i++)
        number = number << 8 | (uint8_t)at[i];
    return number;
}

static int64_t signed_at(const char *at, size_t bytes)
{
    return bytes == 4 ? (int32_t)big_endian(at, 4) : (int64_t)big_endian(at, 8);
}

static bool take_header(struct counts *out, char *version, struct bc_str *bytes)
{
    const char *at = bytes->at;

    if (bytes->len < HEADER || memcmp(at, "TZif", 4) != 0)
        return false;
    *version = at[4];
    *out = (struct counts){ (uint32_t)big_endian(at + 20, 4), (uint32_t)big_endian(at + 24, 4),
                            (uint32_t)big_endian(at + 28, 4), (uint32_t)big_endian(at + 32, 4),
                            (uint32_t)big_endian(at + 36, 4), (uint32_t)big_endian(at + 40, 4) };
    *bytes = (struct bc_str){ at + HEADER, bytes->len - HEADER };
    return out->types > 0 && out->types <= 256;
}

/* Bytes of what a header counts, where a time has so many; none of these can overflow. */
static uint64_t size_of(const struct counts *counts, size_t time)
{
    return (uint64_t)counts->changes * (time + 1) + (uint64_t)counts->types * TYPE + counts->chars +
           (uint64_t)counts->leaps * (time + 4) + counts->standard + counts->in_utc;
}

static int32_t offset_of(const char *types, size_t type)
{
    return (int32_t)big_endian(types + type * TYPE, 4);
}

static bool offsets_are_sound(const char *types, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (offset_of(types, i) <= -OFFSET_MOST || offset_of(types, i) >= OFFSET_MOST)
            return false;
    return true;
}

/* That of the first type that is no summer time, as the C library has it. */
static int32_t first_offset(const char *types, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (types[i * TYPE + 4] == 0)
            return offset_of(types, i);
    return offset_of(types, 0);
}

/* The data of a header, which is all there. */
static bool read_data(struct bc_tzif *zone, const char *at, const struct counts *counts,
                      size_t time)
{
    const char *indexes = at + counts->changes * time, *types = indexes + counts->changes;

    if (!offsets_are_sound(types, counts->types))
        return false;
    zone->n = counts->changes;
    zone->seconds = bc_calloc(zone->n, sizeof(*zone->seconds));
    zone->offsets = bc_calloc(zone->n, sizeof(*zone->offsets));
    zone->first = first_offset(types, counts->types);
    for (size_t i = 0; i < zone->n; i++) {
        if ((uint8_t)indexes[i] >= counts->types)
            return false;
        zone->seconds[i] = signed_at(at + i * time, time);
        zone->offsets[i] = offset_of(types, (uint8_t)indexes[i]);
        if (i > 0 && zone->seconds[i] <= zone->seconds[i - 1])
            return false;
    }
    return true;
}

/* Between two line ends; nothing in it: the last offset stays. */
static bool read_rule(struct bc_tzif *zone, struct bc_str bytes)
{
    const char *end;

    if (bytes.len < 2 || bytes.at[0] != '\n')
        return false;
    bytes = (struct bc_str){ bytes.at + 1, bytes.len - 1 };
    end = memchr(bytes.at, '\n', bytes.len);
    if (!end)
        return false;
    bytes.len = (size_t)(end - bytes.at);
    zone->ruled = bytes.len > 0;
    return !zone->ruled || bc_tzif_rule_parse(&zone->rule, bytes);
}

static bool read_all(struct bc_tzif *zone, struct bc_str bytes)
{
    struct counts counts;
    char version;
    size_t time = 4;

    if (!take_header(&counts, &version, &bytes) || size_of(&counts, time) > bytes.len)
        return false;
    if (version != '\0') { /* the same once more, with times of 64 bits */
        const size_t short_ones = size_of(&counts, time);

        bytes = (struct bc_str){ bytes.at + short_ones, bytes.len - short_ones };
        time = 8;
        if (!take_header(&counts, &version, &bytes) || size_of(&counts, time) > bytes.len)
            return false;
    }
    if (!read_data(zone, bytes.at, &counts, time))
        return false;
    if (time == 4)
        return true;
    bytes =
        (struct bc_str){ bytes.at + size_of(&counts, time), bytes.len - size_of(&counts, time) };
    return read_rule(zone, bytes);
}

bc_tzif *bc_tzif_new(struct bc_str bytes)
{
    bc_tzif *zone = bc_calloc(1, sizeof(*zone));

    if (read_all(zone, bytes))
        return zone;
    bc_tzif_free(zone);
    return NULL;
}

void bc_tzif_free(bc_tzif *zone)
{
    if (!zone)
        return;
    free(zone->seconds);
    free(zone->offsets);
    free(zone);
}

int32_t bc_tzif_offset(const bc_tzif *zone, int64_t second)
{
    size_t past;

    if (zone->n == 0 || second < zone->seconds[0])
        return zone->n == 0 && zone->ruled ? bc_tzif_rule_offset(&zone->rule, second) : zone->first;
    if (zone->ruled && second >= zone->seconds[zone->n - 1])
        return bc_tzif_rule_offset(&zone->rule, second);
    BC_LOWER_BOUND(past, 0, zone->n, zone->seconds[past] <= second);
    return zone->offsets[past - 1];
}
