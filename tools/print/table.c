/* tools/print/table.c - tables over libsmartcols. It gets text that is already safe, and is set not
 * to escape it, since it escapes less than we do; and text that is already narrow enough, since it
 * cuts without a mark. Its calls fail only for lack of memory. */
#include "tools/print/table.h"

#include "tools/cli/text.h"
#include "tools/print/fit.h"
#include "tools/print/layout.h"

#include <stdlib.h>

#include <libsmartcols.h>

struct table {
    struct libscols_table *scols;
    struct libscols_line *line; /* the last row */
    struct column *columns;
    bool *filled; /* has the column any cell? */
    size_t n, fold;
    struct layout *layout;
    struct bc_buf text; /* scratch */
};

static void must(int rc)
{
    if (rc != 0)
        bc_out_of_memory();
}

/* Lives until the next call. */
static const char *safe(struct table *table, struct bc_str text)
{
    table->text.len = 0;
    text_escape(&table->text, text);
    bc_buf_add_byte(&table->text, '\0');
    return table->text.at;
}

static void measure(struct table *table, size_t column, const char *text)
{
    size_t width = fit_width(bc_str_of(text));

    if (table->layout[column].natural < width)
        table->layout[column].natural = width;
}

static void begin_line(struct table *table)
{
    table->line = scols_table_new_line(table->scols, NULL);
    if (!table->line)
        bc_out_of_memory();
}

static struct libscols_cell *cell_of(struct table *table, size_t line, size_t column)
{
    return scols_line_get_cell(scols_table_get_line(table->scols, line), column);
}

/* The headings are the first line: as headings, the library cannot wrap them. */
static void add_headings(struct table *table)
{
    begin_line(table);
    for (size_t i = 0; i < table->n; i++) {
        const char *name = safe(table, bc_str_of(table->columns[i].name));

        must(scols_line_set_data(table->line, i, name));
        must(scols_cell_set_color(scols_line_get_cell(table->line, i), "bold"));
        measure(table, i, name);
    }
}

static void make_scols(struct table *table)
{
    scols_init_debug(0);
    table->scols = scols_new_table();
    if (!table->scols)
        bc_out_of_memory();
    must(scols_table_enable_noencoding(table->scols, 1));
    must(scols_table_enable_noheadings(table->scols, 1));
    must(scols_table_set_column_separator(table->scols, "  "));
    must(scols_table_set_termforce(table->scols, SCOLS_TERMFORCE_NEVER));
    for (size_t i = 0; i < table->n; i++)
        if (!scols_table_new_column(table->scols, NULL, 0,
                                    table->columns[i].right ? SCOLS_FL_RIGHT : 0))
            bc_out_of_memory();
}

struct table *table_new(struct columns columns)
{
    struct table *table = bc_calloc(1, sizeof(*table));

    table->n = columns.n;
    table->fold = 1;
    while (table->fold < columns.n && columns.at[table->fold].stays)
        table->fold++;
    table->columns = bc_calloc(columns.n, sizeof(*table->columns));
    memcpy(table->columns, columns.at, columns.n * sizeof(*table->columns));
    table->filled = bc_calloc(columns.n, sizeof(*table->filled));
    table->layout = bc_calloc(columns.n, sizeof(*table->layout));
    make_scols(table);
    add_headings(table);
    return table;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    scols_unref_table(table->scols);
    free(table->columns);
    free(table->filled);
    free(table->layout);
    bc_buf_release(&table->text);
    free(table);
}

void table_row(struct table *table)
{
    begin_line(table);
}

void table_text(struct table *table, size_t column, struct bc_str text)
{
    const char *shown = safe(table, text);

    must(scols_line_set_data(table->line, column, shown));
    table->filled[column] = table->filled[column] || text.len > 0;
    measure(table, column, shown);
}

void table_color(struct table *table, size_t column, const char *color)
{
    must(scols_cell_set_color(scols_line_get_cell(table->line, column), color));
}

/* --- on a terminal --- */

/* How narrow columns may be, tried in turn. */
enum room {
    ROOMY,  /* ids are whole, and no column is left out */
    NARROW, /* ids are cut; columns are left out */
    TIGHT,
    ROOM_N
};

/* How far a column may be narrowed. One that is cut keeps its heading whole. */
static size_t least(struct table *table, size_t i, enum room room)
{
    static const size_t leasts[][ROOM_N] = {
        [COLUMN_WRAP] = { 40, 30, 16 },
        [COLUMN_MIDDLE] = { SIZE_MAX, 14, 10 },
        [COLUMN_END] = { 16, 12, 8 },
    };
    const struct column *column = &table->columns[i];
    size_t natural = table->layout[i].natural, width;

    if (column->fit == COLUMN_WHOLE)
        return natural;
    width = leasts[column->fit][room];
    if (column->least && (room != ROOMY || column->fit == COLUMN_WRAP))
        width = column->least;
    if (column->fit != COLUMN_WRAP) {
        size_t name = fit_width(bc_str_of(scols_cell_get_data(cell_of(table, 0, i))));

        width = width < name ? name : width;
    }
    return width < natural ? width : natural;
}

static void fit_cell(struct table *table, struct libscols_cell *cell, enum column_fit fit,
                     size_t width)
{
    struct bc_str text = bc_str_of(scols_cell_get_data(cell));

    if (text.len == 0 || fit_width(text) <= width)
        return;
    table->text.len = 0;
    switch (fit) {
    case COLUMN_WHOLE:
        return; /* it has its natural width */
    case COLUMN_WRAP:
        fit_wrap(&table->text, text, width);
        break;
    case COLUMN_MIDDLE:
        fit_middle(&table->text, text, width);
        break;
    case COLUMN_END:
        fit_end(&table->text, text, width);
        break;
    }
    bc_buf_add_byte(&table->text, '\0');
    must(scols_cell_set_data(cell, table->text.at));
}

/* Gives a column the width it was laid out with, its cells too: once, or it is hidden. */
static void fit_column(struct table *table, size_t i, size_t width)
{
    const struct column *column = &table->columns[i];
    struct libscols_column *scols = scols_table_get_column(table->scols, i);
    int flags = column->right ? SCOLS_FL_RIGHT : 0;
    bool narrowed = width && width < table->layout[i].natural;

    if (width == 0)
        flags |= SCOLS_FL_HIDDEN;
    if (narrowed && column->fit == COLUMN_WRAP) {
        flags |= SCOLS_FL_WRAP;
        must(
            scols_column_set_wrapfunc(scols, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL));
    }
    must(scols_column_set_flags(scols, flags));
    if (!narrowed)
        return;
    for (size_t line = 0; line < scols_table_get_nlines(table->scols); line++)
        fit_cell(table, cell_of(table, line, i), column->fit, width);
}

/* The first columns of a table that is folded, as wide in each part: whole where they leave most of
 * the room to the others. */
static void fix_width(struct table *table, struct layout *column, size_t i, size_t most)
{
    size_t natural = column->natural;

    column->natural = column->least = natural <= most / 3 ? natural : column->least;
    fit_column(table, i, column->least);
}

/* Prints the columns from `from` up to `end` beside the first ones. */
static void print_part(struct table *table, const struct layout *all, size_t from, size_t end,
                       size_t most)
{
    struct layout *part = bc_calloc(table->n, sizeof(*part));

    for (size_t i = 0; i < table->n; i++)
        if (i < table->fold || (i >= from && i < end))
            part[i] = all[i];
    (void)layout_fit(part, table->n, most);
    for (size_t i = table->fold; i < table->n; i++)
        fit_column(table, i, part[i].width);
    must(scols_print_table(table->scols));
    free(part);
}

/* Several tables below each other. */
static void print_folded(const struct cmd_env *env, struct table *table)
{
    struct layout *all = bc_calloc(table->n, sizeof(*all));
    size_t most = (size_t)env->width, n;

    for (size_t i = 0; i < table->n; i++) {
        all[i] = table->layout[i];
        all[i].leave = 0;
        if (i < table->fold)
            fix_width(table, &all[i], i, most);
    }
    for (size_t from = table->fold; from < table->n; from += n) {
        n = layout_block(all, table->n, table->fold, from, most);
        if (from > table->fold)
            fputc('\n', env->out);
        print_part(table, all, from, from + n, most);
    }
    free(all);
}

/* Columns without a cell say nothing. */
static void leave_out_empty(struct table *table)
{
    for (size_t i = 0; i < table->n; i++)
        if (!table->filled[i])
            table->layout[i].natural = 0;
}

/* What only some ledgers have is left out where there is nothing of it, however wide it is here. */
static void leave_out_unknown(struct table *table)
{
    for (size_t i = 0; i < table->n; i++) {
        const enum column_shows shows = table->columns[i].shows;

        if (table->filled[i] || (shows != COLUMN_DEAL_NAME && shows != COLUMN_DEAL_OWNER))
            continue;
        table->layout[i].natural = 0;
        fit_column(table, i, 0);
    }
}

/* Is there a layout as wide as the terminal? */
static bool lay_out(struct table *table, size_t most)
{
    bool fits = false;

    for (enum room room = ROOMY; room < ROOM_N && !fits; room++) {
        for (size_t i = 0; i < table->n; i++) {
            table->layout[i].least = least(table, i, room);
            table->layout[i].leave = room == ROOMY ? 0 : table->columns[i].leave;
            table->layout[i].begins = table->columns[i].begins;
        }
        fits = layout_fit(table->layout, table->n, most);
    }
    return fits;
}

static uint64_t print_narrow(const struct cmd_env *env, struct table *table)
{
    size_t most = (size_t)env->width;
    uint64_t left_out = 0;

    if (!layout_whole(table->layout, table->n, most))
        leave_out_empty(table);
    if (!lay_out(table, most) && table->fold < table->n) {
        print_folded(env, table);
        return 0;
    }
    for (size_t i = 0; i < table->n && i < 64; i++)
        left_out |= (uint64_t)(table->layout[i].width == 0 && table->layout[i].natural > 0) << i;
    for (size_t i = 0; i < table->n; i++)
        fit_column(table, i, table->layout[i].width);
    must(scols_print_table(table->scols));
    return left_out;
}

uint64_t table_print(const struct cmd_env *env, struct table *table)
{
    if (scols_table_get_nlines(table->scols) == 1) /* headings alone */
        return 0;
    must(scols_table_set_stream(table->scols, env->out));
    must(scols_table_enable_colors(table->scols, env->color));
    leave_out_unknown(table);
    if (env->width > 0)
        return print_narrow(env, table);
    must(scols_print_table(table->scols));
    return 0;
}
