/* projections/diff: each cause of a difference is distinguished, with its deals and events; and the
 * parts of every difference add up to the whole, and lead from its deals to the others. */
#include "ledger/log/log_impl.h"
#include "ledger/record/codec.h"
#include "projections/diff/diff.h"
#include "projections/explain/explain.h"
#include "tests/model/answered.h"
#include "tests/model/cases.h"
#include "tests/model/law_ways.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/history.h"
#include "tests/support/story.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct row {
    const char *name, *story, *ask; /* the figure in question: "sqd/all", or "red no_wins" */
    /* The figure before and after, and in what else it differs where it is the same; then each
     * part: cause, by how much, in what else, and the deals: how often each counts before and
     * after, and its events. "": the figure does not differ. */
    const char *want;
    const char *known_at, *vs_known_at; /* NULL: everything */
    const char *as_of, *vs_as_of;       /* NULL: 2025-03-31 */
    const char *mode, *vs_mode;         /* a property's time mode: the rules */
    bool clock_source;
};

static const struct row rows[] = {
    { "nothing differs", "d1 created outreach", "sqd/all", .want = "", .known_at = "2025-02-01" },
    { "an event that came late", "d1 created outreach; x: d2 created outreach known 2025-03-01",
      "sqd/all", .want = "1 2; late_event +1 d2 0 1 x", .known_at = "2025-02-01" },
    { "the other way round it is the same cause",
      "d1 created outreach; x: d2 created outreach known 2025-03-01", "sqd/all",
      .want = "2 1; late_event -1 d2 1 0 x", .vs_known_at = "2025-02-01" },
    { "an event that was retracted", "x: d1 created outreach; y: retract x known 2025-03-01",
      "sqd/all", .want = "1 0; retraction -1 d1 1 0 y", .known_at = "2025-02-01" },
    { "a retraction that was retracted",
      "x: d1 created outreach; y: retract x; z: retract y known 2025-03-01", "sqd/all",
      .want = "0 1; retraction +1 d1 0 1 z", .known_at = "2025-02-01" },
    { "an event that another took the place of",
      "x: d1 created outreach; y: retract x known 2025-03-01; "
      "z: d1 created enrichment @2025-01-02 known 2025-03-01",
      "sqd/all", .want = "1 0; correction -1 d1 1 0 y z", .known_at = "2025-02-01" },
    { "one of another deal takes no place",
      "x: d1 created outreach; y: retract x known 2025-03-01; "
      "z: d2 created enrichment @2025-01-02 known 2025-03-01",
      "sqd/all", .want = "1 0; retraction -1 d1 1 0 y", .known_at = "2025-02-01" },
    { "what came and was retracted in between is nothing",
      "d1 created outreach; x: d2 created outreach known 2025-03-01; retract x known 2025-03-02",
      "sqd/all", .want = "", .known_at = "2025-02-01" },
    { "what took the place of what nobody had known came late",
      "d1 created enrichment; x: d2 created enrichment known 2025-03-01; "
      "y: retract x known 2025-03-02; z: d2 created outreach @2025-01-02 known 2025-03-02",
      "sqd/all", .want = "0 1; late_event +1 d2 0 1 x z y", .known_at = "2025-02-01" },
    { "a deal type that was filled in later",
      "d1 created outreach; x: d1 set deal_type newbusiness @2025-05-01", "sqd/new",
      .want = "0 1; property_filled_in +1 d1 0 1 x", .known_at = "2025-04-01" },
    { "a deal type that a later creation gives is filled in, too",
      "d1 moved outreach @2025-01-02; x: d1 created outreach type newbusiness @2025-05-01",
      "sqd/new", .want = "0 1; property_filled_in +1 d1 0 1 x", .known_at = "2025-04-01" },
    { "a deal type that was set by then and came late",
      "d1 created outreach; x: d1 set deal_type newbusiness @2025-03-01 known 2025-05-01",
      "sqd/new", .want = "0 1; late_event +1 d1 0 1 x", .known_at = "2025-04-01" },
    { "another date", "d1 created outreach; x: d1 moved closed_lost @2025-02-01", "sqd/all",
      .want = "1 0; time -1 d1 1 0 x", .as_of = "2025-01-15" },
    { "another date, and what came late before it",
      "d1 created outreach; x: d2 created outreach @2025-02-01; "
      "y: d3 created outreach @2025-01-03 known 2025-03-20",
      "sqd/all", .want = "1 3; time +1 d2 0 1 x late_event +1 d3 0 1 y", .as_of = "2025-01-15",
      .known_at = "2025-03-01" },
    { "other rules", "d1 created outreach @2025-01-01; d1 set deal_type newbusiness @2025-05-01",
      "sqd/new", .want = "1 0; rule -1 d1 1 0", .mode = "deal_type backfill",
      .vs_mode = "deal_type as_recorded" },
    { "all at once: rules, then the date, then the changed events",
      "d1 created outreach; d1 set deal_type newbusiness @2025-05-01; "
      "x: d2 created outreach type newbusiness @2025-02-01; "
      "y: d3 created outreach type newbusiness @2025-01-03 known 2025-06-20",
      "sqd/new", .want = "1 2; rule -1 d1 1 0 time +1 d2 0 1 x late_event +1 d3 0 1 y",
      .as_of = "2025-01-15", .known_at = "2025-06-01", .mode = "deal_type backfill",
      .vs_mode = "deal_type as_recorded" },
    { "a rate moves with its attempts",
      "d1 created outreach; d1 moved discovery; d2 created outreach; "
      "x: d2 moved closed_lost known 2025-03-01",
      "outreach_to_discovery/all", .want = "1 0.5; late_event -0.5 d2 0 1 x",
      .known_at = "2025-02-01" },
    { "a mean moves with a deal's days",
      "d1 created discovery @2025-01-01; d1 moved proposal @2025-01-11; "
      "x: d1 moved proposal @2025-01-06 known 2025-03-01",
      "days_in_discovery/all", .want = "10 5; late_event -5 d1 1 1 x", .known_at = "2025-02-01" },
    { "what is null is nothing in the sum",
      "d1 created outreach; x: d1 moved discovery known 2025-03-01", "outreach_to_discovery/all",
      .want = "- 1; late_event +1 d1 0 1 x", .known_at = "2025-02-01" },
    { "a date at which one deal came and another went, and a late event of the one that came",
      "d1 created outreach @2025-01-02; x: d1 moved closed_lost @2025-02-01; "
      "y: d2 created outreach @2025-02-01; z: d2 moved closed_lost @2025-02-02 known 2025-06-01",
      "sqd/all", .want = "1 0; time +0 d1 1 0 x d2 0 1 y late_event -1 d2 1 0 z",
      .as_of = "2025-01-15", .known_at = "2025-05-01" },
    { "known by the source's clock",
      "d1 created outreach; x: d2 created outreach known 2025-06-01 learnt 2025-03-01", "sqd/all",
      .want = "1 2; late_event +1 d2 0 1 x", .known_at = "2025-02-01", .vs_known_at = "2025-04-01",
      .clock_source = true },
    { "which by the ledger's was not yet known",
      "d1 created outreach; x: d2 created outreach known 2025-06-01 learnt 2025-03-01", "sqd/all",
      .want = "", .known_at = "2025-02-01", .vs_known_at = "2025-04-01" },
    { "a deal that is stalled no more, where the mean is as it was",
      "d1 created discovery; d1 set parked_until 2025-12-31 known 2025-05-01",
      "days_in_discovery/all", .want = "89.5 89.5 stalled; late_event +0 stalled",
      .known_at = "2025-04-01" },
    { "e-mails of another campaign, where the rate is as it was",
      "d1 created outreach; x: d1 sent e1 intro @2025-03-10 known 2025-03-11; "
      "retract x known 2025-03-20; d1 sent e1 outro @2025-03-10 known 2025-03-20",
      "outreach_email_open_rate/all", .want = "0 0 byCampaign; correction +0 byCampaign",
      .known_at = "2025-03-15" },
    { "a win that is excluded, where there is no lead time",
      "d1 created outreach; d1 moved closed_won known 2025-03-01", "days_in_pipeline/all",
      .want = "- - excluded; late_event +0 excluded", .known_at = "2025-02-01" },
    { "the worst case of a red line, where all else is as it was",
      "d1 created enrichment type newbusiness; "
      "d2 created outreach type newbusiness @2025-01-05 known 2025-03-10",
      "red outreach_conversion", .want = "- - worst; late_event +0 worst",
      .known_at = "2025-03-01" },
    { "a red line has causes, too",
      "d1..d10 created proposal type newbusiness @2025-01-02; x: d1 moved closed_won @2025-02-01 "
      "known 2025-03-01",
      "red no_wins", .want = "0 1; late_event +1", .known_at = "2025-02-02" },
};

struct told {
    bc_log *log;
    bc_timelines *timelines;
    bc_rules *rules, *vs_rules;
    int64_t as_of_us, turned_us, vs_as_of_us;
    struct bc_diff_question question;
};

static struct bc_question question_of(const bc_rules *rules, const int64_t *as_of_us,
                                      const struct recount_question *asked)
{
    return (struct bc_question){ .rules = rules,
                                 .as_of_us = as_of_us,
                                 .date_n = 1,
                                 .known_asked = asked->has_known,
                                 .known_us = asked->known_us,
                                 .by_source = asked->clock_source };
}

static void tell(struct told *told, const struct row *row)
{
    const struct model_case from = { .as_of = row->as_of,
                                     .known_at = row->known_at,
                                     .clock_source = row->clock_source,
                                     .mode = row->mode };
    const struct model_case to = { .as_of = row->vs_as_of,
                                   .known_at = row->vs_known_at,
                                   .clock_source = row->clock_source,
                                   .mode = row->vs_mode };
    struct recount_question asked, vs;
    struct bc_err err = { 0 };

    *told = (struct told){ .rules = model_case_rules(&from), .vs_rules = model_case_rules(&to) };
    asked = model_case_question(&from, told->rules);
    vs = model_case_question(&to, told->vs_rules);
    told->as_of_us = asked.as_of_us;
    told->vs_as_of_us = vs.as_of_us;
    told->question.from = question_of(told->rules, &told->as_of_us, &asked);
    told->question.turned = question_of(told->vs_rules, &told->as_of_us, &asked);
    told->question.to = question_of(told->vs_rules, &told->vs_as_of_us, &vs);
    told->question.events = true;
    check_ok(bc_log_open(&told->log, bc_store_memory(), true, NULL, &err), &err);
    story_append(told->log, row->story);
    check_ok(bc_timelines_open(&told->timelines, told->log, BC_FROM_CACHE, &err), &err);
}

static void told_release(struct told *told)
{
    bc_timelines_free(told->timelines);
    bc_log_close(told->log);
    bc_rules_free(told->rules);
    bc_rules_free(told->vs_rules);
}

static void add_figure(struct bc_buf *out, const struct bc_figure *figure)
{
    if (figure->has_value)
        bc_buf_printf(out, "%g", figure->value);
    else
        bc_buf_printf(out, "-");
}

/* In what else something differs, where the figure itself does not. */
static void add_fields(struct bc_buf *out, uint32_t fields, const struct bc_metric_rule *metric)
{
    for (int field = 0; field < BC_FIGURE_FIELD_N; field++)
        if (!(fields & BC_FIGURE_ITSELF) && (fields >> field & 1))
            bc_buf_printf(out, " %s", bc_figure_key((enum bc_figure_field)field, metric));
}

static void add_row(struct bc_buf *out, const struct bc_diff_row *row)
{
    add_figure(out, &row->from);
    bc_buf_printf(out, " ");
    add_figure(out, &row->to);
    add_fields(out, row->fields, row->metric);
    bc_buf_printf(out, ";");
    for (size_t i = 0; i < row->part_n; i++) {
        const struct bc_diff_part *part = &row->parts[i];

        bc_buf_printf(out, " %s %+g", bc_cause_name(part->cause), part->by);
        add_fields(out, part->fields, row->metric);
        for (size_t d = 0; d < part->deal_n; d++) {
            const struct bc_diff_deal *deal = &part->deals[d];

            bc_buf_printf(out, " %.*s %d %d", BC_STR_ARG(deal->is.deal), (int)deal->before.n,
                          (int)deal->after.n);
            for (size_t e = 0; e < deal->is.event_n; e++)
                bc_buf_printf(out, " %.*s", BC_STR_ARG(deal->is.events[e]));
        }
    }
}

static bool is_asked(const struct row *row, const struct bc_diff_row *got)
{
    char name[96];

    if (got->red_line)
        snprintf(name, sizeof(name), "red %s", got->red_line->name);
    else
        snprintf(name, sizeof(name), "%s/%s", got->metric->name, got->slice);
    return strcmp(name, row->ask) == 0;
}

static void told_case(void **state)
{
    const struct row *row = *state;
    struct bc_diff *diff = NULL;
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };
    struct told told;

    tell(&told, row);
    check_ok(bc_diff_make(&diff, told.timelines, &told.question, &err), &err);
    for (size_t i = 0; i < diff->n; i++)
        if (is_asked(row, &diff->rows[i]))
            add_row(&text, &diff->rows[i]);
    bc_buf_add_byte(&text, '\0');
    assert_string_equal(text.at, row->want);
    bc_buf_release(&text);
    bc_diff_free(diff);
    told_release(&told);
}

/* Figures that were given out: what is not as it is computed is a cause of its own, and what was
 * not given is not compared. */
static void a_figure_given_otherwise(void **state)
{
    const struct row row = { .story = "d1 created outreach; d2 created outreach known 2025-03-01",
                             .known_at = "2025-02-01" };
    const struct bc_given given[] = {
        { BC_STR("sqd"), BC_STR("all"), false, { .there = true, .has_value = true, .value = 7 } },
        { BC_STR("sqd_net_new"), BC_STR("all"), false, { .there = true, .has_value = true } },
    };
    struct bc_diff *diff = NULL;
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };
    struct told told;
    (void)state;

    tell(&told, &row);
    told.question.given = given;
    told.question.given_n = ARRAY_LEN(given);
    check_ok(bc_diff_make(&diff, told.timelines, &told.question, &err), &err);
    assert_int_equal(diff->n, 1);
    add_row(&text, &diff->rows[0]);
    bc_buf_add_byte(&text, '\0');
    assert_string_equal(text.at, "7 2; given_otherwise -6 late_event +1 d2 0 1 #2");
    bc_buf_release(&text);
    bc_diff_free(diff);
    told_release(&told);
}

/* Its target is asked of the index, which the cache does without. */
static void a_retraction_without_an_entry_is_damage(void **state)
{
    const struct row row = { .story = "x: d1 created outreach; retract x known 2025-03-01",
                             .known_at = "2025-02-01" };
    struct bc_diff *diff = NULL;
    struct bc_batch batch = { 0 };
    struct bc_err err = { 0 };
    char key[BC_SEQ_LEN];
    struct told told;
    (void)state;

    tell(&told, &row);
    bc_put_u64(key, 2);
    bc_batch_add(&batch, BC_RETRACTIONS, BC_DELETE, (struct bc_str){ key, sizeof(key) },
                 (struct bc_str){ 0 });
    check_ok(bc_store_write(bc_log_store(told.log), &batch, true, &err), &err);
    assert_int_equal(bc_diff_make(&diff, told.timelines, &told.question, &err), BC_E_DAMAGED);
    assert_non_null(strstr(err.message, "retraction 2 has no entry in its index"));
    bc_batch_release(&batch);
    told_release(&told);
}

static void its_causes_are_those_of_all_rows(void **state)
{
    const struct row row = { .story = "d1 created outreach; x: d3 created outreach; "
                                      "d2 created outreach known 2025-03-01; "
                                      "d4 created outreach; retract x",
                             .known_at = "2025-02-01" };
    struct bc_diff *diff = NULL;
    struct bc_err err = { 0 };
    struct told told;
    (void)state;

    tell(&told, &row);
    check_ok(bc_diff_make(&diff, told.timelines, &told.question, &err), &err);
    assert_int_equal(bc_diff_causes(diff), 1u << BC_CAUSE_LATE | 1u << BC_CAUSE_RETRACTION);
    diff->n = 0;
    assert_int_equal(bc_diff_causes(diff), 0);
    bc_diff_free(diff);
    told_release(&told);
}

/* --- laws --- */

enum { TURNS = 12 }; /* questions of each ledger, asked together */

static const struct bc_diff_row *find_row(const struct bc_diff *diff, const char *metric,
                                          const char *slice)
{
    for (size_t i = 0; i < diff->n; i++)
        if (diff->rows[i].metric && strcmp(diff->rows[i].metric->name, metric) == 0 &&
            strcmp(diff->rows[i].slice, slice) == 0)
            return &diff->rows[i];
    return NULL;
}

static void check_parts(uint64_t seed, const struct bc_diff_row *row)
{
    const char *name = row->metric ? row->metric->name : row->red_line->name;
    double by = 0;
    int64_t n_by = 0;

    for (size_t i = 0; i < row->part_n; i++) {
        const struct bc_diff_part *part = &row->parts[i];
        int64_t stakes = 0;

        by += part->by;
        n_by += part->n_by;
        for (size_t d = 0; d < part->deal_n; d++)
            stakes += (int64_t)part->deals[d].after.n - (int64_t)part->deals[d].before.n;
        /* A meeting of several deals counts once. */
        if (row->metric && row->metric->kind != BC_MEETINGS && stakes != part->n_by)
            fail_msg("seed %lu: %s by %s moves by %ld, its deals by %ld", (unsigned long)seed, name,
                     bc_cause_name(part->cause), (long)part->n_by, (long)stakes);
    }
    if (n_by != (int64_t)row->to.n - (int64_t)row->from.n ||
        fabs(by - (bc_figure_value(&row->to) - bc_figure_value(&row->from))) > 1e-9)
        fail_msg("seed %lu: the parts of %s add up to %g, n %ld", (unsigned long)seed, name, by,
                 (long)n_by);
}

/* The deals that a figure counts; turned in a set twice they are as if never there. */
static struct bc_explanation *turn_counted(struct law_deals *set, bc_timelines *timelines,
                                           const struct bc_question *asked,
                                           const struct bc_diff_row *row)
{
    const struct bc_metric_rule *rule = bc_rules_metric(asked->rules, bc_str_of(row->metric->name));
    int slice = bc_rules_slice(asked->rules, bc_str_of(row->slice));
    struct bc_explanation *counted = NULL;
    struct bc_err err = { 0 };

    if (!rule || slice < 0)
        return NULL;
    check_ok(bc_explain(&counted, timelines, asked, (size_t)(rule - asked->rules->metrics),
                        (size_t)slice, &err),
             &err);
    for (size_t i = 0; i < counted->deal_n; i++)
        law_deals_turn(set, counted->deals[i]);
    return counted;
}

/* What the parts take in and out makes the deals of the one figure those of the other. */
static void check_deals(uint64_t seed, bc_timelines *timelines, const struct bc_diff_row *row,
                        const struct bc_diff_question *question)
{
    struct bc_explanation *from, *to;
    struct law_deals set = { 0 };

    if (!row->metric)
        return;
    from = turn_counted(&set, timelines, &question->from, row);
    for (size_t i = 0; i < row->part_n; i++)
        for (size_t d = 0; d < row->parts[i].deal_n; d++) {
            const struct bc_diff_deal *deal = &row->parts[i].deals[d];
            size_t before = set.n;

            if (!deal->before.n == !deal->after.n)
                continue;
            law_deals_turn(&set, deal->is.deal);
            if ((set.n > before) != (deal->before.n == 0))
                fail_msg("seed %lu: %s/%s by %s: %.*s is not where it comes from or goes to",
                         (unsigned long)seed, row->metric->name, row->slice,
                         bc_cause_name(row->parts[i].cause), BC_STR_ARG(deal->is.deal));
        }
    to = turn_counted(&set, timelines, &question->to, row);
    if (set.n)
        fail_msg("seed %lu: the steps of %s/%s do not lead from its deals to its deals",
                 (unsigned long)seed, row->metric->name, row->slice);
    free(set.at);
    bc_explanation_free(from);
    bc_explanation_free(to);
}

/* What the two ways of asking answer by themselves is what the diff holds against each other. */
static void check_ends(uint64_t seed, bc_timelines *timelines, const struct bc_diff *diff,
                       const struct bc_diff_question *question)
{
    const struct bc_report_options options = { .lists = true };
    const bc_rules *rules = question->to.rules;
    struct bc_report *from = NULL, *to = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_report_make(&from, timelines, &question->from, &options, &err), &err);
    check_ok(bc_report_make(&to, timelines, &question->to, &options, &err), &err);
    for (size_t m = 0; m < rules->metric_n; m++) {
        const struct bc_metric_rule *was =
            bc_rules_metric(from->rules, bc_str_of(rules->metrics[m].name));

        for (size_t s = 0; was && s < rules->slice_n; s++) {
            const struct bc_cell *old =
                bc_report_cell(from, 0, (size_t)(was - from->rules->metrics), s);
            const struct bc_cell *new = bc_report_cell(to, 0, m, s);
            const struct bc_diff_row *row =
                find_row(diff, rules->metrics[m].name, rules->slices[s].name);
            bool same = old->n == new->n && old->has_value == new->has_value &&
                        (!old->has_value || old->value == new->value);

            if (was->kind == rules->metrics[m].kind)
                same = answered_same_cell(old, new);
            if (same == (row != NULL) ||
                (row && (row->from.n != old->n || row->to.n != new->n ||
                         row->from.value != old->value || row->to.value != new->value)))
                fail_msg("seed %lu: %s/%s is not compared as it is", (unsigned long)seed,
                         rules->metrics[m].name, rules->slices[s].name);
        }
    }
    bc_report_free(from);
    bc_report_free(to);
}

static struct bc_diff_question any_question(const struct history *history, const bc_rules *rules,
                                            const bc_rules *others, size_t turn)
{
    const struct bc_ways ways = law_ways_of(history, rules, others, turn);

    return (struct bc_diff_question){
        .from = ways.from, .to = ways.to, .turned = ways.turned, .events = true
    };
}

static void add_rows_from(struct bc_buf *out, const struct bc_diff *diff, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        bc_buf_printf(out, "%s/%s: ",
                      diff->rows[i].metric ? diff->rows[i].metric->name
                                           : diff->rows[i].red_line->name,
                      diff->rows[i].slice ? diff->rows[i].slice : "red line");
        add_row(out, &diff->rows[i]);
        bc_buf_add_byte(out, '\n');
    }
    bc_buf_add_byte(out, '\0');
}

static void add_rows(struct bc_buf *out, const struct bc_diff *diff)
{
    add_rows_from(out, diff, 0, diff->n);
}

/* Asked of one metric in one slice it is that row of the whole, where no other is counted, too. */
static void check_narrow(bc_timelines *timelines, const struct bc_diff *diff,
                         const struct bc_diff_question *question, size_t i)
{
    struct bc_diff_question narrow = *question;
    struct bc_buf whole = { 0 }, one = { 0 };
    struct bc_diff *other = NULL;
    struct bc_err err = { 0 };

    if (!diff->rows[i].metric)
        return;
    narrow.metric = diff->rows[i].metric->name;
    narrow.slice = diff->rows[i].slice;
    check_ok(bc_diff_make(&other, timelines, &narrow, &err), &err);
    add_rows_from(&whole, diff, i, i + 1);
    add_rows(&one, other);
    assert_string_equal(whole.at, one.at);
    bc_diff_free(other);
    bc_buf_release(&whole);
    bc_buf_release(&one);
}

/* Asked together with others it is what it is alone. */
static void check_alone(bc_timelines *timelines, const struct bc_diff *diff,
                        const struct bc_diff_question *question)
{
    struct bc_buf together = { 0 }, alone = { 0 };
    struct bc_diff *other = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_diff_make(&other, timelines, question, &err), &err);
    add_rows(&together, diff);
    add_rows(&alone, other);
    assert_string_equal(together.at, alone.at);
    assert_int_equal(bc_diff_causes(diff), bc_diff_causes(other));
    bc_diff_free(other);
    bc_buf_release(&together);
    bc_buf_release(&alone);
}

static void the_parts_add_up_to_the_whole_and_lead_from_deals_to_deals(void **state)
{
    (void)state;
    for (unsigned n = 0; n < 8; n++) {
        struct bc_diff_question questions[TURNS];
        struct bc_diff *diffs[TURNS] = { 0 };
        bc_zone *zone;
        struct history_plan plan = history_plan_of(n, &zone);
        bc_rules *rules = rules_of_law(n, bc_zone_name(zone));
        bc_rules *others = rules_of_law(n + 1, bc_zone_name(zone));
        bc_timelines *timelines = NULL;
        struct history history;
        struct bc_err err = { 0 };
        bc_log *log = NULL;

        history_make(&history, &plan);
        check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
        events_append(log, history.offered.at, history.offered.n);
        check_ok(bc_timelines_update(log, &err), &err);
        check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
        for (size_t turn = 0; turn < TURNS; turn++)
            questions[turn] = any_question(&history, rules, others, n + turn);
        check_ok(bc_diff_make_each(diffs, timelines, questions, TURNS, &err), &err);
        for (size_t turn = 0; turn < TURNS; turn++) {
            for (size_t i = 0; i < diffs[turn]->n; i++) {
                check_parts(plan.seed, &diffs[turn]->rows[i]);
                check_deals(plan.seed, timelines, &diffs[turn]->rows[i], &questions[turn]);
            }
            for (size_t i = turn; i < diffs[turn]->n; i += TURNS)
                check_narrow(timelines, diffs[turn], &questions[turn], i);
            check_ends(plan.seed, timelines, diffs[turn], &questions[turn]);
            check_alone(timelines, diffs[turn], &questions[turn]);
            bc_diff_free(diffs[turn]);
        }
        bc_timelines_free(timelines);
        bc_log_close(log);
        history_release(&history);
        bc_rules_free(rules);
        bc_rules_free(others);
        bc_zone_free(zone);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 4];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] =
            (struct CMUnitTest){ rows[n].name, told_case, NULL, NULL, (void *)(uintptr_t)&rows[n] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_figure_given_otherwise);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(its_causes_are_those_of_all_rows);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_retraction_without_an_entry_is_damage);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(
        the_parts_add_up_to_the_whole_and_lead_from_deals_to_deals);
    return _cmocka_run_group_tests("projections/diff/diff", tests, n, NULL, NULL);
}
