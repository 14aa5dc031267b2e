#include "tools/show/closed.h"

#include "tools/print/print_table.h"
#include "tools/show/section.h"

/* In one cell for people: what was written, or which papers are linked. */
static void learned_cell(struct row *row, const struct bc_closed_deal *closed)
{
    struct bc_buf *text = row_make(row);

    for (size_t i = 0; i < closed->learning_n; i++)
        bc_buf_printf(text, "%s%.*s", text->len ? "; " : "", BC_STR_ARG(closed->learnings[i]));
    for (size_t i = 0; i < closed->artifact_n; i++)
        bc_buf_printf(text, "%s%.*s is linked", text->len ? "; " : "",
                      BC_STR_ARG(closed->artifacts[i]));
    row_made(row, "learned");
}

static void fill_closed(struct row *row, const void *source, size_t i)
{
    const struct closed_shown *shown = source;
    const struct bc_closed_deal *closed = &shown->closed->at[i];
    struct bc_buf *text;

    named_deal(row, shown->named, closed->deal);
    row_text(row, "stage", closed->stage);
    row_instant(row, "at", closed->at_us);
    row_said(row, "reason", closed->reason);
    row_texts(row, "learnings", closed->learnings, closed->learning_n);
    row_texts(row, "artifacts", closed->artifacts, closed->artifact_n);
    row_figure(row, "days", CELL_DAYS, (double)closed->taken_us / (double)BC_DAY_US);
    if (!row_for_people(row))
        return;
    text = row_make(row);
    bc_buf_printf(text, "%.*s ", BC_STR_ARG(closed->stage));
    named_day_add(text, shown->named, closed->at_us);
    row_made(row, "stageShown");
    named_day(row, "day", shown->named, closed->at_us);
    learned_cell(row, closed);
}

void closed_cells(struct row *row, const char *key, const struct closed_shown *shown)
{
    struct closed_shown *kept = row_alloc(row, sizeof(*kept));

    *kept = *shown;
    row_rows(row, key, rows_of(fill_closed, kept, kept->closed->n));
}

static void print(const struct cmd_env *env, struct columns columns,
                  const struct closed_shown *shown, const char *command)
{
    const size_t n = shown->closed->n;

    if (n == 0)
        fputs("none\n", env->out);
    print_table_of(env, columns, rows_of(fill_closed, shown, section_rows(n)));
    section_print_more(env, n, command);
}

void closed_print_short(const struct cmd_env *env, const struct closed_shown *shown)
{
    static const struct column columns[] = {
        { .name = "DEAL", .key = "deal", .fit = COLUMN_MIDDLE },
        COLUMN_NAME_OF("deal"),
        { .name = "STAGE", .key = "stage" },
        { .name = "ON", .key = "day" },
        { .name = "DAYS", .key = "days", .right = true },
        { .name = "REASON", .key = "reason", .fit = COLUMN_MIDDLE, .dash = true },
    };

    print(env, COLUMNS_OF(columns), shown, "review --monthly --json");
}

void closed_print(const struct cmd_env *env, const struct closed_shown *shown)
{
    static const struct column columns[] = {
        NAMED_DEAL_COLUMN,
        { .name = "STAGE", .key = "stageShown", .fit = COLUMN_WRAP, .least = 11 },
        { .name = "DAYS", .key = "days", .right = true },
        { .name = "REASON", .key = "reason", .fit = COLUMN_MIDDLE, .dash = true },
        { .name = "LEARNED", .key = "learned", .fit = COLUMN_WRAP, .least = 17, .dash = true },
    };

    print(env, COLUMNS_OF(columns), shown, "review --json");
}
