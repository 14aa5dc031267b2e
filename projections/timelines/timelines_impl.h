/* projections/timelines/timelines_impl.h - the cache's position in meta; for the files that read,
 * write and verify it. */
#ifndef BC_PROJECTIONS_TIMELINES_TIMELINES_IMPL_H
#define BC_PROJECTIONS_TIMELINES_TIMELINES_IMPL_H

#include "ledger/log/log.h"
#include "projections/facts/string_table.h"
#include "projections/timelines/timelines_sum.h"

/* The version of the form of facts and lists: a cache of another one is rebuilt. */
#define BC_TIMELINES_VERSION 10

/* seq 0: there is no cache, whatever the families hold. */
struct bc_position {
    uint64_t version, seq, strings;
    struct bc_timelines_sum facts, seqs, texts; /* of the families, and of the strings */
    struct bc_timelines_sum none;               /* of the facts about no deal alone */
    struct bc_timelines_sum learning;           /* of the family of that name */
};

#define BC_POSITION_NONE ((struct bc_position){ .version = BC_TIMELINES_VERSION, .strings = 1 })

bc_status bc_timelines_damaged(struct bc_err *err, const char *what);

bc_status bc_position_read(bc_log *log, struct bc_position *out, struct bc_err *err);
void bc_position_put(struct bc_batch *batch, const struct bc_position *position);

/* The strings 1..n - 1 that the cache keeps, and their sum. */
bc_status bc_timelines_strings_read(bc_log *log, uint64_t n, bc_string_table *strings,
                                    struct bc_timelines_sum *sum, struct bc_err *err);
/* Reads those that the position counts; BC_E_DAMAGED where they differ from it. */
bc_status bc_timelines_strings_take(bc_log *log, const struct bc_position *position,
                                    bc_string_table *strings, struct bc_err *err);
void bc_timelines_word_put(struct bc_batch *batch, uint32_t word, struct bc_str text,
                           struct bc_timelines_sum *sum);

/* The sum of a whole family, on as many threads as pay off. */
bc_status bc_timelines_family_sum(struct bc_timelines_sum *out, bc_log *log, enum bc_family family,
                                  struct bc_err *err);

/* A cache that is not what the log makes: replays the log, deal by deal, and names the first deal
 * that differs, else the strings. Always BC_E_DAMAGED, or a failure to read. */
bc_status bc_timelines_name_damage(bc_log *log, const struct bc_position *position,
                                   struct bc_err *err);

#endif
