#include "projections/audit/auditing.h"

#include "projections/events/deal_events.h"

struct bc_finding *bc_auditing_add(struct bc_auditing *auditing, enum bc_finding_kind kind,
                                   struct bc_str deal, uint64_t seq)
{
    struct bc_audit *audit = auditing->audit;

    if (!(auditing->kinds & BC_FINDING_BIT(kind)))
        return &auditing->unasked;
    BC_GROW(audit->findings, audit->n, audit->cap);
    BC_GROW(auditing->seqs, audit->n, auditing->seq_cap);
    audit->findings[audit->n] =
        (struct bc_finding){ .kind = kind, .deal = bc_arena_copy(audit->arena, deal) };
    auditing->seqs[audit->n] = seq;
    return &audit->findings[audit->n++];
}

struct bc_str bc_auditing_word(const struct bc_auditing *auditing, uint32_t word)
{
    struct bc_str id = bc_string_table_text(auditing->strings, word);
    int stage = bc_rules_stage(auditing->rules, id);

    return stage == BC_NO_STAGE ? bc_arena_copy(auditing->audit->arena, id)
                                : bc_str_of(auditing->rules->stages[stage].id);
}

struct bc_str bc_auditing_stage(const struct bc_auditing *auditing, const struct bc_visit *visit)
{
    return bc_auditing_word(auditing, visit->word);
}

const struct bc_setting *bc_auditing_value(const struct bc_auditing *auditing,
                                           enum bc_property property)
{
    return auditing->view.ranges[property].n ? auditing->view.ranges[property].at[0].setting : NULL;
}

bool bc_auditing_day(const struct bc_auditing *auditing, enum bc_property property, int32_t *out)
{
    return auditing->view.ranges[property].n > 0 &&
           bc_value_range_day(&auditing->view.ranges[property].at[0], out);
}

bc_status bc_auditing_exists(struct bc_auditing *auditing, const struct bc_deal *deal,
                             struct bc_err *err)
{
    struct bc_deal_events events;
    int64_t begun_us = deal->begun_us;
    bc_status rc = BC_OK;

    if (begun_us > auditing->as_of_us) {
        rc = bc_deal_events_read(&events, auditing->timelines, &auditing->visible, deal->id, err);
        if (rc < 0)
            return rc;
        begun_us = bc_deal_events_begin(&events, deal->id);
        bc_deal_events_release(&events);
    }
    return begun_us > auditing->as_of_us ? BC_DONE : BC_OK;
}
