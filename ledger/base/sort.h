/* ledger/base/sort.h - many texts put into byte order. */
#ifndef BC_LEDGER_BASE_SORT_H
#define BC_LEDGER_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

struct bc_sort_key {
    const char *at; /* borrowed */
    uint32_t len;
    uint32_t index; /* the caller's name for it */
    uint64_t head;  /* the sort's own */
};

/* In the order of bc_str_cmp, equal ones by index. */
void bc_sort_keys(struct bc_sort_key *keys, size_t n);

#endif
