#include "projections/explain/reasoning.h"

struct bc_reason *bc_reason_add(struct bc_reasoning *reasoning, enum bc_reason_kind kind,
                                uint64_t seq)
{
    struct bc_explanation_not *out = reasoning->out;

    BC_GROW(out->reasons, out->n, out->cap);
    out->reasons[out->n] = (struct bc_reason){ .kind = kind, .seq = seq };
    return &out->reasons[out->n++];
}

struct bc_reason *bc_reason_add_at(struct bc_reasoning *reasoning, enum bc_reason_kind kind,
                                   uint64_t seq, int64_t at_us)
{
    struct bc_reason *reason = bc_reason_add(reasoning, kind, seq);

    reason->has_at = true;
    reason->at_us = at_us;
    return reason;
}

struct bc_str bc_reason_stage(const struct bc_reasoning *reasoning, const struct bc_visit *visit)
{
    if (visit->stage >= 0)
        return bc_str_of(reasoning->rules->stages[visit->stage].id);
    return bc_string_table_text(reasoning->strings, visit->word);
}
