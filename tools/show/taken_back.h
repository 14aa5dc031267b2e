/* tools/show/taken_back.h - which events of a log are taken back, and by which. */
#ifndef BC_TOOLS_SHOW_TAKEN_BACK_H
#define BC_TOOLS_SHOW_TAKEN_BACK_H

#include "ledger/log/retractions.h"
#include "projections/deal/visible.h"

/* `{ 0 }` knows of none. */
struct taken_back {
    struct bc_retractions all;
    struct bc_retracted *targets; /* NULL: nothing was read */
    bool *counts;                 /* of each retraction: it is not taken back itself */
};

bc_status taken_back_read(struct taken_back *out, bc_log *log, struct bc_err *err);
/* The same of the retractions alone that known-at lets through. */
bc_status taken_back_known(struct taken_back *out, bc_log *log, const struct bc_visible *visible,
                           struct bc_err *err);
void taken_back_release(struct taken_back *taken);
/* The seq of the last retraction of an event that counts; 0: none does. */
uint64_t taken_back_by(const struct taken_back *taken, uint64_t seq);

#endif
