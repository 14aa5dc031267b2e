/* ledger/share/replica.h - a ledger as a replica of a log that several machines share: it takes
 * what is new there, appends through it, and puts back what that log lost. */
#ifndef BC_LEDGER_SHARE_REPLICA_H
#define BC_LEDGER_SHARE_REPLICA_H

#include "ledger/log/log.h"
#include "ledger/record/head.h"
#include "ledger/share/shared_log.h"

typedef struct bc_replica bc_replica;

struct bc_replica_as {
    struct bc_str origin; /* of the ledger */
    struct bc_str name;   /* of this replica; see bc_replica_name_good */
};

bool bc_replica_name_good(struct bc_str name);

/* Of the ledgers that are replicas of a shared log: as its last commit says, or where it has none,
 * as a replica says of itself. BC_DONE: nobody says. */
bc_status bc_shared_log_origin(struct bc_buf *out, const bc_shared_log *shared, struct bc_err *err);

/* `log` is borrowed, and open for writing unless the replica is only compared and reported, or the
 * reports of all are read; `shared` is the replica's from now on, also where this
 * fails. Texts are copied. */
bc_replica *bc_replica_new(bc_log *log, const bc_shared_log *shared,
                           const struct bc_replica_as *as);
void bc_replica_free(bc_replica *replica); /* NULL is fine */

/* What both sides hold. */
struct bc_replica_state {
    struct bc_head here, shared; /* of size 0: empty */
    uint64_t position;           /* of the last commit there; 0: there is none */
};
/* Asks, and compares. BC_E_DAMAGED: the shared log holds other events than this replica. That it
 * ends earlier is no failure here. */
bc_status bc_replica_compare(bc_replica *replica, struct bc_replica_state *out, struct bc_err *err);

/* The same, and where the shared log is longer also whether what comes next there fits on this
 * replica. *out is filled in also where the events differ. */
bc_status bc_replica_check(bc_replica *replica, struct bc_replica_state *out, struct bc_err *err);

/* Takes all commits that are there when it begins. `progress` (unless NULL) is called now and then
 * with the size reached. BC_E_DAMAGED: the shared log ends before this replica does, holds other
 * events, or a commit does not fit: everything before that commit was taken. */
bc_status bc_replica_catch_up(bc_replica *replica, void (*progress)(void *payload, uint64_t size),
                              void *payload, struct bc_err *err);
/* How many messages were passed over so far, since they are no commits. */
uint64_t bc_replica_passed_over(const bc_replica *replica);

/* How many events were taken so far. */
uint64_t bc_replica_taken(const bc_replica *replica);

/* From now on appends to the log go through the shared one. The log owns the replica then, and
 * frees it when it is closed, after a call of `last` (unless NULL). A commit of such an append:
 * BC_OK: it is in the shared log and on disk here. BC_E_REMOTE: whether it is there is not known;
 * the next one who catches up will see, and to append the same again is safe. BC_E_CONFLICT,
 * BC_E_INPUT: another machine was faster, and what it added excludes this. BC_E_BUSY: another
 * machine has stored what the same importer stores; nothing was appended. */
void bc_replica_appends(bc_replica *replica, void (*last)(void *payload, bc_replica *replica),
                        void *payload);

/* Adds to the shared log what it lacks of this replica; `added` (unless NULL) gets how many events.
 * What it does hold must be the same. */
bc_status bc_replica_refill(bc_replica *replica, uint64_t *added,
                            void (*progress)(void *payload, uint64_t size), void *payload,
                            struct bc_err *err);

/* What a replica says of itself. */
struct bc_replica_report {
    struct bc_str name;
    struct bc_head head;
    int64_t at_us; /* when, by its own clock */
};
/* BC_DONE: not tried, since an append did not reach the shared log. */
bc_status bc_replica_report(bc_replica *replica, int64_t now_us, struct bc_err *err);
/* It is a replica no more. */
bc_status bc_replica_leave(bc_replica *replica, struct bc_err *err);
/* Each replica's last report; lent until `see` returns. One that cannot be read has size 0 and the
 * time 0. */
bc_status bc_replica_each(bc_replica *replica,
                          bc_status (*see)(void *payload, const struct bc_replica_report *report,
                                           struct bc_err *err),
                          void *payload, struct bc_err *err);

#endif
