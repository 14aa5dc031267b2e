/* tools/cmd/import_links.h - what of links.yaml meets nothing: it was misspelt, or is no more. */
#ifndef BC_TOOLS_CMD_IMPORT_LINKS_H
#define BC_TOOLS_CMD_IMPORT_LINKS_H

#include "tools/connect/run.h"

/* All services that links may be of. */
struct import_links_services {
    const struct connector *const *at;
    size_t n;
};
/* Notes, at the end of a run, links of its service that no object has, where the run was of all
 * there is (`whole`), and properties that no deal has. What is of no service that can be told is
 * noted by each. */
void import_links_note(struct connect_run *run, struct import_links_services services, bool whole);

#endif
