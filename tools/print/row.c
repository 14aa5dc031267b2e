/* tools/print/row.c - rows are filled and walked. */
#include "tools/print/row.h"

#include <stdlib.h>
#include <string.h>

void row_clear(struct row *row)
{
    row->n = row->made_n = 0;
    if (row->arena)
        bc_arena_reset(row->arena);
}

void row_release(struct row *row)
{
    free(row->cells);
    bc_arena_free(row->arena);
    for (size_t i = 0; i < row->made_cap; i++)
        bc_buf_release(&row->made[i]);
    free(row->made);
    *row = (struct row){ .readers = row->readers, .times = row->times, .names = row->names };
}

/* --- cells --- */

static struct cell *add(struct row *row, const char *key, enum cell_kind kind)
{
    struct cell *cell;

    BC_GROW(row->cells, row->n, row->cap);
    cell = &row->cells[row->n++];
    cell->key = key;
    cell->kind = kind;
    cell->color = NULL;
    return cell;
}

void row_null(struct row *row, const char *key)
{
    add(row, key, CELL_NULL);
}

void row_text(struct row *row, const char *key, struct bc_str text)
{
    add(row, key, CELL_TEXT)->text = text;
}

void row_said(struct row *row, const char *key, struct bc_str text)
{
    if (text.len)
        row_text(row, key, text);
    else
        row_null(row, key);
}

void row_word(struct row *row, const char *key, const char *text)
{
    row_text(row, key, bc_str_of(text));
}

void row_texts(struct row *row, const char *key, const struct bc_str *texts, size_t n)
{
    struct cell *cell = add(row, key, CELL_TEXTS);

    cell->texts.at = texts;
    cell->texts.n = n;
}

void row_bool(struct row *row, const char *key, bool yes)
{
    add(row, key, CELL_BOOL)->yes = yes;
}

void row_count(struct row *row, const char *key, uint64_t count)
{
    add(row, key, CELL_COUNT)->count = count;
}

void row_integer(struct row *row, const char *key, int64_t integer)
{
    add(row, key, CELL_INTEGER)->integer = integer;
}

void row_seq(struct row *row, const char *key, uint64_t seq)
{
    add(row, key, CELL_SEQ)->count = seq;
}

void row_figure(struct row *row, const char *key, enum cell_kind kind, double value)
{
    add(row, key, kind)->number = value;
}

void row_instant(struct row *row, const char *key, int64_t us)
{
    add(row, key, CELL_INSTANT)->us = us;
}

void row_amount(struct row *row, const char *key, bc_int128 millionths)
{
    bc_int128 *kept = row_alloc(row, sizeof(*kept));

    *kept = millionths;
    add(row, key, CELL_AMOUNT)->millionths = kept;
}

void row_head(struct row *row, const char *key, const struct bc_head *head)
{
    add(row, key, CELL_HEAD)->head = head;
}

void row_json(struct row *row, const char *key, struct bc_str json)
{
    add(row, key, CELL_JSON)->text = json;
}

void row_row(struct row *row, const char *key, row_fill_fn *fill, const void *source)
{
    add(row, key, CELL_ROW)->rows = rows_of(fill, source, 1);
}

void row_rows(struct row *row, const char *key, struct rows rows)
{
    add(row, key, CELL_ROWS)->rows = rows;
}

void row_rest(struct row *row, row_fill_fn *fill, const void *source)
{
    add(row, NULL, CELL_REST)->rows = rows_of(fill, source, 1);
}

/* --- what is made for a row --- */

struct bc_buf *row_make(struct row *row)
{
    if (row->made_n == row->made_cap) {
        size_t cap = row->made_cap + 8;

        row->made = bc_reallocarray(row->made, cap, sizeof(*row->made));
        memset(row->made + row->made_cap, 0, 8 * sizeof(*row->made));
        row->made_cap = cap;
    }
    row->made[row->made_n].len = 0;
    return &row->made[row->made_n];
}

static struct bc_str take_made(struct row *row)
{
    return bc_buf_str(&row->made[row->made_n++]);
}

void row_made(struct row *row, const char *key)
{
    row_text(row, key, take_made(row));
}

void row_made_json(struct row *row, const char *key)
{
    row_json(row, key, take_made(row));
}

void *row_alloc(struct row *row, size_t size)
{
    if (!row->arena)
        row->arena = bc_arena_new();
    return bc_arena_alloc(row->arena, size);
}

struct bc_str *row_make_texts(struct row *row, const char *key, size_t n)
{
    struct bc_str *texts = row_alloc(row, n * sizeof(*texts));

    row_texts(row, key, texts, n);
    return texts;
}

void row_color(struct row *row, const char *color)
{
    row->cells[row->n - 1].color = color;
}

const struct cell *row_find(const struct row *row, const char *key)
{
    for (size_t i = 0; i < row->n; i++) {
        const char *there = row->cells[i].key;

        if (there && (there == key || strcmp(there, key) == 0))
            return &row->cells[i];
    }
    return NULL;
}

const struct cell *row_nth(const struct row *row, size_t n)
{
    for (size_t i = 0; i < row->n; i++)
        if (!row->cells[i].key && n-- == 0)
            return &row->cells[i];
    return NULL;
}

/* --- rows --- */

bc_status row_take(struct row_taker *taker, struct bc_err *err)
{
    bc_status rc = taker->take(taker, err);

    row_clear(taker->row);
    return rc;
}

bc_status rows_each(const struct rows *rows, struct row_taker *taker, struct bc_err *err)
{
    bc_status rc = BC_OK;

    row_clear(taker->row);
    if (!rows->fill)
        return rows->find(taker, rows->finder, err);
    for (size_t i = 0; rc == BC_OK && i < rows->n; i++) {
        rows->fill(taker->row, rows->source, i);
        rc = row_take(taker, err);
    }
    return rc;
}
