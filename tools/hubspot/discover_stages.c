/* tools/hubspot/discover_stages.c */
#include "tools/hubspot/discover_stages.h"

#include "tools/discover/discover_text.h"
#include "tools/hubspot/stages.h"

/* The stage of the rules that a name means, or NULL: the one with the same words, else with the
 * most of them. */
static const char *match_name(const bc_rules *rules, struct bc_str name, enum hubspot_ending ending)
{
    const char *best = NULL;

    for (size_t i = 0; i < rules->stage_n; i++) {
        const struct bc_stage *stage = &rules->stages[i];

        if (!hubspot_stages_may_be(ending, stage->kind))
            continue;
        if (discover_alike(name, bc_str_of(stage->id)) ||
            (stage->label && discover_alike(name, bc_str_of(stage->label))))
            return stage->id;
        if (discover_begins(name, stage->id) && (!best || strlen(stage->id) > strlen(best)))
            best = stage->id;
    }
    return best;
}

/* The stage of the rules that one of HubSpot's is by its label or the label before, among those of
 * an ending; or NULL. */
static const char *match_label(const bc_rules *rules, const struct hubspot_stage *stage,
                               enum hubspot_ending ending)
{
    int known = bc_rules_stage(rules, stage->id);
    const char *to = known == BC_NO_STAGE ? NULL : rules->stages[known].id;

    if (!to && stage->label.len)
        to = match_name(rules, stage->label, ending);
    if (!to && stage->former.len)
        to = match_name(rules, stage->former, ending);
    return to;
}

/* The only stage of a kind, or NULL. */
static const char *only_one(const bc_rules *rules, enum bc_stage_kind kind)
{
    const char *found = NULL;

    for (size_t i = 0; i < rules->stage_n; i++) {
        if (rules->stages[i].kind != kind)
            continue;
        if (found)
            return NULL;
        found = rules->stages[i].id;
    }
    return found;
}

/* However a stage is called, what is closed with a probability of 0 is lost, of 1 is won. */
static const char *match_stage(const bc_rules *rules, const struct hubspot_stage *stage)
{
    const char *to = match_label(rules, stage, stage->ending);

    if (!to && stage->ending == HUBSPOT_ENDING_LOST)
        to = only_one(rules, BC_STAGE_LOST);
    if (!to && stage->ending == HUBSPOT_ENDING_WON)
        to = only_one(rules, BC_STAGE_WON);
    return to;
}

/* The pipeline whose stages are the rules': the one with the most that match. A stage of another
 * may have the same label and mean something else. */
static struct bc_str main_pipeline(const struct hubspot_run *run, const bc_rules *rules)
{
    struct bc_str best = { 0 };
    size_t best_n = 0;

    for (size_t i = 0; i < run->stage_n; i++) {
        struct bc_str pipeline = run->stages[i].pipeline;
        size_t n = 0;

        for (size_t s = 0; s < run->stage_n; s++)
            n += bc_str_eq(run->stages[s].pipeline, pipeline) &&
                 match_label(rules, &run->stages[s], run->stages[s].ending) != NULL;
        if (pipeline.len && n > best_n) {
            best = pipeline;
            best_n = n;
        }
    }
    return best;
}

static const char *ending_word(enum hubspot_ending ending)
{
    switch (ending) {
    case HUBSPOT_ENDING_UNTOLD:
    case HUBSPOT_ENDING_NONE:
        break;
    case HUBSPOT_ENDING_WON:
        return "; won";
    case HUBSPOT_ENDING_LOST:
        return "; lost";
    case HUBSPOT_ENDING_UNCLEAR:
        return "; closed, neither won nor lost";
    }
    return "";
}

/* `label_to`: what the label alone would be, where the settings say otherwise; or NULL. */
static void write_note(struct bc_buf *out, const struct hubspot_stage *stage, const char *label_to)
{
    bc_buf_add_str(out, BC_STR("  # "));
    discover_comment(out, stage->label);
    if (stage->former.len) {
        bc_buf_add_str(out, BC_STR(", formerly "));
        discover_comment(out, stage->former);
    }
    if (stage->pipeline.len) {
        bc_buf_add_str(out, BC_STR("; pipeline "));
        discover_comment(out, stage->pipeline);
    }
    if (!stage->live)
        bc_buf_add_str(out, BC_STR("; deleted from the account"));
    bc_buf_add_str(out, bc_str_of(ending_word(stage->ending)));
    if (label_to)
        bc_buf_printf(out, "; its label alone says %s", label_to);
    bc_buf_add_byte(out, '\n');
}

/* What the label alone says, where it is of another kind than the settings do; or NULL. */
static const char *misleading(const bc_rules *rules, const struct hubspot_stage *stage,
                              const char *to)
{
    const char *by_label = match_label(rules, stage, HUBSPOT_ENDING_UNTOLD);

    return by_label && (!to || strcmp(by_label, to) != 0) &&
                   !hubspot_stages_may_be(
                       stage->ending,
                       rules->stages[bc_rules_stage(rules, bc_str_of(by_label))].kind)
               ? by_label
               : NULL;
}

static void write_stage(struct hubspot_discovered *found, struct hubspot_run *run,
                        const bc_rules *rules, const struct hubspot_stage *stage, bool elsewhere,
                        struct bc_buf *out)
{
    bool writable = discover_writable(stage->id);
    const char *to = writable ? match_stage(rules, stage) : NULL;
    const char *label_to = elsewhere ? NULL : misleading(rules, stage, to);

    found->stages++;
    if (!to || elsewhere) {
        struct bc_str what =
            hubspot_print(run, "%.*s (%.*s%s%.*s)", BC_STR_ARG(stage->id), BC_STR_ARG(stage->label),
                          elsewhere ? ", pipeline " : "", elsewhere ? (int)stage->pipeline.len : 0,
                          stage->pipeline.at);

        hubspot_tally_add(run, &found->unmapped, what);
        bc_buf_add_str(out, BC_STR("  # "));
    } else {
        found->stages_mapped++;
        bc_buf_add_str(out, BC_STR("  "));
    }
    if (label_to)
        hubspot_tally_add(run, &found->misleading,
                          hubspot_print(run, "%.*s (%.*s) is %s", BC_STR_ARG(stage->id),
                                        BC_STR_ARG(stage->label), to ? to : "open"));
    if (writable)
        discover_quoted(out, stage->id);
    else
        discover_comment(out, stage->id);
    bc_buf_printf(out, ":%s%s", to ? " " : "", to ? to : "");
    write_note(out, stage, label_to);
}

/* Those whose deals are read: the rules' stages are in one. */
static void write_pipelines(struct hubspot_discovered *found, struct hubspot_run *run,
                            struct bc_str read, struct bc_buf *out)
{
    bool listed = read.len > 0 && discover_writable(read);

    bc_buf_add_str(out,
                   BC_STR("\n# The pipelines whose deals are read. A deal that moves to another "
                          "one is parked in the stage that it had.\npipelines:"));
    bc_buf_add_str(out, listed ? BC_STR("\n") : BC_STR(" null  # all of them\n"));
    for (size_t i = 0; i < run->pipeline_n; i++) {
        const struct hubspot_pipeline *pipeline = &run->pipelines[i];
        bool is_read = !listed || bc_str_eq(pipeline->id, read);

        hubspot_tally_add(run, is_read ? &found->pipelines : &found->pipelines_left,
                          hubspot_print(run, "%.*s (%.*s)", BC_STR_ARG(pipeline->id),
                                        BC_STR_ARG(pipeline->label)));
        bc_buf_add_str(out, listed && is_read ? BC_STR("  - ") : BC_STR("  # - "));
        if (discover_writable(pipeline->id))
            discover_quoted(out, pipeline->id);
        else
            discover_comment(out, pipeline->id);
        bc_buf_add_str(out, BC_STR("  # "));
        discover_comment(out, pipeline->label);
        bc_buf_add_byte(out, '\n');
    }
}

void hubspot_discover_stages(struct hubspot_discovered *found, struct hubspot_run *run,
                             const bc_rules *rules, struct bc_buf *out)
{
    struct bc_str pipeline = main_pipeline(run, rules);

    write_pipelines(found, run, pipeline, out);
    bc_buf_add_str(out, BC_STR("\n# HubSpot's stage: ours. A stage that is not here keeps its id, "
                               "and belongs to no metric.\nstages:\n"));
    for (size_t i = 0; i < run->stage_n; i++) {
        const struct hubspot_stage *stage = &run->stages[i];

        write_stage(found, run, rules, stage,
                    stage->pipeline.len && !bc_str_eq(stage->pipeline, pipeline), out);
    }
}
