/* tools/hubspot/value.c */
#include "tools/hubspot/value.h"

#include "ledger/record/merkle.h"

struct bc_str hubspot_text(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    if (!json_is_string(value))
        return (struct bc_str){ 0 };
    return (struct bc_str){ json_string_value(value), json_string_length(value) };
}

struct bc_str hubspot_id(const json_t *value, bc_arena *arena)
{
    char text[24];
    int len;

    if (json_is_string(value))
        return (struct bc_str){ json_string_value(value), json_string_length(value) };
    if (!json_is_integer(value))
        return (struct bc_str){ 0 };
    len = snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return bc_arena_copy(arena, (struct bc_str){ text, (size_t)len });
}

struct bc_str hubspot_property(const json_t *record, const char *name)
{
    return hubspot_text(json_object_get(record, "properties"), name);
}

/* Digits alone, few enough to be milliseconds of our range. */
static bool milliseconds(int64_t *out, struct bc_str text)
{
    int64_t ms = 0;

    if (text.len == 0 || text.len > 15)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        ms = ms * 10 + (text.at[i] - '0');
    }
    *out = ms;
    return ms <= BC_INSTANT_MAX / 1000;
}

bool hubspot_instant(int64_t *out_us, struct bc_str text)
{
    int64_t ms;

    if (milliseconds(&ms, text)) {
        *out_us = ms * 1000;
        return true;
    }
    return bc_instant_parse(out_us, text, NULL) == BC_OK;
}

struct bc_str hubspot_day(struct bc_str text, const bc_zone *zone, bc_arena *arena)
{
    char day[BC_DAY_LEN];
    int32_t known;
    int64_t us;

    if (bc_day_parse(&known, text) || !hubspot_instant(&us, text))
        return text;
    bc_day_print(day, zone ? bc_zone_day(zone, us) : (int32_t)(us / BC_DAY_US));
    return bc_arena_copy(arena, bc_str_of(day));
}

uint64_t hubspot_count(struct bc_str text)
{
    uint64_t n = 0;

    if (text.len > 18)
        return 0;
    for (size_t i = 0; i < text.len && text.at[i] != '.'; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return 0;
        n = n * 10 + (uint64_t)(text.at[i] - '0');
    }
    return n;
}

static bool is_plain(struct bc_str value)
{
    for (size_t i = 0; i < value.len; i++) {
        char c = value.at[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '-' || c == '.'))
            return false;
    }
    return value.len > 0 && value.len <= 40;
}

void hubspot_id_add(struct bc_buf *id, struct bc_str value)
{
    struct bc_hash hash;

    if (is_plain(value)) {
        bc_buf_add_str(id, value);
        return;
    }
    if (value.len == 0) {
        bc_buf_add_byte(id, '~'); /* cleared; no plain value and no hash looks like this */
        return;
    }
    hash = bc_hash_bytes(value);
    bc_buf_add_byte(id, '~');
    for (size_t i = 0; i < 12; i++)
        bc_buf_printf(id, "%02x", hash.at[i]);
}
