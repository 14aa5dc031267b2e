/* tools/show/recorded.h - that a review was put on record, at the end of one. */
#ifndef BC_TOOLS_SHOW_RECORDED_H
#define BC_TOOLS_SHOW_RECORDED_H

#include "tools/cli/cmd.h"
#include "tools/print/row.h"

/* Ids of its events. */
struct review_recorded {
    struct bc_buf review, report; /* review: empty where none was said to be held */
};

/* Each does nothing where `recorded` is NULL. */
void recorded_cells(struct row *row, const struct review_recorded *recorded);
void recorded_print(const struct cmd_env *env, const struct review_recorded *recorded);

#endif
