/* ledger/ledger_impl.h - shared by opening a ledger and making one. */
#ifndef BC_LEDGER_LEDGER_IMPL_H
#define BC_LEDGER_LEDGER_IMPL_H

#include "ledger/base/ledger_dir.h"
#include "ledger/ledger.h"

#define BC_LEDGER_FORMAT_TEXT BC_LEDGER_FORMAT_WORDS "1\n"

/* Writes the head file. */
bc_status bc_ledger_publish(const char *dir, struct bc_str origin, const struct bc_head *head,
                            struct bc_err *err);

/* Opens a ledger whose format is in the file `format`. */
bc_status bc_ledger_open_by(bc_log **out, const char *dir, const char *format, bool write,
                            struct bc_err *err);

#endif
