#include "ledger/base/search.h"
#include "ledger/base/sort.h"
#include "projections/deal/deal.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

/* One deal's facts on their way:
 *
 *   bytes of the store    | 16 to 56 bytes a fact, by seq                            |
 *     step over each      v
 *   facts                 | occurred, seq, value, kind, where the rest is            |  one array
 *     drop the retracted, sort; mostly there is nothing to do
 *                         v
 *   deal                  | visits | settings | presences | meetings | e-mails | ... |  an array
 * each meetings and e-mails sorted by id, opens joined to theirs
 *
 * All arrays are reused from deal to deal. */
struct bc_folder {
    const bc_rules *rules;
    int *stage_of_word;
    struct bc_fact_order order, beside; /* beside: of the family learning */
    struct bc_deal deal;
};

bc_folder *bc_folder_new(const bc_string_table *strings, const bc_rules *rules,
                         struct bc_visible visible)
{
    bc_folder *folder = bc_calloc(1, sizeof(*folder));

    folder->rules = rules;
    folder->order.visible = folder->beside.visible = visible;
    folder->order.wants = folder->beside.wants = BC_WANTS_ALL;
    folder->order.word_n = bc_string_table_count(strings);
    folder->stage_of_word = bc_reallocarray(NULL, folder->order.word_n, sizeof(int));
    for (uint32_t word = 0; word < folder->order.word_n; word++)
        folder->stage_of_word[word] = bc_rules_stage(rules, bc_string_table_text(strings, word));
    return folder;
}

void bc_folder_want(bc_folder *folder, const struct bc_wants *wants)
{
    folder->order.wants = folder->beside.wants = *wants;
}

void bc_folder_free(bc_folder *folder)
{
    if (!folder)
        return;
    free(folder->stage_of_word);
    bc_fact_order_release(&folder->order);
    bc_fact_order_release(&folder->beside);
    free(folder->deal.opens);
    free(folder->deal.visits);
    for (size_t i = 0; i < BC_P_N; i++)
        free(folder->deal.settings[i].at);
    free(folder->deal.presences);
    free(folder->deal.meetings);
    free(folder->deal.emails);
    free(folder->deal.pivots);
    free(folder->deal.reports);
    free(folder->deal.ahead.at);
    free(folder->deal.creations.at);
    free(folder->deal.unlisted.at);
    free(folder->deal.misnamed.at);
    free(folder->deal.froms);
    free(folder);
}

/* --- the deal --- */

static void fold_stage(bc_folder *folder, const struct bc_fact_at *fact)
{
    struct bc_deal *deal = &folder->deal;
    struct bc_visit *last = deal->visit_n ? &deal->visits[deal->visit_n - 1] : NULL;
    int stage = folder->stage_of_word[fact->value];

    if (last && last->stage == stage && (stage != BC_NO_STAGE || last->word == fact->value))
        return; /* the visit goes on */
    if (last)
        last->left_us = fact->occurred_us;
    BC_GROW(deal->visits, deal->visit_n, deal->visit_cap);
    assert(deal->visits);
    deal->visits[deal->visit_n++] =
        (struct bc_visit){ .stage = stage,
                           .word = fact->value,
                           .observed = fact->kind == BC_FACT_STAGE_OBSERVED,
                           .entered_us = fact->occurred_us,
                           .left_us = BC_NEVER,
                           .seq = fact->seq };
}

static void fold_setting(struct bc_deal *deal, enum bc_property property,
                         const struct bc_fact_at *fact)
{
    struct bc_setting *setting;

    BC_GROW(deal->settings[property].at, deal->settings[property].n, deal->settings[property].cap);
    setting = &deal->settings[property].at[deal->settings[property].n++];
    *setting = (struct bc_setting){ .occurred_us = fact->occurred_us,
                                    .seq = fact->seq,
                                    .value = fact->value };
    if (fact->kind == BC_FACT_RENEWS && fact->value)
        setting->id = bc_fact_id(fact);
}

/* What a fact sets, plus 1. */
static const uint8_t property_of[BC_FACT_KIND_END] = {
    [BC_FACT_DEAL_TYPE] = BC_P_DEAL_TYPE + 1,
    [BC_FACT_CONTRACT_START] = BC_P_CONTRACT_START + 1,
    [BC_FACT_CONTRACT_END] = BC_P_CONTRACT_END + 1,
    [BC_FACT_PARKED_UNTIL] = BC_P_PARKED_UNTIL + 1,
    [BC_FACT_MRR] = BC_P_MRR + 1,
    [BC_FACT_RENEWS] = BC_P_RENEWS + 1,
};

static void fold_presence(struct bc_deal *deal, const struct bc_fact_at *fact, bool gone)
{
    BC_GROW(deal->presences, deal->presence_n, deal->presence_cap);
    deal->presences[deal->presence_n++] =
        (struct bc_presence){ .occurred_us = fact->occurred_us, .seq = fact->seq, .gone = gone };
}

static void fold_meeting(struct bc_deal *deal, const struct bc_fact_at *fact)
{
    BC_GROW(deal->meetings, deal->meeting_n, deal->meeting_cap);
    deal->meetings[deal->meeting_n++] = (struct bc_activity){ .id = bc_fact_id(fact),
                                                              .occurred_us = fact->occurred_us,
                                                              .seq = fact->seq,
                                                              .until_us = BC_NEVER,
                                                              .starts_us = bc_fact_starts(fact),
                                                              .type = bc_fact_type(fact),
                                                              .outcome = bc_fact_outcome(fact),
                                                              .opened_us = BC_NEVER };
}

static void fold_email(struct bc_deal *deal, const struct bc_fact_at *fact)
{
    BC_GROW(deal->emails, deal->email_n, deal->email_cap);
    deal->emails[deal->email_n++] = (struct bc_activity){ .id = bc_fact_id(fact),
                                                          .occurred_us = fact->occurred_us,
                                                          .seq = fact->seq,
                                                          .until_us = BC_NEVER,
                                                          .campaign = fact->value,
                                                          .opened_us = BC_NEVER };
}

static void fold_open(struct bc_deal *deal, const struct bc_fact_at *fact)
{
    BC_GROW(deal->opens, deal->open_n, deal->open_cap);
    deal->opens[deal->open_n++] =
        (struct bc_open){ bc_fact_id(fact), fact->occurred_us, fact->seq };
}

static void fold_mark(struct bc_marks *marks, const struct bc_fact_at *fact)
{
    BC_GROW(marks->at, marks->n, marks->cap);
    marks->at[marks->n++] = (struct bc_mark){ fact->occurred_us, fact->seq, fact->value };
}

/* Facts come in order. */
static void fold_first(int64_t *first_us, const struct bc_fact_at *fact)
{
    if (*first_us == BC_NEVER)
        *first_us = fact->occurred_us;
}

static void fold_service_end(struct bc_deal *deal, const struct bc_fact_at *fact)
{
    if (deal->service_ended_us == BC_NEVER)
        deal->service_ended_seq = fact->seq;
    fold_first(&deal->service_ended_us, fact);
}

static void fold_created(struct bc_deal *deal, const struct bc_fact_at *fact)
{
    deal->is_told = true;
    if (fact->value) /* found, not begun */
        return;
    fold_first(&deal->created_us, fact);
    fold_mark(&deal->creations, fact);
}

static void fold_loss(struct bc_deal *deal, const struct bc_fact_at *fact)
{
    fold_first(&deal->lost_us, fact);
    if (fact->value)
        fold_mark(&deal->unlisted, fact);
}

static void fold_report(struct bc_deal *deal, const struct bc_fact_at *fact)
{
    BC_GROW(deal->reports, deal->report_n, deal->report_cap);
    deal->reports[deal->report_n++] = fact->seq;
}

/* Comes after the stage of its event, which may have begun a visit. */
static void fold_from(bc_folder *folder, const struct bc_fact_at *fact)
{
    struct bc_deal *deal = &folder->deal;
    size_t before = deal->visit_n;
    int stage = folder->stage_of_word[fact->value];

    if (before > 0 && deal->visits[before - 1].seq == fact->seq)
        before--;
    if (before > 0) {
        const struct bc_visit *found = &deal->visits[before - 1];

        if (found->stage == stage && (stage != BC_NO_STAGE || found->word == fact->value))
            return;
    }
    BC_GROW(deal->froms, deal->from_n, deal->from_cap);
    deal->froms[deal->from_n++] = (struct bc_from_differs){
        .occurred_us = fact->occurred_us, .seq = fact->seq, .told = fact->value, .found = before - 1
    };
}

static void fold_pivot(struct bc_deal *deal, const struct bc_fact_at *fact)
{
    BC_GROW(deal->pivots, deal->pivot_n, deal->pivot_cap);
    deal->pivots[deal->pivot_n++] = (struct bc_pivot){ .occurred_us = fact->occurred_us,
                                                       .seq = fact->seq,
                                                       .red_line = fact->value,
                                                       .stay = fact->kind == BC_FACT_STAY };
}

/* What was recorded of a deal for the audit: when first. */
static int64_t *first_of(struct bc_deal *deal, enum bc_fact_kind kind)
{
    static const size_t place[BC_FACT_KIND_END] = {
        [BC_FACT_QUALIFIED] = offsetof(struct bc_deal, qualified_us),
        [BC_FACT_LEARNING] = offsetof(struct bc_deal, learning_us),
        [BC_FACT_SIGNED] = offsetof(struct bc_deal, signed_us),
        [BC_FACT_ORDERED] = offsetof(struct bc_deal, ordered_us),
        [BC_FACT_HANDED] = offsetof(struct bc_deal, handed_us),
    };

    return (int64_t *)((char *)deal + place[kind]);
}

static void fold_fact(bc_folder *folder, const struct bc_fact_at *fact)
{
    struct bc_deal *deal = &folder->deal;

    switch ((enum bc_fact_kind)fact->kind) {
    case BC_FACT_STAGE:
    case BC_FACT_STAGE_OBSERVED:
        fold_stage(folder, fact);
        break;
    case BC_FACT_DEAL_TYPE:
    case BC_FACT_CONTRACT_START:
    case BC_FACT_CONTRACT_END:
    case BC_FACT_PARKED_UNTIL:
    case BC_FACT_MRR:
    case BC_FACT_RENEWS:
        fold_setting(deal, property_of[fact->kind] - 1u, fact);
        break;
    case BC_FACT_DELETED:
    case BC_FACT_MERGED:
        fold_presence(deal, fact, true);
        break;
    case BC_FACT_RESTORED:
        fold_presence(deal, fact, false);
        break;
    case BC_FACT_MEETING:
        fold_meeting(deal, fact);
        break;
    case BC_FACT_EMAIL_SENT:
        fold_email(deal, fact);
        break;
    case BC_FACT_EMAIL_OPENED:
        fold_open(deal, fact);
        break;
    case BC_FACT_SERVICE_ENDED:
        fold_service_end(deal, fact);
        break;
    case BC_FACT_CREATED:
        fold_created(deal, fact);
        break;
    case BC_FACT_LOSS:
        fold_loss(deal, fact);
        break;
    case BC_FACT_QUALIFIED:
    case BC_FACT_LEARNING:
    case BC_FACT_SIGNED:
    case BC_FACT_ORDERED:
    case BC_FACT_HANDED:
        fold_first(first_of(deal, (enum bc_fact_kind)fact->kind), fact);
        break;
    case BC_FACT_REPORT:
        fold_report(deal, fact);
        break;
    case BC_FACT_PIVOT:
    case BC_FACT_STAY:
        fold_pivot(deal, fact);
        break;
    case BC_FACT_AHEAD:
        fold_mark(&deal->ahead, fact);
        break;
    case BC_FACT_FROM:
        fold_from(folder, fact);
        break;
    case BC_FACT_MISNAMED:
        fold_mark(&deal->misnamed, fact);
        break;
    case BC_FACT_ACTIVITY:   /* find_activity */
    case BC_FACT_RULES:      /* projections/events/published.h looks them up */
    case BC_FACT_RETRACTED:  /* dropped before */
    case BC_METRIC_FACT_END: /* those of learning are kept apart */
        break;
    }
}

/* --- meetings and e-mails: the versions of one id together --- */

static inline int in_id_order(const struct bc_activity *left, const struct bc_activity *right)
{
    int order = bc_id128_cmp(left->id, right->id);

    if (order)
        return order;
    return bc_fold_order(left->occurred_us, left->seq, right->occurred_us, right->seq);
}

BC_SORT_NEARLY(sort_activities, struct bc_activity, in_id_order);

static void group(struct bc_activity *activities, size_t n)
{
    sort_activities(activities, n);
    for (size_t i = 0; i + 1 < n; i++)
        if (bc_id128_eq(activities[i].id, activities[i + 1].id))
            activities[i].until_us = activities[i + 1].occurred_us;
}

/* The first e-mail of an id, or n. */
static size_t first_of_id(const struct bc_deal *deal, struct bc_id128 id)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, deal->email_n, bc_id128_cmp(deal->emails[at].id, id) < 0);
    return at;
}

/* Opens come in the fold's order, so the first one of an id is the one that counts. */
static void join_opens(struct bc_deal *deal)
{
    for (size_t i = 0; i < deal->open_n; i++) {
        const struct bc_open *open = &deal->opens[i];
        size_t at = first_of_id(deal, open->id);

        if (at == deal->email_n || !bc_id128_eq(deal->emails[at].id, open->id) ||
            deal->emails[at].opened_us != BC_NEVER)
            continue;
        for (; at < deal->email_n && bc_id128_eq(deal->emails[at].id, open->id); at++) {
            deal->emails[at].opened_us = open->occurred_us;
            deal->emails[at].opened_seq = open->seq;
        }
    }
}

static void clear(bc_folder *folder, struct bc_str id)
{
    struct bc_deal *deal = &folder->deal;

    deal->id = id;
    deal->visit_n = deal->presence_n = deal->meeting_n = deal->email_n = deal->pivot_n = 0;
    deal->report_n = deal->from_n = deal->open_n = 0;
    deal->ahead.n = deal->creations.n = deal->unlisted.n = deal->misnamed.n = 0;
    deal->is_told = false;
    deal->activity = (struct bc_mark){ 0 };
    deal->learning_n = 0;
    for (size_t i = 0; i < BC_P_N; i++)
        deal->settings[i].n = 0;
    deal->service_ended_us = deal->lost_us = deal->created_us = BC_NEVER;
    deal->qualified_us = deal->learning_us = deal->signed_us = BC_NEVER;
    deal->ordered_us = deal->handed_us = BC_NEVER;
}

#define KIND(kind) BC_FACT_BIT(BC_FACT_##kind)

/* Of a deal that nothing tells of but what was done for it. */
static void find_activity(bc_folder *folder)
{
    static const uint64_t done = KIND(MEETING) | KIND(EMAIL_SENT) | KIND(EMAIL_OPENED) |
                                 KIND(SERVICE_ENDED) | KIND(LOSS) | KIND(LEARNING) | KIND(SIGNED) |
                                 KIND(ORDERED) | KIND(HANDED) | KIND(ACTIVITY);
    const struct bc_fact_order *order = &folder->order;
    size_t i = 0;

    while (i < order->n && !(done >> order->facts[i].kind & 1))
        i++;
    if (i < order->n)
        folder->deal.activity =
            (struct bc_mark){ order->facts[i].occurred_us, order->facts[i].seq, 0 };
}

bc_status bc_fold(bc_folder *folder, struct bc_str deal, struct bc_str facts,
                  const struct bc_deal **out, struct bc_err *err)
{
    const struct bc_fact_order *order = &folder->order;

    if (!bc_fact_order_make(&folder->order, facts))
        return bc_err_damaged(err, "the facts of deal \"%.*s\" cannot be read", BC_STR_ARG(deal));
    clear(folder, deal);
    folder->deal.begun_us = order->n ? order->facts[0].occurred_us : BC_NEVER;
    for (size_t i = 0; i < order->n; i++)
        fold_fact(folder, &order->facts[i]);
    folder->deal.opened_us = folder->deal.open_n ? folder->deal.opens[0].occurred_us : BC_NEVER;
    group(folder->deal.meetings, folder->deal.meeting_n);
    group(folder->deal.emails, folder->deal.email_n);
    join_opens(&folder->deal);
    folder->deal.is_told |= folder->deal.visit_n > 0;
    if (!folder->deal.is_told)
        find_activity(folder);
    *out = &folder->deal;
    return BC_OK;
}

bc_status bc_fold_learning(bc_folder *folder, struct bc_str deal, struct bc_str facts,
                           struct bc_str learning, const struct bc_deal **out, struct bc_err *err)
{
    bc_status rc = bc_fold(folder, deal, facts, out, err);

    if (rc == BC_OK && !bc_fact_order_beside(&folder->beside, &folder->order, learning))
        rc = bc_err_damaged(err, "the facts of deal \"%.*s\" cannot be read", BC_STR_ARG(deal));
    if (rc < 0)
        return rc;
    folder->deal.learning = folder->beside.facts;
    folder->deal.learning_n = folder->beside.n;
    return BC_OK;
}

const struct bc_visit *bc_deal_visit_at(const struct bc_deal *deal, int64_t us)
{
    size_t at; /* one past the last visit that was entered by then */

    BC_LOWER_BOUND(at, 0, deal->visit_n, deal->visits[at].entered_us <= us);
    /* Of those entered at one instant, only the last has a length. */
    return at ? &deal->visits[at - 1] : NULL;
}

const struct bc_visit *bc_deal_entry(const struct bc_deal *deal, size_t i, bc_stage_set stages)
{
    for (; i < deal->visit_n; i++) {
        const struct bc_visit *visit = &deal->visits[i];

        if (!visit->observed && bc_stage_in(stages, visit->stage))
            return visit;
    }
    return NULL;
}
