/* tools/connect/record.h - the last run of each source, kept beside the log: when it was, what it
 * read, how far ledger and source agreed; and the mark from which the next run goes on.
 *
 * Stored as JSON under BC_META_SOURCE and the source's name ("hubspot", "github/research"),
 * together with the events. If it is lost, or missing in a copy, the next run reads everything, and
 * no answer changes: the events are in the log. */
#ifndef BC_TOOLS_CONNECT_RECORD_H
#define BC_TOOLS_CONNECT_RECORD_H

#include "ledger/log/log.h"
#include "ledger/record/merkle.h"

#include <jansson.h>

enum { CONNECT_KEPT_DIFFERENCES = 20 };

/* All texts are borrowed from `own`, or when it is written from elsewhere. */
struct connect_record {
    struct bc_str source, system;
    int64_t begun_us, ended_us; /* of the last run */
    int64_t read_us;     /* when the last run began that read the source to its end; 0: none */
    bool failed;         /* the last run did */
    struct bc_str error; /* why; or empty. Addresses of mail in it are not kept */
    uint64_t read, added, duplicates, corrected; /* of the last run that did not fail */
    bool compared;
    uint64_t agree, differ, untied;
    struct connect_kept_difference {
        struct bc_str object, what, ledger, service;
    } differences[CONNECT_KEPT_DIFFERENCES]; /* the first ones */
    size_t difference_n;
    json_t *state;        /* the connector's own; borrowed from `own`; NULL: none */
    struct bc_hash basis; /* of what that state rests on: the account file, the links */
    json_t *own;
};

/* BC_DONE: there is none. */
bc_status connect_record_load(struct connect_record *out, bc_log *log, struct bc_str source,
                              struct bc_err *err);
void connect_record_release(struct connect_record *record);
/* Adds it to the append, so that it is committed with the events. */
void connect_record_put(const struct connect_record *record, bc_append *append);

/* Each source's, by name in byte order; it lives until `see` returns. */
bc_status connect_record_each(bc_log *log,
                              bc_status (*see)(void *payload, const struct connect_record *record,
                                               struct bc_err *err),
                              void *payload, struct bc_err *err);

#endif
