/* projections/events/reports.h - the reports that were issued, as they were given out. */
#ifndef BC_PROJECTIONS_EVENTS_REPORTS_H
#define BC_PROJECTIONS_EVENTS_REPORTS_H

#include "projections/deal/visible.h"
#include "projections/timelines/timelines.h"

struct bc_issued {
    uint64_t seq;
    int64_t issued_us;
    struct bc_str id, name, actor, basis;
    const struct bc_str *values;
    size_t value_n;
    size_t page_len; /* bytes of the page that was given out, which bc_issued_page reads; 0: none */
};

struct bc_issued_list {
    struct bc_issued *at; /* by (issued_us, seq) */
    size_t n;
    bc_arena *arena; /* holds their texts */
};

/* Every reportIssued that known-at lets through and that was not retracted. */
bc_status bc_issued_read(struct bc_issued_list *out, bc_timelines *timelines,
                         const struct bc_visible *visible, struct bc_err *err);
/* Adds the page that the event of a report holds; nothing where it holds none. */
bc_status bc_issued_page(struct bc_buf *out, bc_timelines *timelines, uint64_t seq,
                         struct bc_err *err);
void bc_issued_release(struct bc_issued_list *list);

#endif
