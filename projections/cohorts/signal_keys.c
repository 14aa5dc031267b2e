#include "projections/cohorts/signal_keys.h"

#include "projections/cohorts/signals.h"

#include <stdlib.h>

uint32_t bc_signal_keys_find(struct bc_signal_keys *keys, struct bc_str text)
{
    const uint64_t hash = bc_str_hash(text);
    struct bc_table_probe probe = bc_table_find(&keys->table, hash);
    struct bc_signal_key *key;
    uint32_t at;

    while (bc_table_next(&keys->table, &probe, &at))
        if (bc_str_eq(keys->at[at].text, text))
            return at;
    if (!keys->arena)
        keys->arena = bc_arena_new();
    BC_GROW(keys->at, keys->n, keys->cap);
    bc_table_add(&keys->table, hash, (uint32_t)keys->n);
    key = &keys->at[keys->n];
    *key = (struct bc_signal_key){ .text = bc_arena_copy(keys->arena, text) };
    keys->value.len = 0;
    bc_cohort_key_add(&keys->value, (struct bc_str){ 0 });
    (void)bc_cohort_rows_number(&key->values, bc_buf_str(&keys->value));
    return (uint32_t)keys->n++;
}

void bc_signal_keys_add(struct bc_signal_keys *keys, struct bc_cohort_record record)
{
    BC_GROW(keys->records, keys->record_n, keys->record_cap);
    keys->records[keys->record_n++] = record;
}

bool bc_signal_key_has_too_many(const struct bc_signal_key *key)
{
    return key->value_n > BC_SIGNAL_VALUES_MAX;
}

/* Where it has too many, none of them will be shown. */
static void drop_values(struct bc_signal_key *key)
{
    bc_cohort_rows_release(&key->values);
    free(key->counted);
    free(key->numbers);
    *key = (struct bc_signal_key){ .text = key->text, .value_n = key->value_n };
}

/* A deal of n has the value of a number other than 0. */
static void count_value(struct bc_signal_key *key, uint32_t number, uint64_t deals)
{
    while (key->counted_n <= number) {
        BC_GROW(key->counted, key->counted_n, key->counted_cap);
        key->counted[key->counted_n++] = 0;
    }
    key->value_n += number > 0 && key->counted[number] == 0 && deals > 0;
    key->counted[number] += deals;
}

static void put_number(struct bc_signal_key *key, size_t deal, uint32_t number)
{
    while (key->deal_n < deal) {
        BC_GROW(key->numbers, key->deal_n, key->deal_cap);
        key->numbers[key->deal_n++] = 0;
    }
    BC_GROW(key->numbers, key->deal_n, key->deal_cap);
    key->numbers[key->deal_n++] = number;
}

void bc_signal_keys_set(struct bc_signal_keys *keys, uint32_t at, struct bc_str value)
{
    struct bc_signal_key *key = &keys->at[at];
    const size_t deal = keys->record_n - 1;
    uint32_t number;

    if (bc_signal_key_has_too_many(key) || value.len == 0)
        return;
    keys->value.len = 0;
    bc_cohort_key_add(&keys->value, value);
    number = bc_cohort_rows_number(&key->values, bc_buf_str(&keys->value));
    put_number(key, deal, number);
    count_value(key, number, keys->records[deal].outcome != BC_COHORT_ALREADY);
    if (bc_signal_key_has_too_many(key))
        drop_values(key);
}

static void join_key(struct bc_signal_keys *keys, struct bc_signal_key *from, size_t first)
{
    const uint32_t at = bc_signal_keys_find(keys, from->text); /* which may move the keys */
    struct bc_signal_key *key = &keys->at[at];
    uint32_t *numbers;

    if (bc_signal_key_has_too_many(from))
        key->value_n = from->value_n;
    if (bc_signal_key_has_too_many(key)) {
        drop_values(key);
        return;
    }
    numbers = bc_calloc(from->values.n, sizeof(*numbers));
    for (size_t i = 0; i < from->values.n; i++)
        numbers[i] = bc_cohort_rows_number(&key->values, from->values.keys[i]);
    for (size_t i = 1; i < from->counted_n; i++)
        count_value(key, numbers[i], from->counted[i]);
    for (size_t i = 0; i < from->deal_n; i++)
        if (from->numbers[i])
            put_number(key, first + i, numbers[from->numbers[i]]);
    free(numbers);
    if (bc_signal_key_has_too_many(key))
        drop_values(key);
}

void bc_signal_keys_join(struct bc_signal_keys *keys, struct bc_signal_keys *other)
{
    const size_t first = keys->record_n;

    for (size_t i = 0; i < other->n; i++) {
        join_key(keys, &other->at[i], first);
        drop_values(&other->at[i]);
    }
    for (size_t i = 0; i < other->record_n; i++)
        bc_signal_keys_add(keys, other->records[i]);
}

struct ranked {
    struct bc_cohort_record record;
    uint32_t deal;
};

static int by_length(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;

    return (left->record.us > right->record.us) - (left->record.us < right->record.us);
}

void bc_signal_keys_rank(struct bc_signal_keys *keys)
{
    struct ranked *ranked = bc_calloc(keys->record_n + 1, sizeof(*ranked));

    for (size_t i = 0; i < keys->record_n; i++)
        ranked[i] = (struct ranked){ keys->records[i], (uint32_t)i };
    qsort(ranked, keys->record_n, sizeof(*ranked), by_length);
    keys->deal_of = bc_reallocarray(NULL, keys->record_n + 1, sizeof(*keys->deal_of));
    for (size_t i = 0; i < keys->record_n; i++) {
        keys->records[i] = ranked[i].record;
        keys->deal_of[i] = ranked[i].deal;
    }
    free(ranked);
}

/* A value that no deal has, as the empty one of a key that all have, gets no row. */
static void drop_empty_rows(struct bc_cohorts *split)
{
    size_t n = 0;

    for (size_t i = 0; i < split->row_n; i++)
        if (split->rows[i].n || split->rows[i].already)
            split->rows[n++] = split->rows[i];
    split->row_n = n;
}

struct bc_cohorts *bc_signal_key_split(struct bc_signal_keys *keys, uint32_t at, uint64_t *values)
{
    static const struct bc_cohort_ask ask = { .by_n = 1 };
    struct bc_signal_key *key = &keys->at[at];
    struct bc_cohorts *split = bc_cohorts_new();
    struct bc_cohort_rows rows = key->values;

    rows.records = keys->records;
    rows.record_n = keys->record_n;
    for (size_t i = 0; i < keys->record_n; i++)
        keys->records[i].row = keys->deal_of[i] < key->deal_n ? key->numbers[keys->deal_of[i]] : 0;
    bc_cohort_rows_finish(split, &rows, &ask);
    drop_empty_rows(split);
    *values = 0;
    for (size_t i = 0; i < split->row_n; i++)
        *values += split->rows[i].n > 0;
    return split;
}

void bc_signal_keys_release(struct bc_signal_keys *keys)
{
    for (size_t i = 0; i < keys->n; i++)
        drop_values(&keys->at[i]);
    free(keys->at);
    free(keys->records);
    free(keys->deal_of);
    bc_buf_release(&keys->value);
    bc_table_release(&keys->table);
    bc_arena_free(keys->arena);
    *keys = (struct bc_signal_keys){ 0 };
}
