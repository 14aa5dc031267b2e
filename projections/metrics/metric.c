#include "projections/metrics/metric.h"

#include <stdlib.h>

/* What each kind does, in the order of enum bc_metric_kind. */
static const struct {
    void (*look)(struct bc_metric *metric, const struct bc_look *look);
    enum bc_tally_mode mode;
} kinds[] = {
    [BC_COUNT] = { bc_count_look, BC_TALLY_COUNT },
    [BC_ENTRIES] = { bc_entries_look, BC_TALLY_COUNT },
    [BC_MEETINGS] = { bc_meetings_look, BC_TALLY_DISTINCT },
    [BC_EMAIL_RATE] = { bc_email_rate_look, BC_TALLY_CAMPAIGNS },
    [BC_CONVERSION] = { bc_conversion_look, BC_TALLY_COUNT },
    [BC_LEAD_TIME] = { bc_lead_time_look, BC_TALLY_SAMPLES },
    [BC_TIME_IN_STAGE] = { bc_time_in_stage_look, BC_TALLY_SAMPLES },
};

/* Which words are among some texts. */
static bool *words_among(const bc_words *words, const struct bc_str *texts, size_t n)
{
    bool *among = bc_calloc(bc_words_count(words), sizeof(*among));

    for (size_t i = 0; i < n; i++) {
        uint32_t word = bc_words_find(words, texts[i]);

        if (word != BC_WORD_NONE)
            among[word] = true;
    }
    return among;
}

void bc_metric_init(struct bc_metric *metric, const struct bc_metric_rule *rule,
                    const struct bc_dates *dates, const int64_t *begin, size_t slice_n,
                    const bc_words *words)
{
    enum bc_tally_mode mode = kinds[rule->kind].mode;

    if (rule->kind == BC_COUNT && rule->contract == BC_CONTRACT_OVERDUE)
        mode = BC_TALLY_RENEWABLE;
    *metric = (struct bc_metric){
        .rule = rule, .dates = dates, .begin = begin, .look = kinds[rule->kind].look
    };
    if (rule->kind == BC_MEETINGS) {
        metric->type_counts = words_among(words, rule->types, rule->type_n);
        metric->outcome_counts = words_among(words, rule->outcomes, rule->outcome_n);
    }
    if (rule->deal_type_n)
        metric->deal_type_counts = words_among(words, rule->deal_types, rule->deal_type_n);
    bc_tally_init(&metric->tally, mode, dates->n, slice_n);
}

void bc_metric_release(struct bc_metric *metric)
{
    free(metric->type_counts);
    free(metric->outcome_counts);
    free(metric->deal_type_counts);
    bc_tally_release(&metric->tally);
}
