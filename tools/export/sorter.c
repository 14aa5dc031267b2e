#include "tools/export/sorter.h"

#include "ledger/spill/runs.h"

#include <stdio.h>
#include <stdlib.h>

enum { PIECE = 32 << 20 };

struct item {
    size_t key, key_len, value_len; /* in the piece; the value stands after the key */
};

struct sorter {
    bc_runs *runs;
    bc_runs_walk *walk;
    struct bc_buf piece;
    struct item *items;
    size_t n, cap;
};

sorter *sorter_new(void)
{
    sorter *self = bc_calloc(1, sizeof(*self));

    self->runs = bc_runs_new(P_tmpdir);
    return self;
}

void sorter_free(sorter *self)
{
    if (!self)
        return;
    bc_runs_walk_free(self->walk);
    bc_runs_free(self->runs);
    bc_buf_release(&self->piece);
    free(self->items);
    free(self);
}

static struct bc_str key_of(const struct bc_buf *piece, const struct item *item)
{
    return (struct bc_str){ piece->at + item->key, item->key_len };
}

static int item_cmp(const void *a, const void *b, void *piece)
{
    const struct item *left = a, *right = b;
    const int by_key = bc_str_cmp(key_of(piece, left), key_of(piece, right));

    return by_key ? by_key : (left->key > right->key) - (left->key < right->key);
}

static bc_status end_piece(sorter *self, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (self->n > 1)
        qsort_r(self->items, self->n, sizeof(*self->items), item_cmp, &self->piece);
    for (size_t i = 0; rc == BC_OK && i < self->n; i++) {
        const struct item *item = &self->items[i];
        const struct bc_str key = key_of(&self->piece, item);

        rc =
            bc_runs_add(self->runs, key, (struct bc_str){ key.at + key.len, item->value_len }, err);
    }
    if (rc == BC_OK)
        rc = bc_runs_end(self->runs, err);
    self->n = self->piece.len = 0;
    return rc;
}

bc_status sorter_add(sorter *self, struct bc_str key, struct bc_str value, struct bc_err *err)
{
    const struct item item = { self->piece.len, key.len, value.len };

    bc_buf_add_str(&self->piece, key);
    bc_buf_add_str(&self->piece, value);
    BC_GROW(self->items, self->n, self->cap);
    self->items[self->n++] = item;
    return self->piece.len >= PIECE ? end_piece(self, err) : BC_OK;
}

bc_status sorter_begin(sorter *self, struct bc_err *err)
{
    bc_status rc = self->n > 0 ? end_piece(self, err) : BC_OK;

    bc_buf_release(&self->piece);
    bc_runs_walk_free(self->walk);
    self->walk = NULL;
    return rc == BC_OK ? bc_runs_walk_open(&self->walk, self->runs, (struct bc_str){ 0 }, err) : rc;
}

bc_status sorter_next(sorter *self, struct bc_str *key, struct bc_str *value, struct bc_err *err)
{
    return bc_runs_walk_next(self->walk, key, value, err);
}

void sorter_key_number(struct bc_buf *key, uint64_t number)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        bc_buf_add_byte(key, (char)(number >> shift & 0xff));
}

void sorter_key_text(struct bc_buf *key, struct bc_str text)
{
    bc_buf_add_str(key, text);
    bc_buf_add_byte(key, '\0');
}
