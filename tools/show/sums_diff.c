#include "tools/show/sums_diff.h"

#include "tools/print/cell_text.h"

#include <string.h>

static void add_sum(struct row *row, const char *key, bool amount, bc_int128 sum)
{
    if (amount)
        row_amount(row, key, sum);
    else
        row_integer(row, key, (int64_t)sum);
}

/* For people with its sign. */
static void add_change(struct row *row, bool amount, bc_int128 by)
{
    const struct cell cell = { .kind = CELL_AMOUNT, .millionths = &by };
    struct bc_buf *text;

    if (row_for_programs(row)) {
        add_sum(row, "change", amount, by);
        return;
    }
    text = row_make(row);
    bc_buf_printf(text, "%s", by > 0 ? "+" : "");
    if (amount)
        cell_text_add(text, &cell, row->times);
    else
        bc_buf_printf(text, "%lld", (long long)by);
    row_made(row, "change");
}

/* --- for programs --- */

struct change {
    const struct sums_kind *kind;
    bc_int128 by[BC_SUMS_MAX];
};

static void fill_change(struct row *row, const void *source, size_t i)
{
    const struct change *change = source;

    (void)i;
    for (size_t f = 0; f < change->kind->n; f++)
        add_sum(row, change->kind->figures[f], change->kind->amounts, change->by[f]);
}

static void add_changes(struct row *row, const struct sums_kind *kind,
                        const bc_int128 by[BC_SUMS_MAX])
{
    struct change *change = row_alloc(row, sizeof(*change));

    change->kind = kind;
    memcpy(change->by, by, sizeof(change->by));
    row_row(row, "change", fill_change, change);
}

struct part {
    const struct sums_kind *kind;
    const struct bc_sums_part *of;
    size_t figure; /* for people */
};

static enum diff_how how_of(unsigned before, unsigned after)
{
    return !before && !after ? DIFF_HOW_NOT
           : !before         ? DIFF_HOW_IN
           : !after          ? DIFF_HOW_OUT
                             : DIFF_HOW_CHANGED;
}

static void fill_deal(struct row *row, const void *source, size_t i)
{
    const struct part *part = source;
    const struct bc_sums_deal *deal = &part->of->deals[i];

    row_text(row, "deal", deal->is.deal);
    row_word(row, "how", diff_how_name(how_of(deal->before.in, deal->after.in)));
    part->kind->stake(row, "old", &deal->before);
    part->kind->stake(row, "new", &deal->after);
    row_texts(row, "events", deal->is.events, deal->is.event_n);
}

struct causes {
    const struct sums_kind *kind;
    const struct bc_sums_row *sums;
    size_t figure; /* for people */
};

static struct part *part_of(struct row *row, const struct causes *causes, size_t i)
{
    struct part *part = row_alloc(row, sizeof(*part));

    *part = (struct part){ causes->kind, &causes->sums->parts[i], causes->figure };
    return part;
}

static void fill_cause(struct row *row, const void *source, size_t i)
{
    const struct causes *causes = source;
    const struct bc_sums_part *part = &causes->sums->parts[i];

    row_word(row, "cause", bc_cause_name(part->cause));
    add_changes(row, causes->kind, part->by);
    row_rows(row, "deals", rows_of(fill_deal, part_of(row, causes, i), part->deal_n));
}

static struct causes *causes_of(struct row *row, const struct sums_kind *kind,
                                const struct bc_sums_row *sums, size_t figure)
{
    struct causes *causes = row_alloc(row, sizeof(*causes));

    *causes = (struct causes){ kind, sums, figure };
    return causes;
}

void sums_diff_cells(struct row *row, const struct sums_kind *kind, const struct bc_sums_row *sums)
{
    bc_int128 by[BC_SUMS_MAX];

    for (size_t f = 0; f < BC_SUMS_MAX; f++)
        by[f] = sums->to[f] - sums->from[f];
    add_changes(row, kind, by);
    row_rows(row, "causes", rows_of(fill_cause, causes_of(row, kind, sums, 0), sums->part_n));
}

/* --- one figure --- */

static enum diff_how tell_deal(struct bc_str *deal, const void *source, size_t i)
{
    const struct part *part = source;
    const struct bc_sums_deal *moved = &part->of->deals[i];
    const unsigned before = moved->before.in >> part->figure & 1;
    const unsigned after = moved->after.in >> part->figure & 1;

    *deal = moved->is.deal;
    return before && after && moved->before.of[part->figure] == moved->after.of[part->figure]
               ? DIFF_HOW_NOT
               : how_of(before, after);
}

static bool moves(const struct part *part)
{
    struct bc_str deal;

    for (size_t i = 0; i < part->of->deal_n; i++)
        if (tell_deal(&deal, part, i) != DIFF_HOW_NOT)
            return true;
    return false;
}

/* The causes that move a figure, for people; the change where there are others, too. */
static bc_status find_causes(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct causes *causes = finder;
    size_t moving = 0;
    bc_status rc = BC_OK;

    for (size_t i = 0; i < causes->sums->part_n; i++)
        moving += moves(&(struct part){ causes->kind, &causes->sums->parts[i], causes->figure });
    for (size_t i = 0; rc == BC_OK && i < causes->sums->part_n; i++) {
        struct part *part = part_of(taker->row, causes, i);

        if (!moves(part)) {
            row_clear(taker->row);
            continue;
        }
        if (moving > 1)
            add_change(taker->row, causes->kind->amounts, part->of->by[causes->figure]);
        row_word(taker->row, "cause", diff_cause_text(part->of->cause));
        diff_deals_text(taker->row, tell_deal, part, part->of->deal_n);
        rc = row_take(taker, err);
    }
    return rc;
}

void sums_diff_figure(struct row *row, const struct sums_kind *kind, const struct bc_sums_row *sums,
                      size_t figure)
{
    row_word(row, "figure", kind->figures[figure]);
    add_sum(row, "old", kind->amounts, sums->from[figure]);
    add_sum(row, "new", kind->amounts, sums->to[figure]);
    add_change(row, kind->amounts, sums->to[figure] - sums->from[figure]);
    for (size_t i = 0; row_for_programs(row) && i < sums->part_n; i++)
        add_sum(row, bc_cause_name(sums->parts[i].cause), kind->amounts, sums->parts[i].by[figure]);
    if (!row_for_programs(row))
        row_rows(row, "causes", rows_found(find_causes, causes_of(row, kind, sums, figure)));
}

bool sums_beside_differs(const struct sums_beside *beside)
{
    return beside->from_there != beside->to_there || beside->from != beside->to ||
           beside->from_amount != beside->to_amount;
}

static void add_beside(struct row *row, const char *key, const struct sums_beside *beside,
                       bool there, double rate, bc_int128 amount)
{
    if (beside->kind == CELL_AMOUNT)
        row_amount(row, key, amount);
    else
        row_figure(row, key, there ? beside->kind : CELL_NULL, rate);
}

void sums_beside_cells(struct row *row, const struct sums_beside *beside)
{
    const double by = (beside->to_there ? beside->to : 0) - (beside->from_there ? beside->from : 0);

    row_word(row, "figure", beside->name);
    add_beside(row, "old", beside, beside->from_there, beside->from, beside->from_amount);
    add_beside(row, "new", beside, beside->to_there, beside->to, beside->to_amount);
    if (beside->kind == CELL_AMOUNT) {
        add_change(row, true, beside->to_amount - beside->from_amount);
    } else if (row_for_programs(row)) {
        row_figure(row, "change", beside->kind, by);
    } else {
        cell_text_change(row_make(row), beside->kind, by);
        row_made(row, "change");
    }
}

struct columns sums_diff_columns(struct column out[SUMS_COLUMNS_MAX], const struct column *own,
                                 size_t n, bool csv)
{
    static const struct column table[] = {
        { .name = "FIGURE", .key = "figure" },
        { .name = "OLD", .key = "old", .right = true },
        { .name = "NEW", .key = "new", .right = true },
        { .name = "CHANGE", .key = "change", .right = true, .begins = true },
        { .name = "BECAUSE OF", .key = "cause", .fit = COLUMN_WRAP, .least = 12 },
        { .name = "DEALS (+ in, - out, ~ changed)",
          .key = "deals",
          .fit = COLUMN_WRAP,
          .least = 16 },
    };
    const size_t table_n = sizeof(table) / sizeof(table[0]), of_figure = 4;
    const size_t more = csv ? of_figure + BC_CAUSE_GIVEN : table_n;

    memcpy(out, own, n * sizeof(*own));
    if (!csv)
        memcpy(out + n, table, sizeof(table));
    for (size_t i = 0; csv && i < more; i++) {
        const char *key =
            i < of_figure ? table[i].key : bc_cause_name((enum bc_cause)(i - of_figure));

        out[n + i] = (struct column){ key, key, .right = i > 0 };
    }
    return (struct columns){ out, n + more };
}
