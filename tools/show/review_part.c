#include "tools/show/review_part.h"

static struct bc_str name_of(const struct review_shown *shown, struct bc_str deal)
{
    return bc_names_of(&shown->review->names, deal);
}

void review_part_deal_add(struct bc_buf *out, const struct review_shown *shown, struct bc_str deal)
{
    const struct bc_str name = name_of(shown, deal);

    bc_buf_add_str(out, deal);
    if (name.len && !shown->no_names)
        bc_buf_printf(out, " (%.*s)", BC_STR_ARG(name));
}

void review_part_deal_shown(struct row *row, const struct review_shown *shown, struct bc_str deal)
{
    review_part_deal_add(row_make(row), shown, deal);
    row_made(row, "dealShown");
}

void review_part_deal(struct row *row, const struct review_shown *shown, struct bc_str deal)
{
    row_said(row, "deal", deal);
    row_said(row, "name", name_of(shown, deal));
    if (row_for_people(row))
        review_part_deal_shown(row, shown, deal);
}

void review_part_day_add(struct bc_buf *out, const struct review_shown *shown, int64_t us)
{
    char day[BC_DAY_LEN];

    bc_day_print(day, bc_zone_day(shown->basis->rules->zone, us));
    bc_buf_printf(out, "%s", day);
}

void review_part_day(struct row *row, const char *key, const struct review_shown *shown, int64_t us)
{
    if (!row_for_people(row))
        return;
    review_part_day_add(row_make(row), shown, us);
    row_made(row, key);
}

void review_part_date(struct row *row, const char *key, int32_t day)
{
    char text[BC_DAY_LEN];

    bc_day_print(text, day);
    row_format(row, key, "%s", text);
}
