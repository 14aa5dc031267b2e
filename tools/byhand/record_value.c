#include "tools/byhand/record_value.h"

#include "tools/ask/when.h"
#include "tools/cli/opt.h"

bc_status record_when_read(int64_t *out_us, bool *is_day, const char *text,
                           const struct record_reading *in, struct bc_err *err)
{
    struct when when;
    bc_status rc = when_parse_local(&when, text, in->now_us, in->zone, err);

    if (rc < 0)
        return rc;
    *is_day = when.is_day;
    *out_us = when_instant(&when, in->zone);
    if (when.is_day && *out_us > in->now_us && when.day <= bc_zone_day(in->zone, in->now_us))
        *out_us = in->now_us;
    return BC_OK;
}

/* A time within a body needs a time of day: a date will not do. */
static bc_status read_time(struct bc_value *out, const char *text, const struct record_reading *in,
                           struct bc_err *err)
{
    struct when when;
    bc_status rc = when_parse_local(&when, text, in->now_us, in->zone, err);

    if (rc == BC_OK && when.is_day)
        rc = bc_err_set(err, BC_E_USAGE,
                        "'%s' has no time of day; expected one like 2025-03-31 09:30", text);
    if (rc < 0)
        return rc;
    out->set = true;
    out->us = when.us;
    return BC_OK;
}

static bc_status read_day(struct bc_value *out, const char *text, const struct record_reading *in,
                          struct bc_err *err)
{
    char day[BC_DAY_LEN];
    struct when when;
    bc_status rc = when_parse_day(&when, text, in->now_us, in->zone, err);

    if (rc == BC_OK && !when.is_day)
        rc = bc_err_set(err, BC_E_USAGE, "'%s' is no date; expected one like 2025-03-31", text);
    if (rc < 0)
        return rc;
    bc_day_print(day, when.day);
    out->text = bc_arena_copy(in->arena, bc_str_of(day));
    return BC_OK;
}

void record_value_list(struct bc_value *out, const char *const *texts, size_t n, bc_arena *arena)
{
    struct bc_str *items = bc_arena_alloc(arena, (n + 1) * sizeof(*items));

    for (size_t i = 0; i < n; i++)
        items[i] = bc_str_of(texts[i]);
    out->items = items;
    out->item_n = n;
}

bc_status record_value_read(struct bc_value *out, const struct bc_field *field, const char *text,
                            const struct record_reading *in, struct bc_err *err)
{
    *out = (struct bc_value){ 0 };
    if (text[0] == '\0')
        return BC_OK;
    switch (field->type) {
    case BC_TEXT:
        out->text = bc_str_of(text);
        return BC_OK;
    case BC_BOOL:
        if (!opt_yes_no(&out->yes, text))
            return bc_err_set(err, BC_E_USAGE, "'%s': expected yes or no", text);
        return BC_OK;
    case BC_TIME:
        return read_time(out, text, in, err);
    case BC_DAY:
        return read_day(out, text, in, err);
    case BC_LIST:
        record_value_list(out, &text, 1, in->arena);
        return BC_OK;
    }
    return BC_OK;
}
