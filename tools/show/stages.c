#include "tools/show/stages.h"

#include "tools/cli/text.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/learning_cells.h"

#include <inttypes.h>

const char *const stages_counts[BC_PACE_COUNT_N] = {
    [BC_PACE_NOW] = "now",   [BC_PACE_STALLED] = "stalled", [BC_PACE_ENTERED] = "entered",
    [BC_PACE_LEFT] = "left", [BC_PACE_TIMED] = "n",         [BC_PACE_OPEN] = "openN",
};

static void fill_next(struct row *row, const void *source, size_t i)
{
    const struct bc_move *move = &((const struct bc_pace *)source)->next[i];

    row_text(row, "stage", move->to);
    row_count(row, "n", move->n);
}

/* For programs a list, for people the ones that most went to, in a CSV all of them in one cell. */
static void next_cell(struct row *row, const struct bc_pace *pace)
{
    const bool csv = row_for_programs(row);
    struct bc_buf *text;

    if (!row_for_people(row)) {
        row_rows(row, "next", rows_of(fill_next, pace, pace->next_n));
        return;
    }
    text = row_make(row);
    for (size_t i = 0; i < pace->next_n; i++)
        bc_buf_printf(text, "%s%.*s %" PRIu64, i ? csv ? ";" : ", " : "",
                      BC_STR_ARG(pace->next[i].to), pace->next[i].n);
    row_made(row, "next");
}

static void days(struct row *row, const char *key, bool there, double value)
{
    row_figure(row, key, there ? CELL_DAYS : CELL_NULL, value);
}

static void count(struct row *row, const struct bc_pace *pace, enum bc_pace_count what)
{
    row_count(row, stages_counts[what], pace->n[what]);
}

/* By which the bottleneck is found: days there for each deal that left; where none did, all. */
static void page_cells_of(struct row *row, const struct bc_pace *pace, bool is_open)
{
    const uint64_t left = pace->n[BC_PACE_LEFT];

    row_bool(row, "isOpen", is_open);
    days(row, "exitDays", left > 0 || pace->deal_us > 0,
         (double)pace->deal_us / (double)BC_DAY_US / (double)(left ? left : 1));
}

static void fill_stage(struct row *row, const void *source, size_t i)
{
    const struct stages_shown *shown = source;
    const struct bc_pace *pace = &shown->velocity->stages[i];
    const bool timed = pace->n[BC_PACE_TIMED] > 0, open = pace->n[BC_PACE_OPEN] > 0;

    row_word(row, "stage", shown->basis->rules->stages[i].id);
    if (shown->velocity->bottleneck == (int)i)
        row_color(row, "yellow");
    count(row, pace, BC_PACE_NOW);
    count(row, pace, BC_PACE_STALLED);
    count(row, pace, BC_PACE_ENTERED);
    count(row, pace, BC_PACE_LEFT);
    count(row, pace, BC_PACE_TIMED);
    days(row, "meanDays", timed, pace->timed.mean_days);
    days(row, "medianDays", timed, pace->timed.median_days);
    days(row, "p90Days", timed, pace->timed.p90_days);
    count(row, pace, BC_PACE_OPEN);
    days(row, "openMedianDays", open, pace->open_median_days);
    days(row, "oldestDays", open, pace->oldest_days);
    if (open)
        row_text(row, "oldestDeal", pace->oldest_deal);
    else
        row_null(row, "oldestDeal");
    next_cell(row, pace);
    if (row_for_pages(row))
        page_cells_of(row, pace, shown->basis->rules->stages[i].kind == BC_STAGE_OPEN);
    days(row, "dealDays", true, (double)pace->deal_us / (double)BC_DAY_US);
}

struct rows stages_rows(const struct stages_shown *shown)
{
    return rows_of(fill_stage, shown, shown->velocity->stage_n);
}

const char *stages_bottleneck(const struct stages_shown *shown)
{
    const int stage = shown->velocity->bottleneck;

    return stage == BC_NO_BOTTLENECK ? NULL : shown->basis->rules->stages[stage].id;
}

void stages_cells(struct row *row, const struct stages_shown *shown)
{
    row_word(row, "slice", shown->basis->rules->slices[shown->ask->slice].name);
    learning_cells_since(row, shown->ask->since_us);
    row_rows(row, "stages", stages_rows(shown));
    if (stages_bottleneck(shown))
        row_word(row, "bottleneck", stages_bottleneck(shown));
    else
        row_null(row, "bottleneck");
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct stages_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->as_of_us);
    stages_cells(row, shown);
    if (shown->ask->list)
        row_texts(row, "deals", shown->velocity->deals, shown->velocity->deal_n);
    notes_cells(row, &shown->basis->notes);
}

void stages_show_json(const struct cmd_env *env, const struct stages_shown *shown)
{
    print_json_of(env, fill, shown);
}

void stages_show_csv(const struct cmd_env *env, const struct stages_shown *shown)
{
    static const struct column columns[] = {
        { "stage", "stage", .dash = false },
        { "now", "now", .right = true },
        { "stalled", "stalled", .right = true },
        { "entered", "entered", .right = true },
        { "left", "left", .right = true },
        { "n", "n", .right = true },
        { "meanDays", "meanDays", .right = true },
        { "medianDays", "medianDays", .right = true },
        { "p90Days", "p90Days", .right = true },
        { "openN", "openN", .right = true },
        { "openMedianDays", "openMedianDays", .right = true },
        { "oldestDays", "oldestDays", .right = true },
        { "oldestDeal", "oldestDeal", .dash = false },
        { "next", "next", .dash = false },
        { "dealDays", "dealDays", .right = true },
    };

    print_csv_of(env->out, COLUMNS_OF(columns), stages_rows(shown));
}

/* The counts and times, and below, since both have no room side by side, where deals went on to. */
static void print_tables(const struct cmd_env *env, const struct stages_shown *shown)
{
    static const struct column paces[] = {
        { "STAGE", "stage", .dash = false },       { "NOW", "now", .right = true },
        { "STALLED", "stalled", .right = true },   { "IN", "entered", .right = true },
        { "OUT", "left", .right = true },          { "MEDIAN", "medianDays", .right = true },
        { "P90", "p90Days", .right = true },       { "OPEN FOR", "openMedianDays", .right = true },
        { "OLDEST", "oldestDays", .right = true },
    };
    static const struct column ways[] = {
        { "STAGE", "stage", .dash = false },
        { "DEAL DAYS", "dealDays", .right = true },
        { "OLDEST DEAL", "oldestDeal", .fit = COLUMN_MIDDLE },
        { "WENT ON TO", "next", .fit = COLUMN_WRAP, .dash = true },
    };

    print_table_of(env, COLUMNS_OF(paces), stages_rows(shown));
    fputc('\n', env->out);
    paragraph_legend(env, "MEDIAN and P90: days in the stage, of visits that ended. OPEN FOR: "
                          "median days of those that did not.");
    fputc('\n', env->out);
    print_table_of(env, COLUMNS_OF(ways), stages_rows(shown));
}

void stages_show(const struct cmd_env *env, const struct stages_shown *shown)
{
    const struct bc_velocity *velocity = shown->velocity;

    fprintf(env->out, "slice %s\n\n", shown->basis->rules->slices[shown->ask->slice].name);
    print_tables(env, shown);
    if (stages_bottleneck(shown)) {
        fputc('\n', env->out);
        paragraph_legend(env, "bottleneck: %s, where most days pass for each deal that leaves",
                         stages_bottleneck(shown));
    }
    if (shown->ask->list)
        learning_cells_deals(env, velocity->deals, velocity->deal_n);
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}
