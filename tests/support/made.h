/* tests/support/made.h - events made by number, and logs filled with them.
 *
 * Event n has the id "made/n" and always the same content. Most change a property; every 13th
 * retracts an event a few places before it, sometimes another retraction. */
#ifndef BC_TESTS_SUPPORT_MADE_H
#define BC_TESTS_SUPPORT_MADE_H

#include "ledger/log/log.h"

#define MADE_NOW_US INT64_C(1700000000000000) /* when the ledger takes them */

struct made {
    struct bc_event event;
    char id[32], deal[32], target[32], value[64];
    struct bc_buf filler;
};

/* Fills *made with event n >= 1; `filler` bytes of text make it larger. */
const struct bc_event *made_event(struct made *made, uint64_t n, size_t filler);
void made_release(struct made *made);
/* Appends events first..last in one go. */
bc_status made_append(bc_log *log, uint64_t first, uint64_t last, size_t filler, int64_t now_us,
                      struct bc_err *err);
/* Fails unless the log holds exactly the events 1..size, with their content. */
void made_check(bc_log *log, uint64_t size, size_t filler);

#endif
