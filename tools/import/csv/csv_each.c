/* tools/import/csv/csv_each.c - cells in which several ids stand. */
#include "tools/import/csv/csv_row.h"

/* The items of a list; of one that is empty an empty one, which the event may need or not. */
static size_t items_of(struct csv_rows *rows, struct bc_str **out, const struct csv_text *text,
                       char by)
{
    static struct bc_str none;
    size_t n = csv_rows_split(rows, out, csv_rows_text(rows, text), by);

    if (n == 0)
        *out = &none;
    return n ? n : 1;
}

bc_status csv_rows_each(struct csv_rows *rows, const struct csv_rule *rule, struct bc_str row_key,
                        csv_make *make, struct bc_err *err)
{
    const struct csv_value *each = &rule->value[rule->each];
    struct bc_str none = { 0 }, *deals = &none, *items = &none;
    size_t deal_n = 1, item_n = 1;
    bc_status rc = BC_OK;

    if (rule->about.split)
        deal_n = items_of(rows, &deals, &rule->about.deal, rule->about.split);
    if (rule->each)
        item_n = items_of(rows, &items, &each->text, each->split);
    for (size_t i = 0; rc == BC_OK && i < deal_n * item_n; i++) {
        rows->deal = deals[i / item_n];
        rows->each = items[i % item_n];
        rc = make(rows, rule, row_key, err);
        if (rc == BC_DONE)
            rc = BC_OK; /* the map leaves this one out */
    }
    return rc;
}

bc_status csv_rows_deal(struct csv_rows *rows, struct bc_str *out, const struct csv_about *about,
                        struct bc_err *err)
{
    *out = about->split ? rows->deal : csv_rows_text(rows, &about->deal);
    return csv_rows_id(rows, out, csv_text_column(&about->deal), err);
}
