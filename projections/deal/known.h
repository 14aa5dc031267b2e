/* projections/deal/known.h - which events a known-at lets through. */
#ifndef BC_PROJECTIONS_DEAL_KNOWN_H
#define BC_PROJECTIONS_DEAL_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Events about which it is decided apart, by groups: for asking what each group would change. */
struct bc_known_apart {
    const uint8_t *groups; /* by seq: the group, as one bit; 0: not decided apart */
    uint64_t end;          /* seqs from here on are not */
    uint8_t known;         /* the groups that are known */
};

/* The group of a seq, or 0. */
static inline uint8_t bc_known_group(const struct bc_known_apart *apart, uint64_t seq)
{
    return seq < apart->end ? apart->groups[seq] : 0;
}

/* What known-at lets through. */
struct bc_known {
    bool asked;
    bool by_source;    /* asked by the source's clock where it has one, else by the ledger's */
    int64_t us;        /* by_source: recorded at or before */
    uint64_t seq;      /* the last seq that was recorded by then */
    uint64_t last_seq; /* the log as it was when it ended here; 0: as it is */
    const struct bc_known_apart *apart; /* NULL: none; borrowed */
};

/* bc_known_has where something is asked. */
bool bc_known_asked_has(const struct bc_known *known, uint64_t seq,
                        const int64_t *source_recorded_us);

/* Whether an event is known; source_recorded_us NULL: the source says nothing. */
static inline bool bc_known_has(const struct bc_known *known, uint64_t seq,
                                const int64_t *source_recorded_us)
{
    return (!known->asked && !known->last_seq && !known->apart) ||
           bc_known_asked_has(known, seq, source_recorded_us);
}

#endif
