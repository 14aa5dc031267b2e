#include "tools/print/cell_text.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

void cell_text_figure(struct bc_buf *out, enum cell_kind kind, double value)
{
    if (kind == CELL_NUMBER)
        bc_buf_printf(out, "%.0f", value);
    else if (kind == CELL_TENTHS)
        bc_buf_printf(out, "%.1f", value);
    else if (kind == CELL_RATE)
        bc_buf_printf(out, "%.1f %%", 100 * value);
    else if (kind == CELL_DAYS)
        bc_buf_printf(out, "%.1f d", value);
    else
        bc_buf_add_str(out, BC_STR(CELL_TEXT_NULL));
}

void cell_text_change(struct bc_buf *out, enum cell_kind kind, double by)
{
    bc_buf_add_byte(out, by < 0 ? '-' : '+');
    if (kind == CELL_RATE) /* from 10 % to 20 % are 10 points, and 100 % */
        bc_buf_printf(out, "%.1f points", 100 * fabs(by));
    else
        cell_text_figure(out, kind, fabs(by));
}

static void add_texts(struct bc_buf *out, const struct cell *cell)
{
    for (size_t i = 0; i < cell->texts.n; i++) {
        if (i)
            bc_buf_add_str(out, BC_STR(", "));
        bc_buf_add_str(out, cell->texts.at[i]);
    }
}

static void add_instant(struct bc_buf *out, int64_t us, const struct times *times)
{
    char text[TIMES_LEN];

    times_print(text, times, us);
    bc_buf_add_str(out, bc_str_of(text));
}

/* With two decimals, rounded half to even. */
static void add_amount(struct bc_buf *out, bc_int128 millionths)
{
    enum { HUNDREDTH = 10000 };
    const bc_int128 rounded = bc_amount_share(millionths, 1, HUNDREDTH) * HUNDREDTH;
    char text[BC_AMOUNT_LEN];
    size_t decimals;

    bc_amount_print(text, rounded);
    bc_buf_add_str(out, bc_str_of(text));
    decimals = strlen(text) - strcspn(text, ".");
    bc_buf_add_str(out, decimals == 0 ? BC_STR(".00") : decimals == 2 ? BC_STR("0") : BC_STR(""));
}

static void add_root(struct bc_buf *out, const struct bc_head *head)
{
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &head->root);
    bc_buf_add_str(out, bc_str_of(root));
}

void cell_text_add(struct bc_buf *out, const struct cell *cell, const struct times *times)
{
    switch (cell->kind) {
    case CELL_TEXT:
        bc_buf_add_str(out, cell->text);
        break;
    case CELL_TEXTS:
        add_texts(out, cell);
        break;
    case CELL_BOOL:
        bc_buf_add_str(out, cell->yes ? BC_STR("yes") : BC_STR("no"));
        break;
    case CELL_COUNT:
    case CELL_SEQ:
        bc_buf_printf(out, "%" PRIu64, cell->count);
        break;
    case CELL_INTEGER:
        bc_buf_printf(out, "%" PRId64, cell->integer);
        break;
    case CELL_NULL:
    case CELL_NUMBER:
    case CELL_TENTHS:
    case CELL_RATE:
    case CELL_DAYS:
        cell_text_figure(out, cell->kind, cell->number);
        break;
    case CELL_AMOUNT:
        add_amount(out, *cell->millionths);
        break;
    case CELL_INSTANT:
        add_instant(out, cell->us, times);
        break;
    case CELL_HEAD:
        add_root(out, cell->head);
        break;
    case CELL_JSON:
    case CELL_ROW:
    case CELL_ROWS:
    case CELL_REST:
        break;
    }
}
