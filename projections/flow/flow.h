/* projections/flow/flow.h - which deals came into a set of stages between two dates, and which went
 * out of it: before + in - out = after. */
#ifndef BC_PROJECTIONS_FLOW_FLOW_H
#define BC_PROJECTIONS_FLOW_FLOW_H

#include "projections/flow/moves.h"
#include "projections/walk/walk.h"

/* Each deal that is in the set at one of the dates, by the first that fits within its group. */
enum bc_flow_kind {
    BC_IN_RESTORED,     /* it was gone at the first date */
    BC_IN_NEW,          /* it had never been in the set by then */
    BC_IN_RECLASSIFIED, /* it stood in the set then, and was not in the slice */
    BC_IN_RETURNED,
    BC_OUT_GONE,
    BC_OUT_RECLASSIFIED,
    BC_OUT_WON, /* in a stage of kind won or final */
    BC_OUT_LOST,
    BC_OUT_ELSEWHERE,
    BC_STAYED_ADVANCED, /* by the order of the stages in the rules */
    BC_STAYED_REGRESSED,
    BC_STAYED_SAME,
    BC_FLOW_KIND_N
};

enum bc_flow_group { BC_FLOW_IN, BC_FLOW_OUT, BC_FLOW_STAYED, BC_FLOW_GROUP_N };

struct bc_flow_group_row {
    const char *word; /* "in" */
    enum bc_flow_kind first, end;
};
extern const struct bc_flow_group_row bc_flow_groups[BC_FLOW_GROUP_N];
/* "restored", "new", ...; within its group */
const char *bc_flow_kind_word(enum bc_flow_kind kind);

#define BC_FLOW_BIT(kind) (1U << (kind))

/* What is asked, beside the question's two dates. */
struct bc_flow_ask {
    bc_stage_set stages;
    unsigned slice; /* of the rules; looked at for each date */
    unsigned list;  /* bits of the kinds whose deals are wanted */
};

/* A deal, and where it was at both dates: as in the moves. */
struct bc_flow_deal {
    struct bc_str deal;
    enum bc_flow_kind kind;
    struct bc_str from, to;
};

struct bc_flow {
    uint64_t n[BC_FLOW_KIND_N];
    /* Of all deals that are there at one of the dates, whatever their stages; where a deal is not,
     * or has no stage, it is nowhere. It is there from its first event on that tells something of
     * it: a pivot, an experiment or an ICP that but carries a deal is about all of them. */
    struct bc_move *moves;
    size_t move_n;
    struct bc_flow_deal *deals; /* in byte order */
    size_t deal_n;
    bc_arena *arena;
};

static inline uint64_t bc_flow_group_n(const struct bc_flow *flow, enum bc_flow_group group)
{
    uint64_t n = 0;

    for (unsigned kind = bc_flow_groups[group].first; kind < bc_flow_groups[group].end; kind++)
        n += flow->n[kind];
    return n;
}

/* The question has two dates, which may be the same. Its log was opened with all that is kept
 * beside it (bc_ledger_open_all). */
bc_status bc_flow_make(struct bc_flow **out, bc_timelines *timelines,
                       const struct bc_question *question, const struct bc_flow_ask *ask,
                       struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h). */
bc_status bc_flow_begin(struct bc_walked *walked, struct bc_flow **out, bc_timelines *timelines,
                        const struct bc_question *question, const struct bc_flow_ask *ask,
                        struct bc_err *err);
void bc_flow_free(struct bc_flow *flow); /* NULL is fine */

#endif
