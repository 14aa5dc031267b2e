/* Each part keeps a record of every deal that tells something of its member; joined, they are
 * sorted, and those of one member become one row. */
#include "projections/revenue/members.h"

#include "projections/facts/learning.h"
#include "projections/revenue/renewal.h"
#include "projections/revenue/terms.h"
#include "projections/walk/properties.h"

#include <stdlib.h>

/* What was recorded last. */
struct said {
    struct bc_str text;
    int64_t us;
    uint64_t seq; /* 0: nothing */
};

/* What a deal tells of its member. */
struct record {
    bool has_contract;
    struct bc_days contract;
    int64_t worth;
    struct said health, intent;
};

struct records {
    struct bc_renewal_deals deals; /* their arena owns all texts */
    struct record *at;             /* of each deal, as they were added */
    size_t cap;
};

struct making {
    struct bc_walk walk;
    struct bc_terms_reader reader;
    struct bc_standings standings;
    enum bc_time_mode company;
    bc_stage_set closed;
    unsigned slice;
    int64_t as_of_us;
    struct bc_days month; /* of the date */
    struct records records;
    struct bc_members *members;
    struct bc_str list;
};

struct part {
    const struct making *making;
    struct bc_standings_part standings;
    struct records records;
    uint64_t other_currency;
};

/* --- one deal --- */

static struct said last_said(const struct making *making, const struct bc_deal *deal,
                             enum bc_learning_kind kind, size_t text)
{
    struct said said = { 0 };

    for (size_t i = 0; i < deal->learning_n; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];

        if (fact->kind == kind && fact->occurred_us <= making->as_of_us)
            said = (struct said){ bc_learning_text(fact, text), fact->occurred_us, fact->seq };
    }
    return said;
}

static void keep(struct records *records, const struct record *record, struct bc_str company,
                 struct bc_str deal, unsigned standing)
{
    bc_arena *arena = records->deals.arena;
    struct record *kept;

    BC_GROW(records->at, records->deals.n, records->cap);
    kept = &records->at[records->deals.n];
    bc_renewal_add(&records->deals, company, deal, standing);
    *kept = *record;
    kept->health.text = bc_arena_copy(arena, record->health.text);
    kept->intent.text = bc_arena_copy(arena, record->intent.text);
}

static void add_deal(struct part *part, const struct bc_deal *deal, unsigned standing)
{
    const struct making *making = part->making;
    const struct bc_visit *visit = bc_deal_visit_at(deal, making->as_of_us);
    struct bc_terms terms;
    struct record record = { 0 };

    bc_terms_read(&terms, &making->reader, deal, making->as_of_us);
    record.has_contract = terms.has_contract && visit && bc_stage_in(making->closed, visit->stage);
    if (terms.other_currency) {
        part->other_currency += record.has_contract;
        return;
    }
    record.contract = terms.contract;
    if (record.has_contract)
        record.worth = bc_terms_worth(&terms, terms.contract, making->month);
    record.health = last_said(making, deal, BC_FACT_HEALTH, BC_TEXT_HEALTH_STATUS);
    record.intent = last_said(making, deal, BC_FACT_INTENT, BC_TEXT_INTENT_INTENT);
    if (!record.has_contract && !standing && !record.health.seq && !record.intent.seq)
        return;
    keep(&part->records, &record,
         bc_properties_at(deal, BC_STR("company"), making->company, making->as_of_us), deal->id,
         standing);
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    unsigned standing;

    (void)err;
    bc_view_at(view, deal);
    standing = bc_standings_see(&part->standings, deal, view);
    if (bc_view_present(view, 0) && bc_view_slices(view, 0) >> part->making->slice & 1)
        add_deal(part, deal, standing);
    return BC_OK;
}

/* --- parts --- */

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;

    part->making = of;
    part->records.deals.arena = bc_arena_new();
    bc_standings_begin(&part->standings, &part->making->standings, &part->making->walk);
}

static void join_part(void *payload, void *of)
{
    struct making *making = payload;
    struct part *part = of;

    for (size_t i = 0; i < part->records.deals.n; i++) {
        const struct bc_renewal_deal *deal = &part->records.deals.at[i];

        keep(&making->records, &part->records.at[i], deal->company, deal->deal, deal->standing);
    }
    making->members->other_currency += part->other_currency;
    bc_standings_join(&making->standings, &part->standings);
}

static void end_part(void *payload)
{
    struct part *part = payload;

    bc_standings_end(&part->standings);
    bc_arena_free(part->records.deals.arena);
    free(part->records.deals.at);
    free(part->records.at);
}

/* --- members --- */

static enum bc_member_state state_of(unsigned standing)
{
    if (standing & BC_IS_ACTIVE)
        return BC_MEMBER_ACTIVE;
    if (standing & BC_IS_UPCOMING)
        return BC_MEMBER_UPCOMING;
    return standing & BC_IS_OVERDUE ? BC_MEMBER_OVERDUE : BC_MEMBER_ENDED;
}

static void take_later(struct said *said, const struct said *other)
{
    if (other->seq && (!said->seq || bc_fold_order(said->us, said->seq, other->us, other->seq) < 0))
        *said = *other;
}

static void add_contract(struct bc_member *member, const struct record *record)
{
    if (!member->deals || record->contract.first < member->start)
        member->start = record->contract.first;
    if (!member->deals || record->contract.last > member->end)
        member->end = record->contract.last;
    member->deals++;
    member->mrr += record->worth;
}

static void add_member(void *payload, const struct bc_renewal_deal *at, size_t n)
{
    const struct making *making = payload;
    struct bc_members *out = making->members;
    const struct bc_str company = at->company, list = making->list;
    struct bc_member member = { .name = company.len ? company : at->deal,
                                .is_deal = company.len == 0 };
    struct said health = { 0 }, intent = { 0 };
    unsigned standing = 0;

    for (size_t i = 0; i < n; i++) {
        const struct record *record = &making->records.at[at[i].i];

        standing |= at[i].standing;
        take_later(&health, &record->health);
        take_later(&intent, &record->intent);
        if (!record->has_contract)
            continue;
        add_contract(&member, record);
        if (list.len && bc_str_eq(list, member.name)) {
            BC_GROW(out->deals, out->deal_n, out->deal_cap);
            out->deals[out->deal_n++] = at[i].deal;
        }
    }
    if (member.deals == 0)
        return;
    member.state = state_of(standing);
    member.health = health.text;
    member.intent = intent.text;
    out->rows[out->row_n++] = member;
}

static int by_name(const void *a, const void *b)
{
    const struct bc_member *left = a, *right = b;
    const int order = bc_str_cmp(left->name, right->name);

    return order ? order : left->is_deal - right->is_deal;
}

static void finish(struct making *making)
{
    struct bc_members *out = making->members;

    bc_standings_settle(&making->standings);
    out->rows = bc_calloc(making->records.deals.n + 1, sizeof(*out->rows));
    bc_renewal_members(&making->records.deals, &making->standings, add_member, making);
    if (out->row_n)
        qsort(out->rows, out->row_n, sizeof(*out->rows), by_name);
}

static void prepare(struct making *making)
{
    const bc_rules *rules = making->walk.rules;
    const int32_t month = bc_revenue_month(rules, making->as_of_us);

    making->walk.wants.kinds |=
        BC_FACT_BIT(BC_FACT_PROPERTY) | BC_FACT_BIT(BC_FACT_HEALTH) | BC_FACT_BIT(BC_FACT_INTENT);
    bc_terms_reader_init(&making->reader, rules);
    making->company = bc_properties_mode(rules, BC_STR("company"));
    making->closed = bc_rules_closed(rules);
    making->month =
        (struct bc_days){ bc_terms_month_first(month), bc_terms_month_first(month + 1) - 1 };
    bc_standings_init(&making->standings, &making->walk, making->as_of_us);
}

bc_status bc_members_make(struct bc_members **out, bc_timelines *timelines,
                          const struct bc_question *question, unsigned slice, struct bc_str list,
                          struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making making = { .slice = slice, .as_of_us = question->as_of_us[0], .list = list };
    bc_status rc = bc_walk_init(&making.walk, timelines, question, err);

    if (rc < 0)
        return rc;
    making.members = bc_calloc(1, sizeof(*making.members));
    making.members->arena = making.records.deals.arena = bc_arena_new();
    prepare(&making);
    rc = bc_walk_run(&making.walk, &walker, &making, err);
    if (rc == BC_OK) {
        finish(&making);
        *out = making.members;
    } else {
        bc_members_free(making.members);
    }
    bc_standings_release(&making.standings);
    bc_terms_reader_release(&making.reader);
    bc_walk_release(&making.walk);
    free(making.records.deals.at);
    free(making.records.at);
    return rc;
}

void bc_members_free(struct bc_members *members)
{
    if (!members)
        return;
    bc_arena_free(members->arena);
    free(members->rows);
    free(members->deals);
    free(members);
}
