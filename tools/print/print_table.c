/* tools/print/print_table.c - walks rows into a table, line by line. */
#include "tools/print/print_table.h"

#include "tools/cli/text.h"
#include "tools/print/cell_text.h"
#include "tools/print/deal_text.h"
#include "tools/print/table.h"

struct printer {
    const struct cmd_env *env;
    const struct table_form *form;
    struct row row, below;
    bool first_below;    /* is the next row below the first one? */
    struct table *table; /* NULL before the first line */
    size_t lines;        /* in it */
    bool any;            /* was a table printed? */
    uint64_t left_out;   /* columns that had no room somewhere, a bit each */
    struct bc_buf text;  /* scratch */
};

struct taker {
    struct row_taker taker;
    struct printer *printer;
};

static bc_status end_page(struct printer *printer, struct bc_err *err)
{
    if (!printer->table)
        return BC_OK;
    if (printer->form->before && !printer->any)
        fputs(printer->form->before, printer->env->out);
    printer->any = true;
    printer->left_out |= table_print(printer->env, printer->table);
    table_free(printer->table);
    printer->table = NULL;
    printer->lines = 0;
    return printer->form->page ? cmd_written(printer->env, err) : BC_OK;
}

static void begin_line(struct printer *printer)
{
    if (!printer->table)
        printer->table = table_new(printer->form->columns);
    table_row(printer->table);
    printer->lines++;
}

static void add_deals(struct printer *printer, const struct cell *cell)
{
    for (size_t i = 0; i < cell->texts.n; i++) {
        if (i)
            bc_buf_add_str(&printer->text, BC_STR(", "));
        deal_text_add(&printer->text, printer->env->names, cell->texts.at[i]);
    }
}

static void add_shown(struct printer *printer, const struct column *column, const struct cell *cell)
{
    struct names *names = printer->env->names;
    const struct bc_str id = cell->kind == CELL_TEXT ? cell->text : (struct bc_str){ 0 };

    switch (column->shows) {
    case COLUMN_CELL:
        cell_text_add(&printer->text, cell, printer->env->times);
        break;
    case COLUMN_DEALS:
        add_deals(printer, cell);
        break;
    case COLUMN_DEAL_NAME:
        bc_buf_add_str(&printer->text, names_of_deal(names, id).name);
        break;
    case COLUMN_DEAL_OWNER:
        bc_buf_add_str(&printer->text, names_of_person(names, names_of_deal(names, id).owner));
        break;
    case COLUMN_PERSON:
        bc_buf_add_str(&printer->text, names_of_person(names, id));
        break;
    }
}

static void put_cells(struct printer *printer, const struct row *row, bool dashes)
{
    size_t nth = 0;

    for (size_t i = 0; i < printer->form->columns.n; i++) {
        const struct column *column = &printer->form->columns.at[i];
        const struct cell *cell = column->key ? row_find(row, column->key) : row_nth(row, nth++);

        printer->text.len = 0;
        if (cell)
            add_shown(printer, column, cell);
        if (printer->text.len)
            table_text(printer->table, i, bc_buf_str(&printer->text));
        else if (dashes && column->dash)
            table_text(printer->table, i, BC_STR(CELL_TEXT_NULL));
        if (cell && cell->color && column->shows == COLUMN_CELL)
            table_color(printer->table, i, cell->color);
    }
}

/* Do two rows have a cell for the same column? */
static bool clash(const struct printer *printer, const struct row *a, const struct row *b)
{
    for (size_t i = 0; i < printer->form->columns.n; i++) {
        const char *key = printer->form->columns.at[i].key;

        if (key && row_find(a, key) && row_find(b, key))
            return true;
    }
    return false;
}

static bc_status take_below(struct row_taker *taker, struct bc_err *err)
{
    struct printer *printer = ((struct taker *)taker)->printer;

    (void)err;
    if (!printer->first_below || clash(printer, &printer->row, taker->row))
        begin_line(printer);
    printer->first_below = false;
    put_cells(printer, taker->row, false);
    return BC_OK;
}

static bc_status take(struct row_taker *taker, struct bc_err *err)
{
    struct printer *printer = ((struct taker *)taker)->printer;
    const char *key = printer->form->below;
    const struct cell *below = key ? row_find(taker->row, key) : NULL;
    bc_status rc = BC_OK;

    begin_line(printer);
    put_cells(printer, taker->row, true);
    if (below) {
        struct taker within = { { &printer->below, take_below }, printer };

        printer->first_below = true;
        rc = rows_each(&below->rows, &within.taker, err);
    }
    if (rc >= 0 && printer->form->page && printer->lines >= printer->form->page)
        rc = end_page(printer, err);
    return rc;
}

/* Says which columns had no room. */
static void tell_left_out(const struct printer *printer)
{
    const struct columns *columns = &printer->form->columns;
    const char *before = "no room for ";

    if (printer->left_out == 0)
        return;
    for (size_t i = 0; i < columns->n && i < 64; i++) {
        if (!(printer->left_out >> i & 1))
            continue;
        fputs(before, printer->env->out);
        text_put(printer->env->out, bc_str_of(columns->at[i].name));
        before = ", ";
    }
    fputs(" (--wide shows all)\n", printer->env->out);
}

bc_status print_table(const struct cmd_env *env, const struct table_form *form,
                      const struct rows *rows, struct bc_err *err)
{
    struct printer printer = {
        .env = env,
        .form = form,
        .row = { .readers = ROW_FOR_PEOPLE, .times = env->times, .names = env->names },
        .below = { .readers = ROW_FOR_PEOPLE, .times = env->times, .names = env->names }
    };
    struct taker taker = { { &printer.row, take }, &printer };
    bc_status rc = rows_each(rows, &taker.taker, err);

    if (rc >= 0)
        rc = end_page(&printer, err);
    if (rc >= 0)
        tell_left_out(&printer);
    table_free(printer.table);
    row_release(&printer.row);
    row_release(&printer.below);
    bc_buf_release(&printer.text);
    return rc;
}

void print_table_of(const struct cmd_env *env, struct columns columns, struct rows rows)
{
    const struct table_form form = { .columns = columns };
    struct bc_err err;

    (void)print_table(env, &form, &rows, &err);
}
