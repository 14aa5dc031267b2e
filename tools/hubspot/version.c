/* tools/hubspot/version.c */
#include "tools/hubspot/version.h"

#include "tools/hubspot/value.h"

bc_status hubspot_version_retract(struct hubspot_run *run, struct bc_str deal, struct bc_str id,
                                  const char *why, struct bc_err *err)
{
    struct bc_event retraction = hubspot_event(BC_RETRACTED, deal, run->now_us,
                                               hubspot_print(run, "deal/%.*s", BC_STR_ARG(deal)));

    retraction.id = hubspot_print(run, "%.*s/retracted", BC_STR_ARG(id));
    retraction.value[BC_RETRACTED_EVENT].text = id;
    retraction.value[BC_RETRACTED_REASON].text = bc_str_of(why);
    return hubspot_emit(run, &retraction, err);
}

/* "<id>/as/<stage>/<n>" */
static struct bc_str later_id(struct hubspot_run *run, struct bc_str first, struct bc_str value,
                              unsigned n)
{
    struct bc_buf id = { 0 };
    struct bc_str kept;

    bc_buf_add_str(&id, first);
    bc_buf_add_str(&id, BC_STR("/as/"));
    hubspot_id_add(&id, value);
    bc_buf_printf(&id, "/%u", n);
    kept = bc_arena_copy(run->record, bc_buf_str(&id));
    bc_buf_release(&id);
    return kept;
}

bc_status hubspot_version_emit(struct hubspot_run *run, struct bc_event *event, struct bc_err *err)
{
    const struct hubspot_index_version *was = hubspot_index_version(run->known, event->id);
    struct bc_str value = hubspot_index_value(event), was_id;
    unsigned later_n;
    bc_status rc = BC_OK;

    if (!was)
        return hubspot_emit(run, event, err);
    was_id = bc_arena_copy(run->record, was->id);
    if (!was->retracted && bc_str_eq(was->value, value)) {
        event->id = was_id;
        return hubspot_emit(run, event, err);
    }
    later_n = was->later_n + 1; /* `was` lives until the index gets the retraction */
    run->notes.remapped++;
    if (!was->retracted)
        rc = hubspot_version_retract(run, event->deal, was_id,
                                     event->body == BC_STAGE_CHANGED
                                         ? "the account file means another stage by it"
                                         : "the account file means another value by it",
                                     err);
    event->id = later_id(run, event->id, value, later_n);
    return rc == BC_OK ? hubspot_emit(run, event, err) : rc;
}

bc_status hubspot_version_withdraw(struct hubspot_run *run, const struct bc_event *event,
                                   const char *why, struct bc_err *err)
{
    const struct hubspot_index_version *was = hubspot_index_version(run->known, event->id);

    if (!was || was->retracted)
        return BC_OK;
    run->notes.withdrawn++;
    return hubspot_version_retract(run, event->deal, bc_arena_copy(run->record, was->id), why, err);
}
