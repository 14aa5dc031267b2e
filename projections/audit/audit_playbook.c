/* projections/audit/audit_playbook.c - findings about the playbook's habits. */
#include "projections/audit/auditing.h"

static struct bc_finding *add_visit(struct bc_auditing *auditing, enum bc_finding_kind kind,
                                    const struct bc_deal *deal, const struct bc_visit *visit)
{
    struct bc_finding *finding = bc_auditing_add(auditing, kind, deal->id, visit->seq);

    finding->at_us = visit->entered_us;
    return finding;
}

/* --- skipped stages --- */

/* The stages between two, on the shortest path of allowed moves, into `out`, the last of them
 * first; 0: there is no such path, or nothing in between. Of several paths the first in the order
 * of the rules. */
static size_t find_way_back(const bc_rules *rules, int from, int to, int out[BC_STAGE_MAX])
{
    int came_from[BC_STAGE_MAX], queue[BC_STAGE_MAX];
    size_t first = 0, end = 0, n = 0;

    for (size_t i = 0; i < rules->stage_n; i++)
        came_from[i] = BC_NO_STAGE;
    queue[end++] = from;
    while (first < end && came_from[to] == BC_NO_STAGE) {
        int at = queue[first++];

        for (int next = 0; next < (int)rules->stage_n; next++) {
            if (!(rules->stages[at].next >> next & 1) || next == from ||
                came_from[next] != BC_NO_STAGE)
                continue;
            came_from[next] = at;
            queue[end++] = next;
        }
    }
    if (came_from[to] == BC_NO_STAGE)
        return 0;
    for (int at = came_from[to]; at != from; at = came_from[at])
        out[n++] = at;
    return n;
}

static void look_for_skipped(struct bc_auditing *auditing, const struct bc_deal *deal,
                             const struct bc_visit *before, const struct bc_visit *visit)
{
    const bc_rules *rules = auditing->rules;
    int way[BC_STAGE_MAX];
    struct bc_finding *finding;
    struct bc_str *skipped;
    size_t n;

    if (visit->observed || visit->stage < 0 || before->stage < 0 ||
        rules->stages[before->stage].next >> visit->stage & 1)
        return;
    n = find_way_back(rules, before->stage, visit->stage, way);
    if (n == 0)
        return;
    finding = add_visit(auditing, BC_STAGE_SKIPPED, deal, visit);
    finding->from = bc_auditing_stage(auditing, before);
    finding->to = bc_auditing_stage(auditing, visit);
    skipped = bc_arena_alloc(auditing->audit->arena, n * sizeof(*skipped));
    for (size_t i = 0; i < n; i++)
        skipped[i] = bc_str_of(rules->stages[way[n - 1 - i]].id);
    finding->skipped = skipped;
    finding->skipped_n = n;
}

/* --- the other visits --- */

static void look_for_unqualified(struct bc_auditing *auditing, const struct bc_deal *deal,
                                 const struct bc_visit *before, const struct bc_visit *visit)
{
    struct bc_finding *finding;

    if (before->stage < 0 || !auditing->rules->stages[before->stage].leaves_qualified ||
        visit->observed || visit->stage < 0 ||
        auditing->rules->stages[visit->stage].kind == BC_STAGE_LOST ||
        deal->qualified_us <= before->left_us)
        return;
    finding = add_visit(auditing, BC_UNQUALIFIED, deal, visit);
    finding->from = bc_auditing_stage(auditing, before);
    finding->to = bc_auditing_stage(auditing, visit);
}

/* A deal without a type belongs anywhere. */
static bool belongs(const struct bc_stage *stage, struct bc_str type)
{
    for (size_t i = 0; i < stage->deal_type_n; i++)
        if (bc_str_eq(type, stage->deal_types[i]))
            return true;
    return stage->deal_type_n == 0 || type.len == 0;
}

static void look_for_type(struct bc_auditing *auditing, const struct bc_deal *deal,
                          const struct bc_visit *visit)
{
    const struct bc_setting *type = bc_auditing_value(auditing, BC_P_DEAL_TYPE);
    struct bc_str text = bc_string_table_text(auditing->strings, type ? type->value : 0);
    struct bc_finding *finding;

    if (visit->stage < 0 || belongs(&auditing->rules->stages[visit->stage], text))
        return;
    finding = add_visit(auditing, BC_TYPE_DOES_NOT_FIT, deal, visit);
    finding->stage = bc_auditing_stage(auditing, visit);
    finding->deal_type = bc_arena_copy(auditing->audit->arena, text);
}

static void look_at_visits(struct bc_auditing *auditing, const struct bc_deal *deal)
{
    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct bc_visit *visit = &deal->visits[i];

        if (visit->entered_us > auditing->as_of_us)
            break;
        if (i > 0) {
            look_for_skipped(auditing, deal, visit - 1, visit);
            look_for_unqualified(auditing, deal, visit - 1, visit);
        }
        if (deal->created_us <= auditing->as_of_us && visit->entered_us < deal->created_us)
            add_visit(auditing, BC_MOVED_BEFORE_CREATION, deal, visit)->to =
                bc_auditing_stage(auditing, visit);
        look_for_type(auditing, deal, visit);
    }
}

/* --- what the deal is at the date --- */

static void look_at_dates(struct bc_auditing *auditing, const struct bc_deal *deal)
{
    static const enum bc_property dates[] = { BC_P_CONTRACT_START, BC_P_CONTRACT_END };
    int32_t created, day;

    if (deal->created_us > auditing->as_of_us)
        return;
    created = bc_zone_day(auditing->dates.zone, deal->created_us);
    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
        if (bc_auditing_day(auditing, dates[i], &day) && day < created)
            bc_auditing_add(auditing, BC_DATE_BEFORE_CREATION, deal->id,
                            bc_auditing_value(auditing, dates[i])->seq)
                ->property = bc_str_of(bc_property_name(dates[i]));
}

static void look_at_parking(struct bc_auditing *auditing, const struct bc_deal *deal,
                            const struct bc_visit *now)
{
    const struct bc_setting *parked = bc_auditing_value(auditing, BC_P_PARKED_UNTIL);
    int32_t day;

    if (!bc_auditing_day(auditing, BC_P_PARKED_UNTIL, &day) || day >= auditing->dates.day[0] ||
        auditing->rules->stages[now->stage].kind != BC_STAGE_OPEN ||
        parked->occurred_us < now->entered_us)
        return;
    bc_auditing_add(auditing, BC_PARKED_PAST_DATE, deal->id, parked->seq)->stage =
        bc_auditing_stage(auditing, now);
}

static void look_at_end(struct bc_auditing *auditing, const struct bc_deal *deal,
                        const struct bc_visit *now)
{
    int64_t as_of_us = auditing->as_of_us;
    unsigned missing = (deal->signed_us > as_of_us ? BC_MISSING_AGREEMENT : 0u) |
                       (deal->ordered_us > as_of_us ? BC_MISSING_ORDER : 0u) |
                       (deal->handed_us > as_of_us ? BC_MISSING_HANDOFF : 0u);

    if (auditing->rules->lost >> now->stage & 1 && deal->learning_us > as_of_us)
        (void)bc_auditing_add(auditing, BC_LOST_WITHOUT_LEARNING, deal->id, now->seq);
    if (auditing->rules->won >> now->stage & 1 && missing)
        bc_auditing_add(auditing, BC_WON_WITHOUT_DOCUMENTS, deal->id, now->seq)->missing = missing;
}

void bc_auditing_playbook(struct bc_auditing *auditing, const struct bc_deal *deal)
{
    const struct bc_visit *now = bc_deal_visit_at(deal, auditing->as_of_us);

    look_at_visits(auditing, deal);
    look_at_dates(auditing, deal);
    if (now && now->stage >= 0) {
        look_at_parking(auditing, deal, now);
        look_at_end(auditing, deal, now);
    }
}
