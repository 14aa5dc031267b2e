/* tools/export/ocel_log.h - a ledger's history as an object-centric event log (OCEL 2.0), handed
 * part by part to what writes it: types, events in the order of time, objects in the order of type
 * and id, each with its attributes in the order of name and time, and its relations. */
#ifndef BC_TOOLS_EXPORT_OCEL_LOG_H
#define BC_TOOLS_EXPORT_OCEL_LOG_H

#include "tools/cli/progress.h"
#include "tools/export/counted.h"
#include "tools/export/ocel_model.h"

struct ocel_event {
    struct bc_str id, type; /* the type is its activity (tools/export/activity.h) */
    int64_t us;
    const struct ocel_facts *facts;
};

/* All of it is lent. */
struct ocel_sink {
    bc_status (*object_type)(struct ocel_sink *self, struct bc_str name,
                             const struct ocel_column *columns, size_t n, struct bc_err *err);
    bc_status (*event_type)(struct ocel_sink *self, struct bc_str name,
                            const struct ocel_column *columns, size_t n, struct bc_err *err);
    bc_status (*event)(struct ocel_sink *self, const struct ocel_event *event, struct bc_err *err);
    /* An object; of it come first the values, then the relations, until the next. */
    bc_status (*object)(struct ocel_sink *self, struct bc_str id, struct bc_str type,
                        struct bc_err *err);
    bc_status (*value)(struct ocel_sink *self, struct bc_str name, struct bc_str value, int64_t us,
                       struct bc_err *err);
    bc_status (*relation)(struct ocel_sink *self, struct bc_str object, struct bc_str qualifier,
                          struct bc_err *err);
    bc_status (*end)(struct ocel_sink *self, struct bc_err *err);
};

/* What the log does not hold. */
struct ocel_log_out {
    uint64_t lists;  /* fields that are a list */
    uint64_t fields; /* that this build does not know */
};

/* Memory grows with the names of properties and of stages, not with the log. */
bc_status ocel_log_write(struct ocel_sink *sink, struct ocel_log_out *out,
                         const struct counted *counted, const bc_rules *rules,
                         struct progress *progress, struct bc_err *err);

#endif
