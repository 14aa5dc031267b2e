#include "tools/hubspot/gone.h"

/* The id of the event's so manieth retraction: 1 retracts it, 2 retracts that, and so on. */
static struct bc_str nth_id(struct hubspot_run *run, struct bc_str id, unsigned nth)
{
    if (nth == 0)
        return bc_arena_copy(run->record, id);
    if (nth == 1)
        return hubspot_print(run, "%.*s/retracted", BC_STR_ARG(id));
    return hubspot_print(run, "%.*s/retracted/%u", BC_STR_ARG(id), nth);
}

static bc_status turn(struct hubspot_run *run, const struct hubspot_index_tie *tie,
                      const struct hubspot_index_act *act, const char *why, struct bc_err *err)
{
    struct bc_event event =
        hubspot_event(BC_RETRACTED, tie->deal, run->now_us,
                      hubspot_print(run, "%s/%.*s", tie->what, BC_STR_ARG(tie->object)));

    event.id = nth_id(run, act->id, act->turns + 1);
    event.value[BC_RETRACTED_EVENT].text = nth_id(run, act->id, act->turns);
    event.value[BC_RETRACTED_REASON].text =
        act->turns % 2 ? BC_STR("HubSpot ties it to the deal again") : bc_str_of(why);
    return hubspot_emit(run, &event, err);
}

bc_status hubspot_gone(struct hubspot_run *run, const struct hubspot_gone *ask, struct bc_err *err)
{
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < hubspot_index_ties(run->known); i++) {
        const struct hubspot_index_tie *tie = hubspot_index_tie_at(run->known, i);
        enum hubspot_tied now =
            strcmp(tie->what, ask->word) == 0 ? ask->tied(ask->payload, tie) : HUBSPOT_TIE_UNKNOWN;
        uint64_t turned = 0;

        if (now == HUBSPOT_TIE_UNKNOWN)
            continue;
        bc_arena_reset(run->record);
        for (size_t at = tie->first; rc == BC_OK && at;) {
            const struct hubspot_index_act *act = hubspot_index_act_at(run->known, at);

            at = act->next;
            if ((act->turns % 2 == 1) != (now == HUBSPOT_TIED))
                continue;
            rc = turn(run, tie, act, ask->why, err);
            turned++;
        }
        *ask->n += turned > 0 && now == HUBSPOT_UNTIED;
        run->notes.retied += turned > 0 && now == HUBSPOT_TIED;
    }
    return rc;
}
