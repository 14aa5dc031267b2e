#include "tools/pages/cohort_table.h"

#include "tools/pages/behind.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/page_pictures.h"
#include "tools/print/print_html.h"
#include "tools/show/by_value.h"

#include <inttypes.h>

/* The value of the one key. */
static struct bc_str value_of(const struct row *row)
{
    const struct cell *values = row_find(row, "values");

    return values && values->kind == CELL_TEXTS && values->texts.n ? values->texts.at[0]
                                                                   : (struct bc_str){ 0 };
}

static bool is_all(const struct row *row)
{
    return !row_find(row, "values");
}

/* On a narrow page what has left stands below. */
static void put_value(struct html_out *out, const struct row *row)
{
    const struct bc_str key = page_cells_text(page_about(out)->around, "key");
    bool linked;

    if (is_all(row)) {
        html_out_put(out, "all");
    } else {
        linked = behind_link(out, value_of(row), "n");
        html_out_text(out, by_value_said(out->env->names, key, value_of(row)));
        document_link_end(out, linked);
    }
    page_cells_put_rests_on(out, row);
}

static void put_of(struct html_out *out, const struct row *row)
{
    if (is_all(row))
        page_cells_put_of(out, row, "converted");
    else
        behind_put_of(out, row, value_of(row), "converted");
}

static void put_count(struct html_out *out, const struct row *row, const char *key)
{
    if (is_all(row))
        page_cells_put(out, row, key);
    else
        behind_put_count(out, row, value_of(row), key);
}

static void put_failed(struct html_out *out, const struct row *row)
{
    put_count(out, row, "failed");
}

static void put_open(struct html_out *out, const struct row *row)
{
    put_count(out, row, "open");
}

static void put_lift(struct html_out *out, const struct row *row)
{
    double lift;

    if (page_cells_number(&lift, row, "lift"))
        html_out_put(out, "%.2f", lift);
    else if (!is_all(row))
        page_cells_put(out, row, "lift");
}

/* --- what leads cost --- */

static void put_met(struct html_out *out, const struct row *row)
{
    const struct cell *met = row_find(row, "met");

    if (met && met->kind == CELL_BOOL)
        page_cells_state(out, met->yes ? PAGE_FINE : PAGE_RISK,
                         met->yes ? BC_STR("met") : BC_STR("not met"));
    else
        page_cells_put(out, row, "met");
}

static void put_money(struct html_out *out, const struct row *row, const char *key)
{
    const struct bc_str currency = page_cells_text(row, "currency");

    page_cells_put_amount(out, row, key);
    if (page_cells_text(row, key).len && currency.len) {
        html_out_put(out, " <span class=\"q\">");
        html_out_text(out, currency);
        html_out_put(out, "</span>");
    }
}

static void put_cost(struct html_out *out, const struct row *row)
{
    put_money(out, row, "cost");
}

static void put_each(struct html_out *out, const struct row *row)
{
    put_money(out, row, "costPerConverted");
}

/* --- tables --- */

/* All of them together are the last row. */
static void fill(struct row *row, const void *source, size_t i)
{
    const struct cohort_table *table = source;

    if (i < table->rows.n) {
        table->rows.fill(row, table->rows.source, i);
        return;
    }
    for (size_t at = 0; at < table->all->n; at++) {
        BC_GROW(row->cells, row->n, row->cap);
        row->cells[row->n++] = table->all->cells[at];
    }
}

#define RATE_COLUMNS                                                                               \
    { .name = "Rate", .key = "rate", .right = true, .class = "big" },                              \
        { .name = "0 to 100 %", .class = "pic", .leave = 1, .draw = page_pictures_rate },          \
    {                                                                                              \
        .name = "95 % interval", .class = "q2", .leave = 1, .draw = page_cells_interval            \
    }

static void put_groups(struct html_out *out, const struct cohort_table *table, struct rows rows)
{
    const struct column columns[] = {
        { .name = table->heading, .about = true, .draw = put_value },
        { .name = "Converted", .right = true, .leave = 1, .draw = put_of },
        { .name = "Failed", .right = true, .leave = 2, .draw = put_failed },
        { .name = "Open", .right = true, .leave = 2, .draw = put_open },
        RATE_COLUMNS,
        { .name = "Lift", .right = true, .leave = 2, .draw = put_lift },
        { .name = "Median", .key = "medianDays", .right = true, .leave = 1 },
    };
    const struct html_table printed = { .columns = COLUMNS_OF(columns), .class = "tight" };

    print_html_of(out, &printed, rows);
}

static void put_leads(struct html_out *out, const struct cohort_table *table, struct rows rows)
{
    const struct column columns[] = {
        { .name = table->heading, .about = true, .draw = put_value },
        { .name = "Qualified", .right = true, .leave = 1, .draw = put_of },
        { .name = "Failed", .right = true, .leave = 3, .draw = put_failed },
        { .name = "Open", .right = true, .leave = 3, .draw = put_open },
        RATE_COLUMNS,
        { .name = "Target", .leave = 2, .draw = put_met },
        { .name = "Median", .key = "medianDays", .right = true, .leave = 2 },
        { .name = "Cost", .right = true, .leave = 1, .draw = put_cost },
        { .name = "Each", .right = true, .draw = put_each },
    };
    enum { OF_COSTS = 2 };
    struct html_table printed = { .columns = COLUMNS_OF(columns), .class = "tight" };

    printed.columns.n -= table->costs ? 0 : OF_COSTS;
    print_html_of(out, &printed, rows);
}

void cohort_table_put(struct html_out *out, const struct cohort_table *table)
{
    const struct rows rows = rows_of(fill, table, table->rows.n + (table->all != NULL));
    const void *kept = out->about;
    struct page_about about = *page_about(out);
    struct row around = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };

    row_text(&around, "key", table->key);
    about.around = &around;
    out->about = &about;
    (table->leads ? put_leads : put_groups)(out, table, rows);
    out->about = kept;
    row_release(&around);
}

void cohort_table_put_left_out(struct html_out *out, const struct row *all)
{
    static const struct {
        const char *key, *said;
    } kinds[] = {
        { "withoutDeal", "of no deal, counted with the open ones" },
        { "already", "already there, in nothing else" },
        { "immature", "too young" },
        { "excluded", "only found there, when they came is not known" },
        { "gone", "gone since" },
    };
    const char *before = "<p class=\"note\">";

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const struct cell *cell = row_find(all, kinds[i].key);

        if (!cell || cell->kind != CELL_COUNT || cell->count == 0)
            continue;
        html_out_put(out, "%s%" PRIu64 " %s", before, cell->count, kinds[i].said);
        before = "; ";
    }
    if (before[0] == ';')
        html_out_put(out, "</p>\n");
}
