/* ledger/spill/runs.h - the second half of a sort that does not fit into memory: sorted runs of
 * keys and values in a temporary file, and walks over all of them in the order of keys.
 *
 * The caller collects what fits, sorts it and adds it as one run, over and over. What is kept in
 * memory is about a three-hundredth of what is written, and for a walk one block a run. Runs are
 * written by one thread; once all are ended, each thread may have walks and look-ups of its own. */
#ifndef BC_LEDGER_SPILL_RUNS_H
#define BC_LEDGER_SPILL_RUNS_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

typedef struct bc_runs bc_runs;
typedef struct bc_runs_walk bc_runs_walk; /* borrows its runs: free it first */

/* An empty set of runs. `folder` (borrowed) is where the file goes, see ledger/spill/temp.h; NULL:
 * in memory. */
bc_runs *bc_runs_new(const char *folder);
void bc_runs_free(bc_runs *runs); /* NULL is fine */

/* Adds to the run that is open, or begins one. Keys ascend within a run; equal ones are fine. */
bc_status bc_runs_add(bc_runs *runs, struct bc_str key, struct bc_str value, struct bc_err *err);
/* Ends the run that is open, if one is: now it can be read. */
bc_status bc_runs_end(bc_runs *runs, struct bc_err *err);
/* How many runs there are, the open one included. */
size_t bc_runs_count(const bc_runs *runs);

/* Looks a key up in the ended runs. BC_OK: *value (cleared first) is the first one of that key.
 * BC_DONE: none has it. */
bc_status bc_runs_find(const bc_runs *runs, struct bc_str key, struct bc_buf *value,
                       struct bc_err *err);

/* Divides the keys of the ended runs into at most `parts` ranges of about equal size: fills
 * firsts[i] with the first key of each, that of the first one empty. They live as long as the runs.
 * Returns how many there are, at least 1. */
size_t bc_runs_split(const bc_runs *runs, size_t parts, struct bc_str *firsts);

/* Walks all keys >= first of the ended runs, ascending; equal ones in the order in which they were
 * added. */
bc_status bc_runs_walk_open(bc_runs_walk **out, const bc_runs *runs, struct bc_str first,
                            struct bc_err *err);
/* BC_OK: *key and *value live until the next call. BC_DONE: the end; all was seen. */
bc_status bc_runs_walk_next(bc_runs_walk *walk, struct bc_str *key, struct bc_str *value,
                            struct bc_err *err);
void bc_runs_walk_free(bc_runs_walk *walk); /* NULL is fine */

#endif
