/* tools/import/csv/csv_order.c - rows are sorted in pieces that fit into memory, and merged.
 *
 *   key    what puts the row where it belongs, then its number (or, backwards, the complement)
 *   value  a struct kept, the row as it stands, then its cells, each a length, the text, a NUL;
 *          or the fault */
#include "tools/import/csv/csv_order.h"

#include "ledger/spill/runs.h"

#include <stdio.h>
#include <stdlib.h>

enum { PIECE = 8 << 20, NUMBER_DIGITS = 18, KEY_MAX = 256 };
enum { KEY_NUMBER = 1, KEY_TEXT, KEY_LAST };

struct kept {
    struct csv_place begin;
    size_t raw_len, cell_n;
    bc_status status;
};

struct item {
    size_t key, key_len, value, value_len; /* in the piece */
};

struct csv_order {
    bc_runs *runs;
    bc_runs_walk *walk;
    struct bc_buf piece;
    struct item *items;
    size_t item_n, item_cap;
    struct bc_str *cells; /* of the row handed out last */
    size_t cell_cap;
    char delimiter;
    bool breaks, broken;
};

static void add_number(struct bc_buf *out, uint64_t number)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        bc_buf_add_byte(out, (char)(number >> shift & 0xff));
}

static bool is_number(uint64_t *out, struct bc_str text)
{
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || text.len > NUMBER_DIGITS)
            return false;
        *out = *out * 10 + (uint64_t)(text.at[i] - '0');
    }
    return text.len > 0;
}

static void add_key(struct bc_buf *out, const struct csv_row *row, size_t cell, bool last,
                    uint64_t number)
{
    struct bc_str text = { 0 };
    uint64_t value = 0;

    if (last) {
        bc_buf_add_byte(out, KEY_LAST);
    } else if (cell == CSV_ORDER_BACK) {
        bc_buf_add_byte(out, KEY_NUMBER);
        add_number(out, UINT64_MAX - number);
        return;
    } else {
        if (cell < row->cell_n)
            text = row->cells[cell];
        bc_buf_add_byte(out, is_number(&value, text) ? KEY_NUMBER : KEY_TEXT);
        if (out->at[out->len - 1] == KEY_NUMBER)
            add_number(out, value);
        else
            bc_buf_add_str(out,
                           (struct bc_str){ text.at, text.len < KEY_MAX ? text.len : KEY_MAX });
        bc_buf_add_byte(out, '\0'); /* which no text has: a shorter one stands first */
    }
    add_number(out, number);
}

static void add_value(struct bc_buf *out, const struct csv_row *row, bc_status status,
                      const struct bc_err *fault)
{
    const struct kept kept = { .begin = row->begin,
                               .raw_len = row->raw.len,
                               .cell_n = status == BC_OK ? row->cell_n : 0,
                               .status = status };

    bc_buf_add(out, (const char *)&kept, sizeof(kept));
    bc_buf_add_str(out, row->raw);
    for (size_t i = 0; i < kept.cell_n; i++) {
        bc_buf_add(out, (const char *)&row->cells[i].len, sizeof(row->cells[i].len));
        bc_buf_add_str(out, row->cells[i]);
        bc_buf_add_byte(out, '\0');
    }
    if (status != BC_OK)
        bc_buf_add(out, (const char *)fault, sizeof(*fault));
}

static struct bc_str key_of(const struct bc_buf *piece, const struct item *item)
{
    return (struct bc_str){ piece->at + item->key, item->key_len };
}

static int item_cmp(const void *a, const void *b, void *piece)
{
    return bc_str_cmp(key_of(piece, a), key_of(piece, b));
}

static bc_status end_piece(struct csv_order *order, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (order->item_n > 1)
        qsort_r(order->items, order->item_n, sizeof(*order->items), item_cmp, &order->piece);
    for (size_t i = 0; rc == BC_OK && i < order->item_n; i++) {
        const struct item *item = &order->items[i];

        rc = bc_runs_add(order->runs, key_of(&order->piece, item),
                         (struct bc_str){ order->piece.at + item->value, item->value_len }, err);
    }
    if (rc == BC_OK)
        rc = bc_runs_end(order->runs, err);
    order->item_n = order->piece.len = 0;
    return rc;
}

static bc_status put_aside(struct csv_order *order, csv_reader *reader, size_t cell,
                           struct bc_err *err)
{
    struct csv_row row = { 0 };
    bc_status rc = BC_OK;

    for (uint64_t number = 0; rc == BC_OK && !order->breaks; number++) {
        struct bc_err fault = { 0 };
        bc_status read = csv_reader_next(reader, &row, &fault);
        struct item item = { .key = order->piece.len };

        if (read == BC_DONE)
            break;
        if (read < 0 && read != BC_E_INPUT) {
            if (err)
                *err = fault;
            return read;
        }
        order->breaks = csv_reader_broken(reader);
        order->delimiter = row.delimiter;
        add_key(&order->piece, &row, cell, order->breaks, number);
        item.value = order->piece.len;
        item.key_len = item.value - item.key;
        add_value(&order->piece, &row, read, &fault);
        item.value_len = order->piece.len - item.value;
        BC_GROW(order->items, order->item_n, order->item_cap);
        order->items[order->item_n++] = item;
        if (order->piece.len >= PIECE)
            rc = end_piece(order, err);
    }
    return rc == BC_OK ? end_piece(order, err) : rc;
}

bc_status csv_order_open(csv_order **out, csv_reader *reader, size_t cell, struct bc_err *err)
{
    struct csv_order *order = bc_calloc(1, sizeof(*order));
    bc_status rc;

    order->runs = bc_runs_new(P_tmpdir);
    rc = put_aside(order, reader, cell, err);
    if (rc == BC_OK)
        rc = bc_runs_walk_open(&order->walk, order->runs, (struct bc_str){ 0 }, err);
    bc_buf_release(&order->piece);
    free(order->items);
    order->items = NULL;
    if (rc < 0) {
        csv_order_close(order);
        return rc;
    }
    *out = order;
    return BC_OK;
}

void csv_order_close(csv_order *order)
{
    if (!order)
        return;
    bc_runs_walk_free(order->walk);
    bc_runs_free(order->runs);
    free(order->cells);
    free(order);
}

static struct bc_str take(struct bc_str *from, size_t len)
{
    struct bc_str part = { from->at, len };

    *from = (struct bc_str){ from->at + len, from->len - len };
    return part;
}

bc_status csv_order_next(csv_order *order, struct csv_row *row, struct bc_err *err)
{
    struct bc_str key, value;
    struct bc_err fault;
    struct kept kept;
    bc_status rc = bc_runs_walk_next(order->walk, &key, &value, err);

    if (rc != BC_OK)
        return rc;
    memcpy(&kept, take(&value, sizeof(kept)).at, sizeof(kept));
    *row = (struct csv_row){ .begin = kept.begin, .delimiter = order->delimiter };
    row->raw = take(&value, kept.raw_len);
    while (order->cell_cap < kept.cell_n)
        BC_GROW(order->cells, order->cell_cap, order->cell_cap);
    for (row->cells = order->cells; row->cell_n < kept.cell_n; row->cell_n++) {
        size_t len;

        memcpy(&len, take(&value, sizeof(len)).at, sizeof(len));
        order->cells[row->cell_n] = take(&value, len);
        (void)take(&value, 1);
    }
    if (kept.status == BC_OK)
        return BC_OK;
    memcpy(&fault, value.at, sizeof(fault));
    if (err)
        *err = fault;
    order->broken = key.at[0] == KEY_LAST;
    return kept.status;
}

bool csv_order_broken(const csv_order *order)
{
    return order->broken;
}
