#include "projections/replay_log.h"

#include <stdlib.h>

struct bc_rows {
    struct bc_deal_rows *deals;
    size_t n, cap;
    uint32_t *table; /* index + 1; open addressing, at most half full */
    size_t table_size;
    size_t bytes; /* of all rows */
    bc_arena *arena;
};

static size_t slot_of(const bc_rows *rows, struct bc_str deal)
{
    size_t slot = bc_str_hash(deal) & (rows->table_size - 1);

    while (rows->table[slot] && !bc_str_eq(rows->deals[rows->table[slot] - 1].deal, deal))
        slot = (slot + 1) & (rows->table_size - 1);
    return slot;
}

bc_rows *bc_rows_new(void)
{
    bc_rows *rows = bc_calloc(1, sizeof(*rows));

    rows->table_size = 1024;
    rows->table = bc_calloc(rows->table_size, sizeof(*rows->table));
    rows->arena = bc_arena_new();
    return rows;
}

void bc_rows_free(bc_rows *rows)
{
    if (!rows)
        return;
    for (size_t i = 0; i < rows->n; i++) {
        bc_buf_release(&rows->deals[i].facts);
        bc_buf_release(&rows->deals[i].seqs);
    }
    free(rows->deals);
    free(rows->table);
    bc_arena_free(rows->arena);
    free(rows);
}

static struct bc_deal_rows *rows_of(bc_rows *rows, struct bc_str deal)
{
    size_t slot = slot_of(rows, deal);

    if (rows->table[slot])
        return &rows->deals[rows->table[slot] - 1];
    BC_GROW(rows->deals, rows->n, rows->cap);
    rows->deals[rows->n++] = (struct bc_deal_rows){ .deal = bc_arena_copy(rows->arena, deal) };
    rows->table[slot] = (uint32_t)rows->n;
    if (2 * rows->n > rows->table_size) {
        rows->table_size *= 2;
        free(rows->table);
        rows->table = bc_calloc(rows->table_size, sizeof(*rows->table));
        for (size_t i = 0; i < rows->n; i++)
            rows->table[slot_of(rows, rows->deals[i].deal)] = (uint32_t)i + 1;
    }
    return &rows->deals[rows->n - 1];
}

static void add_seq(bc_rows *rows, struct bc_str deal, uint64_t seq)
{
    char bytes[BC_SEQ_BYTES];

    for (int i = 0; i < BC_SEQ_BYTES; i++)
        bytes[i] = (char)(seq >> (8 * i));
    bc_buf_add(&rows_of(rows, deal)->seqs, bytes, sizeof(bytes));
    rows->bytes += sizeof(bytes);
}

/* A retraction is filed where the event is that its chain is about. */
static bc_status read_retraction(bc_rows *rows, bc_log *log, const struct bc_event *event,
                                 struct bc_err *err)
{
    uint64_t target, root;
    struct bc_buf bytes = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_event about;
    bc_status rc = bc_log_retraction(log, event->seq, &target, &root, err);

    if (rc == BC_DONE)
        rc = bc_err_set(err, BC_E_DAMAGED,
                        "the ledger is damaged: retraction %llu has no entry in its index",
                        (unsigned long long)event->seq);
    if (rc == BC_OK)
        rc = bc_log_get(log, root, &about, &bytes, arena, err);
    if (rc == BC_OK) {
        bc_facts_add_retraction(&rows_of(rows, bc_fact_owner(&about))->facts, event, target);
        rows->bytes += 24;
        if (about.deal.len && !bc_str_eq(about.deal, event->deal))
            add_seq(rows, about.deal, event->seq);
    }
    bc_buf_release(&bytes);
    bc_arena_free(arena);
    return rc;
}

static bc_status read_event(bc_rows *rows, bc_log *log, const struct bc_event *event,
                            bc_words *words, struct bc_err *err)
{
    struct bc_buf *facts;
    size_t before;

    if (event->deal.len)
        add_seq(rows, event->deal, event->seq);
    if (event->body == BC_RETRACTED)
        return read_retraction(rows, log, event, err);
    facts = &rows_of(rows, bc_fact_owner(event))->facts;
    before = facts->len;
    bc_facts_add(facts, event, words);
    rows->bytes += facts->len - before;
    return BC_OK;
}

bc_status bc_rows_read(bc_rows *rows, bc_log *log, uint64_t first, uint64_t last, size_t bytes_most,
                       bc_words *words, uint64_t *out_last, struct bc_err *err)
{
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc = bc_cursor_open(&cursor, log, first, last, err);

    *out_last = first - 1;
    while (rc == BC_OK && (bytes_most == 0 || rows->bytes < bytes_most)) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc != BC_OK)
            break;
        rc = read_event(rows, log, event, words, err);
        *out_last = event->seq;
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : BC_OK;
}

static int by_deal(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_deal_rows *)a)->deal,
                      ((const struct bc_deal_rows *)b)->deal);
}

const struct bc_deal_rows *bc_rows_sorted(bc_rows *rows, size_t *out_n)
{
    if (rows->n)
        qsort(rows->deals, rows->n, sizeof(*rows->deals), by_deal);
    memset(rows->table, 0, rows->table_size * sizeof(*rows->table));
    for (size_t i = 0; i < rows->n; i++)
        rows->table[slot_of(rows, rows->deals[i].deal)] = (uint32_t)i + 1;
    *out_n = rows->n;
    return rows->deals;
}

const struct bc_deal_rows *bc_rows_find(const bc_rows *rows, struct bc_str deal)
{
    size_t slot = slot_of(rows, deal);

    return rows->table[slot] ? &rows->deals[rows->table[slot] - 1] : NULL;
}
