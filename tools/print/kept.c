#include "tools/print/kept.h"

#include <stdlib.h>
#include <string.h>

/* What is open: a row and its cells, or a list and its rows. */
struct kept_level {
    const char *key;
    struct cell *cells;
    size_t cell_n, cell_cap;
    struct row *rows;
    size_t row_n, row_cap;
};

struct kept {
    struct answer_taker taker; /* first, so that a pointer to one is a pointer to the other */
    bc_arena *arena;
    struct kept_level levels[WALK_DEPTH + 2]; /* the lowest is the list of all answers */
    size_t depth;
    struct row empty;
};

/* --- reading --- */

static void fill(struct row *row, const void *source, size_t i)
{
    const struct row *from = (const struct row *)source + i;

    for (size_t at = 0; at < from->n; at++) {
        BC_GROW(row->cells, row->n, row->cap);
        row->cells[row->n++] = from->cells[at];
    }
}

struct rows kept_rows(const struct kept *kept)
{
    return rows_of(fill, kept->levels[0].rows, kept->levels[0].row_n);
}

const struct row *kept_row(const struct kept *kept)
{
    return kept->levels[0].row_n ? &kept->levels[0].rows[0] : &kept->empty;
}

/* --- taking --- */

static const char *keep_key(struct kept *kept, const char *key)
{
    return key ? bc_arena_copy(kept->arena, bc_str_of(key)).at : NULL;
}

static void *keep(struct kept *kept, const void *from, size_t size)
{
    void *copy = bc_arena_alloc(kept->arena, size);

    if (size)
        memcpy(copy, from, size);
    return copy;
}

static void keep_texts(struct kept *kept, struct cell *cell)
{
    struct bc_str *texts = bc_arena_alloc(kept->arena, cell->texts.n * sizeof(*texts));

    for (size_t i = 0; i < cell->texts.n; i++)
        texts[i] = bc_arena_copy(kept->arena, cell->texts.at[i]);
    cell->texts.at = texts;
}

/* What it points to is kept, too. */
static struct cell keep_cell(struct kept *kept, const struct cell *from)
{
    struct cell cell = *from;

    cell.key = keep_key(kept, from->key);
    switch (cell.kind) {
    case CELL_TEXT:
    case CELL_JSON:
        cell.text = bc_arena_copy(kept->arena, from->text);
        break;
    case CELL_TEXTS:
        keep_texts(kept, &cell);
        break;
    case CELL_AMOUNT:
        cell.millionths = keep(kept, from->millionths, sizeof(*from->millionths));
        break;
    case CELL_HEAD:
        cell.head = keep(kept, from->head, sizeof(*from->head));
        break;
    case CELL_NULL:
    case CELL_BOOL:
    case CELL_COUNT:
    case CELL_INTEGER:
    case CELL_SEQ:
    case CELL_NUMBER:
    case CELL_TENTHS:
    case CELL_RATE:
    case CELL_POINTS:
    case CELL_DAYS:
    case CELL_INSTANT:
    case CELL_ROW:
    case CELL_ROWS:
    case CELL_REST:
        break;
    }
    return cell;
}

/* Into the row that is open; or into the list, as a row of its own. */
static void add_cell(struct kept *kept, bool in_list, struct cell cell)
{
    struct kept_level *level = &kept->levels[kept->depth];
    struct row row = kept->empty;

    if (!in_list) {
        BC_GROW(level->cells, level->cell_n, level->cell_cap);
        level->cells[level->cell_n++] = cell;
        return;
    }
    BC_GROW(level->rows, level->row_n, level->row_cap);
    row.cells = keep(kept, &cell, sizeof(cell));
    row.n = 1;
    level->rows[level->row_n++] = row;
}

static void take_open(struct answer_taker *taker, const char *key, bool list)
{
    struct kept *kept = (struct kept *)taker;
    struct kept_level *level = &kept->levels[++kept->depth];

    (void)list;
    level->key = keep_key(kept, key);
    level->cell_n = level->row_n = 0;
}

/* Things without a key are in a list. */
static void take_close(struct answer_taker *taker, bool list)
{
    struct kept *kept = (struct kept *)taker;
    const struct kept_level *level = &kept->levels[kept->depth--];
    struct kept_level *around = &kept->levels[kept->depth];
    struct cell cell = { .key = level->key, .kind = list ? CELL_ROWS : CELL_ROW };
    struct row row = kept->empty;

    if (list) {
        cell.rows =
            rows_of(fill, keep(kept, level->rows, level->row_n * sizeof(row)), level->row_n);
        add_cell(kept, !level->key, cell);
        return;
    }
    row.n = level->cell_n;
    row.cells = keep(kept, level->cells, level->cell_n * sizeof(cell));
    if (level->key) {
        cell.rows = rows_of(fill, keep(kept, &row, sizeof(row)), 1);
        add_cell(kept, false, cell);
        return;
    }
    BC_GROW(around->rows, around->row_n, around->row_cap);
    around->rows[around->row_n++] = row;
}

static void take_value(struct answer_taker *taker, const struct cell *cell)
{
    struct kept *kept = (struct kept *)taker;

    add_cell(kept, !cell->key, keep_cell(kept, cell));
}

static bc_status take_end(struct answer_taker *taker, struct bc_err *err)
{
    (void)taker;
    (void)err;
    return BC_OK;
}

struct kept *kept_new(const struct times *times)
{
    struct kept *kept = bc_calloc(1, sizeof(*kept));

    kept->empty = (struct row){ .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES, .times = times };
    kept->taker = (struct answer_taker){ .readers = ROW_FOR_PAGES,
                                         .open = take_open,
                                         .close = take_close,
                                         .value = take_value,
                                         .end = take_end };
    kept->arena = bc_arena_new();
    return kept;
}

struct answer_taker *kept_taker(struct kept *kept)
{
    return &kept->taker;
}

void kept_free(struct kept *kept)
{
    if (!kept)
        return;
    for (size_t i = 0; i < sizeof(kept->levels) / sizeof(kept->levels[0]); i++) {
        free(kept->levels[i].cells);
        free(kept->levels[i].rows);
    }
    bc_arena_free(kept->arena);
    free(kept);
}
