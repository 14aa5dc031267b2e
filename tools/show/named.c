#include "tools/show/named.h"

#include "tools/print/deal_text.h"

void named_as_asked(struct named *named, const struct cmd_env *env)
{
    named->off = env->names && env->names->off;
    named->most = env->names ? env->names->most : 0;
}

static struct bc_str shown_name(const struct named *named, struct bc_str deal)
{
    return named->off ? BC_STR("") : bc_names_of(named->names, deal);
}

void named_deal_add(struct bc_buf *out, const struct named *named, struct bc_str deal)
{
    deal_text_add_name(out, deal, shown_name(named, deal), named->most);
}

/* The column sees to its width. */
void named_deal_shown(struct row *row, const char *key, const struct named *named,
                      struct bc_str deal)
{
    deal_text_add_name(row_make(row), deal, shown_name(named, deal), 0);
    row_made(row, key);
}

void named_deal(struct row *row, const struct named *named, struct bc_str deal)
{
    row_said(row, "deal", deal);
    row_said(row, "name", bc_names_of(named->names, deal));
    if (row_for_people(row))
        named_deal_shown(row, "dealShown", named, deal);
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
