/* projections/timelines/timelines.h - the facts of each deal, and the seqs of its events, in the
 * order of deals.
 *
 * A cache of the log, kept beside it with the seq up to which it has read. What the log has beyond
 * that is replayed into memory on opening, so that answers never lag the log; a reader needs
 * no right to write. A rebuilt cache has the same bytes.
 *
 *   family timelines   deal -> its facts (projections/facts/facts.h); "" -> those about no deal
 *   family learning    deal -> the facts that only some questions read
 * (projections/facts/learning.h) family deals       deal -> the seqs of its events, 5 bytes each,
 * little-endian; a retraction is also found under the deal that it is about meta "timelines"
 * version, position, number of strings; five sums (timelines_sum.h), over timelines, deals,
 * strings, facts about no deal, and learning; and one over all this meta "word" + n    the text of
 * string n */
#ifndef BC_PROJECTIONS_TIMELINES_TIMELINES_H
#define BC_PROJECTIONS_TIMELINES_TIMELINES_H

#include "ledger/log/verify.h"
#include "ledger/store/split.h"
#include "projections/facts/facts.h"

typedef struct bc_timelines bc_timelines; /* borrows its log: free it first */

enum bc_source {
    BC_FROM_CACHE, /* the cache, and the log from its position on */
    BC_FROM_LOG,   /* the log alone: slow; for comparing the cache with it */
};

bc_status bc_timelines_open(bc_timelines **out, bc_log *log, enum bc_source source,
                            struct bc_err *err);
void bc_timelines_free(bc_timelines *timelines); /* NULL is fine */
/* They are lent to one more who frees them: one bc_timelines_free more until they are. Of a log
 * that is only read: what was checked against its sum once is not checked again. */
void bc_timelines_keep(bc_timelines *timelines);

const bc_string_table *bc_timelines_strings(const bc_timelines *timelines);
bc_log *bc_timelines_log(const bc_timelines *timelines);

typedef bc_status bc_timelines_visit(void *payload, struct bc_str deal, struct bc_str facts,
                                     struct bc_err *err);

/* Calls `visit` for each deal in byte order with its facts. A negative status of `visit` ends the
 * walk and is returned. BC_E_DAMAGED where the cache does not match its checksum. */
bc_status bc_timelines_walk(bc_timelines *timelines, bc_timelines_visit *visit, void *payload,
                            struct bc_err *err);

/* Calls it for deals from a key on, until it returns BC_DONE or there are no more: for few of many.
 * Nothing is checked against a sum. */
bc_status bc_timelines_walk_from(bc_timelines *timelines, struct bc_str first,
                                 bc_timelines_visit *visit, void *payload, struct bc_err *err);

/* bc_timelines_walk on several threads: bc_timelines_cut divides the deals into parts of about
 * equal size, one more than there are split keys; then payloads[i] gets the deals of part i, in
 * order, while others get theirs. Of several failures that of the first part is returned. */
bc_status bc_timelines_cut(struct bc_split *out, bc_timelines *timelines, unsigned threads,
                           struct bc_err *err);
bc_status bc_timelines_walk_parts(bc_timelines *timelines, const struct bc_split *split,
                                  unsigned threads, bc_timelines_visit *visit,
                                  void *const *payloads, struct bc_err *err);
/* The same with what each deal has in the family learning, of a log opened with it
 * (bc_ledger_open_all); `learning` is empty where it has none. */
typedef bc_status bc_timelines_learning_visit(void *payload, struct bc_str deal,
                                              struct bc_str facts, struct bc_str learning,
                                              struct bc_err *err);
bc_status bc_timelines_walk_learning(bc_timelines *timelines, const struct bc_split *split,
                                     unsigned threads, bc_timelines_learning_visit *visit,
                                     void *const *payloads, struct bc_err *err);
/* A single value cannot be checked on its own. Whoever reads single deals checks the whole family
 * against its sum, which is done once, and not again where a walk has done it; or each deal against
 * the log (projections/timelines/deal_check.h). BC_E_DAMAGED: they differ. */
bc_status bc_timelines_check_facts(bc_timelines *timelines, struct bc_err *err);
/* The same of the family learning. */
bc_status bc_timelines_check_learning(bc_timelines *timelines, struct bc_err *err);
bc_status bc_timelines_check_seqs(bc_timelines *timelines, struct bc_err *err);
/* The facts of one deal ("" for those about none), none if it has none. */
bc_status bc_timelines_facts(bc_timelines *timelines, struct bc_str deal, struct bc_buf *out,
                             struct bc_err *err);
/* What one deal ("" for none) has in the family learning. Only a walk checks it against its sum. */
bc_status bc_timelines_learning(bc_timelines *timelines, struct bc_str deal, struct bc_buf *out,
                                struct bc_err *err);
/* The seqs of a deal's events, ascending; the caller frees *out. None: *out_n is 0. */
bc_status bc_timelines_seqs(bc_timelines *timelines, struct bc_str deal, uint64_t **out,
                            size_t *out_n, struct bc_err *err);

/* Calls `visit` for each deal in byte order with the seqs of its events that are `last` or less,
 * ascending; deals without any are left out. A negative status of `visit` ends the walk and is
 * returned. */
typedef bc_status bc_timelines_list_visit(void *payload, struct bc_str deal, const uint64_t *seqs,
                                          size_t n, struct bc_err *err);
bc_status bc_timelines_walk_lists(bc_timelines *timelines, uint64_t last,
                                  bc_timelines_list_visit *visit, void *payload,
                                  struct bc_err *err);

/* Brings the cache of a log opened for writing up to the log's head. */
bc_status bc_timelines_update(bc_log *log, struct bc_err *err);
/* Throws the cache away; the next update rebuilds it. */
bc_status bc_timelines_drop(bc_log *log, struct bc_err *err);
/* bc_log_verify, and in the same walk the cache, up to its position, against the facts that the log
 * makes: BC_E_DAMAGED names the event, or if the log is sound the deal. `see` is not called. */
bc_status bc_timelines_verify(bc_log *log, const struct bc_verify_options *options,
                              struct bc_err *err);

#endif
