/* tools/import/xes/xes_read.h - the events of an XES log (IEEE 1849), as they stand in it.
 *
 * A log has traces, a trace its attributes and then its events, an event its attributes; each
 * attribute has a key and a value, whatever its type. An attribute within another, a list or a
 * container is passed over and counted, as is an event outside of a trace. Nothing is fetched: a
 * document type declaration, and with it any entity, is refused. */
#ifndef BC_TOOLS_IMPORT_XES_XES_READ_H
#define BC_TOOLS_IMPORT_XES_XES_READ_H

#include "ledger/base/err.h"
#include "ledger/base/str.h"
#include "tools/import/csv/csv_place.h"
#include "tools/import/csv/csv_summary.h"
#include "tools/import/gunzip.h"

struct xes_attribute {
    struct bc_str key, value;
    struct csv_place at; /* where it begins */
};
struct xes_attributes {
    struct xes_attribute *at;
    size_t n, cap;
};

/* Lent. */
struct xes_event {
    struct csv_place at; /* where it begins */
    struct xes_attributes of_trace, own;
};

struct xes_passed {
    struct csv_times nested, no_trace;
};

/* A failure ends the reading. Of a BC_E_INPUT *at, where the event begins, may be set to where the
 * fault is; the name is added. */
typedef bc_status xes_take(void *to, const struct xes_event *event, struct csv_place *at,
                           struct bc_err *err);

/* Reads a file, plain or gzipped. *bytes: of the log as it is unpacked, while it is read.
 * BC_E_INPUT: no sound log; *err has the place. Nothing that is gzipped is certain before the end.
 */
bc_status xes_read(gunzip *gz, const char *name, xes_take *take, void *to,
                   struct xes_passed *passed, uint64_t *bytes, struct bc_err *err);

#endif
