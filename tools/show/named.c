#include "tools/show/named.h"

void named_deal_add(struct bc_buf *out, const struct named *named, struct bc_str deal)
{
    const struct bc_str name = bc_names_of(named->names, deal);

    bc_buf_add_str(out, deal);
    if (name.len && !named->off)
        bc_buf_printf(out, " (%.*s)", BC_STR_ARG(name));
}

void named_deal_shown(struct row *row, const struct named *named, struct bc_str deal)
{
    named_deal_add(row_make(row), named, deal);
    row_made(row, "dealShown");
}

void named_deal(struct row *row, const struct named *named, struct bc_str deal)
{
    row_said(row, "deal", deal);
    row_said(row, "name", bc_names_of(named->names, deal));
    if (row_for_people(row))
        named_deal_shown(row, named, deal);
}

void named_day_add(struct bc_buf *out, const struct named *named, int64_t us)
{
    char day[BC_DAY_LEN];

    bc_day_print(day, bc_zone_day(named->zone, us));
    bc_buf_printf(out, "%s", day);
}

void named_day(struct row *row, const char *key, const struct named *named, int64_t us)
{
    if (!row_for_people(row))
        return;
    named_day_add(row_make(row), named, us);
    row_made(row, key);
}

void named_date(struct row *row, const char *key, int32_t day)
{
    char text[BC_DAY_LEN];

    bc_day_print(text, day);
    row_format(row, key, "%s", text);
}
