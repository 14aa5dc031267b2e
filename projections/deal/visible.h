/* projections/deal/visible.h - which events a known-at lets through. */
#ifndef BC_PROJECTIONS_DEAL_VISIBLE_H
#define BC_PROJECTIONS_DEAL_VISIBLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Overrides: these seqs are visible by group, whatever the clocks say; `diff` switches one group on
 * at a time. */
struct bc_override {
    const uint8_t *groups; /* by seq: the group, as one bit; 0: not overridden */
    uint64_t end;          /* seqs from here on are not overridden */
    uint8_t visible;       /* the groups that are visible */
};

/* The group of a seq, or 0. */
static inline uint8_t bc_override_group(const struct bc_override *override, uint64_t seq)
{
    return seq < override->end ? override->groups[seq] : 0;
}

/* What known-at lets through. */
struct bc_visible {
    bool asked;        /* is there a known-at? by_source, us and seq count only then */
    bool by_source;    /* by the source's clock where the event has one, else by the ledger's */
    int64_t us;        /* by_source: recorded at or before */
    uint64_t seq;      /* the last seq that was recorded by then */
    uint64_t last_seq; /* ignore events after this seq; 0: none are ignored */
    const struct bc_override *override; /* NULL: none; borrowed */
};

/* Whether both let through the same, for the same reason. */
static inline bool bc_visible_same(const struct bc_visible *one, const struct bc_visible *other)
{
    return one->asked == other->asked && one->last_seq == other->last_seq &&
           one->override == other->override &&
           (!one->asked ||
            (one->by_source == other->by_source && one->us == other->us && one->seq == other->seq));
}

/* bc_visible_has where there is a restriction. */
bool bc_visible_asked_has(const struct bc_visible *visible, uint64_t seq,
                          const int64_t *source_recorded_us);

/* Whether an event is visible; source_recorded_us NULL: the source gives no time. */
static inline bool bc_visible_has(const struct bc_visible *visible, uint64_t seq,
                                  const int64_t *source_recorded_us)
{
    return (!visible->asked && !visible->last_seq && !visible->override) ||
           bc_visible_asked_has(visible, seq, source_recorded_us);
}

#endif
