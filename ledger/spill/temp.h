/* ledger/spill/temp.h - files without a name: they vanish with the process, however it ends.
 *
 * Bytes are added at the end, by one thread; any of what was added may be read by any thread. */
#ifndef BC_LEDGER_SPILL_TEMP_H
#define BC_LEDGER_SPILL_TEMP_H

#include "ledger/base/err.h"

#include <stddef.h>
#include <stdint.h>

struct bc_temp {
    int fd;
    uint64_t len;
    const char *folder; /* borrowed */
};

/* Makes an empty one in `folder`; NULL: in memory. */
bc_status bc_temp_open(struct bc_temp *out, const char *folder, struct bc_err *err);
bc_status bc_temp_add(struct bc_temp *temp, const void *bytes, size_t len, struct bc_err *err);
/* Fills out[0..len) with the bytes at `at`; fewer bytes there are a failure. */
bc_status bc_temp_read(const struct bc_temp *temp, uint64_t at, void *out, size_t len,
                       struct bc_err *err);
void bc_temp_close(struct bc_temp *temp);

#endif
