#include "projections/explain/reasoning.h"

#include <assert.h>

static struct bc_reason *add(struct bc_reasoning *reasoning, enum bc_reason_kind kind, uint64_t seq)
{
    struct bc_explanation_not *out = reasoning->out;

    BC_GROW(out->reasons, out->n, out->cap);
    out->reasons[out->n] = (struct bc_reason){ .kind = kind, .seq = seq };
    return &out->reasons[out->n++];
}

struct bc_reason *bc_reason_add(struct bc_reasoning *reasoning, enum bc_reason_kind kind,
                                uint64_t seq)
{
    const struct bc_reason_row *row = bc_reason_row(kind);

    assert(!row->at && !row->days);
    return add(reasoning, kind, seq);
}

struct bc_reason *bc_reason_add_at(struct bc_reasoning *reasoning, enum bc_reason_kind kind,
                                   uint64_t seq, int64_t at_us)
{
    struct bc_reason *reason = add(reasoning, kind, seq);

    assert(bc_reason_row(kind)->at);
    reason->at_us = at_us;
    return reason;
}

struct bc_reason *bc_reason_add_days(struct bc_reasoning *reasoning, enum bc_reason_kind kind,
                                     uint64_t seq, int32_t days)
{
    struct bc_reason *reason = add(reasoning, kind, seq);

    assert(bc_reason_row(kind)->days);
    reason->days = days;
    return reason;
}

struct bc_str bc_reason_stage(const struct bc_reasoning *reasoning, const struct bc_visit *visit)
{
    if (visit->stage >= 0)
        return bc_str_of(reasoning->rules->stages[visit->stage].id);
    return bc_string_table_text(reasoning->strings, visit->word);
}
