/* tests/projections/rules/test_rules.c - the built-in rules say what the metrics mean, rules print
 * as what they are read from, and other choices than the built-in ones are read right. */
#include "tests/support/check.h"
#include "tests/support/rules.h"

#include <stdio.h>

static bc_stage_set set_of(const bc_rules *rules, const char *ids)
{
    bc_stage_set set = 0;

    for (const char *id = ids; *id;) {
        size_t len = strcspn(id, " ");
        int stage = bc_rules_stage(rules, (struct bc_str){ id, len });
        assert_int_not_equal(stage, BC_NO_STAGE);
        set |= UINT64_C(1) << stage;
        id += len + (id[len] == ' ');
    }
    return set;
}

/* ---- The built-in rules ---- */

#define SQ "outreach discovery renewals proposal"

static const struct stage_want {
    const char *id, *label;
    enum bc_stage_kind kind;
    bool start;
    const char *next;
} stage_wants[] = {
    { "enrichment", "Enrichment", BC_STAGE_OPEN, true, "outreach closed_lost" },
    { "outreach", "Outreach", BC_STAGE_OPEN, false, "discovery closed_lost" },
    { "discovery", "Discovery", BC_STAGE_OPEN, false, "proposal closed_lost" },
    { "renewals", "Renewals", BC_STAGE_OPEN, true, "proposal closed_lost" },
    { "proposal", "Proposal", BC_STAGE_OPEN, false, "closed_won closed_lost" },
    { "closed_won", "Closed Won", BC_STAGE_WON, false, "closed_won_complete" },
    { "closed_lost", "Closed Lost", BC_STAGE_LOST, false, "" },
    { "closed_won_complete", "Closed Won Complete", BC_STAGE_FINAL, false, "" },
};

static void the_eight_stages_and_their_moves(void **state)
{
    bc_rules *rules = rules_default();
    (void)state;

    assert_string_equal(rules->version, "default");
    assert_string_equal(rules->timezone, "UTC");
    assert_string_equal(bc_zone_name(rules->zone), "UTC");
    assert_int_equal(rules->stage_n, ARRAY_LEN(stage_wants));
    for (size_t i = 0; i < rules->stage_n; i++) {
        const struct bc_stage *stage = &rules->stages[i];
        const struct stage_want *want = &stage_wants[i];
        assert_string_equal(stage->id, want->id);
        assert_string_equal(stage->label, want->label);
        assert_int_equal(stage->kind, want->kind);
        assert_int_equal(stage->start, want->start);
        assert_int_equal(stage->next, set_of(rules, want->next));
        assert_int_equal(stage->leaves_qualified, i == 0);
        assert_int_equal(stage->crm_id_n, 0);
        assert_int_equal(bc_rules_stage(rules, bc_str_of(stage->id)), i);
    }
    assert_int_equal(rules->won, set_of(rules, "closed_won"));
    assert_int_equal(rules->lost, set_of(rules, "closed_lost"));
    bc_rules_free(rules);
}

/* As the rules say it; of a property that they don't name, as recorded. */
static enum bc_time_mode mode_of(const bc_rules *rules, struct bc_str property)
{
    for (size_t i = 0; i < rules->property_n; i++)
        if (bc_str_eq(property, bc_str_of(rules->properties[i].name)))
            return rules->properties[i].mode;
    return BC_AS_RECORDED;
}

static void properties_and_slices(void **state)
{
    static const char *const backfill[] = { "deal_name",   "deal_type",    "tier",
                                            "amount",      "mrr",          "contract_start",
                                            "company",     "contract_end", "renews",
                                            "icp_version", "target_start", "target_end",
                                            "currency" };
    bc_rules *rules = rules_default();
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(backfill); i++)
        assert_int_equal(mode_of(rules, bc_str_of(backfill[i])), BC_BACKFILL);
    assert_int_equal(mode_of(rules, BC_STR("owner")), BC_AS_RECORDED);
    assert_int_equal(mode_of(rules, BC_STR("parked_until")), BC_AS_RECORDED);
    assert_int_equal(mode_of(rules, BC_STR("anything")), BC_AS_RECORDED);
    assert_int_equal(rules->property_n, 15);
    for (unsigned i = 0; i < BC_P_N; i++) {
        struct bc_str name = bc_str_of(bc_property_name((enum bc_property)i));
        assert_int_equal(bc_property_of(name), i);
        assert_int_equal(rules->mode[i], mode_of(rules, name));
    }
    assert_int_equal(bc_property_of(BC_STR("anything")), BC_P_N);
    assert_int_equal(rules->slice_n, 3);
    assert_string_equal(rules->slices[0].name, "new");
    assert_int_equal(rules->slices[0].deal_type_n, 1);
    assert_string_equal(rules->slices[0].deal_types[0].at, "newbusiness");
    assert_string_equal(rules->slices[1].name, "existing");
    assert_int_equal(rules->slices[1].deal_type_n, 1);
    assert_string_equal(rules->slices[1].deal_types[0].at, "existingbusiness");
    assert_string_equal(rules->slices[2].name, "all");
    assert_int_equal(rules->slices[2].deal_type_n, 0);
    assert_int_equal(bc_rules_slice(rules, BC_STR("all")), 2);
    assert_int_equal(bc_rules_slice(rules, BC_STR("old")), -1);
    assert_int_equal(bc_rules_red_line(rules, bc_str_of(rules->red_lines[0].name)), 0);
    assert_int_equal(bc_rules_red_line(rules, BC_STR("old")), -1);
    bc_rules_free(rules);
}

static const struct metric_want {
    const char *name;
    enum bc_metric_kind kind;
    const char *headline;
    int32_t window_days;
    const char *stages, *from, *to;
    enum bc_contract contract;
    int32_t days_min, days_max;
} metric_wants[] = {
    { "sqd", BC_COUNT, "new", 0, SQ, "", "", BC_CONTRACT_ANY, 0, 0 },
    { "sqd_net_new", BC_ENTRIES, "new", 7, SQ, "", "", 0, 0, 0 },
    { "meetings_per_week", BC_MEETINGS, "new", 7, "discovery renewals proposal", "", "", 0, 0, 0 },
    { "outreach_email_open_rate", BC_EMAIL_RATE, "new", 30, "outreach", "", "", 0, 0, 0 },
    { "outreach_to_discovery", BC_CONVERSION, "new", 365, "", "outreach",
      "discovery proposal closed_won closed_won_complete", 0, 0, 0 },
    { "discovery_to_proposal", BC_CONVERSION, "new", 365, "", "discovery",
      "proposal closed_won closed_won_complete", 0, 0, 0 },
    { "days_in_pipeline", BC_LEAD_TIME, "new", 365, "", "enrichment", "closed_won", 0, 0, 0 },
    { "days_in_discovery", BC_TIME_IN_STAGE, "new", 365, "discovery", "", "", 0, 0, 0 },
    { "existing_business_active", BC_COUNT, "all", 0, "closed_won", "", "", BC_CONTRACT_ACTIVE, 0,
      0 },
    { "overdue_renewal", BC_COUNT, "all", 0, "closed_won", "", "", BC_CONTRACT_OVERDUE, 0, 0 },
    { "renewal_0_30", BC_COUNT, "all", 0, "closed_won", "", "", BC_CONTRACT_ENDS_IN, 0, 30 },
    { "renewal_31_90", BC_COUNT, "all", 0, "closed_won", "", "", BC_CONTRACT_ENDS_IN, 31, 90 },
    { "renewal_91_180", BC_COUNT, "all", 0, "closed_won", "", "", BC_CONTRACT_ENDS_IN, 91, 180 },
};

static void the_thirteen_metrics_in_their_order(void **state)
{
    bc_rules *rules = rules_default();
    (void)state;

    assert_int_equal(rules->metric_n, ARRAY_LEN(metric_wants));
    for (size_t i = 0; i < rules->metric_n; i++) {
        const struct bc_metric_rule *metric = &rules->metrics[i];
        const struct metric_want *want = &metric_wants[i];
        assert_string_equal(metric->name, want->name);
        assert_int_equal(metric->kind, want->kind);
        assert_string_equal(rules->slices[metric->headline].name, want->headline);
        assert_int_equal(metric->window_days, want->window_days);
        assert_int_equal(metric->stages, set_of(rules, want->stages));
        assert_int_equal(metric->from, set_of(rules, want->from));
        assert_int_equal(metric->to, set_of(rules, want->to));
        assert_int_equal(metric->basis, BC_EXITS);
        assert_int_equal(metric->contract, want->contract);
        assert_int_equal(metric->days_min, want->days_min);
        assert_int_equal(metric->days_max, want->days_max);
        assert_ptr_equal(bc_rules_metric(rules, bc_str_of(want->name)), metric);
    }
    const struct bc_metric_rule *meetings = &rules->metrics[2];
    assert_int_equal(meetings->type_n, 3);
    assert_string_equal(meetings->types[0].at, "discovery");
    assert_string_equal(meetings->types[1].at, "renewal");
    assert_string_equal(meetings->types[2].at, "proposal");
    assert_int_equal(meetings->outcome_n, 1);
    assert_string_equal(meetings->outcomes[0].at, "completed");
    assert_int_equal(rules->metrics[7].stalled_after_us, 30 * BC_DAY_US);
    assert_int_equal(rules->metrics[9].renewed_by, set_of(rules, "closed_won closed_won_complete"));
    assert_null(bc_rules_metric(rules, BC_STR("sq")));
    bc_rules_free(rules);
}

static const struct red_line_want {
    const char *name, *from, *to;
    double threshold;
    enum bc_guard guard;
    uint64_t needs;
    const char *guard_stages, *guard_type;
    int64_t open_days;
    const char *says;
} red_line_wants[] = {
    { "outreach_conversion", "outreach", "discovery proposal closed_won closed_won_complete", 0.15,
      BC_GUARD_ATTEMPTS, 20, "", NULL, 60, "the ICP or the messaging is broken" },
    { "discovery_conversion", "discovery", "proposal closed_won closed_won_complete", 0.25,
      BC_GUARD_MEETINGS, 10, "discovery", "discovery", 60, "the offering does not fit the market" },
    { "no_wins", "", "closed_won", 1, BC_GUARD_ENTRIES, 10, "proposal", NULL, 0,
      "pricing, positioning or product-market fit" },
};

static void the_three_red_lines(void **state)
{
    bc_rules *rules = rules_default();
    (void)state;

    assert_int_equal(rules->red_line_n, ARRAY_LEN(red_line_wants));
    for (size_t i = 0; i < rules->red_line_n; i++) {
        const struct bc_red_line_rule *line = &rules->red_lines[i];
        const struct red_line_want *want = &red_line_wants[i];
        assert_string_equal(line->name, want->name);
        assert_string_equal(line->says, want->says);
        assert_string_equal(rules->slices[line->slice].name, "new");
        assert_int_equal(line->conversion, want->from[0] != '\0');
        assert_int_equal(line->from, set_of(rules, want->from));
        assert_int_equal(line->to, set_of(rules, want->to));
        assert_true(line->threshold == want->threshold);
        assert_int_equal(line->guard, want->guard);
        assert_int_equal(line->guard_needs, want->needs);
        assert_int_equal(line->guard_stages, set_of(rules, want->guard_stages));
        assert_int_equal(line->guard_type_n, want->guard_type != NULL);
        assert_int_equal(line->guard_outcome_n, want->guard_type != NULL);
        if (want->guard_type) {
            assert_string_equal(line->guard_types[0].at, want->guard_type);
            assert_string_equal(line->guard_outcomes[0].at, "completed");
        }
        assert_int_equal(line->open_counts_after_us, want->open_days * BC_DAY_US);
    }
    bc_rules_free(rules);
}

/* ---- Printing ---- */

static void read_file(struct bc_buf *out, const char *name)
{
    char path[512], bytes[4096];
    size_t n;

    snprintf(path, sizeof(path), "%s/projections/rules/%s", BC_SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    while ((n = fread(bytes, 1, sizeof(bytes), file)) > 0)
        bc_buf_add(out, bytes, n);
    fclose(file);
}

static struct file_row {
    const char *name, *file, *version;
    size_t stages, slices, metrics;
} file_rows[] = {
    { "the built-in rules read back as printed", "default.yaml", "default", 8, 3, 13 },
    { "R1 reads back as printed", "examples/2026-01-22.yaml", "R1", 7, 1, 8 },
    { "R2 reads back as printed", "examples/2026-02-10.yaml", "R2", 7, 3, 13 },
    { "R3 reads back as printed", "examples/2026-03-16.yaml", "R3", 8, 3, 13 },
};

static void file_row(void **state)
{
    const struct file_row *row = *state;
    struct bc_buf text = { 0 };

    read_file(&text, row->file);
    bc_rules *rules = rules_parsed(bc_buf_str(&text));
    assert_string_equal(rules->version, row->version);
    assert_int_equal(rules->stage_n, row->stages);
    assert_int_equal(rules->slice_n, row->slices);
    assert_int_equal(rules->metric_n, row->metrics);
    assert_int_equal(rules->red_line_n, 3);
    rules_check_round_trip(rules);
    bc_rules_free(rules);
    bc_buf_release(&text);
}

static void r3_means_what_the_built_in_rules_mean(void **state)
{
    struct bc_buf text = { 0 }, built_in = { 0 }, r3 = { 0 }, named = { 0 };
    bc_rules *rules = rules_default();
    (void)state;

    bc_rules_print(&built_in, rules);
    read_file(&text, "examples/2026-03-16.yaml");
    bc_rules *example = rules_parsed(bc_buf_str(&text));
    bc_rules_print(&r3, example);
    rules_edit(&named, bc_buf_str(&r3), "version: R3", "version: default");
    assert_true(bc_str_eq(bc_buf_str(&named), bc_buf_str(&built_in)));
    bc_rules_free(example);
    bc_rules_free(rules);
    bc_buf_release(&text);
    bc_buf_release(&built_in);
    bc_buf_release(&r3);
    bc_buf_release(&named);
}

static void r1_knows_one_slice_and_no_contract(void **state)
{
    struct bc_buf text = { 0 };
    (void)state;

    read_file(&text, "examples/2026-01-22.yaml");
    bc_rules *rules = rules_parsed(bc_buf_str(&text));
    assert_string_equal(rules->slices[0].name, "all");
    assert_int_equal(bc_rules_stage(rules, BC_STR("closed_won_complete")), BC_NO_STAGE);
    for (size_t i = 0; i < rules->metric_n; i++) {
        assert_string_equal(rules->metrics[i].name, metric_wants[i].name);
        assert_int_equal(rules->metrics[i].contract, BC_CONTRACT_ANY);
    }
    bc_rules_free(rules);
    bc_buf_release(&text);
}

static void each_top_level_key_is_on_a_line_of_its_own(void **state)
{
    static const char *const lines[] = {
        "version: default\n", "\ntimezone: UTC\n", "\nstages:\n",
        "\nproperties:\n",    "\nslices:\n",       "\nmetrics:\n",
        "\nred_lines:\n",     "\nlearning:\n",     "\nrevenue:\n"
    };
    bc_rules *rules = rules_default();
    struct bc_buf text = { 0 };
    (void)state;

    bc_rules_print(&text, rules);
    bc_buf_add_byte(&text, '\0');
    for (size_t i = 0; i < ARRAY_LEN(lines); i++)
        assert_non_null(strstr(text.at, lines[i]));
    assert_non_null(strstr(text.at, "\n  days_in_discovery:\n    kind: time_in_stage\n"
                                    "    headline: new\n    window_days: 365\n"
                                    "    stages: [discovery]\n    stalled_after: 30\n"));
    bc_rules_free(rules);
    bc_buf_release(&text);
}

/* ---- Other rules than the built-in ---- */

static void window(const bc_rules *rules)
{
    assert_int_equal(rules->metrics[4].window_days, 90);
}
static void no_window(const bc_rules *rules)
{
    assert_int_equal(rules->metrics[1].window_days, BC_NO_WINDOW);
}
static void cohort(const bc_rules *rules)
{
    assert_int_equal(rules->metrics[4].basis, BC_COHORT);
}
static void stalled(const bc_rules *rules)
{
    assert_int_equal(rules->metrics[7].stalled_after_us, 12 * BC_DAY_US + BC_DAY_US / 2);
}
static void zone(const bc_rules *rules)
{
    assert_string_equal(rules->timezone, "America/New_York");
    assert_int_equal(bc_zone_offset(rules->zone, 0), -5 * 3600);
}
static void crm_ids(const bc_rules *rules)
{
    int outreach = bc_rules_stage(rules, BC_STR("outreach"));

    assert_int_equal(bc_rules_stage(rules, BC_STR("123")), outreach);
    assert_int_equal(bc_rules_stage(rules, BC_STR("a: b, \"c\"")), outreach);
    assert_int_equal(bc_rules_stage(rules, BC_STR("Outreach")), BC_NO_STAGE);
    assert_int_equal(bc_rules_stage(rules, BC_STR("")), BC_NO_STAGE);
}
static void threshold(const bc_rules *rules)
{
    assert_true(rules->red_lines[0].threshold == 0.1234567890123456);
}
static void mode(const bc_rules *rules)
{
    assert_int_equal(rules->mode[BC_P_DEAL_TYPE], BC_BEST_KNOWN);
    assert_int_equal(mode_of(rules, BC_STR("deal_type")), BC_BEST_KNOWN);
}
static void mode_left_out(const bc_rules *rules)
{
    assert_int_equal(rules->mode[BC_P_CONTRACT_END], BC_BACKFILL);
    assert_int_equal(mode_of(rules, BC_STR("contract_end")), BC_BACKFILL);
}
static void slice_of_two(const bc_rules *rules)
{
    assert_int_equal(rules->slices[0].deal_type_n, 2);
    assert_string_equal(rules->slices[0].deal_types[0].at, "New Logo");
    assert_string_equal(rules->slices[0].deal_types[1].at, "newbusiness");
}
static void labels(const bc_rules *rules)
{
    assert_string_equal(rules->stages[0].label, "\xC3\x84nreichern \\ \"roh\" #1");
    assert_string_equal(rules->stages[1].label, "yes");
}

static void qualified(const bc_rules *rules)
{
    assert_true(rules->stages[1].leaves_qualified);
    assert_true(rules->stages[0].leaves_qualified); /* of which nothing is said */
}
static void unqualified(const bc_rules *rules)
{
    assert_false(rules->stages[0].leaves_qualified);
}
static void qualified_whatever_kind(const bc_rules *rules)
{
    assert_int_equal(rules->stages[0].kind, BC_STAGE_FINAL);
    assert_true(rules->stages[0].leaves_qualified);
}
static void qualified_by_id_alone(const bc_rules *rules)
{
    for (size_t i = 0; i < rules->stage_n; i++)
        assert_false(rules->stages[i].leaves_qualified);
}

static void learning(const bc_rules *rules)
{
    assert_int_equal(rules->learning.stalled_after_us, BC_DAY_US * 5 / 2);
    assert_int_equal(rules->learning.max_running, 2);
    assert_int_equal(rules->learning.closed_min, 0);
    assert_int_equal(rules->learning.closed_max, 7);
}

static void revenue(const bc_rules *rules)
{
    assert_string_equal(rules->revenue.currency, "EUR");
    assert_int_equal(rules->revenue.value_n, 1);
    assert_true(bc_str_eq(rules->revenue.value[0], BC_STR("arr/12")));
    assert_true(rules->revenue.renewal.measured);
    assert_false(rules->revenue.new_business.measured);
    assert_int_equal(rules->revenue.new_business.millionths, 333333);
}

static struct edit_row {
    const char *name, *find, *put, *find2, *put2;
    void (*check)(const bc_rules *rules);
} edit_rows[] = {
    { "another window", "window_days: 365", "window_days: 90", NULL, NULL, window },
    { "no window is since the beginning", "    window_days: 7\n", "", NULL, NULL, no_window },
    { "the basis may be the cohort", "basis: exits", "basis: cohort", NULL, NULL, cohort },
    { "days may be broken", "stalled_after: 30", "stalled_after: 12.5", NULL, NULL, stalled },
    { "another zone", "timezone: UTC", "timezone: America/New_York", NULL, NULL, zone },
    { "the CRM's ids mean the stage", "next: [discovery, closed_lost]\n    crm_ids: []",
      "next: [discovery, closed_lost]\n    crm_ids: [\"123\", 'a: b, \"c\"', outreach]", NULL, NULL,
      crm_ids },
    { "an id that looks like a number is a text", "next: [discovery, closed_lost]\n    crm_ids: []",
      "next: [discovery, closed_lost]\n    crm_ids: [123, 'a: b, \"c\"']", NULL, NULL, crm_ids },
    { "another stage may be left with a qualification",
      "next: [discovery, closed_lost]\n    crm_ids: []",
      "next: [discovery, closed_lost]\n    crm_ids: []\n    leaves_qualified: true", NULL, NULL,
      qualified },
    { "enrichment may be left without one", "next: [outreach, closed_lost]\n    crm_ids: []",
      "next: [outreach, closed_lost]\n    crm_ids: []\n    leaves_qualified: false", NULL, NULL,
      unqualified },
    { "said nothing of, it means what it meant, of whatever kind", "kind: open", "kind: final",
      NULL, NULL, qualified_whatever_kind },
    { "a stage of another id is left without one", "  enrichment:", "  research:",
      "from: [enrichment]", "from: [research]", qualified_by_id_alone },
    { "a threshold keeps all its digits", "threshold: 0.15", "threshold: 0.1234567890123456", NULL,
      NULL, threshold },
    { "a slice of several deal types", "deal_type: newbusiness",
      "deal_type: [New Logo, newbusiness]", NULL, NULL, slice_of_two },
    { "another time mode", "deal_type: backfill", "deal_type: best_known", NULL, NULL, mode },
    { "a known property that is left out keeps its mode", "  contract_end: backfill\n", "", NULL,
      NULL, mode_left_out },
    { "line ends may be CRLF", "UTC\nstages:\n", "America/New_York\r\nstages:\r\n", NULL, NULL,
      zone },
    { "a byte order mark is passed over", "version:", "\xEF\xBB\xBFversion:", "UTC",
      "America/New_York", zone },
    { "what the meetings go by", "stalled_after: 30\n  max_running",
      "stalled_after: 2.5\n  max_running", "closed_per_playbook: [10, 20]",
      "closed_per_playbook: [0, 7]", learning },
    { "what deals are worth", "currency: USD\n  value: [mrr, amount]\n  renewal: 0.8",
      "currency: EUR\n  value: arr/12\n  renewal: measured", "new: 0.3", "new: 0.333333", revenue },
    { "labels that YAML would misread are quoted", "label: Enrichment",
      "label: '\xC3\x84nreichern \\ \"roh\" #1'", "label: Outreach",
      "label: \"yes\"\n    # a comment", labels },
};

static void edit_row(void **state)
{
    const struct edit_row *row = *state;
    struct bc_buf text = { 0 }, edited = { 0 }, twice = { 0 };
    bc_rules *rules = rules_default();

    bc_rules_print(&text, rules);
    rules_edit(&edited, bc_buf_str(&text), row->find, row->put);
    if (row->find2)
        rules_edit(&twice, bc_buf_str(&edited), row->find2, row->put2);
    bc_rules *other = rules_parsed(bc_buf_str(row->find2 ? &twice : &edited));
    row->check(other);
    rules_check_round_trip(other);
    text.len = 0;
    bc_rules_print(&text, other);
    bc_rules *back = rules_parsed(bc_buf_str(&text));
    row->check(back);
    bc_rules_free(back);
    bc_rules_free(other);
    bc_rules_free(rules);
    bc_buf_release(&text);
    bc_buf_release(&edited);
    bc_buf_release(&twice);
}

static const char least[] = "version: least\n"
                            "stages:\n"
                            "  lead: {kind: open}\n"
                            "  won: {kind: won, crm_ids: '77'}\n"
                            "slices: {all: {}}\n"
                            "metrics:\n"
                            "  leads: {kind: entries, stages: lead}\n"
                            "  wins: {kind: conversion, from: lead, to: [won]}\n"
                            "  slow: {kind: time_in_stage, stages: [lead]}\n"
                            "  talks: {kind: meetings, stages: lead, types: demo}\n";

static void what_is_left_out_has_its_usual_value(void **state)
{
    (void)state;

    bc_rules *rules = rules_parsed(BC_STR(least));
    assert_int_equal(rules->red_line_n, 0);
    assert_string_equal(rules->timezone, "UTC");
    assert_int_equal(rules->metrics[3].outcome_n, 1);
    assert_string_equal(rules->metrics[3].outcomes[0].at, "completed");
    assert_int_equal(rules->metrics[2].stalled_after_us, 30 * BC_DAY_US);
    assert_int_equal(rules->metrics[1].basis, BC_EXITS);
    assert_int_equal(rules->metrics[1].headline, 0);
    assert_int_equal(rules->metrics[0].window_days, BC_NO_WINDOW);
    assert_string_equal(rules->stages[0].label, "lead");
    assert_int_equal(rules->metrics[1].from, set_of(rules, "lead"));
    assert_int_equal(bc_rules_stage(rules, BC_STR("77")), 1);
    assert_int_equal(rules->learning.stalled_after_us, 30 * BC_DAY_US);
    assert_int_equal(rules->learning.enough, 10);
    assert_int_equal(rules->learning.closed_max, 20);
    assert_true(rules->learning.lead_target == 0.15);
    assert_string_equal(rules->revenue.currency, "USD");
    assert_int_equal(rules->revenue.value_n, 2);
    assert_int_equal(rules->revenue.renewal.millionths, 800000);
    assert_int_equal(rules->revenue.new_business.millionths, 300000);
    rules_check_round_trip(rules);
    bc_rules_free(rules);
}

int main(void)
{
    struct CMUnitTest tests[64];
    size_t n = 0;

    ROWS(file_rows, file_row);
    ROWS(edit_rows, edit_row);
    ONE(the_eight_stages_and_their_moves);
    ONE(properties_and_slices);
    ONE(the_thirteen_metrics_in_their_order);
    ONE(the_three_red_lines);
    ONE(r3_means_what_the_built_in_rules_mean);
    ONE(r1_knows_one_slice_and_no_contract);
    ONE(each_top_level_key_is_on_a_line_of_its_own);
    ONE(what_is_left_out_has_its_usual_value);
    return _cmocka_run_group_tests("projections/rules/rules", tests, n, NULL, NULL);
}
