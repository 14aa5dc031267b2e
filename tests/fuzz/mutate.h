/* tests/fuzz/mutate.h - other bytes than these, but much like them. */
#ifndef BC_TESTS_FUZZ_MUTATE_H
#define BC_TESTS_FUZZ_MUTATE_H

#include "ledger/base/mem.h"

/* Changes `bytes` in one to four places, by chance; `other` lends pieces. `random` is moved on. */
void mutate(struct bc_buf *bytes, struct bc_str other, uint64_t *random);

#endif
