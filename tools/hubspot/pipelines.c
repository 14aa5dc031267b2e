/* tools/hubspot/pipelines.c */
#include "tools/hubspot/pipelines.h"

#include "tools/hubspot/record.h"
#include "tools/hubspot/value.h"

bool hubspot_pipelines_reads(const struct hubspot_run *run, struct bc_str pipeline)
{
    const struct hubspot_account *account = run->account;

    for (size_t i = 0; i < account->pipeline_n; i++)
        if (bc_str_eq(account->pipelines[i], pipeline))
            return true;
    return account->pipeline_n == 0;
}

struct bc_str hubspot_pipelines_elsewhere(const struct hubspot_run *run, struct bc_str stage)
{
    const struct hubspot_stage *known = hubspot_run_stage(run, stage);

    if (!known || known->pipeline.len == 0 || hubspot_pipelines_reads(run, known->pipeline))
        return (struct bc_str){ 0 };
    return known->pipeline;
}

static bool is_here(const struct hubspot_run *run, const struct hubspot_change *change)
{
    return change->value.len > 0 && hubspot_pipelines_elsewhere(run, change->value).len == 0;
}

/* Was the deal ever in a pipeline that is read, as far as the record tells? */
static bool was_here(struct hubspot_run *run, const json_t *record)
{
    struct hubspot_history stages;
    bool here = false;

    if (hubspot_history_read(&stages, record, "dealstage", run->record, NULL) < 0)
        return true; /* whoever reads the deal says what is wrong */
    for (size_t i = 0; !here && i < stages.n; i++)
        here = is_here(run, &stages.changes[i]);
    return here;
}

bool hubspot_pipelines_skip(struct hubspot_run *run, const json_t *record)
{
    struct bc_str pipeline =
        hubspot_pipelines_elsewhere(run, hubspot_property(record, "dealstage"));
    const struct hubspot_index_deal *known;
    struct bc_str id = { 0 };

    if (pipeline.len == 0 || hubspot_record_id(&id, record, NULL) < 0)
        return false;
    known = hubspot_index_deal(run->known, id);
    if ((known && known->own) || was_here(run, record))
        return false;
    bc_string_table_add(run->skipped_ids, id);
    return true;
}

struct hubspot_move hubspot_pipelines_move(const struct hubspot_run *run,
                                           const struct hubspot_history *stages, size_t first,
                                           size_t i)
{
    struct hubspot_move move = { 0 };
    size_t came = first; /* the first change into a pipeline that is read */
    bool here = is_here(run, &stages->changes[i]);
    bool before;

    while (came < i && !is_here(run, &stages->changes[came]))
        came++;
    if (came >= i || stages->changes[i].value.len == 0)
        return move; /* never away, or no stage at all */
    before = is_here(run, &stages->changes[i - 1]) || stages->changes[i - 1].value.len == 0;
    move.away = !here;
    move.parks = !here && before;
    move.back = here && !before;
    return move;
}

void hubspot_pipelines_sum(struct hubspot_run *run)
{
    struct hubspot_notes *notes = &run->notes;

    for (uint32_t i = 1; i < bc_string_table_count(run->skipped_ids); i++)
        notes->skipped +=
            bc_string_table_find(run->present_ids, bc_string_table_text(run->skipped_ids, i)) ==
            BC_WORD_NONE; /* else its history showed that it is to be read */
    for (size_t i = 0; i < run->present_n; i++)
        notes->parked += run->present[i].elsewhere.len > 0 && !run->present[i].archived;
    for (size_t i = 0; i < run->pipeline_n; i++) {
        const struct hubspot_pipeline *pipeline = &run->pipelines[i];

        bc_arena_reset(run->record);
        if (!hubspot_pipelines_reads(run, pipeline->id))
            hubspot_tally_add(run, &notes->skipped_from,
                              hubspot_print(run, "%.*s %.*s", BC_STR_ARG(pipeline->id),
                                            BC_STR_ARG(pipeline->label)));
    }
}
