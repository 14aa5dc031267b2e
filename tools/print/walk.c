/* tools/print/walk.c - walks a row and its inner rows, each level with a row of its own. */
#include "tools/print/walk.h"

#include <assert.h>

struct walker {
    struct answer_taker *answers;
    struct row levels[WALK_DEPTH + 1];
    size_t level; /* of the current row */
};

static struct walker walker_begin(struct answer_taker *answers)
{
    struct walker walker = { .answers = answers };

    for (size_t i = 0; i <= WALK_DEPTH; i++)
        walker.levels[i].readers = ROW_FOR_PROGRAMS | answers->readers;
    return walker;
}

static void walker_release(struct walker *walker)
{
    for (size_t i = 0; i <= WALK_DEPTH; i++)
        row_release(&walker->levels[i]);
}

static struct row *enter(struct walker *walker)
{
    walker->level++;
    assert(walker->level <= WALK_DEPTH);
    return &walker->levels[walker->level];
}

static bc_status walk_value(struct walker *walker, const char *key, const struct row *row,
                            struct bc_err *err);

struct walk_taker {
    struct row_taker taker;
    struct walker *walker;
};

static bc_status take_within(struct row_taker *taker, struct bc_err *err)
{
    return walk_value(((struct walk_taker *)taker)->walker, NULL, taker->row, err);
}

static bc_status walk_inner_rows(struct walker *walker, const struct cell *cell, struct bc_err *err)
{
    struct walk_taker taker = { { enter(walker), take_within }, walker };
    bc_status rc;

    walker->answers->open(walker->answers, cell->key, true);
    rc = rows_each(&cell->rows, &taker.taker, err);
    if (rc >= 0)
        walker->answers->close(walker->answers, true);
    walker->level--;
    return rc < 0 ? rc : BC_OK;
}

static bc_status walk_cells(struct walker *walker, const struct row *row, struct bc_err *err);

/* An inner row: one of its own, or more cells of the row around it. */
static bc_status walk_inner_row(struct walker *walker, const struct cell *cell, struct bc_err *err)
{
    struct row *row = enter(walker);
    bc_status rc;

    row_clear(row);
    cell->rows.fill(row, cell->rows.source, 0);
    rc = cell->kind == CELL_ROW ? walk_value(walker, cell->key, row, err)
                                : walk_cells(walker, row, err);
    walker->level--;
    return rc;
}

static bc_status walk_cell(struct walker *walker, const struct cell *cell, struct bc_err *err)
{
    if (cell->kind == CELL_ROWS)
        return walk_inner_rows(walker, cell, err);
    if (cell->kind == CELL_ROW || cell->kind == CELL_REST)
        return walk_inner_row(walker, cell, err);
    walker->answers->value(walker->answers, cell);
    return BC_OK;
}

static bc_status walk_cells(struct walker *walker, const struct row *row, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < row->n; i++)
        rc = walk_cell(walker, &row->cells[i], err);
    return rc;
}

/* A row is one, or its only cell. */
static bc_status walk_value(struct walker *walker, const char *key, const struct row *row,
                            struct bc_err *err)
{
    bool alone = row->n == 1 && !row->cells[0].key && row->cells[0].kind != CELL_REST;
    bc_status rc;

    if (alone)
        return walk_cell(walker, &row->cells[0], err);
    walker->answers->open(walker->answers, key, false);
    rc = walk_cells(walker, row, err);
    if (rc == BC_OK)
        walker->answers->close(walker->answers, false);
    return rc;
}

bc_status walk_row(struct answer_taker *taker, row_fill_fn *fill, const void *source, size_t i,
                   struct bc_err *err)
{
    struct walker walker = walker_begin(taker);
    bc_status rc;

    fill(&walker.levels[0], source, i);
    rc = walk_value(&walker, NULL, &walker.levels[0], err);
    if (rc == BC_OK)
        rc = taker->end(taker, err);
    walker_release(&walker);
    return rc;
}

static bc_status take_line(struct row_taker *taker, struct bc_err *err)
{
    struct walker *walker = ((struct walk_taker *)taker)->walker;
    bc_status rc = walk_value(walker, NULL, taker->row, err);

    return rc < 0 ? rc : walker->answers->end(walker->answers, err);
}

bc_status walk_rows(struct answer_taker *taker, const struct rows *rows, struct bc_err *err)
{
    struct walker walker = walker_begin(taker);
    struct walk_taker lines = { { &walker.levels[0], take_line }, &walker };
    bc_status rc = rows_each(rows, &lines.taker, err);

    walker_release(&walker);
    return rc < 0 ? rc : BC_OK;
}
