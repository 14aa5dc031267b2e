/* projections/cohorts/signal_keys.h - for insiders: the values of many keys, numbered by key, with
 * the number that each deal has.
 *
 *   records   | deal 0 | deal 1 | deal 2 | ...      what became of it
 *   tier      | 1      | 2      | 1      |          the numbers of its values; a deal without one,
 *   mood      |        |        | 1      |          or beyond the end, has 0: the empty value
 *
 * A key that has too many values keeps none of them. */
#ifndef BC_PROJECTIONS_COHORTS_SIGNAL_KEYS_H
#define BC_PROJECTIONS_COHORTS_SIGNAL_KEYS_H

#include "projections/cohorts/cohort_rows.h"

struct bc_signal_key {
    struct bc_str text;
    struct bc_cohort_rows values; /* its rows alone; the first is of the empty value */
    uint64_t *counted;            /* of each value, how many deals are among n */
    size_t counted_n, counted_cap;
    uint64_t value_n;  /* values but the empty one that some are, among n */
    uint32_t *numbers; /* of each deal, up to `deal_n` */
    size_t deal_n, deal_cap;
};

/* `{ 0 }` is empty. */
struct bc_signal_keys {
    bc_arena *arena;
    struct bc_table table;
    struct bc_signal_key *at;
    size_t n, cap;
    struct bc_cohort_record *records;
    size_t record_n, record_cap;
    uint32_t *deal_of;   /* whose each record is, when they are ranked */
    struct bc_buf value; /* for one at a time */
};

/* The number of a key, which is added if it is not there. */
uint32_t bc_signal_keys_find(struct bc_signal_keys *keys, struct bc_str text);
/* Adds a deal; its values are set after that. */
void bc_signal_keys_add(struct bc_signal_keys *keys, struct bc_cohort_record record);
/* Of the deal that was added last, once a key. */
void bc_signal_keys_set(struct bc_signal_keys *keys, uint32_t key, struct bc_str value);
/* Adds what another has, which loses its numbers. */
void bc_signal_keys_join(struct bc_signal_keys *keys, struct bc_signal_keys *other);
/* When all is there: brings the records into the order of their lengths, once for all keys. */
void bc_signal_keys_rank(struct bc_signal_keys *keys);
bool bc_signal_key_has_too_many(const struct bc_signal_key *key);
/* The rows of a key, once they are ranked, as an answer that the caller frees. How many values
 * there are among n. */
struct bc_cohorts *bc_signal_key_split(struct bc_signal_keys *keys, uint32_t key, uint64_t *values);
void bc_signal_keys_release(struct bc_signal_keys *keys);

#endif
