#include "tools/show/paths.h"

#include "tools/print/paragraph.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/learning_cells.h"

#include <inttypes.h>

/* For programs a list, in a CSV joined, for people with arrows between. */
static void path_cell(struct row *row, const struct bc_path *path)
{
    const char *between = row_for_programs(row) ? ";" : " > ";
    struct bc_buf *text;

    if (!row_for_people(row)) {
        row_texts(row, "path", path->stages, path->stage_n);
        return;
    }
    text = row_make(row);
    for (size_t i = 0; i < path->stage_n; i++)
        bc_buf_printf(text, "%s%.*s", i ? between : "", BC_STR_ARG(path->stages[i]));
    row_made(row, "path");
}

static void fill_row(struct row *row, const void *source, size_t i)
{
    const struct bc_path *path = &((const struct paths_shown *)source)->paths->rows[i];

    path_cell(row, path);
    row_count(row, "n", path->n);
    row_count(row, "won", path->won);
    row_figure(row, "medianDays", CELL_DAYS, path->median_days);
}

static struct rows path_rows(const struct paths_shown *shown)
{
    const size_t n = shown->paths->row_n;

    return rows_of(fill_row, shown, n < shown->top ? n : shown->top);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct paths_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->as_of_us);
    row_word(row, "slice", shown->basis->rules->slices[shown->ask->slice].name);
    learning_cells_since(row, shown->ask->since_us);
    row_count(row, "n", shown->paths->n);
    row_count(row, "paths", shown->paths->row_n);
    row_rows(row, "rows", path_rows(shown));
    if (shown->ask->list)
        row_texts(row, "deals", shown->paths->deals, shown->paths->deal_n);
    notes_cells(row, &shown->basis->notes);
}

void paths_show_json(const struct cmd_env *env, const struct paths_shown *shown)
{
    print_json_of(env, fill, shown);
}

void paths_show_csv(const struct cmd_env *env, const struct paths_shown *shown)
{
    static const struct column columns[] = {
        { "path", "path", .dash = false },
        { "n", "n", .right = true },
        { "won", "won", .right = true },
        { "medianDays", "medianDays", .right = true },
    };

    print_csv_of(env->out, COLUMNS_OF(columns), path_rows(shown));
}

void paths_show(const struct cmd_env *env, const struct paths_shown *shown)
{
    static const struct column columns[] = {
        { "N", "n", .right = true },
        { "WON", "won", .right = true },
        { "MEDIAN", "medianDays", .right = true },
        { "PATH", "path", .fit = COLUMN_WRAP },
    };
    const struct bc_paths *paths = shown->paths;
    uint64_t others = paths->n;

    fprintf(env->out, "slice %s\n\n", shown->basis->rules->slices[shown->ask->slice].name);
    print_table_of(env, COLUMNS_OF(columns), path_rows(shown));
    for (size_t i = 0; i < paths->row_n && i < shown->top; i++)
        others -= paths->rows[i].n;
    if (others)
        fprintf(env->out, "\nand %zu more, of %" PRIu64 " deals (without --top: all)\n",
                paths->row_n - shown->top, others);
    if (paths->n)
        fputc('\n', env->out);
    paragraph_legend(env, "%s",
                     paths->n ? "MEDIAN: days from the first stage to the last one" : "no deals");
    if (shown->ask->list)
        learning_cells_deals(env, paths->deals, paths->deal_n);
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}
