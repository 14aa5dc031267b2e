/* tools/show/hubspot.h - the report of an import from HubSpot: what was recorded, how far ledger
 * and CRM agree, and what HubSpot could not give. */
#ifndef BC_TOOLS_SHOW_HUBSPOT_H
#define BC_TOOLS_SHOW_HUBSPOT_H

#include "ledger/log/log.h"
#include "tools/ask/unknown_words.h"
#include "tools/cli/cmd.h"
#include "tools/hubspot/discover.h"
#include "tools/hubspot/reconcile.h"
#include "tools/hubspot/zone.h"

struct hubspot_result {
    const struct hubspot_run *run;
    struct bc_appended appended;
    uint64_t told_otherwise; /* events with other content now than when imported */
    uint64_t ahead;          /* of those added: dated after they are recorded */
    uint64_t repaired;       /* events appended for differences */
    bool dry_run, traced;
    const struct hubspot_reconciled *reconciled; /* NULL: not compared */
    struct http_counts counts;
    const struct unknown_words *words;
    struct hubspot_zones zones;
    const bc_log *log;
};

void hubspot_show_json(const struct cmd_env *env, const struct hubspot_result *result);
void hubspot_show_text(const struct cmd_env *env, const struct hubspot_result *result);

/* After --discover: where the file is, and what remains to be filled in. */
void hubspot_show_discovered(const struct cmd_env *env, const char *path,
                             const struct hubspot_discovered *found,
                             const struct hubspot_zones *zones, bool json);

#endif
