#include "tools/show/rules_diff.h"

#include "tools/print/cell_text.h"
#include "tools/print/deal_text.h"
#include "tools/print/print_table.h"
#include "tools/show/report.h"

#include <math.h>
#include <stdlib.h>

/* --- the texts --- */

static void add_side(struct row *row, const char *key, struct bc_str text)
{
    if (text.len)
        row_text(row, key, text);
    else
        row_null(row, key);
}

static void fill_change(struct row *row, const void *source, size_t i)
{
    const struct bc_rules_diff *diff = source;

    row_text(row, "path", diff->changes[i].path);
    add_side(row, "old", diff->changes[i].from);
    add_side(row, "new", diff->changes[i].to);
}

void rules_diff_cells(struct row *row, const struct bc_rules_diff *diff)
{
    row_rows(row, "changes", rows_of(fill_change, diff, diff->n));
}

void rules_diff_print(const struct cmd_env *env, const struct bc_rules_diff *diff, const char *from,
                      const char *to)
{
    const struct column columns[] = {
        { .name = "RULE", .key = "path", .fit = COLUMN_WRAP, .least = 24 },
        { .name = from, .key = "old", .fit = COLUMN_WRAP, .least = 16 },
        { .name = to, .key = "new", .fit = COLUMN_WRAP, .least = 16 }
    };

    if (diff->n == 0)
        fputs("the rules say the same\n", env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_change, diff, diff->n));
}

/* --- the effect at many dates --- */

enum { DEALS_SHOWN = 8 };

/* A figure that moves; texts and rules are borrowed from the rules. */
struct move {
    const struct bc_metric_rule *metric;     /* or NULL: */
    const struct bc_red_line_rule *red_line; /* a red line */
    const char *slice;
    size_t date_n;
    double most; /* the change that is the largest either way, */
    int32_t day; /*   and its day */
    struct bc_str *deals;
    size_t deal_n, deal_cap;
};

static const char *name_of(const struct bc_metric_rule *metric,
                           const struct bc_red_line_rule *red_line)
{
    return metric ? metric->name : red_line->name;
}

static struct move *move_of(struct moves *moves, const struct bc_diff_row *row)
{
    for (size_t i = 0; i < moves->n; i++) {
        struct move *move = &moves->at[i];

        if (!move->metric == !row->metric &&
            strcmp(name_of(move->metric, move->red_line), name_of(row->metric, row->red_line)) ==
                0 &&
            (!row->metric || strcmp(move->slice, row->slice) == 0))
            return move;
    }
    BC_GROW(moves->at, moves->n, moves->cap);
    moves->at[moves->n] =
        (struct move){ .metric = row->metric, .red_line = row->red_line, .slice = row->slice };
    return &moves->at[moves->n++];
}

/* In byte order, each once. */
static void add_deal(struct moves *moves, struct move *move, struct bc_str deal)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, move->deal_n, bc_str_cmp(move->deals[at], deal) < 0);
    if (at < move->deal_n && bc_str_eq(move->deals[at], deal))
        return;
    BC_GROW(move->deals, move->deal_n, move->deal_cap);
    memmove(move->deals + at + 1, move->deals + at, (move->deal_n - at) * sizeof(*move->deals));
    move->deals[at] = bc_arena_copy(moves->arena, deal);
    move->deal_n++;
}

void moves_add(struct moves *moves, const struct bc_diff *diff, int32_t day)
{
    if (!moves->arena)
        moves->arena = bc_arena_new();
    moves->date_n++;
    for (size_t i = 0; i < diff->n; i++) {
        const struct bc_diff_row *row = &diff->rows[i];
        struct move *move = move_of(moves, row);
        double by = bc_figure_value(&row->to) - bc_figure_value(&row->from);

        if (move->date_n++ == 0 || fabs(by) > fabs(move->most)) {
            move->most = by;
            move->day = day;
        }
        for (size_t p = 0; p < row->part_n; p++)
            for (size_t d = 0; d < row->parts[p].deal_n; d++)
                add_deal(moves, move, row->parts[p].deals[d].is.deal);
    }
}

static void add_most(struct row *row, const struct move *move)
{
    struct bc_buf *text = row_make(row);
    char day[BC_DAY_LEN];

    cell_text_change(
        text, move->metric ? report_figure(move->metric) : report_line_figure(move->red_line),
        move->most);
    row_made(row, "most");
    bc_day_print(day, move->day);
    row_format(row, "day", "%s", day);
}

static void add_deals(struct row *row, const struct move *move)
{
    struct bc_buf *text = row_make(row);

    for (size_t i = 0; i < move->deal_n; i++) {
        if (i == DEALS_SHOWN && move->deal_n > DEALS_SHOWN + 1) {
            bc_buf_printf(text, ", and %zu more (--json lists them)", move->deal_n - i);
            break;
        }
        if (i)
            bc_buf_add_str(text, BC_STR(", "));
        deal_text_add(text, row->names, move->deals[i]);
    }
    row_made(row, "deals");
}

static void fill_move(struct row *row, const void *source, size_t i)
{
    const struct move *move = &((const struct moves *)source)->at[i];

    row_word(row, "name", name_of(move->metric, move->red_line));
    row_word(row, "slice", move->metric ? move->slice : "red line");
    row_count(row, "dates", move->date_n);
    add_most(row, move);
    add_deals(row, move);
}

void moves_print(const struct cmd_env *env, const struct moves *moves, size_t of_dates)
{
    static const struct column columns[] = {
        { .name = "FIGURE", .key = "name", .fit = COLUMN_WRAP, .least = 16 },
        { .name = "SLICE", .key = "slice", .stays = true },
        { .name = "DATES", .key = "dates", .right = true },
        { .name = "BY AT MOST", .key = "most", .right = true },
        { .name = "ON", .key = "day" },
        { .name = "DEALS", .key = "deals", .fit = COLUMN_WRAP, .least = 30 },
    };

    fprintf(env->out, "figures differ at %zu of %zu dates\n", moves->date_n, of_dates);
    if (moves->n)
        fputc('\n', env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_move, moves, moves->n));
}

void moves_release(struct moves *moves)
{
    for (size_t i = 0; i < moves->n; i++)
        free(moves->at[i].deals);
    free(moves->at);
    bc_arena_free(moves->arena);
    *moves = (struct moves){ 0 };
}
