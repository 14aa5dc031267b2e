/* projections/closing/close.h - a deal's last close, and what was written down on it.
 *
 * A deal's last close is its last visit to a stage of kind won or lost, but for one that it was
 * first found in. What was learned of it may have been written down up to 30 civil days before. */
#ifndef BC_PROJECTIONS_CLOSING_CLOSE_H
#define BC_PROJECTIONS_CLOSING_CLOSE_H

#include "projections/walk/walk.h"

/* As a walk's last date sees it: the index of the visit, or BC_NO_VISIT. */
size_t bc_close_last(const struct bc_walk *walk, const struct bc_deal *deal);

/* Why a deal was lost by the i-th visit: the reason that was recorded last from the end of the loss
 * before on, before the next visit begins; empty: none. Reads facts of kind BC_FACT_LOST_BECAUSE,
 * which the deal lends. */
struct bc_str bc_close_reason(const struct bc_walk *walk, const struct bc_deal *deal, size_t i);

/* Facts that were recorded of a close at an instant: those from the first instant on, up to the
 * walk's last date. */
struct bc_close_window {
    int64_t from_us, to_us;
};
struct bc_close_window bc_close_window_of(const struct bc_walk *walk, int64_t closed_us);
static inline bool bc_close_in(const struct bc_close_window *window, const struct bc_fact_at *fact)
{
    return fact->occurred_us >= window->from_us && fact->occurred_us <= window->to_us;
}
/* Whether one of them tells why it closed: a learning, or a win-loss analysis that is linked. Reads
 * facts of kinds BC_FACT_LESSON and BC_FACT_ARTIFACT. */
bool bc_close_written(const struct bc_deal *deal, const struct bc_close_window *window);

#endif
