#include "tests/model/recount_experiments.h"

#include "projections/facts/learning.h"
#include "tests/model/recount_outcome.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* --- printing, of what the engine says and of what is counted here --- */

struct line {
    struct bc_str id, hypothesis, kind, metric, target, campaign, cost, currency;
    int64_t started_us, concluded_us; /* -1: not */
    struct bc_str outcome, learning;
    bc_stage_set to;
    char met; /* 'y', 'n', '?' */
};

static void print_line(struct bc_buf *out, const struct line *line, const bc_rules *rules)
{
    bc_buf_printf(out, "%.*s \"%.*s\" %.*s %.*s %.*s %.*s", BC_STR_ARG(line->id),
                  BC_STR_ARG(line->hypothesis), BC_STR_ARG(line->kind), BC_STR_ARG(line->metric),
                  BC_STR_ARG(line->target), BC_STR_ARG(line->campaign));
    bc_buf_printf(out, " cost %.*s %.*s", BC_STR_ARG(line->cost), BC_STR_ARG(line->currency));
    if (line->started_us >= 0)
        bc_buf_printf(out, " begun %" PRId64, line->started_us);
    if (line->concluded_us >= 0)
        bc_buf_printf(out, " concluded %" PRId64 " %.*s \"%.*s\"", line->concluded_us,
                      BC_STR_ARG(line->outcome), BC_STR_ARG(line->learning));
    bc_buf_printf(out, " to");
    for (size_t i = 0; i < rules->stage_n; i++)
        if (line->to >> i & 1)
            bc_buf_printf(out, " %s", rules->stages[i].id);
    bc_buf_printf(out, " met %c\n", line->met);
}

static void print_arm(struct bc_buf *out, const char *name, const struct bc_cohort *arm, bool mails)
{
    bc_buf_printf(out,
                  "  %s: %" PRIu64 " of %" PRIu64 ", %" PRIu64 " failed, %" PRIu64 " open, %" PRIu64
                  " already",
                  name, arm->converted, arm->n, arm->failed, arm->open, arm->already);
    if (mails)
        bc_buf_printf(out, ", %" PRIu64 " sent, %" PRIu64 " opened, %" PRIu64 " replied",
                      arm->beside.sent, arm->beside.opened, arm->beside.replied);
    else if (arm->converted)
        bc_buf_printf(out, "; days %.6f %.6f %.6f", arm->mean_days, arm->median_days,
                      arm->p90_days);
    bc_buf_add_byte(out, '\n');
}

static void print_compared(struct bc_buf *out, const struct bc_comparison *compared)
{
    bc_buf_printf(out, "  %.*s - %.*s", BC_STR_ARG(compared->arm), BC_STR_ARG(compared->control));
    if (compared->known)
        bc_buf_printf(out, " %.6f %.6f %.6f", compared->difference + 1e-9, compared->low + 1e-9,
                      compared->high + 1e-9);
    bc_buf_printf(out, " p %.6f %s\n", compared->p, compared->enough ? "enough" : "few");
}

static void print_left_out(struct bc_buf *out, uint64_t immature, uint64_t gone)
{
    bc_buf_printf(out, "  immature %" PRIu64 " gone %" PRIu64 "\n", immature, gone);
}

static char *amount_text(char *out, bool has, int64_t millionths)
{
    out[0] = '\0';
    if (has)
        snprintf(out, 32, "%.6f", (double)millionths / 1e6);
    return out;
}

static struct line line_of(const struct bc_experiment *experiment, char *cost)
{
    static const char met[] = { [BC_MET_UNKNOWN] = '?', [BC_MET] = 'y', [BC_NOT_MET] = 'n' };
    const struct bc_experiment_words *words = &experiment->words;
    const struct bc_fact_at *end = words->concluded;
    const struct bc_str none = { 0 };

    return (struct line){
        .id = words->id,
        .hypothesis = bc_experiment_text(words, BC_TEXT_EXPERIMENT_HYPOTHESIS),
        .kind = bc_experiment_text(words, BC_TEXT_EXPERIMENT_KIND),
        .metric = bc_experiment_text(words, BC_TEXT_EXPERIMENT_METRIC),
        .target = bc_experiment_text(words, BC_TEXT_EXPERIMENT_TARGET),
        .campaign = bc_experiment_text(words, BC_TEXT_EXPERIMENT_CAMPAIGN),
        .cost = bc_str_of(amount_text(cost, experiment->has_cost, experiment->cost)),
        .currency = experiment->currency,
        .started_us = words->first_begun ? words->first_begun->occurred_us : -1,
        .concluded_us = end ? end->occurred_us : -1,
        .outcome = end ? bc_learning_text(end, BC_TEXT_CONCLUSION_OUTCOME) : none,
        .learning = end ? bc_learning_text(end, BC_TEXT_CONCLUSION_LEARNING) : none,
        .to = experiment->to,
        .met = met[experiment->met],
    };
}

void recount_experiments_print(struct bc_buf *out, const struct bc_experiments *experiments,
                               const bc_rules *rules)
{
    for (size_t i = 0; i < experiments->n; i++) {
        const struct bc_experiment *experiment = &experiments->at[i];
        const struct bc_cohorts *cohort = experiment->cohort;
        const bool mails = experiment->goal == BC_GOAL_OPENED;
        char cost[32], name[64];
        const struct line line = line_of(experiment, cost);

        print_line(out, &line, rules);
        print_arm(out, "all", &cohort->all, mails);
        for (size_t arm = 0; arm < cohort->row_n; arm++) {
            snprintf(name, sizeof(name), "arm \"%.*s\"", BC_STR_ARG(cohort->rows[arm].values[0]));
            print_arm(out, name, &cohort->rows[arm], mails);
        }
        for (size_t pair = 0; pair < experiment->compare_n; pair++)
            print_compared(out, &experiment->compare[pair]);
        print_left_out(out, cohort->immature, cohort->gone);
    }
}

/* --- statistics, from the papers' own formulas --- */

static void score_interval(double hits, double n, double *low, double *high)
{
    const double z = 1.959963984540054, p = hits / n;
    const double middle = 2 * n * p + z * z, root = z * sqrt(z * z + 4 * n * p * (1 - p));

    *low = (middle - root) / (2 * (n + z * z));
    *high = (middle + root) / (2 * (n + z * z));
}

static void difference(struct bc_comparison *out, const struct bc_cohort *control,
                       const struct bc_cohort *arm)
{
    const double p1 = (double)arm->converted / (double)arm->n;
    const double p2 = (double)control->converted / (double)control->n;
    double l1, u1, l2, u2;

    score_interval((double)arm->converted, (double)arm->n, &l1, &u1);
    score_interval((double)control->converted, (double)control->n, &l2, &u2);
    out->difference = p1 - p2;
    out->low = p1 - p2 - sqrt((p1 - l1) * (p1 - l1) + (u2 - p2) * (u2 - p2));
    out->high = p1 - p2 + sqrt((u1 - p1) * (u1 - p1) + (p2 - l2) * (p2 - l2));
}

static double log_choose(double n, double k)
{
    double sum = 0;

    for (double i = 1; i <= k; i += 1)
        sum += log(n - k + i) - log(i);
    return sum;
}

static double exact_p(const struct bc_cohort *a, const struct bc_cohort *b)
{
    const double n = (double)a->n, m = (double)b->n, k = (double)(a->converted + b->converted);
    double seen, sum = 0, all = log_choose(n + m, k);
    size_t possible = 0;

    seen = exp(log_choose(n, (double)a->converted) + log_choose(m, (double)b->converted) - all);
    for (double x = 0; x <= n && x <= k; x += 1) {
        double chance;

        if (k - x > m)
            continue;
        possible++;
        chance = exp(log_choose(n, x) + log_choose(m, k - x) - all);
        if (chance * (1 + 1e-7) < seen)
            sum += chance;
        else if (chance <= seen * (1 + 1e-7))
            sum += chance / 2;
    }
    return possible == 1 ? 1 : sum;
}

/* --- counting --- */

struct counting {
    const struct world *world;
    const struct bc_cohort_ask *ask;
    struct bc_str id;
    const struct bc_event *begun, *concluded; /* the last; or NULL */
    const struct bc_event *first_begun;
    const struct bc_metric_rule *metric; /* or NULL */
    bc_stage_set to;
    bool has_target;
    double target;
};

struct arm {
    struct bc_str name;
    struct recount_tallied tallied;
};

struct counted {
    struct recount_tallied all;
    struct arm *arms;
    size_t arm_n;
    uint64_t immature, gone;
};

static bool later(const struct bc_event *a, const struct bc_event *b)
{
    return a->occurred_us != b->occurred_us ? a->occurred_us > b->occurred_us : a->seq > b->seq;
}

static void find_words(struct counting *counting)
{
    const struct world *world = counting->world;

    for (size_t i = 0; i < world->event_n; i++) {
        const struct bc_event *event = world->events[i];

        if (event->occurred_us > world->as_of_us || !bc_str_eq(event->value[1].text, counting->id))
            continue;
        if (event->body == BC_EXPERIMENT_STARTED) {
            if (!counting->begun || later(event, counting->begun))
                counting->begun = event;
            if (!counting->first_begun || later(counting->first_begun, event))
                counting->first_begun = event;
        }
        if (event->body == BC_EXPERIMENT_CONCLUDED &&
            (!counting->concluded || later(event, counting->concluded)))
            counting->concluded = event;
    }
}

static struct bc_str word(const struct bc_event *event, unsigned field)
{
    return event ? event->value[field].text : (struct bc_str){ 0 };
}

static bool is_number(struct bc_str text, double *out)
{
    char copy[64], *end;

    if (!text.len || text.len >= sizeof(copy))
        return false;
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    *out = strtod(copy, &end);
    return *end == '\0';
}

static void find_goal(struct counting *counting)
{
    const bc_rules *rules = counting->world->rules;
    const struct bc_str name = word(counting->begun, 4);

    for (size_t i = 0; i < rules->metric_n; i++)
        if (bc_str_eq(bc_str_of(rules->metrics[i].name), name))
            counting->metric = &rules->metrics[i];
    if (counting->metric && counting->metric->kind != BC_CONVERSION &&
        counting->metric->kind != BC_LEAD_TIME && counting->metric->kind != BC_EMAIL_RATE)
        counting->metric = NULL;
    for (size_t i = 0; i < rules->stage_n; i++)
        if (rules->stages[i].kind == BC_STAGE_WON || rules->stages[i].kind == BC_STAGE_FINAL)
            counting->to |= UINT64_C(1) << i;
    if (counting->metric && counting->metric->kind == BC_EMAIL_RATE)
        counting->to = 0;
    else if (counting->metric)
        counting->to |= counting->metric->to;
    counting->has_target = is_number(word(counting->begun, 5), &counting->target);
}

static bool is_mails(const struct counting *counting)
{
    return counting->metric && counting->metric->kind == BC_EMAIL_RATE;
}

static struct arm *arm_of(struct counted *counted, struct bc_str name)
{
    for (size_t i = 0; i < counted->arm_n; i++)
        if (bc_str_eq(counted->arms[i].name, name))
            return &counted->arms[i];
    counted->arms[counted->arm_n] = (struct arm){ .name = name };
    return &counted->arms[counted->arm_n++];
}

static int64_t back(const struct counting *counting, int64_t us)
{
    const int32_t mature = counting->ask->mature;

    return mature ? recount_window_begin(counting->world->rules->zone, us, mature) : us;
}

/* Any event of the deal by the date that names the e-mail; opens only of those in time. */
static bool happened(const struct counting *counting, const struct deal *deal, enum bc_body body,
                     struct bc_str email, const struct bc_event *anchor)
{
    for (size_t i = 0; i < deal->folded; i++)
        if (deal->events[i]->body == body && bc_str_eq(deal->events[i]->value[1].text, email) &&
            (body != BC_EMAIL_OPENED || counting->ask->mature == BC_NOT_MATURE ||
             back(counting, deal->events[i]->occurred_us) <= anchor->occurred_us))
            return true;
    return false;
}

static bool is_last_word(const struct deal *deal, size_t at)
{
    for (size_t i = at + 1; i < deal->folded; i++)
        if (deal->events[i]->body == BC_EMAIL_SENT &&
            bc_str_eq(deal->events[i]->value[1].text, deal->events[at]->value[1].text))
            return false;
    return true;
}

static void count_mails(const struct counting *counting, const struct deal *deal,
                        const struct bc_event *anchor, struct bc_cohort *arm)
{
    uint64_t sent = 0, opened = 0;

    for (size_t i = 0; i < deal->folded; i++) {
        const struct bc_event *event = deal->events[i];

        if (event->body != BC_EMAIL_SENT || event->occurred_us < anchor->occurred_us ||
            !is_last_word(deal, i))
            continue;
        sent++;
        opened += happened(counting, deal, BC_EMAIL_OPENED, event->value[1].text, anchor);
        arm->beside.replied +=
            happened(counting, deal, BC_EMAIL_REPLIED, event->value[1].text, anchor);
    }
    arm->beside.sent += sent;
    arm->beside.opened += opened;
    arm->n += sent > 0;
    arm->converted += opened > 0;
    arm->open += sent > 0 && !opened;
}

static void count_deal(const struct counting *counting, const struct deal *deal,
                       struct counted *counted)
{
    const struct world *world = counting->world;
    const struct bc_cohort_ask *ask = counting->ask;
    const struct bc_event *anchor = NULL;
    struct deal there = *deal;
    double days = 0;
    char outcome;
    struct arm *arm;

    for (size_t i = 0; !anchor && i < deal->folded; i++)
        if (deal->events[i]->body == BC_DEAL_ENROLLED &&
            bc_str_eq(deal->events[i]->value[1].text, counting->id))
            anchor = deal->events[i];
    there.gone = false;
    if (!anchor || anchor->occurred_us <= ask->since_us || !deal_counts(world, &there, ask->slice))
        return;
    if (deal->gone) {
        counted->gone++;
        return;
    }
    if (ask->mature != BC_NOT_MATURE && anchor->occurred_us > back(counting, world->as_of_us)) {
        counted->immature++;
        return;
    }
    arm = arm_of(counted, anchor->value[2].text);
    if (is_mails(counting)) {
        count_mails(counting, deal, anchor, &arm->tallied.cohort);
        return;
    }
    outcome = recount_outcome(world, ask, counting->to, deal, anchor, &days);
    recount_tally(&arm->tallied, outcome, days, world->arena);
    recount_tally(&counted->all, outcome, days, world->arena);
    arm->tallied.cohort.beside.on_time +=
        outcome == 'c' && counting->has_target && days <= counting->target;
}

static int by_name(const void *a, const void *b)
{
    return bc_str_cmp(((const struct arm *)a)->name, ((const struct arm *)b)->name);
}

static void add_mails(struct bc_cohort *sum, const struct bc_cohort *arm)
{
    sum->n += arm->n;
    sum->converted += arm->converted;
    sum->open += arm->open;
    sum->beside.sent += arm->beside.sent;
    sum->beside.opened += arm->beside.opened;
    sum->beside.replied += arm->beside.replied;
}

static const struct arm *control_of(const struct counted *counted)
{
    const struct arm *first = NULL;

    for (size_t i = 0; i < counted->arm_n; i++) {
        if (bc_str_eq(counted->arms[i].name, BC_STR("control")))
            return &counted->arms[i];
        if (!first && counted->arms[i].name.len)
            first = &counted->arms[i];
    }
    return first;
}

/* Over the arms but the control and the one without a name; where there is none, over all. */
static char met_of(const struct counting *counting, const struct counted *counted)
{
    const struct arm *control = control_of(counted);
    double n = 0, hits = 0, on_time = 0, sent = 0, opened = 0;
    bool others = false;

    for (size_t i = 0; i < counted->arm_n; i++)
        others |= counted->arms[i].name.len && &counted->arms[i] != control;
    for (size_t i = 0; i < counted->arm_n; i++) {
        const struct bc_cohort *arm = &counted->arms[i].tallied.cohort;

        if (others && (!counted->arms[i].name.len || &counted->arms[i] == control))
            continue;
        n += (double)arm->n;
        hits += (double)arm->converted;
        on_time += (double)arm->beside.on_time;
        sent += (double)arm->beside.sent;
        opened += (double)arm->beside.opened;
    }
    if (!counting->metric || !counting->has_target || n == 0)
        return '?';
    if (counting->metric->kind == BC_LEAD_TIME)
        return on_time >= n / 2 ? 'y' : 'n';
    return (is_mails(counting) ? opened / sent : hits / n) >= counting->target ? 'y' : 'n';
}

static void print_pairs(struct bc_buf *out, const struct counting *counting,
                        const struct counted *counted)
{
    const uint64_t enough = (uint64_t)counting->world->rules->learning.enough;
    const struct arm *control = control_of(counted);

    for (size_t i = 0; i < counted->arm_n; i++) {
        const struct arm *arm = &counted->arms[i];
        struct bc_comparison pair = { .arm = arm->name, .p = 1 };

        if (arm == control || !arm->name.len)
            continue;
        pair.control = control->name;
        pair.known = arm->tallied.cohort.n && control->tallied.cohort.n;
        pair.enough = arm->tallied.cohort.n >= enough && control->tallied.cohort.n >= enough;
        if (pair.known) {
            difference(&pair, &control->tallied.cohort, &arm->tallied.cohort);
            pair.p = exact_p(&arm->tallied.cohort, &control->tallied.cohort);
        }
        print_compared(out, &pair);
    }
}

/* An amount, `-?`, 1 to 12 digits and any decimals. */
static bool amount_of(struct bc_str text, double *out)
{
    const size_t sign = text.len && text.at[0] == '-';
    size_t whole = 0;

    while (sign + whole < text.len && text.at[sign + whole] >= '0' && text.at[sign + whole] <= '9')
        whole++;
    return whole >= 1 && whole <= 12 && is_number(text, out);
}

static void print_experiment(struct bc_buf *out, const struct counting *counting,
                             struct counted *counted)
{
    char cost_text[32] = "", name[64];
    double cost = 0;
    const bool has_cost = amount_of(word(counting->begun, 7), &cost);
    const bool mails = is_mails(counting);
    struct line line = {
        .id = counting->id,
        .hypothesis = word(counting->begun, 2),
        .kind = word(counting->begun, 3),
        .metric = word(counting->begun, 4),
        .target = word(counting->begun, 5),
        .campaign = word(counting->begun, 6),
        .currency = word(counting->begun, 8),
        .started_us = counting->first_begun ? counting->first_begun->occurred_us : -1,
        .concluded_us = counting->concluded ? counting->concluded->occurred_us : -1,
        .outcome = word(counting->concluded, 2),
        .learning = word(counting->concluded, 3),
        .to = counting->to,
        .met = met_of(counting, counted),
    };

    if (has_cost)
        snprintf(cost_text, sizeof(cost_text), "%.6f", cost);
    if (has_cost && !line.currency.len)
        line.currency = bc_str_of(counting->world->rules->revenue.currency);
    line.cost = bc_str_of(cost_text);
    print_line(out, &line, counting->world->rules);
    print_arm(out, "all", &counted->all.cohort, mails);
    for (size_t i = 0; i < counted->arm_n; i++) {
        snprintf(name, sizeof(name), "arm \"%.*s\"", BC_STR_ARG(counted->arms[i].name));
        print_arm(out, name, &counted->arms[i].tallied.cohort, mails);
    }
    print_pairs(out, counting, counted);
    print_left_out(out, counted->immature, counted->gone);
}

static void count_experiment(struct bc_buf *out, const struct world *world,
                             const struct bc_cohort_ask *ask, struct bc_str id)
{
    struct counting counting = { .world = world, .ask = ask, .id = id };
    struct counted counted = { 0 };

    find_words(&counting);
    find_goal(&counting);
    counted.arms = bc_arena_alloc(world->arena, (world->deal_n + 1) * sizeof(*counted.arms));
    for (size_t i = 0; i < world->deal_n; i++)
        count_deal(&counting, &world->deals[i], &counted);
    if (counted.arm_n)
        qsort(counted.arms, counted.arm_n, sizeof(*counted.arms), by_name);
    for (size_t i = 0; i < counted.arm_n; i++) {
        recount_tally_finish(&counted.arms[i].tallied);
        if (is_mails(&counting))
            add_mails(&counted.all.cohort, &counted.arms[i].tallied.cohort);
    }
    recount_tally_finish(&counted.all);
    print_experiment(out, &counting, &counted);
}

void recount_experiments(struct bc_buf *out, const struct bc_event *events, size_t n,
                         const struct recount_question *question, const struct bc_cohort_ask *ask)
{
    bc_arena *arena = bc_arena_new();
    struct recount_ids ids = { 0 };
    struct world world;

    world_make(&world, events, n, question, arena);
    for (size_t i = 0; i < world.event_n; i++) {
        const struct bc_event *event = world.events[i];

        if ((event->body == BC_EXPERIMENT_STARTED || event->body == BC_DEAL_ENROLLED) &&
            event->occurred_us <= world.as_of_us &&
            (!ask->experiment.len || bc_str_eq(ask->experiment, event->value[1].text)))
            ids_add(arena, &ids, event->value[1].text);
    }
    for (size_t i = 0; i < ids.n; i++)
        count_experiment(out, &world, ask, ids.at[i]);
    bc_arena_free(arena);
}
