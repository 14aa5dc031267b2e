#include "projections/cohorts/leads.h"

#include "ledger/base/amount.h"
#include "projections/facts/learning.h"
#include "projections/walk/about_none.h"
#include "projections/walk/experiment_words.h"

#include <stdlib.h>

/* --- costs --- */

/* Adds up what experiments lend a campaign. */
static struct bc_lead_cost cost_of_campaign(const struct bc_experiment_list *begun,
                                            struct bc_str campaign, const bc_rules *rules,
                                            bc_arena *arena)
{
    struct bc_lead_cost cost = { 0 };
    bool any = false, mixed = false;
    bc_int128 sum = 0;

    for (size_t i = 0; campaign.len && i < begun->n; i++) {
        const struct bc_experiment_words *words = &begun->at[i];
        const struct bc_str currency = bc_experiment_currency(words, rules);
        int64_t own;

        if ((!bc_str_eq(words->id, campaign) &&
             !bc_str_eq(bc_experiment_text(words, BC_TEXT_EXPERIMENT_CAMPAIGN), campaign)) ||
            !bc_experiment_cost(&own, words))
            continue;
        mixed |= any && !bc_str_eq(cost.currency, currency);
        any = true;
        cost.currency = currency;
        sum += own;
    }
    cost.known = any && !mixed && sum <= INT64_MAX && sum >= -INT64_MAX;
    cost.millionths = cost.known ? (int64_t)sum : 0;
    cost.currency = cost.known ? bc_arena_copy(arena, cost.currency) : (struct bc_str){ 0 };
    return cost;
}

static bool has_row(const struct bc_cohorts *cohorts, struct bc_str campaign)
{
    for (size_t i = 0; i < cohorts->row_n; i++)
        if (bc_str_eq(cohorts->rows[i].values[0], campaign))
            return true;
    return false;
}

static int by_value(const void *a, const void *b)
{
    return bc_str_cmp(((const struct bc_cohort *)a)->values[0],
                      ((const struct bc_cohort *)b)->values[0]);
}

/* A row for each campaign that cost something and brought nobody. */
static void add_rows(struct bc_cohorts *cohorts, const struct bc_experiment_list *begun)
{
    size_t with_n = 0;

    cohorts->rows =
        bc_reallocarray(cohorts->rows, cohorts->row_n + begun->n + 1, sizeof(*cohorts->rows));
    for (size_t i = 0; i < begun->n; i++) {
        const struct bc_str campaign =
            bc_experiment_text(&begun->at[i], BC_TEXT_EXPERIMENT_CAMPAIGN);
        struct bc_str *value;
        int64_t cost;

        if (campaign.len == 0 || !bc_experiment_cost(&cost, &begun->at[i]) ||
            has_row(cohorts, campaign))
            continue;
        value = bc_arena_alloc(cohorts->arena, sizeof(*value));
        *value = bc_arena_copy(cohorts->arena, campaign);
        cohorts->rows[cohorts->row_n++] = (struct bc_cohort){ .values = value };
    }
    while (with_n < cohorts->row_n && cohorts->rows[with_n].n)
        with_n++;
    qsort(cohorts->rows + with_n, cohorts->row_n - with_n, sizeof(*cohorts->rows), by_value);
}

static bc_status add_costs(struct bc_leads *leads, bc_timelines *timelines,
                           const struct bc_question *question, struct bc_err *err)
{
    struct bc_about_none none = { 0 };
    struct bc_visible visible;
    struct bc_experiment_list begun;
    bc_status rc = bc_question_known(question, bc_timelines_log(timelines), &visible, err);

    if (rc == BC_OK)
        rc = bc_about_none_read(&none, timelines, question->rules, visible,
                                BC_FACT_BIT(BC_FACT_EXPERIMENT), err);
    if (rc == BC_OK) {
        bc_experiment_list_fill(&begun, none.facts, none.n, question->as_of_us[0]);
        add_rows(leads->cohorts, &begun);
        leads->costs = bc_calloc(leads->cohorts->row_n + 1, sizeof(*leads->costs));
        for (size_t i = 0; i < leads->cohorts->row_n; i++)
            leads->costs[i] = cost_of_campaign(&begun, leads->cohorts->rows[i].values[0],
                                               question->rules, leads->cohorts->arena);
        bc_experiment_list_release(&begun);
    }
    bc_about_none_release(&none);
    return rc;
}

bc_status bc_leads_make(struct bc_leads **out, bc_timelines *timelines,
                        const struct bc_question *question, const struct bc_cohort_ask *ask,
                        struct bc_err *err)
{
    struct bc_leads *leads = bc_calloc(1, sizeof(*leads));
    bc_status rc = bc_cohorts_make(&leads->cohorts, timelines, question, ask, err);

    if (rc == BC_OK && ask->by_n == 1 && ask->by[0].kind == BC_BY_CAMPAIGN)
        rc = add_costs(leads, timelines, question, err);
    if (rc == BC_OK && !leads->costs)
        leads->costs = bc_calloc(leads->cohorts->row_n + 1, sizeof(*leads->costs));
    if (rc < 0) {
        bc_leads_free(leads);
        return rc;
    }
    *out = leads;
    return BC_OK;
}

void bc_leads_free(struct bc_leads *leads)
{
    if (!leads)
        return;
    bc_cohorts_free(leads->cohorts);
    free(leads->costs);
    free(leads);
}
