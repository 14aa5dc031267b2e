/* tools/print/print_csv.c - walks rows into lines. */
#include "tools/print/print_csv.h"

#include "ledger/base/instant.h"
#include "tools/print/cell_text.h"
#include "tools/print/csv_out.h"

#include <assert.h>
#include <inttypes.h>

struct taker {
    struct row_taker taker;
    struct row row;
    FILE *out;
    struct columns columns;
    struct bc_buf text; /* scratch */
};

static void put_cell(struct taker *taker, const struct cell *cell)
{
    char time[BC_INSTANT_LEN], amount[BC_AMOUNT_LEN];

    switch (cell->kind) {
    case CELL_NULL:
        break;
    case CELL_NUMBER:
    case CELL_TENTHS:
    case CELL_RATE:
    case CELL_POINTS:
    case CELL_DAYS:
        csv_out_number(taker->out, cell->number);
        break;
    case CELL_COUNT:
    case CELL_SEQ:
        fprintf(taker->out, "%" PRIu64, cell->count);
        break;
    case CELL_INTEGER:
        fprintf(taker->out, "%" PRId64, cell->integer);
        break;
    case CELL_AMOUNT:
        bc_amount_print(amount, *cell->millionths);
        fputs(amount, taker->out);
        break;
    case CELL_INSTANT:
        bc_instant_print(time, cell->us);
        fputs(time, taker->out);
        break;
    case CELL_TEXT:
        csv_out_text(taker->out, cell->text);
        break;
    case CELL_TEXTS:
    case CELL_BOOL:
    case CELL_HEAD:
        taker->text.len = 0;
        cell_text_add(&taker->text, cell, NULL);
        csv_out_text(taker->out, bc_buf_str(&taker->text));
        break;
    case CELL_JSON:
    case CELL_ROW:
    case CELL_ROWS:
    case CELL_REST:
        assert(false); /* no cell of a spreadsheet */
    }
}

static bc_status take(struct row_taker *row_taker, struct bc_err *err)
{
    struct taker *taker = (struct taker *)row_taker;
    size_t nth = 0;

    (void)err;
    for (size_t i = 0; i < taker->columns.n; i++) {
        const char *key = taker->columns.at[i].key;
        const struct cell *cell = key ? row_find(&taker->row, key) : row_nth(&taker->row, nth++);

        if (i)
            fputc(',', taker->out);
        if (cell)
            put_cell(taker, cell);
    }
    fputc('\n', taker->out);
    return BC_OK;
}

void print_csv_head(FILE *out, struct columns columns)
{
    for (size_t i = 0; i < columns.n; i++) {
        if (i)
            fputc(',', out);
        csv_out_text(out, bc_str_of(columns.at[i].name));
    }
    fputc('\n', out);
}

bc_status print_csv(FILE *out, struct columns columns, const struct rows *rows, struct bc_err *err)
{
    struct taker taker = { .taker = { .take = take },
                           .row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PEOPLE },
                           .out = out,
                           .columns = columns };
    bc_status rc;

    taker.taker.row = &taker.row;
    rc = rows_each(rows, &taker.taker, err);
    row_release(&taker.row);
    bc_buf_release(&taker.text);
    return rc < 0 ? rc : BC_OK;
}

void print_csv_of(FILE *out, struct columns columns, struct rows rows)
{
    struct bc_err err;

    print_csv_head(out, columns);
    (void)print_csv(out, columns, &rows, &err);
}
