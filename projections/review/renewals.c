/* The metrics themselves count the deals, each with a tally of its own that keeps what it counts;
 * a deal of theirs stays if no other is found to renew it once all were seen. */
#include "projections/review/renewals.h"

#include "ledger/base/search.h"
#include "projections/facts/learning.h"
#include "projections/metrics/metric.h"
#include "projections/walk/properties.h"

#include <stdlib.h>

/* An open deal, and the one that it names. */
struct renewer {
    struct bc_id128 id;
    struct bc_str deal;
};

struct renewers {
    struct renewer *at;
    size_t n, cap;
};

struct rows {
    struct bc_renewing *at;
    size_t n, cap;
};

struct making {
    struct bc_renewals **out;
    struct bc_walk walk;
    struct bc_metric *metrics; /* of the rules; others than renewals are left zero */
    enum bc_time_mode company;
    bc_stage_set open;
    struct renewers renewers;
    struct rows rows;
    bc_arena *arena;
};

/* Some of the deals. */
struct part {
    const struct making *making;
    struct bc_metric *metrics;
    struct renewers renewers;
    struct rows rows;
    bc_arena *arena;
};

bool bc_is_renewals(const struct bc_metric_rule *metric)
{
    return metric->kind == BC_COUNT &&
           (metric->contract == BC_CONTRACT_OVERDUE || metric->contract == BC_CONTRACT_ENDS_IN);
}

/* --- one deal --- */

static struct bc_str last_said(const struct part *part, const struct bc_deal *deal,
                               enum bc_learning_kind kind, size_t text)
{
    const int64_t as_of_us = part->making->walk.dates.as_of_us[0];
    struct bc_str said = { 0 };

    for (size_t i = 0; i < deal->learning_n; i++)
        if (deal->learning[i].kind == kind && deal->learning[i].occurred_us <= as_of_us)
            said = bc_learning_text(&deal->learning[i], text);
    return bc_arena_copy(part->arena, said);
}

static void add_row(struct part *part, const struct bc_deal *deal, const struct bc_view *view,
                    size_t metric)
{
    const struct making *making = part->making;
    const struct bc_setting *end = bc_view_setting(view, BC_P_CONTRACT_END, 0);
    const struct bc_str member =
        bc_properties_at(deal, BC_STR("company"), making->company, making->walk.dates.as_of_us[0]);

    BC_GROW(part->rows.at, part->rows.n, part->rows.cap);
    part->rows.at[part->rows.n++] = (struct bc_renewing){
        .metric = metric,
        .deal = bc_arena_copy(part->arena, deal->id),
        .member = bc_arena_copy(part->arena, member),
        .end_day = bc_value_day(end->value),
        .health = last_said(part, deal, BC_FACT_HEALTH, BC_TEXT_HEALTH_STATUS),
        .intent = last_said(part, deal, BC_FACT_INTENT, BC_TEXT_INTENT_INTENT),
    };
}

static void add_renewer(struct part *part, const struct bc_deal *deal, const struct bc_view *view)
{
    const struct making *making = part->making;
    const struct bc_visit *visit = bc_deal_visit_at(deal, making->walk.dates.as_of_us[0]);
    const struct bc_setting *renews = bc_view_setting(view, BC_P_RENEWS, 0);

    if (!visit || !bc_stage_in(making->open, visit->stage) || !renews ||
        renews->value == BC_VALUE_UNSET)
        return;
    BC_GROW(part->renewers.at, part->renewers.n, part->renewers.cap);
    part->renewers.at[part->renewers.n++] =
        (struct renewer){ renews->id, bc_arena_copy(part->arena, deal->id) };
}

static bc_status see_deal(void *payload, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    struct part *part = payload;

    (void)err;
    bc_view_at(view, deal);
    if (view->present_n == 0)
        return BC_OK;
    add_renewer(part, deal, view);
    for (size_t i = 0; i < part->making->walk.rules->metric_n; i++) {
        struct bc_metric *metric = &part->metrics[i];

        if (!metric->rule)
            continue;
        metric->add(metric, view);
        if (metric->tally.kept_n)
            add_row(part, deal, view, i);
        metric->tally.kept_n = 0;
    }
    return BC_OK;
}

/* --- all of them --- */

static void begin_part(void *payload, void *of)
{
    struct part *part = payload;

    part->making = of;
    part->arena = bc_arena_new();
    part->metrics = bc_calloc(part->making->walk.rules->metric_n, sizeof(*part->metrics));
    for (size_t i = 0; i < part->making->walk.rules->metric_n; i++)
        if (part->making->metrics[i].rule)
            bc_metric_init_part(&part->metrics[i], &part->making->metrics[i]);
}

static void join_part(void *payload, void *of)
{
    struct making *making = payload;
    struct part *part = of;

    for (size_t i = 0; i < making->walk.rules->metric_n; i++)
        if (making->metrics[i].rule)
            bc_tally_join(&making->metrics[i].tally, &part->metrics[i].tally);
    for (size_t i = 0; i < part->renewers.n; i++) {
        BC_GROW(making->renewers.at, making->renewers.n, making->renewers.cap);
        making->renewers.at[making->renewers.n++] =
            (struct renewer){ part->renewers.at[i].id,
                              bc_arena_copy(making->arena, part->renewers.at[i].deal) };
    }
    for (size_t i = 0; i < part->rows.n; i++) {
        struct bc_renewing row = part->rows.at[i];

        row.deal = bc_arena_copy(making->arena, row.deal);
        row.member = bc_arena_copy(making->arena, row.member);
        row.health = bc_arena_copy(making->arena, row.health);
        row.intent = bc_arena_copy(making->arena, row.intent);
        BC_GROW(making->rows.at, making->rows.n, making->rows.cap);
        making->rows.at[making->rows.n++] = row;
    }
}

static void release_metrics(struct bc_metric *metrics, size_t n)
{
    for (size_t i = 0; metrics && i < n; i++)
        if (metrics[i].rule)
            bc_metric_release(&metrics[i]);
    free(metrics);
}

static void end_part(void *payload)
{
    struct part *part = payload;

    release_metrics(part->metrics, part->making->walk.rules->metric_n);
    bc_arena_free(part->arena);
    free(part->renewers.at);
    free(part->rows.at);
}

static int by_metric(const void *a, const void *b)
{
    const struct bc_renewing *left = a, *right = b;

    if (left->metric != right->metric)
        return left->metric < right->metric ? -1 : 1;
    return bc_str_cmp(left->deal, right->deal);
}

static int by_id(const void *a, const void *b)
{
    const struct renewer *left = a, *right = b;
    const int order = memcmp(&left->id, &right->id, sizeof(left->id));

    return order ? order : bc_str_cmp(left->deal, right->deal);
}

/* They are sorted: the first one that names the deal. */
static struct bc_str renewer_of(const struct renewers *renewers, struct bc_str deal)
{
    const struct renewer key = { .id = bc_id128_of(deal) };
    size_t low;

    BC_LOWER_BOUND(low, 0, renewers->n, by_id(&renewers->at[low], &key) < 0);
    while (low < renewers->n && bc_str_eq(renewers->at[low].deal, deal))
        low++;
    return low < renewers->n && bc_id128_eq(renewers->at[low].id, key.id) ? renewers->at[low].deal
                                                                          : (struct bc_str){ 0 };
}

/* Those that others renew are overdue no more. */
static void settle(struct making *making)
{
    struct rows *rows = &making->rows;
    size_t kept = 0;

    for (size_t i = 0; i < making->walk.rules->metric_n; i++)
        if (making->metrics[i].rule)
            bc_tally_finish(&making->metrics[i].tally);
    if (making->renewers.n)
        qsort(making->renewers.at, making->renewers.n, sizeof(*making->renewers.at), by_id);
    for (size_t i = 0; i < rows->n; i++) {
        struct bc_renewing row = rows->at[i];
        const struct bc_tally *tally = &making->metrics[row.metric].tally;

        if (tally->mode == BC_TALLY_RENEWABLE && bc_tally_renewed(tally, bc_id128_of(row.deal), 0))
            continue;
        row.renewed_by = renewer_of(&making->renewers, row.deal);
        rows->at[kept++] = row;
    }
    rows->n = kept;
    if (kept)
        qsort(rows->at, kept, sizeof(*rows->at), by_metric);
}

static void begin_metric(struct making *making, size_t i, int slice)
{
    struct bc_walk *walk = &making->walk;
    const struct bc_metric_rule *rule = &walk->rules->metrics[i];
    struct bc_view view = { 0 };

    bc_metric_init(&making->metrics[i], rule, &walk->dates, NULL, walk->rules->slice_n,
                   walk->strings);
    making->metrics[i].tally.keep_slices = 1U << (slice < 0 ? rule->headline : (unsigned)slice);
    bc_metric_ask(&making->metrics[i], &walk->wants, &view);
    for (size_t p = 0; p < BC_P_N; p++)
        walk->reads[p] = walk->reads[p] || view.asked_in[p];
}

static void prepare(struct making *making, int slice)
{
    struct bc_walk *walk = &making->walk;
    const bc_rules *rules = walk->rules;

    making->company = bc_properties_mode(rules, BC_STR("company"));
    for (size_t i = 0; i < rules->stage_n; i++)
        if (rules->stages[i].kind == BC_STAGE_OPEN)
            making->open |= UINT64_C(1) << i;
    making->metrics = bc_calloc(rules->metric_n, sizeof(*making->metrics));
    for (size_t i = 0; i < rules->metric_n; i++)
        if (bc_is_renewals(&rules->metrics[i]))
            begin_metric(making, i, slice);
    walk->wants.kinds |= BC_FACT_BIT(BC_FACT_PROPERTY) | BC_FACT_BIT(BC_FACT_HEALTH) |
                         BC_FACT_BIT(BC_FACT_INTENT) | BC_FACT_BIT(BC_FACT_RENEWS);
    walk->reads[BC_P_RENEWS] = true;
}

static bc_status end(void *payload, bc_status rc, struct bc_err *err)
{
    struct making *making = payload;

    (void)err;
    if (rc == BC_OK) {
        settle(making);
        *making->out = bc_calloc(1, sizeof(**making->out));
        **making->out = (struct bc_renewals){ making->rows.at, making->rows.n, making->arena };
    } else {
        free(making->rows.at);
        bc_arena_free(making->arena);
    }
    release_metrics(making->metrics, making->walk.rules->metric_n);
    bc_walk_release(&making->walk);
    free(making->renewers.at);
    free(making);
    return rc;
}

bc_status bc_renewals_begin(struct bc_walked *walked, struct bc_renewals **out,
                            bc_timelines *timelines, const struct bc_question *question, int slice,
                            struct bc_err *err)
{
    static const struct bc_walker walker = { sizeof(struct part), begin_part, see_deal, join_part,
                                             end_part };
    struct making *making = bc_calloc(1, sizeof(*making));
    bc_status rc;

    *walked = (struct bc_walked){ &making->walk, &walker, making, end };
    making->out = out;
    making->arena = bc_arena_new();
    rc = bc_walk_init(&making->walk, timelines, question, err);
    if (rc == BC_OK)
        prepare(making, slice);
    return rc;
}

bc_status bc_renewals_make(struct bc_renewals **out, bc_timelines *timelines,
                           const struct bc_question *question, int slice, struct bc_err *err)
{
    struct bc_walked walked = { 0 };
    bc_status rc = bc_renewals_begin(&walked, out, timelines, question, slice, err);

    return bc_walk_answer(&walked, 1, rc, err);
}

void bc_renewals_free(struct bc_renewals *renewals)
{
    if (!renewals)
        return;
    bc_arena_free(renewals->arena);
    free(renewals->at);
    free(renewals);
}
