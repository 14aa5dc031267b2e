/* projections/cohorts/cohort_rows.h - for insiders: what became of deals, by their combination of
 * values, added up. */
#ifndef BC_PROJECTIONS_COHORTS_COHORT_ROWS_H
#define BC_PROJECTIONS_COHORTS_COHORT_ROWS_H

#include "ledger/base/table.h"
#include "projections/cohorts/cohorts.h"

struct bc_cohort_record {
    int64_t us; /* converted: since the anchor */
    uint32_t row;
    enum bc_cohort_outcome outcome;
};

/* `{ 0 }` is empty. */
struct bc_cohort_rows {
    bc_arena *arena;
    struct bc_table table;
    struct bc_str *keys; /* by row */
    size_t n, cap;
    struct bc_cohort_beside *beside; /* by row, up to beside_n; those after it count nothing */
    size_t beside_n, beside_cap;
    struct bc_cohort_record *records;
    size_t record_n, record_cap;
    bool keeps_whose; /* which deal each record is of is kept */
    struct bc_str *whose;
    size_t whose_n, whose_cap;
    struct bc_str *deals; /* that are listed */
    size_t deal_n, deal_cap;
    uint64_t immature, excluded, gone; /* deals that are in no row */
};

struct bc_cohorts *bc_cohorts_new(void); /* an answer that has nothing yet */

/* Adds a value to a combination of them. */
void bc_cohort_key_add(struct bc_buf *key, struct bc_str value);
/* The number of the row of a combination, which gets one. */
uint32_t bc_cohort_rows_number(struct bc_cohort_rows *rows, struct bc_str key);
/* Adds a deal; `listed`: it is one of those. `deal` is empty for a lead of none. */
void bc_cohort_rows_add(struct bc_cohort_rows *rows, struct bc_str key,
                        struct bc_cohort_record record, bool listed, struct bc_str deal);
/* What is counted beside for a combination, which gets a row, if with no deal. Good until another
 * is asked for. */
struct bc_cohort_beside *bc_cohort_rows_beside(struct bc_cohort_rows *rows, struct bc_str key);
/* Adds what another has, which stays as it is. */
void bc_cohort_rows_join(struct bc_cohort_rows *rows, const struct bc_cohort_rows *other);
/* Fills `all`, the rows, the list, and what is in no row. */
void bc_cohort_rows_finish(struct bc_cohorts *out, const struct bc_cohort_rows *rows,
                           const struct bc_cohort_ask *ask);
void bc_cohort_rows_release(struct bc_cohort_rows *rows);

#endif
