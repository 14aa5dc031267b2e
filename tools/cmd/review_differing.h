/* tools/cmd/review_differing.h - the issued reports that a review says would read differently. */
#ifndef BC_TOOLS_CMD_REVIEW_DIFFERING_H
#define BC_TOOLS_CMD_REVIEW_DIFFERING_H

#include "tools/show/restated.h"
#include "tools/show/review.h"

/* `{ 0 }` is empty. */
struct review_differing_list {
    struct review_differing *at;
    size_t n;
    struct restated_list restated;
    bc_arena *arena;
};

bc_status review_differing_read(struct review_differing_list *out, const struct basis *basis,
                                struct bc_err *err);
void review_differing_release(struct review_differing_list *list);

#endif
