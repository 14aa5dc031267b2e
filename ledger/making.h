/* ledger/making.h - a ledger while it is made: in its own folder, which is no ledger before it is
 * finished.
 *
 * What will be DIR/format is DIR/making until then. So the leftovers of a kill are distinguished
 * from a ledger that lost a file, nobody opens them, and whoever makes a ledger there next removes
 * them first. Meanwhile the folder is locked.
 *
 * The folder is new or empty, and our own; it is closed to others before its contents are checked.
 * At the end only one file in it is renamed: where the beginning works, so does the end. */
#ifndef BC_LEDGER_MAKING_H
#define BC_LEDGER_MAKING_H

#include "ledger/log/log.h"

typedef struct bc_making bc_making;

struct bc_making_as {
    struct bc_str origin; /* of heads; empty: a new one */
    bool shared; /* the folder's group may write to it, too (2770, 0660; else 0700, 0600) */
};

/* BC_E_USAGE: it lies in another ledger's folder. BC_E_INPUT: it is no folder, or one with
 * something in it. BC_E_IO: it cannot be made, or belongs to somebody else. BC_E_BUSY: another
 * process is making one there. */
bc_status bc_making_begin(bc_making **out, const char *dir, const struct bc_making_as *as,
                          struct bc_err *err);
/* Opens it as bc_ledger_open does, or for reading as bc_ledger_open_all; closed before it is
 * finished. */
bc_status bc_making_open(bc_log **out, const bc_making *making, bool write, struct bc_err *err);
/* Makes it a ledger, on disk. */
bc_status bc_making_finish(bc_making *making, struct bc_err *err);
/* A ledger that was not finished is removed. NULL is fine. */
void bc_making_free(bc_making *making);

#endif
