/* projections/report/key_values.h - the values that deals have of the key by which a report is
 * split, numbered as they are met. */
#ifndef BC_PROJECTIONS_REPORT_KEY_VALUES_H
#define BC_PROJECTIONS_REPORT_KEY_VALUES_H

#include "ledger/base/table.h"
#include "projections/report/question.h"

/* Of some of the deals. `{ .date_n = N }` is empty. */
struct bc_key_values {
    size_t date_n;
    bc_arena *arena;
    struct bc_table table;
    struct bc_str *at;
    uint32_t **slices; /* of each, by date: bits, the slices in which some deal has it then */
    size_t n, cap, slices_cap;
    struct bc_present_range *old; /* of the deal in hand */
    size_t old_cap;
};

void bc_key_values_release(struct bc_key_values *values);
/* Marks the present ranges of a view with the numbers of the deal's values, in pieces where it has
 * more than one, and leaves out what is before it begins. */
void bc_key_values_cut(struct bc_key_values *values, const struct bc_splitter *splitter,
                       const struct bc_deal *deal, struct bc_view *view);
/* The number that value `i` of `from`, a part of the deals, has here; its slices are added. */
uint32_t bc_key_values_join(struct bc_key_values *values, const struct bc_key_values *from,
                            size_t i);
/* The numbers of all, in the byte order of their values; the caller frees it. */
size_t *bc_key_values_order(const struct bc_key_values *values);

#endif
