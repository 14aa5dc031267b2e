/* tools/show/visit_bars.h - the visits of a deal as what drawings are made of. */
#ifndef BC_TOOLS_SHOW_VISIT_BARS_H
#define BC_TOOLS_SHOW_VISIT_BARS_H

#include "projections/audit/history.h"
#include "tools/ask/basis.h"
#include "tools/draw/visits.h"

/* Of the rules, as of the question's one date. */
struct visits_time visit_bars_time(const struct basis *basis);
/* Fills `out`, which has room for n; texts are borrowed. */
void visit_bars_fill(struct visits_visit *out, const struct basis *basis,
                     const struct bc_history_visit *visits, size_t n);

#endif
