/* tools/show/service.h - the report of an import from a service: what was recorded, how far ledger
 * and service agree, what is of no known deal, and what the service does not say. */
#ifndef BC_TOOLS_SHOW_SERVICE_H
#define BC_TOOLS_SHOW_SERVICE_H

#include "ledger/log/log.h"
#include "tools/ask/unknown_words.h"
#include "tools/cli/cmd.h"
#include "tools/connect/compare.h"

struct service_result {
    const struct connect_run *run;
    struct bc_appended appended;
    uint64_t corrected; /* events that took the place of others */
    uint64_t ahead;     /* of those added: dated after they are recorded */
    bool dry_run, traced;
    const struct connect_compared *compared; /* NULL: not compared */
    struct http_counts counts;
    const struct unknown_words *words;
    const bc_log *log;
};

void service_show_json(const struct cmd_env *env, const struct service_result *result);
void service_show_text(const struct cmd_env *env, const struct service_result *result);

/* How often the service was asked, where that is worth a line: something was asked again or waited
 * for, or is traced. */
void service_requests(const struct cmd_env *env, const struct http_counts *counts, bool traced);

/* After --discover: where the file is, and a sentence on what is to be filled in. */
void service_show_discovered(const struct cmd_env *env, const char *path, struct bc_str found,
                             bool json);

/* Objects of no known deal, a row each: "object", "address", "since", "why", "deal", "events". */
struct rows service_loose_rows(const struct connect_loose *loose, size_t n);
/* A table of them, and for each the line that links it, to be pasted into links.yaml. `source` is
 * theirs: "dropbox-sign/team". */
void service_loose_table(const struct cmd_env *env, struct bc_str source,
                         const struct connect_loose *loose, size_t n);

#endif
