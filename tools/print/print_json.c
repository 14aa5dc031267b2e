/* tools/print/print_json.c - walks a row and its inner rows, each level with a row of its own. */
#include "tools/print/print_json.h"

#include "tools/print/json_out.h"

#include <assert.h>

struct printer {
    struct json_out json;
    struct row levels[JSON_OUT_DEPTH + 1];
    size_t level; /* of the current row */
};

static struct printer printer_begin(FILE *out)
{
    struct printer printer = { .json = json_out_begin(out) };

    for (size_t i = 0; i <= JSON_OUT_DEPTH; i++)
        printer.levels[i].readers = ROW_FOR_PROGRAMS;
    return printer;
}

static void printer_release(struct printer *printer)
{
    for (size_t i = 0; i <= JSON_OUT_DEPTH; i++)
        row_release(&printer->levels[i]);
    json_out_release(&printer->json);
}

static struct row *enter(struct printer *printer)
{
    printer->level++;
    assert(printer->level <= JSON_OUT_DEPTH);
    return &printer->levels[printer->level];
}

static bc_status put_value(struct printer *printer, const char *key, const struct row *row,
                           struct bc_err *err);

struct taker {
    struct row_taker taker;
    struct printer *printer;
};

static bc_status take_within(struct row_taker *taker, struct bc_err *err)
{
    return put_value(((struct taker *)taker)->printer, NULL, taker->row, err);
}

static bc_status put_rows(struct printer *printer, const struct cell *cell, struct bc_err *err)
{
    struct taker taker = { { enter(printer), take_within }, printer };
    bc_status rc;

    json_out_array(&printer->json, cell->key);
    rc = rows_each(&cell->rows, &taker.taker, err);
    if (rc >= 0)
        json_out_array_end(&printer->json);
    printer->level--;
    return rc < 0 ? rc : BC_OK;
}

static bc_status put_cells(struct printer *printer, const struct row *row, struct bc_err *err);

/* An inner row: an object of its own, or more cells of the row around it. */
static bc_status put_row(struct printer *printer, const struct cell *cell, struct bc_err *err)
{
    struct row *row = enter(printer);
    bc_status rc;

    row_clear(row);
    cell->rows.fill(row, cell->rows.source, 0);
    rc = cell->kind == CELL_ROW ? put_value(printer, cell->key, row, err)
                                : put_cells(printer, row, err);
    printer->level--;
    return rc;
}

static void put_texts(struct json_out *json, const struct cell *cell)
{
    json_out_array(json, cell->key);
    for (size_t i = 0; i < cell->texts.n; i++)
        json_out_string(json, NULL, cell->texts.at[i]);
    json_out_array_end(json);
}

static bc_status put_cell(struct printer *printer, const struct cell *cell, struct bc_err *err)
{
    struct json_out *json = &printer->json;
    char amount[BC_AMOUNT_LEN];

    switch (cell->kind) {
    case CELL_NULL:
        json_out_null(json, cell->key);
        break;
    case CELL_TEXT:
        json_out_string(json, cell->key, cell->text);
        break;
    case CELL_TEXTS:
        put_texts(json, cell);
        break;
    case CELL_BOOL:
        json_out_bool(json, cell->key, cell->yes);
        break;
    case CELL_COUNT:
        json_out_count(json, cell->key, cell->count);
        break;
    case CELL_INTEGER:
        json_out_integer(json, cell->key, cell->integer);
        break;
    case CELL_SEQ:
        json_out_seq(json, cell->key, cell->count);
        break;
    case CELL_NUMBER:
    case CELL_TENTHS:
    case CELL_RATE:
    case CELL_POINTS:
    case CELL_DAYS:
        json_out_number(json, cell->key, cell->number);
        break;
    case CELL_AMOUNT:
        bc_amount_print(amount, *cell->millionths);
        json_out_string(json, cell->key, bc_str_of(amount));
        break;
    case CELL_INSTANT:
        json_out_instant(json, cell->key, cell->us);
        break;
    case CELL_HEAD:
        json_out_head(json, cell->key, cell->head);
        break;
    case CELL_JSON:
        json_out_raw(json, cell->key, cell->text);
        break;
    case CELL_ROW:
    case CELL_REST:
        return put_row(printer, cell, err);
    case CELL_ROWS:
        return put_rows(printer, cell, err);
    }
    return BC_OK;
}

static bc_status put_cells(struct printer *printer, const struct row *row, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < row->n; i++)
        rc = put_cell(printer, &row->cells[i], err);
    return rc;
}

/* A row is an object, or its only cell. */
static bc_status put_value(struct printer *printer, const char *key, const struct row *row,
                           struct bc_err *err)
{
    bool alone = row->n == 1 && !row->cells[0].key && row->cells[0].kind != CELL_REST;
    bc_status rc;

    if (alone)
        return put_cell(printer, &row->cells[0], err);
    json_out_object(&printer->json, key);
    rc = put_cells(printer, row, err);
    if (rc == BC_OK)
        json_out_object_end(&printer->json);
    return rc;
}

bc_status print_json(FILE *out, row_fill_fn *fill, const void *source, struct bc_err *err)
{
    struct printer printer = printer_begin(out);
    bc_status rc;

    fill(&printer.levels[0], source, 0);
    rc = put_value(&printer, NULL, &printer.levels[0], err);
    if (rc == BC_OK)
        json_out_line(&printer.json);
    printer_release(&printer);
    return rc;
}

void print_json_of(FILE *out, row_fill_fn *fill, const void *source)
{
    struct bc_err err;

    (void)print_json(out, fill, source, &err);
}

void print_json_add(struct bc_buf *out, row_fill_fn *fill, const void *source, size_t i)
{
    struct printer printer = printer_begin(NULL);
    struct bc_err err;

    fill(&printer.levels[0], source, i);
    (void)put_value(&printer, NULL, &printer.levels[0], &err);
    bc_buf_add_str(out, bc_buf_str(&printer.json.text));
    printer_release(&printer);
}

/* --- lines --- */

struct line_taker {
    struct row_taker taker;
    struct printer *printer;
    const struct cmd_env *env;
    size_t page, lines;
};

static bc_status take_line(struct row_taker *taker, struct bc_err *err)
{
    struct line_taker *lines = (struct line_taker *)taker;
    bc_status rc = put_value(lines->printer, NULL, taker->row, err);

    if (rc < 0)
        return rc;
    json_out_line(&lines->printer->json);
    lines->lines++;
    if (lines->page == 0 || lines->lines % lines->page != 0)
        return BC_OK;
    json_out_flush(&lines->printer->json);
    return cmd_written(lines->env, err);
}

bc_status print_json_lines(const struct cmd_env *env, const struct rows *rows, size_t page,
                           struct bc_err *err)
{
    struct printer printer = printer_begin(env->out);
    struct line_taker lines = { { &printer.levels[0], take_line }, &printer, env, page, 0 };
    bc_status rc = rows_each(rows, &lines.taker, err);

    printer_release(&printer);
    return rc < 0 ? rc : BC_OK;
}
