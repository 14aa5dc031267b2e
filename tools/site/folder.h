/* tools/site/folder.h - the pages of one question as files that are linked with each other: without
 * a script, and without anything from elsewhere. From the pages of the bar on, what they link to is
 * written too: metrics, deals, reports. What asks for other dates is not: it is asked anew. */
#ifndef BC_TOOLS_SITE_FOLDER_H
#define BC_TOOLS_SITE_FOLDER_H

#include "tools/cli/outdir.h"
#include "tools/site/site.h"

enum { FOLDER_MOST = 2000 }; /* pages; of those beyond, a link is its text alone */

struct folder_written {
    size_t pages;
    size_t left; /* that are linked to, and were too many */
};

/* Writes them into `dir`. `request` has what all of them are asked: as-of, known-at, clock, slice;
 * rules are those of env->rules. Every page must be answered: else the first error. */
bc_status folder_write(struct folder_written *out, struct outdir *dir, const struct cmd_env *env,
                       const char *ledger, const struct site_request *request, struct bc_err *err);

/* Was a folder written by this, and holds it nothing else? An outdir_may_go. */
bool folder_may_go(const char *path);

#endif
