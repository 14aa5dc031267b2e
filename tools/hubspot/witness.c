/* tools/hubspot/witness.c */
#include "tools/hubspot/witness.h"

#include "ledger/base/instant.h"
#include "tools/hubspot/pipelines.h"
#include "tools/hubspot/value.h"

/* Both are written when the stage is, moments apart; a shorter stay may leave no trace. */
#define MOMENT_US (60 * BC_SECOND_US)

enum { NAMED_MOST = 10 };

/* What HubSpot has of a stage; none where the account has no such property, or does not read its
 * pipeline. Lives until the record's arena is reset. */
static struct bc_str name_of(struct hubspot_run *run, const struct hubspot_stage *stage)
{
    struct bc_str name = hubspot_print(run, "hs_v2_date_entered_%.*s", BC_STR_ARG(stage->id));

    if (hubspot_pipelines_elsewhere(run, stage->id).len || !hubspot_run_defined(run, name))
        return (struct bc_str){ 0 };
    return name;
}

void hubspot_witness_properties(struct hubspot_run *run, struct bc_buf *out)
{
    bc_arena_reset(run->record);
    for (size_t i = 0; i < run->stage_n; i++) {
        struct bc_str name = name_of(run, &run->stages[i]);

        if (name.len) {
            bc_buf_add_byte(out, ',');
            bc_buf_add_str(out, name);
        }
    }
}

/* Does the record's history write a stage at that time, or so? Also where it was that before. */
static bool is_written(const json_t *record, struct bc_str stage, int64_t us)
{
    const json_t *entries =
        json_object_get(json_object_get(record, "propertiesWithHistory"), "dealstage");

    for (size_t i = 0; i < json_array_size(entries); i++) {
        const json_t *entry = json_array_get(entries, i);
        int64_t at_us = 0;

        if (bc_str_eq(hubspot_text(entry, "value"), stage) &&
            hubspot_instant(&at_us, hubspot_text(entry, "timestamp")) && at_us - us <= MOMENT_US &&
            at_us - us >= -MOMENT_US)
            return true;
    }
    return false;
}

/* Did the deal stay in a stage for longer than a moment? */
static bool stayed(const struct hubspot_history *stages, struct bc_str stage)
{
    for (size_t i = 0; i < stages->n; i++)
        if (bc_str_eq(stages->changes[i].value, stage) &&
            (i + 1 == stages->n || stages->changes[i + 1].us - stages->changes[i].us > MOMENT_US))
            return true;
    return false;
}

/* `us`: when HubSpot says that it entered; 0: it does not. */
static void differ(struct hubspot_run *run, struct bc_str deal, struct bc_str stage, int64_t us)
{
    char at[BC_INSTANT_LEN] = "";
    struct bc_str what;

    run->notes.contested++;
    if (run->notes.contested_named.n == NAMED_MOST)
        return;
    if (us > 0)
        bc_instant_print_short(at, us);
    what = us > 0 ? hubspot_print(run, "%.*s into %.*s at %s, not in its history", BC_STR_ARG(deal),
                                  BC_STR_ARG(stage), at)
                  : hubspot_print(run, "%.*s into %.*s by its history alone", BC_STR_ARG(deal),
                                  BC_STR_ARG(stage));
    hubspot_tally_add(run, &run->notes.contested_named, what);
}

void hubspot_witness_compare(struct hubspot_run *run, const json_t *record, struct bc_str deal,
                             const struct hubspot_history *stages, int64_t stored_us)
{
    bool cut = hubspot_history_is_cut(stages, stored_us), any = false;

    if (stages->entry_n == 0 || hubspot_property(record, "hs_merged_object_ids").len > 0)
        return; /* nothing to compare; or a history of several deals, and of one deal the rest */
    for (int round = 0; round < 2;
         round++) { /* an account that does not fill them in says nothing */
        for (size_t i = 0; i < run->stage_n; i++) {
            struct bc_str name = name_of(run, &run->stages[i]), value;
            struct bc_str stage = run->stages[i].id;
            int64_t us = 0;

            if (name.len == 0)
                continue;
            value = hubspot_property(record, name.at);
            if (round == 0)
                any |= value.len > 0;
            else if (hubspot_instant(&us, value) && !is_written(record, stage, us) &&
                     !(cut && us < stages->oldest_us))
                differ(run, deal, stage, us);
            else if (any && value.len == 0 && stayed(stages, stage))
                differ(run, deal, stage, 0);
        }
    }
}
