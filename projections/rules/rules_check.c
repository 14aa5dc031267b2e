#include "projections/rules/rules_check.h"

#include "projections/rules/checking.h"

const char *bc_rules_oddity_name(enum bc_rules_oddity oddity)
{
    static const char *const names[] = { "no_start",     "unreachable_stage", "dead_end",
                                         "unused_stage", "contradiction",     "never",
                                         "never_fires",  "always_fires" };

    return names[oddity];
}

/* --- stages --- */

/* Warshall's closure of the moves. */
static void find_reach(struct bc_checking *checking)
{
    const bc_rules *rules = checking->rules;

    for (size_t i = 0; i < rules->stage_n; i++)
        checking->reach[i] = rules->stages[i].next;
    for (size_t over = 0; over < rules->stage_n; over++)
        for (size_t i = 0; i < rules->stage_n; i++)
            if (checking->reach[i] >> over & 1)
                checking->reach[i] |= checking->reach[over];
}

static bc_stage_set all_used(const bc_rules *rules)
{
    bc_stage_set used = rules->lost; /* where an attempt goes that fails */

    for (size_t i = 0; i < rules->metric_n; i++) {
        const struct bc_metric_rule *metric = &rules->metrics[i];

        used |= metric->stages | metric->from | metric->to | metric->renewed_by;
    }
    for (size_t i = 0; i < rules->red_line_n; i++) {
        const struct bc_red_line_rule *line = &rules->red_lines[i];

        used |= line->from | line->to | line->guard_stages;
    }
    return used;
}

static void check_stage(const struct bc_checking *checking, size_t i, bc_stage_set reachable,
                        bc_stage_set used)
{
    const bc_rules *rules = checking->rules;
    const struct bc_stage *stage = &rules->stages[i];
    bc_stage_set closed = 0;
    size_t at = bc_checking_at(checking, (const char *const[]){ "stages", stage->id, NULL });

    for (size_t other = 0; other < rules->stage_n; other++)
        if (rules->stages[other].kind != BC_STAGE_OPEN)
            closed |= UINT64_C(1) << other;
    if (reachable && !(reachable >> i & 1))
        bc_checking_warn(checking, BC_ODD_UNREACHABLE, at,
                         "no deal gets to stage \"%s\": it is no start, and no moves lead to it",
                         stage->id);
    if (stage->kind == BC_STAGE_OPEN && !(checking->reach[i] & closed))
        bc_checking_warn(checking, BC_ODD_DEAD_END, at,
                         "a deal in stage \"%s\" is never won or lost: no moves lead there",
                         stage->id);
    if (!(used >> i & 1))
        bc_checking_warn(checking, BC_ODD_UNUSED_STAGE, at,
                         "no metric and no red line uses stage \"%s\"", stage->id);
}

static void check_stages(const struct bc_checking *checking)
{
    const bc_rules *rules = checking->rules;
    bc_stage_set start = 0, reachable, used = all_used(rules);

    for (size_t i = 0; i < rules->stage_n; i++)
        if (rules->stages[i].start)
            start |= UINT64_C(1) << i;
    reachable = start ? start | bc_checking_reach(checking, start) : 0;
    if (!start)
        bc_checking_warn(checking, BC_ODD_NO_START,
                         bc_checking_at(checking, (const char *const[]){ "stages", NULL }),
                         "no stage has \"start: true\", so each deal's first one is a finding");
    for (size_t i = 0; i < rules->stage_n; i++)
        check_stage(checking, i, reachable, used);
}

bc_status bc_rules_check(const bc_rules *rules, struct bc_str yaml, const char *path,
                         bc_rules_warn *warn, void *payload, struct bc_err *err)
{
    const struct bc_yaml_source source = { path, yaml };
    struct bc_checking checking = {
        .rules = rules, .source = &source, .warn = warn, .payload = payload
    };
    bc_arena *arena = bc_arena_new();
    bc_status rc = bc_yaml_read(&checking.root, arena, &source, err);

    if (rc == BC_OK) {
        find_reach(&checking);
        check_stages(&checking);
        bc_checking_metrics(&checking);
        bc_checking_red_lines(&checking);
    }
    bc_arena_free(arena);
    return rc;
}
