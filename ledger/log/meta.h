/* ledger/log/meta.h - small values beside the events, in family meta: who owns each, and its key.
 *
 * An owner has one key, or several that are its word and a number or a name; no other key begins
 * with that word. */
#ifndef BC_LEDGER_LOG_META_H
#define BC_LEDGER_LOG_META_H

#include "ledger/store/store.h"

typedef struct bc_log bc_log; /* ledger/log/log.h */

enum bc_meta_owner {
    BC_META_LOG,       /* "head": see log_impl.h */
    BC_META_LEDGER,    /* "origin": the name of the ledger, as in its head file */
    BC_META_TIMELINES, /* "timelines": the position of that cache */
    BC_META_WORDS,     /* "word", then the number in 4 bytes, big-endian: texts of that cache */
    BC_META_HUBSPOT,   /* "hubspot": how far an account was read */
    BC_META_QUIET,     /* "quiet": what of that account leaves no event */
    BC_META_SOURCE,    /* "source/NAME": the last run of an import from a service, and its mark */
    BC_META_UNTIED,    /* "untied/NAME": what such an import found of which no deal is known */
    BC_META_SHARE,     /* "share": how far the log that several machines share was read */
    BC_META_OWNER_END,
};

enum { BC_META_KEY_MAX = 16, BC_META_NAME_MAX = 100 };

/* The key of an owner, in `room`. `number` is 0 where there is only one. */
struct bc_str bc_meta_key(char room[BC_META_KEY_MAX], enum bc_meta_owner owner, uint32_t number);
/* Adds the key of an owner of several, "source/NAME"; without a name what all of them begin with.
 */
void bc_meta_key_named(struct bc_buf *key, enum bc_meta_owner owner, struct bc_str name);
/* Whether the value is an importer's: bc_append_put stores only those. */
bool bc_meta_is_of_importer(enum bc_meta_owner owner);
/* Whether a key is one of an importer's. */
bool bc_meta_key_is_of_importer(struct bc_str key);
/* Each value of an importer, with its key, in byte order; both live until `see` returns. */
bc_status bc_meta_each_of_importers(bc_log *log,
                                    bc_status (*see)(void *payload, struct bc_str key,
                                                     struct bc_str value, struct bc_err *err),
                                    void *payload, struct bc_err *err);

/* The value of an owner of one key. BC_DONE: there is none. */
bc_status bc_meta_get(bc_log *log, enum bc_meta_owner owner, struct bc_buf *out,
                      struct bc_err *err);
/* The value that an owner of several has under a name, of 1 to BC_META_NAME_MAX bytes. BC_DONE:
 * there is none. */
bc_status bc_meta_get_named(bc_log *log, enum bc_meta_owner owner, struct bc_str name,
                            struct bc_buf *out, struct bc_err *err);
/* Each such name with its value, in byte order; both live until `see` returns. */
bc_status bc_meta_each_named(bc_log *log, enum bc_meta_owner owner,
                             bc_status (*see)(void *payload, struct bc_str name,
                                              struct bc_str value, struct bc_err *err),
                             void *payload, struct bc_err *err);
/* For the owners in the ledger and the projections. */
void bc_meta_put(struct bc_batch *batch, enum bc_meta_owner owner, uint32_t number,
                 struct bc_str value);
void bc_meta_put_named(struct bc_batch *batch, enum bc_meta_owner owner, struct bc_str name,
                       struct bc_str value);

#endif
