/* tools/cmd/import_draft.h - the first account file that `import SERVICE --discover` writes, and
 * where. */
#ifndef BC_TOOLS_CMD_IMPORT_DRAFT_H
#define BC_TOOLS_CMD_IMPORT_DRAFT_H

#include "tools/cmd/import_remote.h"
#include "tools/connect/account.h"

struct import_draft {
    /* given, and borrowed */
    const struct import_remote *remote;
    const char *account; /* the file's path */

    const struct connector *is;
    const char *path; /* where the draft goes; lives as long as the account */
};

/* *account is what there is to begin with: nothing, or for a connector that looks closer by it the
 * account file; the draft then goes beside it, FILE.draft.yaml. BC_E_INPUT: nothing may be written
 * there, since there is a file. */
bc_status import_draft_open(struct import_draft *draft, struct connect_account **account,
                            const struct connector *is, struct bc_err *err);
/* Writes it, with a head that says how it is read. */
bc_status import_draft_write(const struct import_draft *draft, const struct bc_buf *text,
                             struct bc_err *err);

#endif
