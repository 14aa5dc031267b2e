/* tools/hubspot/stages.c */
#include "tools/hubspot/stages.h"

#include "tools/hubspot/value.h"

/* A probability is "1", "1.0", "0.0": `digit`, and nothing but zeros after it. */
static bool is_whole(struct bc_str text, char digit)
{
    if (text.len == 0 || text.at[0] != digit || (text.len > 1 && text.at[1] != '.'))
        return false;
    for (size_t i = 2; i < text.len; i++)
        if (text.at[i] != '0')
            return false;
    return true;
}

enum hubspot_ending hubspot_stages_ending(const json_t *metadata)
{
    struct bc_str closed = hubspot_text(metadata, "isClosed");
    struct bc_str probability = hubspot_text(metadata, "probability");

    if (closed.len == 0)
        return HUBSPOT_ENDING_UNTOLD;
    if (!bc_str_eq(closed, BC_STR("true")))
        return HUBSPOT_ENDING_NONE;
    if (is_whole(probability, '1'))
        return HUBSPOT_ENDING_WON;
    return is_whole(probability, '0') ? HUBSPOT_ENDING_LOST : HUBSPOT_ENDING_UNCLEAR;
}

bool hubspot_stages_may_be(enum hubspot_ending ending, enum bc_stage_kind kind)
{
    switch (ending) {
    case HUBSPOT_ENDING_UNTOLD:
        break;
    case HUBSPOT_ENDING_NONE:
        return kind == BC_STAGE_OPEN;
    case HUBSPOT_ENDING_WON:
        return kind == BC_STAGE_WON || kind == BC_STAGE_FINAL;
    case HUBSPOT_ENDING_LOST:
        return kind == BC_STAGE_LOST;
    case HUBSPOT_ENDING_UNCLEAR:
        return kind != BC_STAGE_OPEN;
    }
    return true;
}

void hubspot_stages_check(struct hubspot_run *run, const bc_rules *rules)
{
    for (size_t i = 0; i < run->stage_n; i++) {
        const struct hubspot_stage *stage = &run->stages[i];
        struct bc_str to = hubspot_map_word(&run->account->stages, stage->id);
        int ours = bc_rules_stage(rules, to);

        bc_arena_reset(run->record);
        if (ours != BC_NO_STAGE && !hubspot_stages_may_be(stage->ending, rules->stages[ours].kind))
            hubspot_tally_add(run, &run->notes.contradicted,
                              hubspot_print(run, "%.*s \"%.*s\" as %.*s", BC_STR_ARG(stage->id),
                                            BC_STR_ARG(stage->label), BC_STR_ARG(to)));
    }
}
