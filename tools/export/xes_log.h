/* tools/export/xes_log.h - a ledger's history as an XES event log (IEEE 1849-2016): a trace a deal,
 * in byte order, an event each of its events, in the order of time.
 *
 *   concept:name           of a trace the deal, of an event its activity (tools/export/activity.h)
 *   time:timestamp         when it happened
 *   org:resource           who did it
 *   lifecycle:transition   complete; of a meeting what its outcome means
 *   eventId, eventKind     the event's id, and its kind as in JSON
 *   eventStage             the stage that it puts the deal into, as the rules name it
 *   recordedAt, sourceRecordedAt, sourceSystem, sourceRef, sourceHow
 *   to, meeting, ...       the event's own fields, as in JSON
 *
 * What an event does not have is left out. */
#ifndef BC_TOOLS_EXPORT_XES_LOG_H
#define BC_TOOLS_EXPORT_XES_LOG_H

#include "projections/rules/rules.h"
#include "tools/cli/progress.h"
#include "tools/export/counted.h"

#include <stdio.h>

/* What the log does not hold. */
struct xes_log_out {
    uint64_t no_deal;  /* events about no deal */
    uint64_t lists;    /* fields that are a list */
    uint64_t fields;   /* that this build does not know */
    uint64_t replaced; /* characters that no XML holds */
};

/* Memory does not grow with the log. That `file` cannot be written is seen by who closes it. */
bc_status xes_log_write(FILE *file, struct xes_log_out *out, const struct counted *counted,
                        const bc_rules *rules, struct progress *progress, struct bc_err *err);

#endif
