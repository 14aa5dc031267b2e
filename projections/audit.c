#include "projections/audit.h"

#include "projections/deal/look.h"
#include "projections/deal_events.h"

#include <stdlib.h>

const char *bc_finding_name(enum bc_finding_kind kind)
{
    static const char *const names[] = {
        "start_not_allowed",    "move_not_allowed", "unknown_stage",    "lost_without_reason",
        "won_without_contract", "bad_date",         "unknown_red_line",
    };

    return names[kind];
}

/* An audit under way. */
struct making {
    struct bc_audit *audit;
    bc_timelines *timelines;
    const bc_rules *rules;
    const bc_words *words;
    struct bc_known known;
    int64_t as_of_us;
    struct bc_dates dates;
    struct bc_look look;
    bc_folder *folder;
    struct bc_buf bytes;
    bc_arena *scratch;
};

static struct bc_finding *add(struct making *making, enum bc_finding_kind kind, struct bc_str deal)
{
    struct bc_audit *audit = making->audit;

    BC_GROW(audit->findings, audit->n, audit->cap);
    audit->findings[audit->n] =
        (struct bc_finding){ .kind = kind, .deal = bc_arena_copy(audit->arena, deal) };
    return &audit->findings[audit->n++];
}

static bc_status read_event(struct making *making, uint64_t seq, struct bc_event *out,
                            struct bc_err *err)
{
    bc_arena_reset(making->scratch);
    return bc_log_get(bc_timelines_log(making->timelines), seq, out, &making->bytes,
                      making->scratch, err);
}

/* Says when, and by which event. */
static bc_status fill_event(struct making *making, struct bc_finding *finding, int64_t at_us,
                            uint64_t seq, struct bc_err *err)
{
    struct bc_event event;
    bc_status rc = read_event(making, seq, &event, err);

    if (rc < 0)
        return rc;
    finding->at_us = at_us;
    finding->event = bc_arena_copy(making->audit->arena, event.id);
    return BC_OK;
}

static struct bc_str stage_name(struct making *making, const struct bc_visit *visit)
{
    if (visit->stage >= 0)
        return bc_str_of(making->rules->stages[visit->stage].id);
    return bc_arena_copy(making->audit->arena, bc_words_text(making->words, visit->word));
}

static bc_status look_at_visit(struct making *making, const struct bc_deal *deal, size_t i,
                               struct bc_err *err)
{
    const struct bc_visit *visit = &deal->visits[i];
    const struct bc_visit *before = i ? visit - 1 : NULL;
    struct bc_finding *finding;

    if (visit->stage == BC_NO_STAGE) {
        finding = add(making, BC_UNKNOWN_STAGE, deal->id);
        finding->stage = stage_name(making, visit);
    } else if (visit->observed || (before && before->stage == BC_NO_STAGE)) {
        return BC_OK; /* steps between may not have been seen; or it is the other finding */
    } else if (!before) {
        if (making->rules->stages[visit->stage].start)
            return BC_OK;
        finding = add(making, BC_START_NOT_ALLOWED, deal->id);
        finding->to = stage_name(making, visit);
    } else {
        if (making->rules->stages[before->stage].next >> visit->stage & 1)
            return BC_OK;
        finding = add(making, BC_MOVE_NOT_ALLOWED, deal->id);
        finding->from = stage_name(making, before);
        finding->to = stage_name(making, visit);
    }
    return fill_event(making, finding, visit->entered_us, visit->seq, err);
}

/* The one date's value of a property. */
static const struct bc_setting *value_of(const struct making *making, enum bc_property property)
{
    return making->look.spans[property].n ? making->look.spans[property].at[0].setting : NULL;
}

static bool has_day(const struct making *making, enum bc_property property)
{
    int32_t day;

    return making->look.spans[property].n && bc_span_day(&making->look.spans[property].at[0], &day);
}

/* A date may be set after A and be read backwards. BC_DONE: at A there was no such deal yet, not by
 * any of its events. */
static bc_status deal_exists(struct making *making, const struct bc_deal *deal, struct bc_err *err)
{
    struct bc_deal_events events;
    int64_t begun_us = deal->begun_us;
    bc_status rc = BC_OK;

    if (begun_us > making->as_of_us) {
        rc = bc_deal_events_read(&events, making->timelines, &making->known, deal->id, err);
        if (rc < 0)
            return rc;
        begun_us = bc_deal_events_begin(&events, deal->id);
        bc_deal_events_release(&events);
    }
    return begun_us > making->as_of_us ? BC_DONE : BC_OK;
}

static bc_status look_at_date(struct making *making, const struct bc_deal *deal,
                              enum bc_property property, struct bc_err *err)
{
    const struct bc_setting *setting = value_of(making, property);
    struct bc_finding *finding;
    struct bc_event event;
    bc_status rc;

    if (!setting || setting->value != BC_VALUE_BAD_DAY)
        return BC_OK;
    rc = deal_exists(making, deal, err);
    if (rc == BC_OK)
        rc = read_event(making, setting->seq, &event, err);
    if (rc != BC_OK)
        return rc < 0 ? rc : BC_OK;
    finding = add(making, BC_BAD_DATE, deal->id);
    finding->property = property;
    finding->value =
        bc_arena_copy(making->audit->arena, event.value[BC_PROPERTY_CHANGED_VALUE].text);
    return BC_OK;
}

/* What must be there once a deal is won or lost. */
static void look_at_end(struct making *making, const struct bc_deal *deal)
{
    const struct bc_visit *now = bc_deal_visit_at(deal, making->as_of_us);
    const struct bc_setting *mrr = value_of(making, BC_P_MRR);
    bool no_start = !has_day(making, BC_P_CONTRACT_START);
    bool no_end = !has_day(making, BC_P_CONTRACT_END);
    bool no_mrr = !mrr || mrr->value == BC_VALUE_UNSET;

    if (!now || now->stage == BC_NO_STAGE)
        return;
    if (making->rules->lost >> now->stage & 1 && deal->lost_us > making->as_of_us)
        (void)add(making, BC_LOST_WITHOUT_REASON, deal->id);
    if (making->rules->won >> now->stage & 1 && (no_start || no_end || no_mrr)) {
        struct bc_finding *finding = add(making, BC_WON_WITHOUT_CONTRACT, deal->id);

        finding->missing_start = no_start;
        finding->missing_end = no_end;
        finding->missing_mrr = no_mrr;
    }
}

static bc_status look_at_deal(struct making *making, const struct bc_deal *deal, bool gone_too,
                              struct bc_err *err)
{
    bc_status rc = BC_OK;

    bc_look_at(&making->look, deal);
    if (making->look.stretch_n == 0 && !gone_too)
        return BC_OK;
    for (size_t i = 0; rc == BC_OK && i < deal->visit_n; i++) {
        if (deal->visits[i].entered_us > making->as_of_us)
            break;
        rc = look_at_visit(making, deal, i, err);
    }
    if (rc == BC_OK)
        look_at_end(making, deal);
    if (rc == BC_OK)
        rc = look_at_date(making, deal, BC_P_CONTRACT_START, err);
    if (rc == BC_OK)
        rc = look_at_date(making, deal, BC_P_CONTRACT_END, err);
    return rc;
}

static bc_status see_deal(void *payload, struct bc_str deal, struct bc_str facts,
                          struct bc_err *err)
{
    struct making *making = payload;
    const struct bc_deal *folded;
    bc_status rc = bc_fold(making->folder, deal, facts, &folded, err);

    return rc < 0 ? rc : look_at_deal(making, folded, false, err);
}

static bool knows_red_line(const struct making *making, uint32_t word)
{
    struct bc_str name = bc_words_text(making->words, word);

    for (size_t i = 0; i < making->rules->red_line_n; i++)
        if (bc_str_eq(name, bc_str_of(making->rules->red_lines[i].name)))
            return true;
    return word == 0;
}

static bc_status look_at_pivots(struct making *making, struct bc_err *err)
{
    struct bc_buf facts = { 0 };
    const struct bc_deal *deal;
    bc_status rc = bc_timelines_facts(making->timelines, (struct bc_str){ 0 }, &facts, err);

    if (rc == BC_OK)
        rc = bc_fold(making->folder, (struct bc_str){ 0 }, bc_buf_str(&facts), &deal, err);
    for (size_t i = 0; rc == BC_OK && i < deal->pivot_n; i++) {
        const struct bc_pivot *pivot = &deal->pivots[i];
        struct bc_finding *finding;

        if (pivot->occurred_us > making->as_of_us || knows_red_line(making, pivot->red_line))
            continue;
        finding = add(making, BC_UNKNOWN_RED_LINE, (struct bc_str){ 0 });
        finding->red_line =
            bc_arena_copy(making->audit->arena, bc_words_text(making->words, pivot->red_line));
        rc = fill_event(making, finding, pivot->occurred_us, pivot->seq, err);
    }
    bc_buf_release(&facts);
    return rc;
}

static bc_status begin(struct making *making, bc_timelines *timelines,
                       const struct bc_question *question, struct bc_err *err)
{
    const bc_words *words = bc_timelines_words(timelines);
    struct bc_known known;
    bc_status rc = bc_question_known(question, bc_timelines_log(timelines), &known, err);

    if (rc < 0)
        return rc;
    *making = (struct making){ .audit = bc_calloc(1, sizeof(struct bc_audit)),
                               .timelines = timelines,
                               .rules = question->rules,
                               .words = words,
                               .known = known,
                               .as_of_us = question->as_of_us[0],
                               .folder = bc_folder_new(words, question->rules, known),
                               .scratch = bc_arena_new() };
    making->audit->arena = bc_arena_new();
    bc_dates_init(&making->dates, question->rules->zone, question->as_of_us, 1);
    bc_look_init(&making->look, question->rules, words, &making->dates);
    return BC_OK;
}

/* Hands the audit out, or throws it away. */
static bc_status end(struct making *making, bc_status rc, struct bc_audit **out)
{
    bc_look_release(&making->look);
    bc_dates_release(&making->dates);
    bc_folder_free(making->folder);
    bc_buf_release(&making->bytes);
    bc_arena_free(making->scratch);
    if (rc < 0)
        bc_audit_free(making->audit);
    else
        *out = making->audit;
    return rc;
}

bc_status bc_audit_make(struct bc_audit **out, bc_timelines *timelines,
                        const struct bc_question *question, struct bc_err *err)
{
    struct making making;
    bc_status rc = begin(&making, timelines, question, err);

    if (rc < 0)
        return rc;
    rc = bc_timelines_walk(timelines, see_deal, &making, err);
    if (rc == BC_OK)
        rc = look_at_pivots(&making, err);
    return end(&making, rc, out);
}

bc_status bc_audit_deal(struct bc_audit **out, bc_timelines *timelines,
                        const struct bc_question *question, struct bc_str deal, struct bc_err *err)
{
    struct bc_buf facts = { 0 };
    const struct bc_deal *folded;
    struct making making;
    bc_status rc = begin(&making, timelines, question, err);

    if (rc < 0)
        return rc;
    rc = bc_timelines_facts(timelines, deal, &facts, err);
    if (rc == BC_OK)
        rc = bc_fold(making.folder, deal, bc_buf_str(&facts), &folded, err);
    if (rc == BC_OK)
        rc = look_at_deal(&making, folded, true, err);
    bc_buf_release(&facts);
    return end(&making, rc, out);
}

void bc_audit_free(struct bc_audit *audit)
{
    if (!audit)
        return;
    free(audit->findings);
    bc_arena_free(audit->arena);
    free(audit);
}
