#include "projections/cohorts/cohort_rows.h"

#include "projections/metrics/lengths.h"
#include "projections/metrics/stats.h"

#include <stdlib.h>

struct bc_cohorts *bc_cohorts_new(void)
{
    struct bc_cohorts *cohorts = bc_calloc(1, sizeof(*cohorts));

    cohorts->arena = bc_arena_new();
    return cohorts;
}

void bc_cohorts_free(struct bc_cohorts *cohorts)
{
    if (!cohorts)
        return;
    bc_arena_free(cohorts->arena);
    free(cohorts->deals);
    free(cohorts->each);
    free(cohorts->rows);
    free(cohorts);
}

void bc_cohort_key_add(struct bc_buf *key, struct bc_str value)
{
    const uint32_t len = (uint32_t)value.len;

    bc_buf_add(key, &len, sizeof(len));
    bc_buf_add_str(key, value);
}

/* The n-th value of a combination. */
static struct bc_str key_value(struct bc_str key, size_t n)
{
    for (size_t at = 0;; n--) {
        uint32_t len;

        memcpy(&len, key.at + at, sizeof(len));
        at += sizeof(len);
        if (n == 0)
            return bc_str_part(key, at, at + len);
        at += len;
    }
}

uint32_t bc_cohort_rows_number(struct bc_cohort_rows *rows, struct bc_str key)
{
    const uint64_t hash = bc_str_hash(key);
    struct bc_table_probe probe = bc_table_find(&rows->table, hash);
    uint32_t row;

    while (bc_table_next(&rows->table, &probe, &row))
        if (bc_str_eq(rows->keys[row], key))
            return row;
    if (!rows->arena)
        rows->arena = bc_arena_new();
    BC_GROW(rows->keys, rows->n, rows->cap);
    row = (uint32_t)rows->n++;
    rows->keys[row] = bc_arena_copy(rows->arena, key);
    bc_table_add(&rows->table, hash, row);
    return row;
}

static void list_deal(struct bc_cohort_rows *rows, struct bc_str deal)
{
    BC_GROW(rows->deals, rows->deal_n, rows->deal_cap);
    rows->deals[rows->deal_n++] = bc_arena_copy(rows->arena, deal);
}

static void keep_whose(struct bc_cohort_rows *rows, struct bc_str deal)
{
    BC_GROW(rows->whose, rows->whose_n, rows->whose_cap);
    rows->whose[rows->whose_n++] = bc_arena_copy(rows->arena, deal);
}

void bc_cohort_rows_add(struct bc_cohort_rows *rows, struct bc_str key,
                        struct bc_cohort_record record, bool listed, struct bc_str deal)
{
    record.row = bc_cohort_rows_number(rows, key);
    BC_GROW(rows->records, rows->record_n, rows->record_cap);
    rows->records[rows->record_n++] = record;
    if (rows->keeps_whose)
        keep_whose(rows, deal);
    if (listed && deal.len)
        list_deal(rows, deal);
}

struct bc_cohort_beside *bc_cohort_rows_beside(struct bc_cohort_rows *rows, struct bc_str key)
{
    const uint32_t row = bc_cohort_rows_number(rows, key);

    while (rows->beside_n <= row) {
        BC_GROW(rows->beside, rows->beside_n, rows->beside_cap);
        rows->beside[rows->beside_n++] = (struct bc_cohort_beside){ 0 };
    }
    return &rows->beside[row];
}

static void add_beside(struct bc_cohort_beside *sum, const struct bc_cohort_beside *beside)
{
    sum->on_time += beside->on_time;
    sum->sent += beside->sent;
    sum->opened += beside->opened;
    sum->replied += beside->replied;
}

void bc_cohort_rows_join(struct bc_cohort_rows *rows, const struct bc_cohort_rows *other)
{
    uint32_t *numbers = bc_calloc(other->n + 1, sizeof(*numbers));

    for (size_t i = 0; i < other->n; i++)
        numbers[i] = bc_cohort_rows_number(rows, other->keys[i]);
    for (size_t i = 0; i < other->beside_n; i++)
        add_beside(bc_cohort_rows_beside(rows, other->keys[i]), &other->beside[i]);
    for (size_t i = 0; i < other->record_n; i++) {
        struct bc_cohort_record record = other->records[i];

        record.row = numbers[record.row];
        BC_GROW(rows->records, rows->record_n, rows->record_cap);
        rows->records[rows->record_n++] = record;
    }
    for (size_t i = 0; i < other->whose_n; i++)
        keep_whose(rows, other->whose[i]);
    for (size_t i = 0; i < other->deal_n; i++)
        list_deal(rows, other->deals[i]);
    rows->immature += other->immature;
    rows->excluded += other->excluded;
    rows->gone += other->gone;
    free(numbers);
}

void bc_cohort_rows_release(struct bc_cohort_rows *rows)
{
    bc_arena_free(rows->arena);
    bc_table_release(&rows->table);
    free(rows->keys);
    free(rows->beside);
    free(rows->records);
    free(rows->whose);
    free(rows->deals);
    *rows = (struct bc_cohort_rows){ 0 };
}

/* --- the end --- */

static void fill_days(struct bc_cohort *cohort, int64_t *lengths, size_t n)
{
    const struct bc_lengths days = bc_lengths_of(lengths, n);

    cohort->mean_days = days.mean_days;
    cohort->median_days = days.median_days;
    cohort->p90_days = days.p90_days;
}

static void count(struct bc_cohort *cohort, enum bc_cohort_outcome outcome)
{
    cohort->already += outcome == BC_COHORT_ALREADY;
    cohort->converted += outcome == BC_COHORT_CONVERTED;
    cohort->failed += outcome == BC_COHORT_FAILED;
    cohort->open += outcome == BC_COHORT_OPEN;
    cohort->n += outcome != BC_COHORT_ALREADY;
}

static void fill_rates(struct bc_cohort *cohort)
{
    const uint64_t resolved = cohort->converted + cohort->failed;

    if (cohort->n) {
        cohort->rate = (double)cohort->converted / (double)cohort->n;
        bc_wilson(cohort->converted, cohort->n, &cohort->low, &cohort->high);
    }
    if (resolved) {
        cohort->resolved_rate = (double)cohort->converted / (double)resolved;
        bc_wilson(cohort->converted, resolved, &cohort->resolved_low, &cohort->resolved_high);
    }
}

/* Lengths of the converted: of all, then row by row in one array. Each is in the order of the
 * records, so there is nothing to sort where these are by length. */
static void fill_lengths(struct bc_cohorts *out, const struct bc_cohort_rows *rows)
{
    int64_t *lengths = bc_calloc((size_t)out->all.converted + 1, sizeof(*lengths));
    size_t *next = bc_calloc(rows->n + 1, sizeof(*next)), n = 0;

    for (size_t i = 0; i < rows->record_n; i++)
        if (rows->records[i].outcome == BC_COHORT_CONVERTED)
            lengths[n++] = rows->records[i].us;
    fill_days(&out->all, lengths, n);
    for (size_t row = 0; row < rows->n; row++)
        next[row + 1] = next[row] + (size_t)out->rows[row].converted;
    for (size_t i = 0; i < rows->record_n; i++)
        if (rows->records[i].outcome == BC_COHORT_CONVERTED)
            lengths[next[rows->records[i].row]++] = rows->records[i].us;
    for (size_t row = 0; row < rows->n; row++) {
        n = (size_t)out->rows[row].converted;
        fill_days(&out->rows[row], lengths + (next[row] - n), n);
    }
    free(lengths);
    free(next);
}

static int by_n_then_values(const void *a, const void *b, void *by_n)
{
    const struct bc_cohort *left = a, *right = b;
    int order = 0;

    if (left->n != right->n)
        return left->n > right->n ? -1 : 1;
    for (size_t i = 0; order == 0 && i < *(const size_t *)by_n; i++)
        order = bc_str_cmp(left->values[i], right->values[i]);
    return order;
}

static const struct bc_str *copy_values(bc_arena *arena, struct bc_str key, size_t n)
{
    struct bc_str *values = bc_arena_alloc(arena, (n + 1) * sizeof(*values));

    for (size_t i = 0; i < n; i++)
        values[i] = bc_arena_copy(arena, key_value(key, i));
    return values;
}

/* Before the rows are sorted. */
static void fill_each(struct bc_cohorts *out, const struct bc_cohort_rows *rows)
{
    out->each = bc_calloc(rows->whose_n + 1, sizeof(*out->each));
    out->each_n = rows->whose_n;
    for (size_t i = 0; i < rows->whose_n; i++)
        out->each[i] = (struct bc_cohort_each){ .deal = bc_arena_copy(out->arena, rows->whose[i]),
                                                .values = out->rows[rows->records[i].row].values,
                                                .outcome = rows->records[i].outcome };
}

void bc_cohort_rows_finish(struct bc_cohorts *out, const struct bc_cohort_rows *rows,
                           const struct bc_cohort_ask *ask)
{
    size_t by_n = ask->by_n;

    out->rows = bc_calloc(rows->n + 1, sizeof(*out->rows));
    out->row_n = rows->n;
    out->immature = rows->immature;
    out->excluded = rows->excluded;
    out->gone = rows->gone;
    for (size_t i = 0; i < rows->record_n; i++) {
        count(&out->rows[rows->records[i].row], rows->records[i].outcome);
        count(&out->all, rows->records[i].outcome);
    }
    for (size_t row = 0; row < rows->beside_n; row++) {
        out->rows[row].beside = rows->beside[row];
        add_beside(&out->all.beside, &rows->beside[row]);
    }
    for (size_t row = 0; row < rows->n; row++) {
        out->rows[row].values = copy_values(out->arena, rows->keys[row], by_n);
        fill_rates(&out->rows[row]);
    }
    fill_rates(&out->all);
    fill_lengths(out, rows);
    fill_each(out, rows);
    qsort_r(out->rows, out->row_n, sizeof(*out->rows), by_n_then_values, &by_n);
    out->deals = bc_calloc(rows->deal_n + 1, sizeof(*out->deals));
    out->deal_n = rows->deal_n;
    for (size_t i = 0; i < rows->deal_n; i++)
        out->deals[i] = bc_arena_copy(out->arena, rows->deals[i]);
    qsort(out->deals, out->deal_n, sizeof(*out->deals), bc_str_order);
}
