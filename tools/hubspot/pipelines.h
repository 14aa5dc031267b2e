/* tools/hubspot/pipelines.h - the pipelines whose deals are read, and what it means when a deal
 * moves out of them: it is parked in the stage that it had, until it comes back. */
#ifndef BC_TOOLS_HUBSPOT_PIPELINES_H
#define BC_TOOLS_HUBSPOT_PIPELINES_H

#include "tools/hubspot/history.h"
#include "tools/hubspot/run.h"

/* `parked_until` of a deal that has moved to a pipeline that is not read. */
#define HUBSPOT_PARKED "9999-12-31"

/* Is a pipeline read, by its id? */
bool hubspot_pipelines_reads(const struct hubspot_run *run, struct bc_str pipeline);
/* The pipeline of a stage, by HubSpot's id, if it is not read; else none, also where it is not
 * known. */
struct bc_str hubspot_pipelines_elsewhere(const struct hubspot_run *run, struct bc_str stage);

/* Is a deal left out: in a pipeline that is not read, never in another by the history in the
 * record, and unknown to the ledger? */
bool hubspot_pipelines_skip(struct hubspot_run *run, const json_t *record);

/* A change of stage as a move between pipelines. */
struct hubspot_move {
    bool away;  /* to a stage of one that is not read, after one of those that are */
    bool parks; /* the first such: the deal is parked from here on */
    bool back;  /* the first after such: it is parked no longer */
};
/* Of change `i` of a history of stages, of which those from `first` on are the deal's own. */
struct hubspot_move hubspot_pipelines_move(const struct hubspot_run *run,
                                           const struct hubspot_history *stages, size_t first,
                                           size_t i);

/* Notes, when all is read, what was left out, and what is parked so. */
void hubspot_pipelines_sum(struct hubspot_run *run);

#endif
