#include "projections/audit/audit.h"

#include "projections/audit/auditing.h"
#include "projections/facts/learning.h"

#include <stdlib.h>

/* Does a finding show anything of the event? Of a renewal it says whether it is one at all. */
static bool shows_event(const struct bc_auditing *auditing, enum bc_finding_kind kind)
{
    if (auditing->bare)
        return kind == BC_RENEWS_UNKNOWN;
    return auditing->who || bc_finding_has(kind, BC_CELL_EVENT) ||
           bc_finding_has(kind, BC_CELL_VALUE);
}

/* What was set, or given as a reason. */
static struct bc_str value_of(const struct bc_event *event)
{
    if (event->body == BC_PROPERTY_CHANGED)
        return event->value[BC_PROPERTY_CHANGED_VALUE].text;
    if (event->body == BC_LOSS_RECORDED)
        return event->value[BC_LOSS_RECORDED_REASON].text;
    return (struct bc_str){ 0 };
}

/* Adds the event of a finding, and who did it; of a property also what was set. */
static bc_status fill_event(void *payload, size_t i, const struct bc_event *event,
                            struct bc_err *err)
{
    struct bc_audit *audit = payload;
    struct bc_finding *finding = &audit->findings[i];

    (void)err;
    finding->actor = bc_arena_copy(audit->arena, event->actor);
    finding->source = bc_arena_copy(audit->arena, event->source_system);
    if (bc_finding_has(finding->kind, BC_CELL_EVENT))
        finding->event = bc_arena_copy(audit->arena, event->id);
    if (bc_finding_has(finding->kind, BC_CELL_VALUE) && !finding->value.len)
        finding->value = bc_arena_copy(audit->arena, value_of(event));
    return BC_OK;
}

static bc_status fill_events(struct bc_auditing *auditing, struct bc_err *err)
{
    struct bc_audit *audit = auditing->audit;
    struct bc_wanted *wanted = bc_calloc(audit->n, sizeof(*wanted));
    size_t n = 0;
    bc_status rc;

    for (size_t i = 0; i < audit->n; i++)
        if (auditing->seqs[i] && shows_event(auditing, audit->findings[i].kind))
            wanted[n++] = (struct bc_wanted){ auditing->seqs[i], i };
    rc = bc_log_read_each(bc_timelines_log(auditing->timelines), wanted, n, fill_event, audit, err);
    free(wanted);
    return rc;
}

static void look_at_visit(struct bc_auditing *auditing, const struct bc_deal *deal, size_t i)
{
    const struct bc_visit *visit = &deal->visits[i];
    const struct bc_visit *before = i ? visit - 1 : NULL;
    struct bc_finding *finding;

    if (visit->stage == BC_NO_STAGE) {
        finding = bc_auditing_add(auditing, BC_UNKNOWN_STAGE, deal->id, visit->seq);
        finding->stage = bc_auditing_stage(auditing, visit);
    } else if (visit->observed || (before && before->stage == BC_NO_STAGE)) {
        return; /* steps between may not have been observed; or it is the other finding */
    } else if (!before) {
        if (auditing->rules->stages[visit->stage].start)
            return;
        finding = bc_auditing_add(auditing, BC_START_NOT_ALLOWED, deal->id, visit->seq);
        finding->to = bc_auditing_stage(auditing, visit);
    } else {
        if (auditing->rules->stages[before->stage].next >> visit->stage & 1)
            return;
        finding = bc_auditing_add(auditing, BC_MOVE_NOT_ALLOWED, deal->id, visit->seq);
        finding->from = bc_auditing_stage(auditing, before);
        finding->to = bc_auditing_stage(auditing, visit);
    }
    finding->at_us = visit->entered_us;
}

/* A date that nobody could know yet is one that was typed wrongly, and may lie centuries after A.
 */
static void look_at_ahead(struct bc_auditing *auditing, const struct bc_deal *deal)
{
    for (size_t i = 0; i < deal->ahead.n; i++)
        bc_auditing_add(auditing, BC_DATED_AFTER_RECORDED, deal->id, deal->ahead.at[i].seq)->at_us =
            deal->ahead.at[i].occurred_us;
}

/* Where a change did not come from where it was told to, a step is missing, or out of order. */
static void look_at_froms(struct bc_auditing *auditing, const struct bc_deal *deal)
{
    for (size_t i = 0; i < deal->from_n; i++) {
        const struct bc_from_differs *from = &deal->froms[i];
        struct bc_finding *finding;

        if (from->occurred_us > auditing->as_of_us)
            break;
        finding = bc_auditing_add(auditing, BC_FROM_DIFFERS, deal->id, from->seq);
        finding->at_us = from->occurred_us;
        finding->told = bc_auditing_word(auditing, from->told);
        if (from->found != BC_NO_VISIT)
            finding->found = bc_auditing_stage(auditing, &deal->visits[from->found]);
    }
}

static bc_status look_at_date(struct bc_auditing *auditing, const struct bc_deal *deal,
                              enum bc_property property, struct bc_err *err)
{
    const struct bc_setting *setting = bc_auditing_value(auditing, property);
    bc_status rc;

    if (!setting || setting->value != BC_VALUE_BAD_DAY)
        return BC_OK;
    rc = bc_auditing_exists(auditing, deal, err);
    if (rc == BC_OK)
        bc_auditing_add(auditing, BC_BAD_DATE, deal->id, setting->seq)->property =
            bc_str_of(bc_property_name(property));
    return rc < 0 ? rc : BC_OK;
}

/* What is required once a deal is won or lost. */
static void look_at_end(struct bc_auditing *auditing, const struct bc_deal *deal)
{
    const struct bc_visit *now = bc_deal_visit_at(deal, auditing->as_of_us);
    const struct bc_setting *mrr = bc_auditing_value(auditing, BC_P_MRR);
    int32_t day;
    bool no_start = !bc_auditing_day(auditing, BC_P_CONTRACT_START, &day);
    bool no_end = !bc_auditing_day(auditing, BC_P_CONTRACT_END, &day);
    bool no_mrr = !mrr || mrr->value == BC_VALUE_UNSET;

    if (!now || now->stage == BC_NO_STAGE)
        return;
    if (auditing->rules->lost >> now->stage & 1 && deal->lost_us > auditing->as_of_us)
        (void)bc_auditing_add(auditing, BC_LOST_WITHOUT_REASON, deal->id, now->seq);
    if (auditing->rules->won >> now->stage & 1 && (no_start || no_end || no_mrr))
        bc_auditing_add(auditing, BC_WON_WITHOUT_CONTRACT, deal->id, now->seq)->missing =
            (no_start ? BC_MISSING_START : 0u) | (no_end ? BC_MISSING_END : 0u) |
            (no_mrr ? BC_MISSING_MRR : 0u);
}

static bc_status look_at_deal(struct bc_auditing *auditing, const struct bc_deal *deal,
                              bool gone_too, struct bc_err *err)
{
    bc_status rc;

    bc_view_at(&auditing->view, deal);
    bc_auditing_enrolments(auditing, deal, auditing->view.present_n > 0 || gone_too);
    if (auditing->view.present_n == 0 && !gone_too)
        return BC_OK;
    for (size_t i = 0; i < deal->visit_n; i++) {
        if (deal->visits[i].entered_us > auditing->as_of_us)
            break;
        look_at_visit(auditing, deal, i);
    }
    look_at_froms(auditing, deal);
    look_at_end(auditing, deal);
    look_at_ahead(auditing, deal);
    bc_auditing_creation(auditing, deal);
    rc = look_at_date(auditing, deal, BC_P_CONTRACT_START, err);
    if (rc == BC_OK)
        rc = look_at_date(auditing, deal, BC_P_CONTRACT_END, err);
    if (rc == BC_OK)
        rc = bc_auditing_words(auditing, deal, err);
    if (rc == BC_OK)
        rc = bc_auditing_amounts(auditing, deal, err);
    if (rc == BC_OK)
        rc = bc_auditing_renews(auditing, deal, err);
    if (rc == BC_OK)
        bc_auditing_playbook(auditing, deal);
    return rc;
}

static bc_status see_deal(void *payload, struct bc_str deal, struct bc_str facts,
                          struct bc_err *err)
{
    struct bc_auditing *auditing = payload;
    const struct bc_deal *folded;
    bc_status rc = bc_fold(auditing->folder, deal, facts, &folded, err);

    return rc < 0 ? rc : look_at_deal(auditing, folded, false, err);
}

static bc_status see_learning(void *payload, struct bc_str deal, struct bc_str facts,
                              struct bc_str learning, struct bc_err *err)
{
    struct bc_auditing *auditing = payload;
    const struct bc_deal *folded;
    bc_status rc = bc_fold_learning(auditing->folder, deal, facts, learning, &folded, err);

    return rc < 0 ? rc : look_at_deal(auditing, folded, false, err);
}

/* A deal on its own; the whole is checked, once, where no walk has done so before. */
static bc_status see_few(struct bc_auditing *auditing, struct bc_err *err)
{
    struct bc_buf facts = { 0 }, learning = { 0 };
    bc_status rc = bc_timelines_check_facts(auditing->timelines, err);

    if (rc == BC_OK)
        rc = bc_timelines_check_learning(auditing->timelines, err);
    for (size_t i = 0; rc == BC_OK && i < auditing->few_n; i++) {
        facts.len = learning.len = 0;
        rc = bc_timelines_facts(auditing->timelines, auditing->few[i], &facts, err);
        if (rc == BC_OK)
            rc = bc_timelines_learning(auditing->timelines, auditing->few[i], &learning, err);
        if (rc == BC_OK)
            rc = see_learning(auditing, auditing->few[i], bc_buf_str(&facts), bc_buf_str(&learning),
                              err);
    }
    bc_buf_release(&facts);
    bc_buf_release(&learning);
    return rc;
}

/* What only findings about experiments and amounts need is read for them alone. */
static bc_status see_deals(struct bc_auditing *auditing, struct bc_err *err)
{
    const struct bc_wants wants = { .kinds = (BC_FACT_BIT(BC_METRIC_FACT_END) - 1) |
                                             BC_FACT_BIT(BC_FACT_ENROLMENT) |
                                             BC_FACT_BIT(BC_FACT_PROPERTY),
                                    .until_us = INT64_MAX,
                                    .emails_after_us = -1 };
    const struct bc_split whole = { 0 };
    void *const payloads[] = { auditing };
    bc_status rc;

    if (!auditing->few && !(auditing->kinds & bc_findings_of_learning()))
        return bc_timelines_walk(auditing->timelines, see_deal, auditing, err);
    bc_folder_want(auditing->folder, &wants);
    rc = bc_auditing_experiments_begin(auditing, err);
    if (rc < 0)
        return rc;
    return auditing->few ? see_few(auditing, err)
                         : bc_timelines_walk_learning(auditing->timelines, &whole, 1, see_learning,
                                                      payloads, err);
}

static bool knows_red_line(const struct bc_auditing *auditing, uint32_t word)
{
    struct bc_str name = bc_string_table_text(auditing->strings, word);

    return word == 0 || bc_rules_red_line(auditing->rules, name) >= 0;
}

static void look_at_pivots(struct bc_auditing *auditing, const struct bc_deal *deal)
{
    for (size_t i = 0; i < deal->pivot_n; i++) {
        const struct bc_pivot *pivot = &deal->pivots[i];
        struct bc_finding *finding;

        if (pivot->occurred_us > auditing->as_of_us || knows_red_line(auditing, pivot->red_line))
            continue;
        finding = bc_auditing_add(auditing, BC_UNKNOWN_RED_LINE, (struct bc_str){ 0 }, pivot->seq);
        finding->red_line = bc_arena_copy(auditing->audit->arena,
                                          bc_string_table_text(auditing->strings, pivot->red_line));
        finding->at_us = pivot->occurred_us;
    }
}

/* The events about no deal. */
static bc_status look_at_none(struct bc_auditing *auditing, struct bc_err *err)
{
    struct bc_buf facts = { 0 };
    const struct bc_deal *deal;
    bc_status rc = bc_timelines_facts(auditing->timelines, (struct bc_str){ 0 }, &facts, err);

    if (rc == BC_OK)
        rc = bc_fold(auditing->folder, (struct bc_str){ 0 }, bc_buf_str(&facts), &deal, err);
    if (rc == BC_OK) {
        look_at_pivots(auditing, deal);
        look_at_ahead(auditing, deal);
    }
    bc_buf_release(&facts);
    return rc;
}

static bc_status begin(struct bc_auditing *auditing, bc_timelines *timelines,
                       const struct bc_question *question, bc_finding_set kinds, struct bc_err *err)
{
    const bc_string_table *strings = bc_timelines_strings(timelines);
    struct bc_visible visible;
    bc_status rc = bc_question_known(question, bc_timelines_log(timelines), &visible, err);

    if (rc < 0)
        return rc;
    *auditing = (struct bc_auditing){ .audit = bc_calloc(1, sizeof(struct bc_audit)),
                                      .timelines = timelines,
                                      .rules = question->rules,
                                      .strings = strings,
                                      .visible = visible,
                                      .kinds = kinds,
                                      .as_of_us = question->as_of_us[0],
                                      .folder = bc_folder_new(strings, question->rules, visible) };
    auditing->audit->arena = bc_arena_new();
    bc_dates_init(&auditing->dates, question->rules->zone, question->as_of_us, 1);
    bc_view_init(&auditing->view, question->rules, strings, &auditing->dates);
    bc_auditing_words_begin(auditing);
    return BC_OK;
}

/* Returns the audit, or frees it. */
static bc_status end(struct bc_auditing *auditing, bc_status rc, struct bc_audit **out)
{
    bc_view_release(&auditing->view);
    bc_known_words_release(&auditing->known);
    bc_dates_release(&auditing->dates);
    bc_folder_free(auditing->folder);
    bc_auditing_experiments_release(auditing);
    free(auditing->seqs);
    if (rc < 0)
        bc_audit_free(auditing->audit);
    else
        *out = auditing->audit;
    return rc;
}

static bc_status audit_deals(struct bc_audit **out, struct bc_auditing *auditing,
                             const struct bc_question *question, struct bc_err *err)
{
    const bc_finding_set kinds = auditing->kinds;
    bc_status rc = see_deals(auditing, err);

    if (rc == BC_OK &&
        kinds & (BC_FINDING_BIT(BC_UNKNOWN_RED_LINE) | BC_FINDING_BIT(BC_DATED_AFTER_RECORDED)))
        rc = look_at_none(auditing, err);
    if (rc == BC_OK && kinds & bc_findings_of_learning())
        bc_auditing_experiments(auditing);
    if (rc == BC_OK)
        bc_auditing_costs(auditing);
    if (rc == BC_OK)
        rc = bc_auditing_breaches(auditing, question, err);
    if (rc == BC_OK)
        rc = fill_events(auditing, err);
    if (rc == BC_OK)
        rc = bc_auditing_renewed(auditing, err);
    return end(auditing, rc, out);
}

bc_status bc_audit_make(struct bc_audit **out, bc_timelines *timelines,
                        const struct bc_question *question, bc_finding_set kinds, bool who,
                        struct bc_err *err)
{
    struct bc_auditing auditing;
    bc_status rc = begin(&auditing, timelines, question, kinds, err);

    if (rc < 0)
        return rc;
    auditing.who = who;
    return audit_deals(out, &auditing, question, err);
}

bc_status bc_audit_kinds(struct bc_audit **out, bc_timelines *timelines,
                         const struct bc_question *question, bc_finding_set kinds,
                         const struct bc_str *deals, size_t n, struct bc_err *err)
{
    struct bc_auditing auditing;
    bc_status rc = begin(&auditing, timelines, question, kinds, err);

    if (rc < 0)
        return rc;
    auditing.bare = true;
    auditing.few = deals;
    auditing.few_n = n;
    return audit_deals(out, &auditing, question, err);
}

/* --- one deal --- */

static int by_seq(const void *a, const void *b)
{
    const struct bc_event *const *left = a, *const *right = b;

    return ((*left)->seq > (*right)->seq) - ((*left)->seq < (*right)->seq);
}

/* What the deal has in the family learning, made of its events: they come from the log, so nothing
 * has to be checked. */
static void add_learning(struct bc_buf *out, const struct bc_deal_events *events,
                         struct bc_str deal)
{
    const size_t n = events->n;
    const struct bc_event **told = bc_reallocarray(NULL, n, sizeof(*told));

    for (size_t i = 0; i < n; i++)
        told[i] = &events->at[i].event;
    if (n > 1)
        qsort(told, n, sizeof(*told), by_seq);
    for (size_t i = 0; i < n; i++)
        if (told[i]->body != BC_RETRACTED && bc_str_eq(bc_fact_owner(told[i]), deal))
            bc_learning_add(out, told[i], told[i]->seq);
    free(told);
}

/* Experiments are read of all families, which are checked for it, where the deal is in one. */
static bc_status read_experiments(struct bc_auditing *auditing, const struct bc_deal_events *events,
                                  struct bc_err *err)
{
    bc_status rc;
    size_t i = 0;

    while (i < events->n && events->at[i].event.body != BC_DEAL_ENROLLED)
        i++;
    if (i == events->n)
        return BC_OK;
    rc = bc_timelines_check_facts(auditing->timelines, err);
    if (rc == BC_OK)
        rc = bc_timelines_check_learning(auditing->timelines, err);
    return rc == BC_OK ? bc_auditing_experiments_begin(auditing, err) : rc;
}

bc_status bc_audit_deal(struct bc_audit **out, bc_timelines *timelines,
                        const struct bc_question *question, bc_finding_set kinds,
                        const struct bc_deal_events *events, struct bc_str deal, struct bc_err *err)
{
    struct bc_buf facts = { 0 }, learning = { 0 };
    const struct bc_deal *folded;
    struct bc_auditing auditing;
    bc_status rc = begin(&auditing, timelines, question, kinds, err);

    if (rc < 0)
        return rc;
    rc = read_experiments(&auditing, events, err);
    if (rc == BC_OK)
        rc = bc_timelines_facts(timelines, deal, &facts, err);
    if (rc == BC_OK) {
        add_learning(&learning, events, deal);
        rc = bc_fold_learning(auditing.folder, deal, bc_buf_str(&facts), bc_buf_str(&learning),
                              &folded, err);
    }
    if (rc == BC_OK)
        rc = look_at_deal(&auditing, folded, true, err);
    if (rc == BC_OK)
        rc = fill_events(&auditing, err);
    if (rc == BC_OK)
        rc = bc_auditing_renewed(&auditing, err);
    bc_buf_release(&facts);
    bc_buf_release(&learning);
    return end(&auditing, rc, out);
}

void bc_audit_free(struct bc_audit *audit)
{
    if (!audit)
        return;
    free(audit->findings);
    bc_arena_free(audit->arena);
    free(audit);
}
