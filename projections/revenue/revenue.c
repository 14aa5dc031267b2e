/* A part of the deals adds what each is worth to the months that are asked, and to those of the
 * next six months; the parts are joined in order:
 *
 *   deal     fold, view -> terms, standing, weights' outcome
 *   month    worth of a deal, rounded once        -> sums in integers
 *   all      weights settled                      -> FMRR
 *   member   its deals' standings                 -> retained, overdue, churned */
#include "projections/revenue/revenue.h"

#include "projections/revenue/renewal.h"
#include "projections/revenue/terms.h"
#include "projections/revenue/weights.h"
#include "projections/walk/properties.h"

#include <assert.h>
#include <stdlib.h>

enum { SIX = 6, WEIGHT_DAYS = 365, USUAL_RHO = 800000, USUAL_ETA = 300000 };

struct sums {
    bc_int128 of[BC_REVENUE_FIGURE_N];
};

struct making {
    const struct bc_revenue_ask *ask;
    struct bc_walk walk;
    struct bc_terms_reader reader;
    struct bc_weights_window window;
    struct bc_standings standings;
    struct bc_renewal_deals members;
    enum bc_time_mode company;
    int existing, new_business; /* slices of the rules, or -1 */
    int64_t as_of_us;
    int32_t day;        /* D */
    struct bc_days six; /* the days after it, up to six months */
    struct sums *sums;  /* of the months that are asked, then of those within six months */
    struct bc_revenue *revenue;
};

/* Some of the deals; of `revenue` only counts and the list are in use. */
struct part {
    const struct making *making;
    struct bc_standings_part standings;
    struct bc_renewal_deals members;
    struct sums *sums;
    struct bc_revenue revenue;
    bool listed; /* the current deal was */
};

static size_t row_count(const struct making *making)
{
    return (size_t)(making->ask->to - making->ask->from) + 1;
}

static size_t sum_count(const struct making *making)
{
    return row_count(making) + SIX + 1;
}

/* --- one deal --- */

static void list_deal(struct part *part, const struct bc_deal *deal)
{
    if (!part->listed)
        bc_revenue_list_add(&part->revenue, deal->id);
    part->listed = true;
}

static void list_if(struct part *part, const struct bc_deal *deal, enum bc_revenue_listed what)
{
    if (part->making->ask->list.what == what)
        list_deal(part, deal);
}

static void keep_each(struct bc_revenue *revenue, const struct bc_revenue_each *each)
{
    BC_GROW(revenue->each, revenue->each_n, revenue->each_cap);
    revenue->each[revenue->each_n] = *each;
    revenue->each[revenue->each_n++].deal = bc_arena_copy(revenue->arena, each->deal);
}

static bool is_listed(const struct bc_revenue_list *list, bool six, int32_t month, unsigned figures)
{
    if (six)
        return list->what == BC_LIST_SIX && figures & BC_REVENUE_FMRR;
    return list->what == BC_LIST_MONTH && list->month == month && figures & list->figures;
}

/* What days of some months make of a deal, month by month; sums[0] is of the month `from`. */
struct stretch {
    struct sums *sums;
    int32_t from, to;
    bool six;
};

static void add_stretch(struct part *part, const struct bc_deal *deal, const struct stretch *in,
                        const struct bc_terms *terms, struct bc_days interval, struct bc_days days,
                        unsigned figures)
{
    const struct bc_revenue_list *list = &part->making->ask->list;
    const struct bc_days counted = bc_days_common(interval, days);
    int32_t month, last;

    if (!terms->has_value || counted.first > counted.last)
        return;
    month = bc_terms_month(counted.first);
    last = bc_terms_month(counted.last);
    for (month = month > in->from ? month : in->from; month <= last && month <= in->to; month++) {
        const struct bc_days whole = { bc_terms_month_first(month),
                                       bc_terms_month_first(month + 1) - 1 };
        const int64_t worth = bc_terms_worth(terms, interval, bc_days_common(whole, days));

        for (unsigned i = 0; i < BC_REVENUE_FIGURE_N; i++)
            if (figures >> i & 1)
                in->sums[month - in->from].of[i] += worth;
        if (is_listed(list, in->six, month, figures))
            list_deal(part, deal);
        if (part->making->ask->each && !in->six)
            keep_each(&part->revenue, &(struct bc_revenue_each){ deal->id, month, figures, worth });
    }
}

static void add_worth(struct part *part, const struct bc_deal *deal, const struct bc_terms *terms,
                      struct bc_days interval, struct bc_days days, unsigned figures)
{
    const struct making *making = part->making;
    const int32_t six = bc_terms_month(making->six.first);
    const struct stretch rows = { part->sums, making->ask->from, making->ask->to, false };
    const struct stretch within = { part->sums + row_count(making), six, six + SIX, true };

    add_stretch(part, deal, &rows, terms, interval, days, figures);
    add_stretch(part, deal, &within, terms, interval, bc_days_common(days, making->six), figures);
}

static void add_open(struct part *part, const struct bc_deal *deal, uint32_t slices,
                     const struct bc_terms *terms)
{
    const struct making *making = part->making;
    const struct bc_days after = { making->six.first, INT32_MAX };
    unsigned figures = 0;

    if (making->existing >= 0 && slices >> making->existing & 1)
        figures |= BC_REVENUE_BIT(BC_RENEWAL_MRR);
    if (making->new_business >= 0 && slices >> making->new_business & 1)
        figures |= BC_REVENUE_BIT(BC_NEW_MRR);
    if (!terms->has_target && !terms->has_contract) {
        part->revenue.without_interval++;
        list_if(part, deal, BC_LIST_WITHOUT_INTERVAL);
        return;
    }
    add_worth(part, deal, terms, terms->has_target ? terms->target : terms->contract, after,
              figures ? figures : BC_REVENUE_BIT(BC_OTHER_MRR));
}

/* Is there no day on which the deal could be worth anything, though it is won, or has dates? */
static bool has_no_days(const struct bc_terms *terms, bool won, bool open)
{
    const struct bc_days *days = terms->has_target ? &terms->target : &terms->contract;

    return (won && (!terms->has_contract || terms->contract.first > terms->contract.last)) ||
           (open && (terms->has_target || terms->has_contract) && days->first > days->last);
}

/* A deal of the slice that is won or open, or both, if the rules have it so. */
static void add_terms(struct part *part, const struct bc_deal *deal, uint32_t slices, bool won,
                      bool open)
{
    const struct making *making = part->making;
    const struct bc_days always = { INT32_MIN, INT32_MAX };
    struct bc_terms terms;

    bc_terms_read(&terms, &making->reader, deal, making->as_of_us);
    if (!terms.has_value &&
        ((won && terms.has_contract) || (open && (terms.has_target || terms.has_contract)))) {
        part->revenue.without_value++;
        list_if(part, deal, BC_LIST_WITHOUT_VALUE);
    }
    part->revenue.without_days += has_no_days(&terms, won, open);
    part->revenue.unreadable += terms.unreadable;
    if (won && terms.has_contract)
        add_worth(part, deal, &terms, terms.contract, always, BC_REVENUE_BIT(BC_CMRR));
    if (open)
        add_open(part, deal, slices, &terms);
}

static void add_weight(struct part *part, const struct bc_deal *deal, uint32_t slices, int slice,
                       struct bc_revenue_weight *weight, enum bc_revenue_listed what)
{
    const struct making *making = part->making;
    const enum bc_weights_outcome outcome =
        slice >= 0 && slices >> slice & 1 ? bc_weights_see(&making->window, deal) : BC_WEIGHTS_NONE;

    if (outcome == BC_WEIGHTS_NONE)
        return;
    weight->n++;
    weight->converted += outcome == BC_WEIGHTS_WON;
    if (!making->ask->list.converted || outcome == BC_WEIGHTS_WON)
        list_if(part, deal, what);
}

static void add_deal(struct part *part, const struct bc_deal *deal, const struct bc_view *view,
                     unsigned standing)
{
    const struct making *making = part->making;
    const struct bc_visit *visit = bc_deal_visit_at(deal, making->as_of_us);
    const uint32_t slices = bc_view_slices(view, 0);
    const bool asked = slices >> making->ask->slice & 1;
    const bool won = visit && bc_stage_in(making->window.closed, visit->stage);
    const bool open = visit && bc_stage_in(making->window.qualified, visit->stage);

    if (bc_terms_other_currency(&making->reader, deal, making->as_of_us)) {
        if (asked && (won || open)) {
            part->revenue.other_currency++;
            list_if(part, deal, BC_LIST_OTHER_CURRENCY);
        }
        return;
    }
    add_weight(part, deal, slices, making->existing, &part->revenue.rho, BC_LIST_RHO);
    add_weight(part, deal, slices, making->new_business, &part->revenue.eta, BC_LIST_ETA);
    if (!asked)
        return;
    if (standing)
        bc_renewal_add(&part->members,
                       bc_properties_at(deal, BC_STR("company"), making->company, making->as_of_us),
                       deal->id, standing);
    if (won || open)
        add_terms(part, deal, slices, won, open);
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;
    unsigned standing = 0;

    (void)err;
    part->listed = false;
    bc_view_at(view, deal);
    if (!part->making->ask->rows_only)
        standing = bc_standings_see(&part->standings, deal, view);
    if (deal->visit_n && bc_view_present(view, 0))
        add_deal(part, deal, view, standing);
    return BC_OK;
}

/* --- parts --- */

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;
    const struct making *making = of;

    part->making = making;
    part->sums = bc_calloc(sum_count(making), sizeof(*part->sums));
    part->members.arena = bc_arena_new();
    part->revenue.arena = bc_arena_new();
    if (!making->ask->rows_only)
        bc_standings_begin(&part->standings, &making->standings, &making->walk);
}

static void join_weight(struct bc_revenue_weight *to, const struct bc_revenue_weight *from)
{
    to->n += from->n;
    to->converted += from->converted;
}

static void join_part(void *payload, void *of)
{
    struct making *making = payload;
    struct bc_revenue *revenue = making->revenue;
    struct part *part = of;

    for (size_t i = 0; i < sum_count(making); i++)
        for (size_t j = 0; j < BC_REVENUE_FIGURE_N; j++)
            making->sums[i].of[j] += part->sums[i].of[j];
    join_weight(&revenue->rho, &part->revenue.rho);
    join_weight(&revenue->eta, &part->revenue.eta);
    revenue->other_currency += part->revenue.other_currency;
    revenue->without_value += part->revenue.without_value;
    revenue->without_interval += part->revenue.without_interval;
    revenue->without_days += part->revenue.without_days;
    revenue->unreadable += part->revenue.unreadable;
    for (size_t i = 0; i < part->revenue.deal_n; i++)
        bc_revenue_list_add(revenue, part->revenue.deals[i]);
    for (size_t i = 0; i < part->revenue.each_n; i++)
        keep_each(revenue, &part->revenue.each[i]);
    bc_renewal_join(&making->members, &part->members);
    if (!making->ask->rows_only)
        bc_standings_join(&making->standings, &part->standings);
}

static void end_part(void *payload)
{
    struct part *part = payload;

    if (!part->making->ask->rows_only)
        bc_standings_end(&part->standings);
    bc_arena_free(part->members.arena);
    free(part->members.at);
    bc_arena_free(part->revenue.arena);
    free(part->revenue.deals);
    free(part->revenue.each);
    free(part->sums);
}

/* --- all of them --- */

int32_t bc_revenue_month(const bc_rules *rules, int64_t as_of_us)
{
    return bc_terms_month(bc_zone_day(rules->zone, as_of_us));
}

int64_t bc_revenue_months_back(const bc_rules *rules, int64_t as_of_us, int32_t months)
{
    const int32_t day = bc_zone_day(rules->zone, as_of_us);

    return bc_zone_window_begin(rules->zone, as_of_us, day - bc_day_add_months(day, -months));
}

static void prepare(struct making *making)
{
    const bc_rules *rules = making->walk.rules;

    making->walk.wants.kinds |= BC_FACT_BIT(BC_FACT_PROPERTY);
    bc_terms_reader_init(&making->reader, rules);
    making->company = bc_properties_mode(rules, BC_STR("company"));
    making->existing = bc_rules_slice(rules, BC_STR("existing"));
    making->new_business = bc_rules_slice(rules, BC_STR("new"));
    making->day = bc_zone_day(rules->zone, making->as_of_us);
    making->six = (struct bc_days){ making->day + 1, bc_day_add_months(making->day, SIX) };
    making->sums = bc_calloc(sum_count(making), sizeof(*making->sums));
    making->members.arena = bc_arena_new();
    making->window = (struct bc_weights_window){
        .qualified = bc_rules_qualified(rules),
        .closed = bc_rules_closed(rules),
        .lost = rules->lost,
        .since_us = bc_zone_window_begin(rules->zone, making->as_of_us, WEIGHT_DAYS),
        .until_us = making->as_of_us,
    };
    if (!making->ask->rows_only)
        bc_standings_init(&making->standings, &making->walk,
                          bc_revenue_months_back(rules, making->as_of_us, SIX));
}

/* Each product is rounded once a month. */
static bc_int128 weighed(const struct bc_revenue *revenue, const struct sums *sums)
{
    const struct bc_revenue_weight *rho = &revenue->rho, *eta = &revenue->eta;

    return sums->of[BC_CMRR] +
           bc_amount_share(sums->of[BC_RENEWAL_MRR], rho->share_n, rho->share_of) +
           bc_amount_share(sums->of[BC_NEW_MRR], eta->share_n, eta->share_of);
}

static void finish(struct making *making)
{
    const struct bc_revenue_rule *rule = &making->walk.rules->revenue;
    struct bc_revenue *revenue = making->revenue;

    bc_weights_settle(&revenue->rho, &rule->renewal, USUAL_RHO);
    bc_weights_settle(&revenue->eta, &rule->new_business, USUAL_ETA);
    revenue->row_n = row_count(making);
    revenue->rows = bc_calloc(revenue->row_n, sizeof(*revenue->rows));
    for (size_t i = 0; i < revenue->row_n; i++) {
        struct bc_revenue_row *row = &revenue->rows[i];

        row->month = making->ask->from + (int32_t)i;
        memcpy(row->of, making->sums[i].of, sizeof(row->of));
        row->fmrr = weighed(revenue, &making->sums[i]);
    }
    for (size_t i = revenue->row_n; i < sum_count(making); i++)
        revenue->fmrr6 += weighed(revenue, &making->sums[i]);
    if (making->ask->rows_only)
        return;
    bc_standings_settle(&making->standings);
    bc_renewal_count(revenue, &making->members, &making->standings, &making->ask->list);
}

static void release(struct making *making)
{
    if (!making->ask->rows_only)
        bc_standings_release(&making->standings);
    bc_terms_reader_release(&making->reader);
    bc_arena_free(making->members.arena);
    free(making->members.at);
    free(making->sums);
}

bc_status bc_revenue_make(struct bc_revenue **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_revenue_ask *ask,
                          struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making making = { .ask = ask, .as_of_us = question->as_of_us[0] };
    bc_status rc = bc_walk_init(&making.walk, timelines, question, err);

    assert(ask->from <= ask->to);
    if (rc < 0)
        return rc;
    making.revenue = bc_calloc(1, sizeof(*making.revenue));
    making.revenue->arena = bc_arena_new();
    prepare(&making);
    rc = bc_walk_run(&making.walk, &walker, &making, err);
    if (rc == BC_OK) {
        finish(&making);
        *out = making.revenue;
    } else {
        bc_revenue_free(making.revenue);
    }
    release(&making);
    bc_walk_release(&making.walk);
    return rc;
}

void bc_revenue_free(struct bc_revenue *revenue)
{
    if (!revenue)
        return;
    bc_arena_free(revenue->arena);
    free(revenue->rows);
    free(revenue->deals);
    free(revenue->each);
    free(revenue);
}
