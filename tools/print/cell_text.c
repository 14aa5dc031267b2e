#include "tools/print/cell_text.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* With so many decimals, and with a plus where asked for; what rounds to nothing has no minus. */
static void add_rounded(struct bc_buf *out, bool plus, int decimals, double value)
{
    const size_t from = out->len;

    bc_buf_printf(out, plus ? "%+.*f" : "%.*f", decimals, value);
    if (out->at[from] != '-' || strpbrk(out->at + from, "123456789"))
        return;
    out->len = from;
    bc_buf_printf(out, plus ? "%+.*f" : "%.*f", decimals, 0.0);
}

static void add_figure(struct bc_buf *out, bool plus, enum cell_kind kind, double value)
{
    static const struct {
        double factor;
        int decimals;
        const char *unit;
    } forms[] = {
        [CELL_NUMBER] = { 1, 0, "" },   [CELL_TENTHS] = { 1, 1, "" },
        [CELL_RATE] = { 100, 1, " %" }, [CELL_POINTS] = { 100, 1, " pt" },
        [CELL_DAYS] = { 1, 1, " d" },
    };

    add_rounded(out, plus, forms[kind].decimals, forms[kind].factor * value);
    bc_buf_add_str(out, bc_str_of(forms[kind].unit));
}

void cell_text_figure(struct bc_buf *out, enum cell_kind kind, double value)
{
    if (kind == CELL_NULL)
        bc_buf_add_str(out, BC_STR(CELL_TEXT_NULL));
    else
        add_figure(out, kind == CELL_POINTS, kind, value);
}

void cell_text_change(struct bc_buf *out, enum cell_kind kind, double by)
{
    if (kind == CELL_RATE) { /* from 10 % to 20 % are 10 points, and 100 % */
        add_rounded(out, true, 1, 100 * by);
        bc_buf_add_str(out, BC_STR(" points"));
    } else {
        add_figure(out, true, kind, by);
    }
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
    case CELL_POINTS:
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
