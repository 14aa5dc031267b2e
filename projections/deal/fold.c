#include "projections/deal/deal.h"

#include <stdlib.h>

struct bc_folder {
    const bc_rules *rules;
    struct bc_known known;
    int *stage_of_word;
    uint32_t word_n;
    struct bc_fact *facts;
    size_t fact_n, fact_cap;
    struct bc_fact *opens;
    size_t open_n, open_cap;
    struct bc_deal deal;
};

bc_folder *bc_folder_new(const bc_words *words, const bc_rules *rules, struct bc_known known)
{
    bc_folder *folder = bc_calloc(1, sizeof(*folder));

    folder->rules = rules;
    folder->known = known;
    folder->word_n = bc_words_count(words);
    folder->stage_of_word = bc_reallocarray(NULL, folder->word_n, sizeof(int));
    for (uint32_t word = 0; word < folder->word_n; word++)
        folder->stage_of_word[word] = bc_rules_stage(rules, bc_words_text(words, word));
    return folder;
}

void bc_folder_free(bc_folder *folder)
{
    if (!folder)
        return;
    free(folder->stage_of_word);
    free(folder->facts);
    free(folder->opens);
    free(folder->deal.visits);
    for (size_t i = 0; i < BC_P_N; i++)
        free(folder->deal.settings[i].at);
    free(folder->deal.presences);
    free(folder->deal.meetings);
    free(folder->deal.emails);
    free(folder->deal.pivots);
    free(folder->deal.reports);
    free(folder);
}

static bool words_exist(const bc_folder *folder, const struct bc_fact *fact)
{
    switch (fact->kind) {
    case BC_FACT_STAGE:
    case BC_FACT_STAGE_OBSERVED:
    case BC_FACT_DEAL_TYPE:
    case BC_FACT_EMAIL_SENT:
    case BC_FACT_PIVOT:
    case BC_FACT_RULES:
        return fact->value < folder->word_n;
    case BC_FACT_MEETING:
        return fact->type < folder->word_n && fact->outcome < folder->word_n;
    default:
        return true;
    }
}

static bc_status read_facts(bc_folder *folder, struct bc_str deal, struct bc_str facts,
                            struct bc_err *err)
{
    struct bc_fact fact;

    folder->fact_n = 0;
    while (facts.len) {
        if (!bc_fact_take(&fact, &facts) || !words_exist(folder, &fact))
            return bc_err_set(err, BC_E_DAMAGED,
                              "the ledger is damaged: the facts of deal \"%.*s\" cannot be read",
                              BC_STR_ARG(deal));
        if (!bc_known_has(&folder->known, fact.seq,
                          fact.has_source_recorded ? &fact.source_recorded_us : NULL))
            continue;
        BC_GROW(folder->facts, folder->fact_n, folder->fact_cap);
        folder->facts[folder->fact_n++] = fact;
    }
    return BC_OK;
}

/* --- retractions --- */

#define DEAD ((enum bc_fact_kind)0) /* the kind of a fact that no longer counts */

/* Marks the facts of an event; they stand together, in the order of seq. */
static void mark_dead(bc_folder *folder, uint64_t seq)
{
    size_t low = 0, high = folder->fact_n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (folder->facts[middle].seq < seq)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < folder->fact_n && folder->facts[low].seq == seq; low++)
        folder->facts[low].kind = DEAD;
}

/* A retraction names an event in front of it, so from the last to the first each one's own fate is
 * known when it is its turn. */
static void drop_retracted(bc_folder *folder)
{
    size_t kept = 0;

    for (size_t i = folder->fact_n; i-- > 0;)
        if (folder->facts[i].kind == BC_FACT_RETRACTED)
            mark_dead(folder, folder->facts[i].target_seq);
    for (size_t i = 0; i < folder->fact_n; i++) {
        const struct bc_fact *fact = &folder->facts[i];

        if (fact->kind != BC_FACT_RETRACTED && fact->kind != DEAD)
            folder->facts[kept++] = *fact;
    }
    folder->fact_n = kept;
}

/* --- order --- */

static int in_fold_order(const void *a, const void *b)
{
    const struct bc_fact *left = a, *right = b;
    int order = bc_fold_order(left->occurred_us, left->seq, right->occurred_us, right->seq);

    if (order)
        return order;
    return (left->kind > right->kind) - (left->kind < right->kind); /* of one event */
}

/* Facts come nearly in order, and activities are few: a sort by insertion takes what is so, and
 * leaves the rest to the library. */
static void sort_few(void *items, size_t n, size_t size, int (*order)(const void *, const void *))
{
    size_t moves_left = 8 * n;
    _Alignas(max_align_t) char held[sizeof(struct bc_activity) > sizeof(struct bc_fact)
                                        ? sizeof(struct bc_activity)
                                        : sizeof(struct bc_fact)];
    char *at = items;

    for (size_t i = 1; i < n; i++) {
        size_t j = i;

        if (order(at + (i - 1) * size, at + i * size) <= 0)
            continue;
        memcpy(held, at + i * size, size);
        for (; j > 0 && order(at + (j - 1) * size, held) > 0 && moves_left; j--, moves_left--)
            memcpy(at + j * size, at + (j - 1) * size, size);
        memcpy(at + j * size, held, size);
        if (!moves_left) {
            qsort(items, n, size, order);
            return;
        }
    }
}

/* --- the deal --- */

static void fold_stage(bc_folder *folder, const struct bc_fact *fact)
{
    struct bc_deal *deal = &folder->deal;
    struct bc_visit *last = deal->visit_n ? &deal->visits[deal->visit_n - 1] : NULL;
    int stage = folder->stage_of_word[fact->value];

    if (last && last->stage == stage && (stage != BC_NO_STAGE || last->word == fact->value))
        return; /* the visit goes on */
    if (last)
        last->left_us = fact->occurred_us;
    BC_GROW(deal->visits, deal->visit_n, deal->visit_cap);
    deal->visits[deal->visit_n++] =
        (struct bc_visit){ .stage = stage,
                           .word = fact->value,
                           .observed = fact->kind == BC_FACT_STAGE_OBSERVED,
                           .entered_us = fact->occurred_us,
                           .left_us = BC_NEVER,
                           .seq = fact->seq };
}

static void fold_setting(struct bc_deal *deal, enum bc_property property,
                         const struct bc_fact *fact)
{
    BC_GROW(deal->settings[property].at, deal->settings[property].n, deal->settings[property].cap);
    deal->settings[property].at[deal->settings[property].n++] = (struct bc_setting){
        .occurred_us = fact->occurred_us, .seq = fact->seq, .value = fact->value, .id = fact->id
    };
}

static enum bc_property property_of(enum bc_fact_kind kind)
{
    switch (kind) {
    case BC_FACT_DEAL_TYPE:
        return BC_P_DEAL_TYPE;
    case BC_FACT_CONTRACT_START:
        return BC_P_CONTRACT_START;
    case BC_FACT_CONTRACT_END:
        return BC_P_CONTRACT_END;
    case BC_FACT_PARKED_UNTIL:
        return BC_P_PARKED_UNTIL;
    case BC_FACT_MRR:
        return BC_P_MRR;
    default:
        return BC_P_RENEWS;
    }
}

static void fold_presence(struct bc_deal *deal, const struct bc_fact *fact, bool gone)
{
    BC_GROW(deal->presences, deal->presence_n, deal->presence_cap);
    deal->presences[deal->presence_n++] =
        (struct bc_presence){ .occurred_us = fact->occurred_us, .seq = fact->seq, .gone = gone };
}

static struct bc_activity activity_of(const struct bc_fact *fact)
{
    return (struct bc_activity){ .id = fact->id,
                                 .occurred_us = fact->occurred_us,
                                 .seq = fact->seq,
                                 .until_us = BC_NEVER,
                                 .starts_us = fact->starts_us,
                                 .type = fact->type,
                                 .outcome = fact->outcome,
                                 .campaign = fact->value,
                                 .opened_us = BC_NEVER };
}

/* Facts come in order. */
static void fold_first(int64_t *first_us, const struct bc_fact *fact)
{
    if (*first_us == BC_NEVER)
        *first_us = fact->occurred_us;
}

/* What the audit asks for once. */
static void fold_mark(struct bc_deal *deal, const struct bc_fact *fact)
{
    switch (fact->kind) {
    case BC_FACT_LOSS:
        fold_first(&deal->lost_us, fact);
        break;
    case BC_FACT_CREATED:
        if (fact->value == 0) /* begun, not found */
            fold_first(&deal->created_us, fact);
        break;
    case BC_FACT_QUALIFIED:
        fold_first(&deal->qualified_us, fact);
        break;
    case BC_FACT_LEARNING:
        fold_first(&deal->learning_us, fact);
        break;
    case BC_FACT_SIGNED:
        fold_first(&deal->signed_us, fact);
        break;
    case BC_FACT_ORDERED:
        fold_first(&deal->ordered_us, fact);
        break;
    default: /* BC_FACT_HANDED */
        fold_first(&deal->handed_us, fact);
        break;
    }
}

static void fold_fact(bc_folder *folder, const struct bc_fact *fact)
{
    struct bc_deal *deal = &folder->deal;

    switch (fact->kind) {
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
        fold_setting(deal, property_of(fact->kind), fact);
        break;
    case BC_FACT_DELETED:
    case BC_FACT_MERGED:
        fold_presence(deal, fact, true);
        break;
    case BC_FACT_RESTORED:
        fold_presence(deal, fact, false);
        break;
    case BC_FACT_MEETING:
        BC_GROW(deal->meetings, deal->meeting_n, deal->meeting_cap);
        deal->meetings[deal->meeting_n++] = activity_of(fact);
        break;
    case BC_FACT_EMAIL_SENT:
        BC_GROW(deal->emails, deal->email_n, deal->email_cap);
        deal->emails[deal->email_n++] = activity_of(fact);
        break;
    case BC_FACT_EMAIL_OPENED:
        BC_GROW(folder->opens, folder->open_n, folder->open_cap);
        folder->opens[folder->open_n++] = *fact;
        break;
    case BC_FACT_SERVICE_ENDED:
        if (deal->service_ended_us == BC_NEVER)
            deal->service_ended_seq = fact->seq;
        fold_first(&deal->service_ended_us, fact);
        break;
    case BC_FACT_LOSS:
    case BC_FACT_CREATED:
    case BC_FACT_QUALIFIED:
    case BC_FACT_LEARNING:
    case BC_FACT_SIGNED:
    case BC_FACT_ORDERED:
    case BC_FACT_HANDED:
        fold_mark(deal, fact);
        break;
    case BC_FACT_REPORT:
        BC_GROW(deal->reports, deal->report_n, deal->report_cap);
        deal->reports[deal->report_n++] = fact->seq;
        break;
    case BC_FACT_PIVOT:
        BC_GROW(deal->pivots, deal->pivot_n, deal->pivot_cap);
        deal->pivots[deal->pivot_n++] = (struct bc_pivot){ .occurred_us = fact->occurred_us,
                                                           .seq = fact->seq,
                                                           .red_line = fact->value };
        break;
    case BC_FACT_RULES:
        break; /* projections/published.h looks them up */
    case BC_FACT_RETRACTED:
    case BC_FACT_KIND_END:
        break; /* dropped before */
    }
}

/* --- meetings and e-mails: the wordings of one id together --- */

static int by_id(const void *a, const void *b)
{
    const struct bc_activity *left = a, *right = b;
    int order = bc_id128_cmp(left->id, right->id);

    if (order)
        return order;
    return bc_fold_order(left->occurred_us, left->seq, right->occurred_us, right->seq);
}

static void group(struct bc_activity *activities, size_t n)
{
    sort_few(activities, n, sizeof(*activities), by_id);
    for (size_t i = 0; i + 1 < n; i++)
        if (bc_id128_eq(activities[i].id, activities[i + 1].id))
            activities[i].until_us = activities[i + 1].occurred_us;
}

/* The first e-mail of an id, or n. */
static size_t first_of_id(const struct bc_deal *deal, struct bc_id128 id)
{
    size_t low = 0, high = deal->email_n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (bc_id128_cmp(deal->emails[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Opens come in the fold's order, so the first one of an id is the one that counts. */
static void join_opens(bc_folder *folder)
{
    struct bc_deal *deal = &folder->deal;

    for (size_t i = 0; i < folder->open_n; i++) {
        const struct bc_fact *open = &folder->opens[i];
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
    deal->report_n = 0;
    for (size_t i = 0; i < BC_P_N; i++)
        deal->settings[i].n = 0;
    deal->service_ended_us = deal->lost_us = deal->created_us = BC_NEVER;
    deal->qualified_us = deal->learning_us = deal->signed_us = BC_NEVER;
    deal->ordered_us = deal->handed_us = BC_NEVER;
    folder->open_n = 0;
}

bc_status bc_fold(bc_folder *folder, struct bc_str deal, struct bc_str facts,
                  const struct bc_deal **out, struct bc_err *err)
{
    bc_status rc = read_facts(folder, deal, facts, err);

    if (rc < 0)
        return rc;
    drop_retracted(folder);
    sort_few(folder->facts, folder->fact_n, sizeof(*folder->facts), in_fold_order);
    clear(folder, deal);
    folder->deal.begun_us = folder->fact_n ? folder->facts[0].occurred_us : BC_NEVER;
    for (size_t i = 0; i < folder->fact_n; i++)
        fold_fact(folder, &folder->facts[i]);
    group(folder->deal.meetings, folder->deal.meeting_n);
    group(folder->deal.emails, folder->deal.email_n);
    join_opens(folder);
    *out = &folder->deal;
    return BC_OK;
}

const struct bc_visit *bc_deal_visit_at(const struct bc_deal *deal, int64_t us)
{
    size_t low = 0, high = deal->visit_n; /* the last visit entered at or before is below high */

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (deal->visits[middle].entered_us <= us)
            low = middle + 1;
        else
            high = middle;
    }
    /* Of those entered at one instant, only the last has a length. */
    return low ? &deal->visits[low - 1] : NULL;
}

const struct bc_visit *bc_deal_entry(const struct bc_deal *deal, size_t i, bc_stage_set stages)
{
    for (; i < deal->visit_n; i++) {
        const struct bc_visit *visit = &deal->visits[i];

        if (!visit->observed && visit->stage >= 0 && (stages >> visit->stage & 1))
            return visit;
    }
    return NULL;
}
