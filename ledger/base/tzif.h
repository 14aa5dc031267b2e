/* ledger/base/tzif.h - a time zone as the system's files have it (RFC 8536): which offset from UTC
 * its clocks had when, and, by the rule at the file's end, will have.
 *
 * Read by ourselves: the C library has one current zone a process, which is an environment
 * variable, and both belong to the program around us. */
#ifndef BC_LEDGER_BASE_TZIF_H
#define BC_LEDGER_BASE_TZIF_H

#include "ledger/base/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct bc_tzif bc_tzif; /* opaque; never changes, so any thread may ask it */

/* The zone that the bytes of a file tell; they may go. NULL: they are none. */
bc_tzif *bc_tzif_new(struct bc_str bytes);
void bc_tzif_free(bc_tzif *zone); /* NULL is fine */

/* Seconds east of UTC at a second since 1970. Before the first change it is that of the first kind
 * of standard time. */
int32_t bc_tzif_offset(const bc_tzif *zone, int64_t second);

#endif
