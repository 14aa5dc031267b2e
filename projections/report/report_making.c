#include "projections/report/report_making.h"

#include "projections/report/cells.h"
#include "projections/report/lists.h"

#include <stdlib.h>

void bc_report_making_part_see(struct bc_report_making_part *part, const struct bc_deal *deal)
{
    const struct bc_report_making *making = part->making;

    if (deal->visit_n && deal->visits[0].entered_us < part->begun_us)
        part->begun_us = deal->visits[0].entered_us;
    if (bc_dates_from(&making->dates, making->splitter ? bc_deal_begun(deal) : deal->begun_us) ==
        making->dates.n)
        return; /* not begun at any of the dates */
    bc_view_at(&part->view, deal);
    if (part->view.present_n == 0)
        return; /* gone at all the dates */
    if (making->splitter)
        bc_key_values_cut(&part->values, making->splitter, deal, &part->view);
    if (making->options->lines_alone) {
        bc_red_lines_add(part->red_lines, &part->view);
        return;
    }
    bc_unknown_add(&part->unknown, &part->view);
    if (making->options->keep_alone) {
        struct bc_metric *metric = &part->metrics[making->options->keep_metric];

        metric->add(metric, &part->view);
        return;
    }
    for (size_t i = 0; i < making->metric_n; i++)
        part->metrics[i].add(&part->metrics[i], &part->view);
    if (!making->splitter)
        bc_red_lines_add(part->red_lines, &part->view);
}

/* Some of the deals, for the parts of all reports that are made. */
struct piece {
    struct bc_report_making *makings;
    size_t n, at; /* at: which part of each */
};

static bc_status see_deal(void *payload, struct bc_str deal, struct bc_str facts,
                          struct bc_err *err)
{
    const struct piece *piece = payload;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < piece->n; i++) {
        struct bc_report_making_part *part = piece->makings[i].parts[piece->at];
        const struct bc_deal *folded;

        rc = bc_fold(part->folder, deal, facts, &folded, err);
        if (rc == BC_OK)
            bc_report_making_part_see(part, folded);
    }
    return rc;
}

/* Ends the walk; bc_report_make_split says so in its own way. */
static bc_status too_many(struct bc_err *err)
{
    return bc_err_set(err, BC_E_USAGE, "too many values");
}

static bc_status see_learning(void *payload, struct bc_str deal, struct bc_str facts,
                              struct bc_str learning, struct bc_err *err)
{
    const struct piece *piece = payload;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < piece->n; i++) {
        struct bc_report_making_part *part = piece->makings[i].parts[piece->at];
        const struct bc_deal *folded;

        rc = bc_fold_learning(part->folder, deal, facts, learning, &folded, err);
        if (rc == BC_OK)
            bc_report_making_part_see(part, folded);
        if (rc == BC_OK && part->values.n > part->making->value_most)
            rc = too_many(err);
    }
    return rc;
}

/* --- the whole --- */

/* The facts about no deal hold the pivots. */
static bc_status begin_red_lines(struct bc_report_making *making, struct bc_err *err)
{
    const bc_string_table *strings = bc_timelines_strings(making->timelines);
    const bc_rules *rules = making->report->rules;
    bc_folder *folder = bc_folder_new(strings, rules, making->visible);
    struct bc_buf facts = { 0 };
    const struct bc_deal *pivots;
    bc_status rc = bc_timelines_facts(making->timelines, (struct bc_str){ 0 }, &facts, err);

    if (rc == BC_OK)
        rc = bc_fold(folder, (struct bc_str){ 0 }, bc_buf_str(&facts), &pivots, err);
    if (rc == BC_OK)
        making->red_lines = bc_red_lines_new(rules, &making->dates, strings, pivots);
    bc_buf_release(&facts);
    bc_folder_free(folder);
    return rc;
}

/* A deal is there, and has a value, from its first event on, whatever that tells. */
static void want_all(struct bc_report_making *making)
{
    making->wants.kinds = BC_WANTS_ALL.kinds;
    making->wants.emails_after_us = BC_WANTS_ALL.emails_after_us;
    for (size_t i = 0; i < making->metric_n; i++)
        making->metrics[i].split = true;
}

/* All metrics read where a deal was, its type, and when it existed. Losses are read for the words
 * of their reasons; meetings only where some metric asks for them, else their words cost nothing.
 */
static void begin_metrics(struct bc_report_making *making)
{
    const bc_rules *rules = making->report->rules;

    for (size_t i = 0; i < BC_P_N; i++)
        making->view.asked_in[i] = i == BC_P_DEAL_TYPE ? BC_EVERY_STAGE : 0;
    making->wants = (struct bc_wants){
        .kinds = BC_FACT_BIT(BC_FACT_STAGE) | BC_FACT_BIT(BC_FACT_STAGE_OBSERVED) |
                 BC_FACT_BIT(BC_FACT_DEAL_TYPE) | BC_FACT_BIT(BC_FACT_DELETED) |
                 BC_FACT_BIT(BC_FACT_RESTORED) | BC_FACT_BIT(BC_FACT_MERGED) |
                 BC_FACT_BIT(BC_FACT_LOSS) | BC_FACT_BIT(BC_FACT_RETRACTED),
        .until_us = making->dates.n ? making->dates.as_of_us[making->dates.n - 1] : -1,
        .emails_after_us = INT64_MAX,
    };
    making->metrics = bc_calloc(making->metric_n, sizeof(*making->metrics));
    making->windows = bc_calloc(making->metric_n, sizeof(*making->windows));
    for (size_t i = 0; i < making->metric_n; i++) {
        const struct bc_metric_rule *rule = &rules->metrics[i];
        struct bc_windows *windows = &making->windows[i];

        if (rule->window_days != BC_NO_WINDOW)
            bc_windows_init(windows, &making->dates, rule->window_days);
        bc_metric_init(&making->metrics[i], rule, &making->dates,
                       windows->begin_us ? windows : NULL, rules->slice_n,
                       bc_timelines_strings(making->timelines));
        making->metrics[i].tally.lists = making->options->lists;
        bc_metric_ask(&making->metrics[i], &making->wants, &making->view);
    }
    bc_red_lines_ask(making->red_lines, &making->wants, &making->view);
    making->unknown.leaves_meetings = !(making->wants.kinds & BC_FACT_BIT(BC_FACT_MEETING));
    if (making->splitter)
        want_all(making);
    if (making->options->keep_slices)
        making->metrics[making->options->keep_metric].tally.keep_slices =
            making->options->keep_slices;
}

static void begin_part(struct bc_report_making_part *part, const struct bc_report_making *making)
{
    const bc_rules *rules = making->report->rules;
    const bc_string_table *strings = bc_timelines_strings(making->timelines);

    part->making = making;
    part->begun_us = BC_NEVER;
    part->folder = bc_folder_new(strings, rules, making->visible);
    bc_folder_want(part->folder, &making->wants);
    part->metrics = bc_calloc(making->metric_n, sizeof(*part->metrics));
    for (size_t i = 0; i < making->metric_n; i++)
        bc_metric_init_part(&part->metrics[i], &making->metrics[i]);
    part->red_lines = bc_red_lines_part(making->red_lines);
    bc_unknown_init(&part->unknown, &making->known, making->dates.n);
    part->unknown.leaves_meetings = making->unknown.leaves_meetings;
    part->values.date_n = making->dates.n;
    bc_view_init(&part->view, rules, strings, &making->dates);
    memcpy(part->view.asked_in, making->view.asked_in, sizeof(part->view.asked_in));
}

static void join_values(struct bc_report_making *making, const struct bc_report_making_part *part)
{
    for (size_t i = 0; i < part->values.n; i++) {
        const uint32_t at = bc_key_values_join(&making->values, &part->values, i);

        for (size_t m = 0; m < making->metric_n; m++)
            bc_metric_join_value(&making->metrics[m], at, &part->metrics[m], (uint32_t)i);
    }
}

/* The parts keep the texts of the contributions. */
static void join_part(struct bc_report_making *making, struct bc_report_making_part *part)
{
    for (size_t i = 0; i < making->metric_n; i++)
        bc_tally_join(&making->metrics[i].tally, &part->metrics[i].tally);
    bc_red_lines_join(making->red_lines, part->red_lines);
    bc_unknown_join(&making->unknown, &part->unknown);
    join_values(making, part);
    if (part->begun_us < making->report->begun_us)
        making->report->begun_us = part->begun_us;
}

struct bc_report_making_part *bc_report_making_add_part(struct bc_report_making *making)
{
    struct bc_report_making_part *part = bc_calloc(1, sizeof(*part));

    begin_part(part, making);
    BC_GROW(making->parts, making->part_n, making->part_cap);
    making->parts[making->part_n++] = part;
    return part;
}

bc_status bc_report_making_see(struct bc_report_making *makings, size_t n, struct bc_err *err)
{
    bc_timelines *timelines = makings->timelines;
    const unsigned threads = makings->threads;
    struct bc_split split;
    struct piece *pieces;
    void **payloads;
    bool learning = false;
    bc_status rc = bc_timelines_cut(&split, timelines, threads, err);

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < n; i++) {
        for (size_t part = 0; part <= split.n; part++)
            (void)bc_report_making_add_part(&makings[i]);
        learning |= makings[i].splitter != NULL;
    }
    pieces = bc_calloc(split.n + 1, sizeof(*pieces));
    payloads = bc_calloc(split.n + 1, sizeof(*payloads));
    for (size_t i = 0; i <= split.n; i++) {
        pieces[i] = (struct piece){ makings, n, i };
        payloads[i] = &pieces[i];
    }
    rc = learning
             ? bc_timelines_walk_learning(timelines, &split, threads, see_learning, payloads, err)
             : bc_timelines_walk_parts(timelines, &split, threads, see_deal, payloads, err);
    free(payloads);
    free(pieces);
    bc_split_release(&split);
    return rc;
}

/* What was kept moves into the report, except for deals that others renew. */
static void take_kept(struct bc_report *report, const struct bc_tally *tally)
{
    report->kept = bc_reallocarray(NULL, tally->kept_n, sizeof(*report->kept));
    for (size_t i = 0; i < tally->kept_n; i++) {
        const struct bc_kept *kept = &tally->kept[i];

        if (tally->mode == BC_TALLY_RENEWABLE && bc_tally_renewed(tally, kept->contribution.id, 0))
            continue;
        report->kept[report->kept_n] = *kept;
        report->kept[report->kept_n++].deal = bc_arena_copy(report->arena, kept->deal);
    }
}

void bc_report_making_end(struct bc_report_making *making)
{
    const size_t metric_n = making->metric_n;

    for (size_t i = 0; i < making->part_n; i++) {
        struct bc_report_making_part *part = making->parts[i];

        for (size_t m = 0; m < metric_n; m++)
            bc_metric_release(&part->metrics[m]);
        free(part->metrics);
        bc_red_lines_free(part->red_lines);
        bc_unknown_release(&part->unknown);
        bc_key_values_release(&part->values);
        bc_folder_free(part->folder);
        bc_view_release(&part->view);
        free(part);
    }
    free(making->parts);
    for (size_t i = 0; making->metrics && i < metric_n; i++) {
        bc_metric_release(&making->metrics[i]);
        bc_windows_release(&making->windows[i]);
    }
    free(making->metrics);
    free(making->windows);
    bc_red_lines_free(making->red_lines);
    bc_unknown_release(&making->unknown);
    bc_known_words_release(&making->known);
    bc_view_release(&making->view);
    bc_dates_release(&making->dates);
    bc_key_values_release(&making->values);
}

struct bc_report *bc_report_making_new(const struct bc_question *question, size_t metric_n)
{
    struct bc_report *report = bc_calloc(1, sizeof(*report));
    const bc_rules *rules = question->rules;
    size_t n = question->date_n;

    *report = (struct bc_report){
        .rules = rules,
        .date_n = n,
        .as_of_us = bc_reallocarray(NULL, n, sizeof(int64_t)),
        .cells = bc_calloc(n * metric_n * rules->slice_n, sizeof(struct bc_cell)),
        .red_lines = bc_calloc(n * rules->red_line_n, sizeof(struct bc_red_line_cell)),
        .unknown = bc_calloc(n, sizeof(struct bc_unknown_counts)),
        .begun_us = BC_NEVER,
        .arena = bc_arena_new(),
    };
    if (n)
        memcpy(report->as_of_us, question->as_of_us, n * sizeof(int64_t));
    return report;
}

bc_status bc_report_making_begin(struct bc_report_making *making, bc_timelines *timelines,
                                 const struct bc_question *question,
                                 const struct bc_splitter *splitter,
                                 const struct bc_report_options *options, struct bc_err *err)
{
    const bc_rules *rules = question->rules;
    struct bc_visible visible;
    bc_status rc = bc_question_known(question, bc_timelines_log(timelines), &visible, err);

    if (rc < 0)
        return rc;
    *making = (struct bc_report_making){ .timelines = timelines,
                                         .visible = visible,
                                         .threads = question->threads,
                                         .metric_n = options->lines_alone ? 0 : rules->metric_n,
                                         .options = options,
                                         .splitter = splitter,
                                         .values = { .date_n = question->date_n } };
    making->report = bc_report_making_new(question, making->metric_n);
    bc_dates_init(&making->dates, rules->zone, question->as_of_us, question->date_n);
    bc_view_init(&making->view, rules, bc_timelines_strings(timelines), &making->dates);
    bc_known_words_init(&making->known, rules, bc_timelines_strings(timelines));
    bc_unknown_init(&making->unknown, &making->known, making->dates.n);
    rc = begin_red_lines(making, err);
    if (rc == BC_OK)
        begin_metrics(making);
    return rc;
}

void bc_report_making_take_lists(const struct bc_report_making *making, struct bc_report *report,
                                 struct bc_metric *metrics)
{
    if (making->options->lists) {
        report->lists = bc_lists_new(report->rules, metrics, making->dates.n,
                                     bc_timelines_strings(making->timelines));
        if (making->dates.n == 1)
            bc_lists_show(report->lists, report->cells, 0);
    }
    if (making->options->keep_slices)
        take_kept(report, &metrics[making->options->keep_metric].tally);
}

void bc_report_making_finish(struct bc_report_making *making)
{
    const struct bc_cells cells = { making->report, making->metrics, making->metric_n,
                                    &making->dates, making->red_lines };

    for (size_t i = 0; i < making->part_n; i++)
        join_part(making, making->parts[i]);
    bc_cells_fill(&cells, making->threads);
    bc_unknown_finish(&making->unknown, making->report->unknown);
    if (!making->splitter)
        bc_report_making_take_lists(making, making->report, making->metrics);
}
