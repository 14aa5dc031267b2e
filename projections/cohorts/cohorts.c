/* The deals are divided into parts, each on a thread; a part numbers the combinations of values
 * that it meets and keeps a record a deal, and the parts are joined in order:
 *
 *   deal     fold, view            -> anchor, outcome, values
 *   part     combinations, records    joined: numbered again in one table
 *   row      counts, days             sorted once for the quantiles */
#include "projections/cohorts/cohorts.h"

#include "projections/cohorts/about_none.h"
#include "projections/cohorts/cohort_rows.h"
#include "projections/deal/view.h"
#include "projections/facts/learning.h"

#include <stdlib.h>

struct making {
    const struct bc_cohort_ask *ask;
    const bc_rules *rules;
    bc_timelines *timelines;
    struct bc_dates dates;
    struct bc_visible visible;
    struct bc_wants wants;
    struct bc_by_world world;
    struct bc_about_none none; /* what was published, leads of no deal */
    bc_stage_set to;
    int64_t as_of_us;
    int64_t mature_us; /* anchors after it are immature */
};

/* Some of the deals. */
struct part {
    const struct making *making;
    struct bc_view view;
    bc_folder *folder;
    struct bc_cohort_rows rows;
    uint64_t immature, excluded, gone;
    struct bc_buf key, listed;
};

struct anchor {
    int64_t us;
    uint64_t seq;
};

bc_stage_set bc_cohort_closed(const bc_rules *rules)
{
    bc_stage_set closed = 0;

    for (size_t i = 0; i < rules->stage_n; i++)
        if (rules->stages[i].kind == BC_STAGE_WON || rules->stages[i].kind == BC_STAGE_FINAL)
            closed |= UINT64_C(1) << i;
    return closed;
}

static bool is_in(bc_stage_set set, int stage)
{
    return stage >= 0 && set >> stage & 1;
}

/* --- one deal --- */

/* Visits that begin up to the date. */
static size_t visits_by(const struct bc_deal *deal, int64_t us)
{
    size_t n = deal->visit_n;

    while (n && deal->visits[n - 1].entered_us > us)
        n--;
    return n;
}

static bool anchor_entry(struct anchor *out, struct part *part, const struct bc_deal *deal)
{
    const struct making *making = part->making;
    const struct bc_visit *visit = bc_deal_entry(deal, 0, making->ask->at);

    if (!visit || visit->entered_us > making->as_of_us)
        return false;
    *out = (struct anchor){ visit->entered_us, visit->seq };
    return true;
}

/* Only found in the stages, and first in the window. */
static bool is_excluded(const struct making *making, const struct bc_deal *deal)
{
    for (size_t i = 0; i < visits_by(deal, making->as_of_us); i++)
        if (is_in(making->ask->at, deal->visits[i].stage))
            return deal->visits[i].entered_us > making->ask->since_us;
    return false;
}

static bool anchor_fact(struct anchor *out, const struct making *making, const struct bc_deal *deal)
{
    const bool lead = making->ask->anchor == BC_ANCHOR_LEAD;

    for (size_t i = 0; i < deal->learning_n; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];

        if (fact->occurred_us > making->as_of_us)
            return false;
        if (lead ? fact->kind != BC_FACT_LEAD
                 : fact->kind != BC_FACT_ENROLMENT ||
                       !bc_str_eq(bc_learning_text(fact, BC_TEXT_ENROLMENT_EXPERIMENT),
                                  making->ask->experiment))
            continue;
        *out = (struct anchor){ fact->occurred_us, fact->seq };
        return true;
    }
    return false;
}

static bool is_after(const struct making *making, const struct bc_visit *visit,
                     const struct anchor *anchor)
{
    if (making->ask->anchor == BC_ANCHOR_LEAD)
        return visit->entered_us >= anchor->us;
    return bc_fold_order(visit->entered_us, visit->seq, anchor->us, anchor->seq) > 0;
}

/* Whether a visit is looked at where all have had the same time. */
static bool is_in_time(const struct making *making, const struct bc_visit *visit,
                       const struct anchor *anchor)
{
    return making->ask->mature == BC_NOT_MATURE ||
           bc_zone_window_begin(making->rules->zone, visit->entered_us, making->ask->mature) <=
               anchor->us;
}

static struct bc_cohort_record outcome_of(const struct making *making, const struct bc_deal *deal,
                                          const struct anchor *anchor)
{
    const size_t n = visits_by(deal, making->as_of_us);
    int stage = BC_NO_STAGE;
    size_t i = 0;

    for (; i < n && !is_after(making, &deal->visits[i], anchor); i++)
        stage = deal->visits[i].stage;
    if (is_in(making->to, stage))
        return (struct bc_cohort_record){ .outcome = BC_COHORT_ALREADY };
    for (; i < n && is_in_time(making, &deal->visits[i], anchor); i++) {
        stage = deal->visits[i].stage;
        if (is_in(making->to, stage))
            return (struct bc_cohort_record){ .outcome = BC_COHORT_CONVERTED,
                                              .us = deal->visits[i].entered_us - anchor->us };
    }
    return (struct bc_cohort_record){ .outcome = is_in(making->rules->lost, stage)
                                                     ? BC_COHORT_FAILED
                                                     : BC_COHORT_OPEN };
}

static bool in_slice(const struct part *part)
{
    const struct bc_value_range *range = &part->view.ranges[BC_P_DEAL_TYPE].at[0];
    const uint32_t type = range->setting ? range->setting->value : 0;

    return bc_slices_of(&part->view.slice_words, type) >> part->making->ask->slice & 1;
}

static void add_deal(struct part *part, const struct bc_deal *deal, const struct anchor *anchor,
                     struct bc_cohort_record record)
{
    const struct making *making = part->making;
    const struct bc_cohort_ask *ask = making->ask;

    part->key.len = 0;
    for (size_t i = 0; i < ask->by_n; i++) {
        char room[BC_BY_ROOM];

        bc_cohort_key_add(&part->key,
                          bc_by_value(&ask->by[i], &making->world, deal, anchor->us, room));
    }
    bc_cohort_rows_add(&part->rows, bc_buf_str(&part->key), record,
                       ask->list && ask->list_outcomes >> record.outcome & 1 &&
                           bc_str_eq(bc_buf_str(&part->key), bc_buf_str(&part->listed)),
                       deal->id);
}

/* Leads of no deal are open for ever, in every slice; a property they have none. */
static void add_without_deal(struct bc_cohorts *cohorts, struct part *part)
{
    const struct making *making = part->making;

    for (size_t i = 0; making->ask->anchor == BC_ANCHOR_LEAD && i < making->none.n; i++) {
        const struct bc_fact_at *fact = &making->none.facts[i];
        const struct bc_deal lead = { .opened_us = BC_NEVER, .learning = fact, .learning_n = 1 };
        const struct anchor anchor = { fact->occurred_us, fact->seq };

        if (fact->kind != BC_FACT_LEAD || anchor.us > making->as_of_us ||
            anchor.us <= making->ask->since_us)
            continue;
        if (anchor.us > making->mature_us) {
            part->immature++;
            continue;
        }
        cohorts->without_deal++;
        add_deal(part, &lead, &anchor, (struct bc_cohort_record){ .outcome = BC_COHORT_OPEN });
    }
}

static bc_status see_deal(void *payload, struct bc_str id, struct bc_str facts,
                          struct bc_str learning, struct bc_err *err)
{
    struct part *part = payload;
    const struct making *making = part->making;
    const struct bc_deal *deal;
    struct anchor anchor = { 0 };
    bool anchored, gone;
    bc_status rc = bc_fold_learning(part->folder, id, facts, learning, &deal, err);

    if (rc < 0)
        return rc;
    anchored = making->ask->anchor == BC_ANCHOR_ENTRY ? anchor_entry(&anchor, part, deal)
                                                      : anchor_fact(&anchor, making, deal);
    if (anchored ? anchor.us <= making->ask->since_us
                 : making->ask->anchor != BC_ANCHOR_ENTRY || !is_excluded(making, deal))
        return BC_OK;
    bc_view_at(&part->view, deal);
    if (!in_slice(part))
        return BC_OK;
    gone = part->view.present_n == 0;
    if (gone)
        part->gone += anchored;
    else if (!anchored)
        part->excluded++;
    else if (anchor.us > making->mature_us)
        part->immature++;
    else
        add_deal(part, deal, &anchor, outcome_of(making, deal, &anchor));
    return BC_OK;
}

/* --- all of them --- */

static bc_status read_none(struct making *making, struct bc_err *err)
{
    uint64_t kinds = BC_FACT_BIT(BC_FACT_ICP) | BC_FACT_BIT(BC_FACT_PLAYBOOK);
    bc_status rc;

    if (making->ask->anchor == BC_ANCHOR_LEAD)
        kinds |= BC_FACT_BIT(BC_FACT_LEAD);
    rc = bc_about_none_read(&making->none, making->timelines, making->rules, making->visible, kinds,
                            err);
    making->world.published = making->none.facts;
    making->world.published_n = making->none.n;
    return rc;
}

static void begin(struct making *making)
{
    const struct bc_cohort_ask *ask = making->ask;

    making->to = ask->to | bc_cohort_closed(making->rules);
    making->mature_us =
        ask->mature == BC_NOT_MATURE
            ? INT64_MAX
            : bc_zone_window_begin(making->rules->zone, making->as_of_us, ask->mature);
    making->wants = (struct bc_wants){
        .kinds = BC_FACT_BIT(BC_FACT_STAGE) | BC_FACT_BIT(BC_FACT_STAGE_OBSERVED) |
                 BC_FACT_BIT(BC_FACT_DEAL_TYPE) | BC_FACT_BIT(BC_FACT_DELETED) |
                 BC_FACT_BIT(BC_FACT_RESTORED) | BC_FACT_BIT(BC_FACT_MERGED) |
                 BC_FACT_BIT(BC_FACT_RETRACTED),
        .until_us = making->as_of_us,
        .emails_after_us = INT64_MAX,
    };
    if (ask->anchor == BC_ANCHOR_ENROLMENT)
        making->wants.kinds |= BC_FACT_BIT(BC_FACT_ENROLMENT);
    if (ask->anchor == BC_ANCHOR_LEAD)
        making->wants.kinds |= BC_FACT_BIT(BC_FACT_LEAD);
    for (size_t i = 0; i < ask->by_n; i++)
        bc_by_ask(&ask->by[i], &making->wants);
    making->world.rules = making->rules;
    making->world.strings = bc_timelines_strings(making->timelines);
    making->world.late_values = ask->late_values;
    making->world.held = bc_string_table_find(making->world.strings, BC_STR("completed"));
}

static void begin_part(struct part *part, const struct making *making)
{
    const bc_string_table *strings = bc_timelines_strings(making->timelines);

    part->making = making;
    part->folder = bc_folder_new(strings, making->rules, making->visible);
    bc_folder_want(part->folder, &making->wants);
    bc_view_init(&part->view, making->rules, strings, &making->dates);
    for (size_t i = 0; i < BC_P_N; i++)
        part->view.asked_in[i] = i == BC_P_DEAL_TYPE ? BC_EVERY_STAGE : 0;
    for (size_t i = 0; making->ask->list && i < making->ask->by_n; i++)
        bc_cohort_key_add(&part->listed, making->ask->list[i]);
}

static void end_part(struct part *part)
{
    bc_folder_free(part->folder);
    bc_view_release(&part->view);
    bc_cohort_rows_release(&part->rows);
    bc_buf_release(&part->key);
    bc_buf_release(&part->listed);
}

/* The calendar of a zone serves one thread at a time; that of UTC needs none. */
static unsigned threads_of(const struct making *making, const struct bc_question *question)
{
    bool civil = making->ask->mature != BC_NOT_MATURE;

    for (size_t i = 0; i < making->ask->by_n; i++)
        civil |= bc_by_is_civil(&making->ask->by[i]);
    return civil && strcmp(bc_zone_name(making->rules->zone), "UTC") != 0 ? 1 : question->threads;
}

static bc_status walk(struct bc_cohorts *cohorts, struct making *making, unsigned threads,
                      struct bc_err *err)
{
    struct bc_cohort_rows rows = { 0 };
    struct bc_split split;
    struct part *parts;
    void **payloads;
    bc_status rc = bc_timelines_cut(&split, making->timelines, threads, err);

    if (rc < 0)
        return rc;
    parts = bc_calloc(split.n + 1, sizeof(*parts));
    payloads = bc_calloc(split.n + 1, sizeof(*payloads));
    for (size_t i = 0; i <= split.n; i++) {
        begin_part(&parts[i], making);
        payloads[i] = &parts[i];
    }
    rc = bc_timelines_walk_learning(making->timelines, &split, threads, see_deal, payloads, err);
    if (rc == BC_OK)
        add_without_deal(cohorts, &parts[0]);
    for (size_t i = 0; i <= split.n; i++) {
        bc_cohort_rows_join(&rows, &parts[i].rows);
        cohorts->immature += parts[i].immature;
        cohorts->excluded += parts[i].excluded;
        cohorts->gone += parts[i].gone;
    }
    if (rc == BC_OK)
        bc_cohort_rows_finish(cohorts, &rows, making->ask);
    for (size_t i = 0; i <= split.n; i++)
        end_part(&parts[i]);
    bc_cohort_rows_release(&rows);
    free(parts);
    free(payloads);
    bc_split_release(&split);
    return rc;
}

bc_status bc_cohorts_make(struct bc_cohorts **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_cohort_ask *ask,
                          struct bc_err *err)
{
    struct making making = { .ask = ask,
                             .rules = question->rules,
                             .timelines = timelines,
                             .as_of_us = question->as_of_us[0] };
    struct bc_cohorts *cohorts;
    bc_status rc = bc_question_known(question, bc_timelines_log(timelines), &making.visible, err);

    if (rc < 0)
        return rc;
    cohorts = bc_calloc(1, sizeof(*cohorts));
    cohorts->arena = bc_arena_new();
    bc_dates_init(&making.dates, question->rules->zone, question->as_of_us, 1);
    begin(&making);
    rc = read_none(&making, err);
    if (rc == BC_OK)
        rc = walk(cohorts, &making, threads_of(&making, question), err);
    bc_dates_release(&making.dates);
    bc_about_none_release(&making.none);
    if (rc < 0) {
        bc_cohorts_free(cohorts);
        return rc;
    }
    *out = cohorts;
    return BC_OK;
}

void bc_cohorts_free(struct bc_cohorts *cohorts)
{
    if (!cohorts)
        return;
    bc_arena_free(cohorts->arena);
    free(cohorts->deals);
    free(cohorts->rows);
    free(cohorts);
}
