/* tools/webhook/webhook_log.h - a log of deliveries as a source of an import: the events of each
 * whose signature fits. */
#ifndef BC_TOOLS_WEBHOOK_WEBHOOK_LOG_H
#define BC_TOOLS_WEBHOOK_WEBHOOK_LOG_H

#include "ledger/log/log.h"
#include "tools/connect/connector.h"
#include "tools/connect/ties.h"
#include "tools/import/importer.h"
#include "tools/webhook/secrets.h"

/* All of it is borrowed. */
struct webhook_log_opts {
    const char *path;
    bc_log *log;
    const struct webhook_secrets *secrets;
    const struct connect_links *links;
    const struct connector *const *connectors; /* that may know what is delivered */
    size_t connector_n;
    bool unverified; /* also what is not signed, or by a secret that is not at hand */
};

bc_status webhook_log_open(struct importer **out, const struct webhook_log_opts *opts,
                           struct bc_err *err);
/* Adds what is of no known deal to the append, as the importers of the services keep it. `source`
 * is of webhook_log_open. */
void webhook_log_keep(struct importer *source, bc_append *append);

#endif
