/* tools/print/print_html.c - walks rows into the bodies of a table: those that are seen at once,
 * and those that are folded below it. */
#include "tools/print/print_html.h"

#include "tools/cli/names.h"
#include "tools/print/cell_text.h"

#include <stdlib.h>
#include <string.h>

struct printer {
    struct html_out *out;
    const struct html_table *table;
    struct row row;
    struct bc_buf folded;         /* the rows that are not seen at once */
    struct bc_buf group, another; /* the text by which rows are grouped: of those before, of this */
    size_t *counts;               /* of each group, from the first walk */
    size_t group_n, group_cap;
    size_t group_at; /* the next group of the second walk */
    size_t rows;     /* printed so far */
    size_t most;     /* so many are printed, unless all are */
};

struct taker {
    struct row_taker taker;
    struct printer *printer;
};

static bool is_left_out(const struct printer *printer, const struct row *row)
{
    const struct cell *cell = printer->table->only ? row_find(row, printer->table->only) : NULL;

    return cell && cell->kind == CELL_BOOL && !cell->yes;
}

/* Does a group begin with this row? */
static bool begins(struct printer *printer, const struct row *row, bool first)
{
    const struct cell *cell = row_find(row, printer->table->group);
    bool same;

    printer->another.len = 0;
    if (cell)
        cell_text_add(&printer->another, cell, printer->out->env->times);
    same = !first && bc_str_eq(bc_buf_str(&printer->group), bc_buf_str(&printer->another));
    printer->group.len = 0;
    bc_buf_add_str(&printer->group, bc_buf_str(&printer->another));
    return !same;
}

/* --- headings --- */

static const char *leave_class(const struct column *column)
{
    static const char *const classes[] = { "", "p2", "p25", "p3" };

    return column->leave < sizeof(classes) / sizeof(classes[0]) ? classes[column->leave] : "p3";
}

static void put_class(struct html_out *out, const struct column *column)
{
    const char *const words[] = { column->right ? "n" : "", column->class ? column->class : "",
                                  leave_class(column) };
    const char *before = " class=\"";

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (!*words[i])
            continue;
        html_out_put(out, "%s%s", before, words[i]);
        before = " ";
    }
    if (*before == ' ' && before[1] == '\0')
        html_out_put(out, "\"");
}

/* A heading may have several lines. */
static void put_heading(struct html_out *out, const struct column *column)
{
    const char *at = column->name;

    html_out_put(out, "<th scope=\"col\"");
    put_class(out, column);
    html_out_put(out, ">");
    if (column->draw_heading) {
        column->draw_heading(out, NULL);
    } else {
        for (;;) {
            const size_t len = strcspn(at, "\n");

            html_out_text(out, (struct bc_str){ at, len });
            if (at[len] == '\0')
                break;
            html_out_put(out, "<br>");
            at += len + 1;
        }
    }
    html_out_put(out, "</th>");
}

/* "Losses: From stage": a section may have several. */
static void put_name(struct html_out *out, const char *of, const char *more)
{
    if (!out->section)
        return;
    html_out_put(out, " aria-label=\"");
    html_out_plain(out, bc_str_of(out->section));
    for (const char *before = ": "; *of; before = " ", of += *of == '\n') {
        const size_t len = strcspn(of, "\n");

        html_out_put(out, "%s", before);
        html_out_plain(out, (struct bc_str){ of, len });
        of += len;
    }
    html_out_put(out, "%s\"", more);
}

static void begin_table(const struct printer *printer, bool folded)
{
    const struct html_table *table = printer->table;

    html_out_put(printer->out, "<table");
    if (table->class)
        html_out_put(printer->out, " class=\"%s\"", table->class);
    put_name(printer->out, table->columns.n ? table->columns.at[0].name : "",
             folded ? ", more" : "");
    html_out_put(printer->out, "><thead><tr>");
    for (size_t i = 0; i < table->columns.n; i++)
        put_heading(printer->out, &table->columns.at[i]);
    html_out_put(printer->out, "</tr></thead>%s", table->group ? "" : "<tbody>\n");
}

static void end_table(const struct printer *printer, bool any)
{
    html_out_put(printer->out, "%s</table>\n", any || !printer->table->group ? "</tbody>" : "");
}

/* --- rows --- */

static void put_text(struct html_out *out, const struct column *column, const struct cell *cell)
{
    const bool empty = cell->kind == CELL_TEXT && cell->text.len == 0;

    if (empty && column->dash)
        html_out_put(out, CELL_TEXT_NULL);
    else if (column->shows == COLUMN_PERSON && cell->kind == CELL_TEXT)
        html_out_text(out, names_of_person(out->env->names, cell->text));
    else
        html_out_cell(out, cell);
}

static void put_cells(struct html_out *out, const struct html_table *table, const struct row *row)
{
    size_t nth = 0;

    html_out_put(out, "<tr>");
    for (size_t i = 0; i < table->columns.n; i++) {
        const struct column *column = &table->columns.at[i];
        const struct cell *cell = column->key ? row_find(row, column->key) : NULL;

        if (!column->key && !column->draw)
            cell = row_nth(row, nth++);
        html_out_put(out, column->about ? "<th scope=\"row\"" : "<td");
        put_class(out, column);
        html_out_put(out, ">");
        if (column->draw)
            column->draw(out, row);
        else if (cell)
            put_text(out, column, cell);
        html_out_put(out, column->about ? "</th>" : "</td>");
    }
    html_out_put(out, "</tr>\n");
}

/* A group is one body; where it is folded within, its heading stands in both tables. */
static void put_group(struct printer *printer, const struct row *row, size_t n, bool within)
{
    struct html_out *out = printer->out;

    html_out_put(out, "%s<tbody class=\"grp\"><tr><th scope=\"rowgroup\" colspan=\"%zu\">",
                 within ? "</tbody>" : "", printer->table->columns.n);
    printer->table->draw_group(out, row);
    if (!printer->table->uncounted)
        html_out_put(out, ": %zu", n);
    html_out_put(out, "</th></tr>\n");
}

static void put_row(struct printer *printer, const struct row *row)
{
    const bool folds = printer->rows == HTML_ROWS && !printer->table->all;
    const bool top = printer->rows == 0 || folds;

    if (printer->table->group && begins(printer, row, printer->rows == 0))
        put_group(printer, row, printer->counts[printer->group_at++], !top);
    else if (printer->table->group && folds)
        put_group(printer, row, printer->counts[printer->group_at - 1], false);
    put_cells(printer->out, printer->table, row);
}

static bc_status take(struct row_taker *taker, struct bc_err *err)
{
    struct printer *printer = ((struct taker *)taker)->printer;
    struct html_out *out = printer->out;
    const bool folded = !printer->table->all && printer->rows >= HTML_ROWS;
    struct bc_buf seen;

    (void)err;
    if (is_left_out(printer, taker->row))
        return BC_OK;
    if (!printer->table->all && printer->rows >= printer->most) {
        printer->rows++;
        return BC_OK;
    }
    if (printer->rows == 0)
        begin_table(printer, false);
    if (!folded) {
        put_row(printer, taker->row);
    } else { /* kept until the table has ended */
        seen = out->text;
        out->text = printer->folded;
        put_row(printer, taker->row);
        printer->folded = out->text;
        out->text = seen;
    }
    printer->rows++;
    return BC_OK;
}

static bc_status count(struct row_taker *taker, struct bc_err *err)
{
    struct printer *printer = ((struct taker *)taker)->printer;

    (void)err;
    if (is_left_out(printer, taker->row))
        return BC_OK;
    if (begins(printer, taker->row, printer->group_n == 0)) {
        BC_GROW(printer->counts, printer->group_n, printer->group_cap);
        printer->counts[printer->group_n++] = 0;
    }
    printer->counts[printer->group_n - 1]++;
    return BC_OK;
}

static void put_folded(const struct printer *printer, size_t there)
{
    html_out_put(printer->out, "<details><summary>%zu more</summary>\n", there - HTML_ROWS);
    begin_table(printer, true);
    bc_buf_add_str(&printer->out->text, bc_buf_str(&printer->folded));
    end_table(printer, true);
    html_out_put(printer->out, "</details>\n");
}

/* What is not seen at once. */
static void put_others(const struct printer *printer)
{
    const size_t there = printer->rows < printer->most ? printer->rows : printer->most;

    if (printer->table->all)
        return;
    if (there > HTML_ROWS)
        put_folded(printer, there);
    if (printer->rows > there)
        html_out_put(printer->out,
                     "<p class=\"note\">These are the first %zu of %zu; the others are not on this "
                     "page, but in the answer of the command.</p>\n",
                     there, printer->rows);
}

/* Rows that are filled by their number, and of which none is left out: those beyond what is printed
 * are not filled at all. */
static bc_status take_rows(struct printer *printer, struct taker *taker, const struct rows *rows,
                           struct bc_err *err)
{
    struct rows first = *rows;
    bc_status rc;

    if (printer->table->all || printer->table->only || !rows->fill || rows->n <= HTML_MOST)
        return rows_each(rows, &taker->taker, err);
    if (printer->out->brief)
        printer->most = HTML_ROWS;
    first.n = printer->most;
    rc = rows_each(&first, &taker->taker, err);
    printer->rows = rows->n;
    return rc;
}

bc_status print_html(struct html_out *out, const struct html_table *table, const struct rows *rows,
                     struct bc_err *err)
{
    struct printer printer = { .out = out,
                               .table = table,
                               .most = HTML_MOST,
                               .row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES,
                                        .times = out->env->times,
                                        .names = out->env->names } };
    struct taker counter = { { &printer.row, count }, &printer };
    struct taker taker = { { &printer.row, take }, &printer };
    bc_status rc = table->group ? rows_each(rows, &counter.taker, err) : BC_OK;

    if (rc >= 0)
        rc = take_rows(&printer, &taker, rows, err);
    if (printer.rows)
        end_table(&printer, true);
    put_others(&printer);
    row_release(&printer.row);
    bc_buf_release(&printer.folded);
    bc_buf_release(&printer.group);
    bc_buf_release(&printer.another);
    free(printer.counts);
    return rc < 0 ? rc : BC_OK;
}

void print_html_of(struct html_out *out, const struct html_table *table, struct rows rows)
{
    struct bc_err err;

    (void)print_html(out, table, &rows, &err);
}
