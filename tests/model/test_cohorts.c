/* tests/model/test_cohorts.c - told cases of cohorts, by the engine and by the recount; and on
 * random ledgers that both agree, that rows add up to all, that threads and known-at change
 * nothing, and that without keys a cohort is the conversion by cohort. */
#include "ledger/base/instant.h"
#include "projections/report/report.h"
#include "tests/model/law_recount.h"
#include "tests/model/recount_cohort.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"

#include <stdio.h>
#include <stdlib.h>

enum { BY_MAX = 4 };

/* A question, from words: at STAGE,..; to STAGE,..; by KEY; enrolment X; lead; mature N; since
 * DATE; late; slice S; as-of DATE; known DATE; zone NAME. */
struct asked {
    struct bc_cohort_ask ask;
    struct bc_by by[BY_MAX];
    struct recount_question question;
    bc_rules *rules;
    char words[256];
};

static bc_stage_set stages_of(const bc_rules *rules, const char *text)
{
    bc_stage_set set = 0;

    for (; *text; text += strcspn(text, ",") + (text[strcspn(text, ",")] == ','))
        set |= UINT64_C(1) << bc_rules_stage(rules, (struct bc_str){ text, strcspn(text, ",") });
    return set;
}

static void ask_word(struct asked *asked, const char *word, char **rest)
{
    struct bc_cohort_ask *ask = &asked->ask;
    const char *value;

    if (strcmp(word, "lead") == 0) {
        ask->anchor = BC_ANCHOR_LEAD;
        return;
    }
    if (strcmp(word, "late") == 0) {
        ask->late_values = true;
        return;
    }
    value = strtok_r(NULL, " ", rest);
    assert_non_null(value);
    if (strcmp(word, "at") == 0)
        ask->at = stages_of(asked->rules, value);
    else if (strcmp(word, "to") == 0)
        ask->to = stages_of(asked->rules, value);
    else if (strcmp(word, "by") == 0)
        assert_true(bc_by_parse(&asked->by[ask->by_n++], bc_str_of(value)));
    else if (strcmp(word, "mature") == 0)
        ask->mature = atoi(value);
    else if (strcmp(word, "since") == 0)
        ask->since_us = law_day_end(asked->rules, value);
    else if (strcmp(word, "slice") == 0)
        ask->slice = (unsigned)bc_rules_slice(asked->rules, bc_str_of(value));
    else if (strcmp(word, "as-of") == 0)
        asked->question.as_of_us = law_day_end(asked->rules, value);
    else if (strcmp(word, "known") == 0) {
        asked->question.has_known = true;
        asked->question.known_us = law_day_end(asked->rules, value);
    } else if (strcmp(word, "enrolment") == 0) {
        ask->anchor = BC_ANCHOR_ENROLMENT;
        ask->experiment = bc_str_of(value);
    } else {
        fail_msg("no such word: %s", word);
    }
}

static void ask_make(struct asked *out, const char *words, const char *zone)
{
    struct bc_buf yaml = rules_text();
    char *rest = NULL;

    *out = (struct asked){ .ask = { .since_us = INT64_MIN, .mature = BC_NOT_MATURE, .slice = 2 } };
    if (zone)
        rules_text_put(&yaml, "version:", "timezone:", zone);
    out->rules = rules_of_text(&yaml);
    out->ask.by = out->by;
    out->question = (struct recount_question){ .as_of_us = law_day_end(out->rules, "2025-06-30"),
                                               .rules = out->rules,
                                               .threads = 1 };
    snprintf(out->words, sizeof(out->words), "%s", words);
    for (char *word = strtok_r(out->words, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        ask_word(out, word, &rest);
}

static struct bc_cohorts *answered(bc_timelines *timelines, const struct recount_question *asked,
                                   const struct bc_cohort_ask *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_cohorts *cohorts = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_cohorts_make(&cohorts, timelines, &question, ask, &err), &err);
    return cohorts;
}

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *question, const void *ask)
{
    const struct asked *asked = ask;
    struct bc_cohorts *cohorts = answered(timelines, question, &asked->ask);

    recount_cohorts_print(out, cohorts, asked->ask.by_n);
    bc_cohorts_free(cohorts);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    const struct asked *asked = ask;

    recount_cohort(out, events, n, question, &asked->ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

/* --- told cases --- */

static struct told {
    const char *name, *story, *ask, *want, *zone;
} told[] = {
    { "who got to the target converted, who was lost failed, the rest is open",
      "d1..d2 created discovery; d1 moved proposal @2025-01-11; d2 moved closed_lost; "
      "d3 created discovery",
      "at discovery to proposal",
      "all 1 of 3, 1 failed, 1 open, 0 already; days 10.000000 10.000000 10.000000; "
      "immature 0 excluded 0 gone 0",
      NULL },
    { "won and final are always with the target",
      "d1 created discovery; d1 moved closed_won_complete; d2 created discovery; "
      "d2 moved closed_won",
      "at discovery to proposal", "all 2 of 2, 0 failed, 0 open, 0 already", NULL },
    { "a stage that it was found in is a visit to the target",
      "d1 created discovery; d1 observed proposal", "at discovery to proposal",
      "all 1 of 1, 0 failed", NULL },
    { "a deal that was only found in the stage is excluded",
      "d1 found discovery; d1 moved proposal; d2 created discovery", "at discovery to proposal",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 0 excluded 1 gone 0", NULL },
    { "but not if it was found there before the window",
      "d1 found discovery @2025-01-05; d1 moved outreach @2025-01-08; "
      "d1 observed discovery @2025-02-01",
      "at discovery to proposal since 2025-01-31",
      "all 0 of 0, 0 failed, 0 open, 0 already; immature 0 excluded 0 gone 0", NULL },
    { "an entry after it was found there is its anchor",
      "d1 found discovery @2025-01-05; d1 moved outreach; d1 moved discovery @2025-02-01; "
      "d1 moved proposal @2025-02-03",
      "at discovery to proposal", "all 1 of 1, 0 failed, 0 open, 0 already; days 2.000000", NULL },
    { "the first entry is the anchor, and one before the window is none in it",
      "d1 created discovery @2025-01-05; d1 moved outreach @2025-02-05; d1 moved discovery",
      "at discovery to proposal since 2025-01-31", "all 0 of 0", NULL },
    { "of several stages the first entry into any counts",
      "d1 created outreach @2025-01-01; d1 moved discovery @2025-01-03; "
      "d1 moved proposal @2025-01-09",
      "at discovery,outreach to proposal", "all 1 of 1, 0 failed, 0 open, 0 already; days 8.000000",
      NULL },
    { "a visit to the target at the anchor's instant counts, if it comes after it",
      "d1 created discovery @2025-01-05; d1 moved proposal @2025-01-05; "
      "d2 moved proposal @2025-01-06; d2 moved discovery @2025-01-06",
      "at discovery to proposal", "all 1 of 2, 0 failed, 1 open, 0 already; days 0.000000", NULL },
    { "a target after the date has not come", "d1 created discovery; d1 moved proposal @2025-07-02",
      "at discovery to proposal", "all 0 of 1, 0 failed, 1 open", NULL },
    { "who was lost and came back is open",
      "d1 created discovery; d1 moved closed_lost; d1 moved discovery", "at discovery to proposal",
      "all 0 of 1, 0 failed, 1 open", NULL },
    { "who got there and was lost converted",
      "d1 created discovery; d1 moved proposal; d1 moved closed_lost", "at discovery to proposal",
      "all 1 of 1, 0 failed", NULL },
    { "a deal that is gone is counted as that, and in nothing else",
      "d1 created discovery; d1 deleted; d2 created discovery; d2 deleted; d2 restored",
      "at discovery to proposal",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 0 excluded 0 gone 1", NULL },
    { "the slice is that of the date",
      "d1 created discovery type newbusiness; d2 created discovery; "
      "d3 created discovery type newbusiness; d3 set deal_type partner",
      "at discovery to proposal slice new", "all 0 of 1", NULL },
    { "a retracted move did not happen, and a retracted retraction did",
      "d1 created discovery; x: d1 moved proposal; retract x; d2 created discovery; "
      "y: d2 moved proposal; z: retract y; retract z",
      "at discovery to proposal", "all 1 of 2, 0 failed, 1 open", NULL },
    { "asked what was known before, the retraction is not",
      "d1 created discovery @2025-01-01; x: d1 moved proposal @2025-01-02; "
      "retract x known 2025-03-01",
      "at discovery to proposal known 2025-02-01", "all 1 of 1", NULL },
    { "a merged deal is gone, and its target inherits nothing",
      "d1 created discovery; d1 moved proposal; d2 created discovery; d1 merged d2",
      "at discovery to proposal",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 0 excluded 0 gone 1", NULL },
    /* mature */
    { "too young for it is counted as immature",
      "d1 created discovery @2025-05-31; d2 created discovery @2025-06-02",
      "at discovery to proposal mature 30",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 1 excluded 0 gone 0", NULL },
    { "what came later than that is not looked at, of conversions and losses alike",
      "d1..d4 created discovery @2025-01-10; d1 moved proposal @2025-02-09; "
      "d2 moved proposal @2025-02-10; d3 moved closed_lost @2025-02-09; "
      "d4 moved closed_lost @2025-02-10",
      "at discovery to proposal mature 30 as-of 2025-06-30",
      "all 1 of 4, 1 failed, 2 open, 0 already; days 30.000000", NULL },
    { "over a change of clocks the same local time is so many days ago",
      "d1 created discovery @2025-03-20T10:00; d1 moved proposal @2025-04-03T09:00; "
      "d2 created discovery @2025-03-20T10:00; d2 moved proposal @2025-04-03T09:30",
      "at discovery to proposal mature 14", "all 1 of 2, 0 failed, 1 open", "Europe/Berlin" },
    { "in the hour that a clock shows twice a later visit may be in time, and one before it not",
      "d1 created discovery @2025-10-12T00:20Z; d1 moved outreach @2025-10-26T00:30Z; "
      "d1 moved proposal @2025-10-26T01:10Z",
      "at discovery to proposal mature 14 as-of 2025-12-31",
      "all 1 of 1, 0 failed, 0 open, 0 already; days 14.034722", "Europe/Berlin" },
    { "no days at all: what came at the anchor's instant",
      "d1 created discovery @2025-01-05; d1 moved proposal @2025-01-05; "
      "d2 created discovery @2025-01-05; d2 moved proposal @2025-01-06",
      "at discovery to proposal mature 0", "all 1 of 2, 0 failed, 1 open", NULL },
    /* other anchors */
    { "enrolled twice, the first one counts, and another experiment is none",
      "d1 created outreach; d1 enrolled x1 a @2025-01-10; d1 enrolled x1 b @2025-01-12; "
      "d1 moved proposal @2025-01-20; d2 created outreach; d2 enrolled x2 a",
      "enrolment x1 to proposal by arm:x1",
      "all 1 of 1, 0 failed, 0 open, 0 already; days 10.000000 10.000000 10.000000; immature 0 "
      "excluded 0 gone 0\na: 1 of 1",
      NULL },
    { "who is there already when enrolled is counted as that, and in nothing else",
      "d1 created proposal; d1 enrolled x1 a; d2 created outreach; d2 enrolled x1 a",
      "enrolment x1 to proposal", "all 0 of 1, 0 failed, 1 open, 1 already", NULL },
    { "at one instant the log's order decides what was before",
      "d1 created outreach @2025-01-01; d1 moved proposal @2025-01-05; "
      "d1 enrolled x1 a @2025-01-05; d2 created outreach @2025-01-01; "
      "d2 enrolled x1 a @2025-01-05; d2 moved proposal @2025-01-05",
      "enrolment x1 to proposal", "all 1 of 1, 0 failed, 0 open, 1 already", NULL },
    { "found in the target before is there, too", "d1 found proposal; d1 enrolled x1 a",
      "enrolment x1 to proposal", "all 0 of 0, 0 failed, 0 open, 1 already", NULL },
    { "a lead converts by what begins at its instant, whichever the log has first",
      "d1 created outreach @2025-01-05; d1 lead web @2025-01-05", "lead to outreach",
      "all 1 of 1, 0 failed, 0 open, 0 already; days 0.000000", NULL },
    { "and was there already by what began before",
      "d1 created outreach @2025-01-04; d1 lead web @2025-01-05", "lead to outreach",
      "all 0 of 0, 0 failed, 0 open, 1 already", NULL },
    { "a lead of no deal is open, in every slice, by what it says itself",
      "- lead spring web @2025-01-05; - lead spring fair @2025-06-20; - lead fall @2025-07-05; "
      "d1 lead spring web @2025-01-06; d1 created outreach type newbusiness @2025-01-08; "
      "x: - lead spring web @2025-01-09; retract x",
      "lead to outreach slice new mature 30 by campaign by channel by tier",
      "all 1 of 2, 0 failed, 1 open, 0 already; days 2.000000 2.000000 2.000000; immature 1 "
      "excluded 0 gone 0 without 1\nspring,web,: 1 of 2, 0 failed, 1 open",
      NULL },
    /* keys */
    { "a property is the last value set by the anchor, also at its very instant",
      "d1 created discovery @2025-01-05; d1 set tier gold @2025-01-05; "
      "d1 set tier lead @2025-01-06; d2 set tier silver @2025-01-01; "
      "d2 created discovery @2025-01-05",
      "at discovery to proposal by tier",
      "all 0 of 2, 0 failed, 2 open, 0 already; immature 0 excluded 0 gone 0\n"
      "gold: 0 of 1, 0 failed, 1 open, 0 already\nsilver: 0 of 1",
      NULL },
    { "set to nothing, or later, it has none",
      "d1 set tier gold; d1 unset tier; d1 created discovery; d2 created discovery; "
      "d2 set tier gold",
      "at discovery to proposal by tier",
      "all 0 of 2, 0 failed, 2 open, 0 already; immature 0 excluded 0 gone 0\n: 0 of 2", NULL },
    { "with late values it is read by its time mode",
      "d1 created discovery; d1 set tier gold; d1 set owner ann",
      "at discovery to proposal by tier by owner late",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 0 excluded 0 gone 0\ngold,: 0 of 1",
      NULL },
    { "a creation sets owner, name and type",
      "d1 created discovery owner ann name Acme type partner",
      "at discovery to proposal by owner by deal_name by deal_type",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 0 excluded 0 gone 0\n"
      "ann,Acme,partner: 0 of 1",
      NULL },
    { "a qualification says yes or no, and none nothing",
      "d1 qualified need icp_fit; d1 created discovery; d2 created discovery",
      "at discovery to proposal by need by budget by icp_fit",
      "all 0 of 2, 0 failed, 2 open, 0 already; immature 0 excluded 0 gone 0\n"
      ",,: 0 of 1, 0 failed, 1 open, 0 already\nyes,no,yes: 0 of 1",
      NULL },
    { "the version of the ICP is the property, else that of the last qualification",
      "d1 qualified v1; d1 qualified v2; d1 created discovery; d2 qualified v1; "
      "d2 set icp_version v3; d2 created discovery; d3 set icp_version v3; d3 unset icp_version; "
      "d3 qualified v1; d3 created discovery",
      "at discovery to proposal by icp_version",
      "all 0 of 3, 0 failed, 3 open, 0 already; immature 0 excluded 0 gone 0\n"
      "v1: 0 of 1, 0 failed, 1 open, 0 already\nv2: 0 of 1, 0 failed, 1 open, 0 already\nv3: 0 of "
      "1",
      NULL },
    { "ICP and playbook are those last published, whatever deal they carry",
      "- icp v1 @2025-01-01; d9 icp v2 @2025-01-03; x: - icp v3 @2025-01-04; retract x; "
      "- playbook p1 @2025-02-01; d1 created discovery @2025-01-05",
      "at discovery to proposal by icp by playbook",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 0 excluded 0 gone 0\nv2,: 0 of 1", NULL },
    { "campaign and channel are of the first lead",
      "d1 lead spring web; d1 lead fall fair; d1 created discovery",
      "at discovery to proposal by campaign by channel",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 0 excluded 0 gone 0\nspring,web: 0 of 1",
      NULL },
    { "month, quarter and year are those of the zone's calendar",
      "d1 created discovery @2025-03-31T22:30",
      "at discovery to proposal by month by quarter by year",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 0 excluded 0 gone 0\n"
      "2025-04,2025-Q2,2025: 0 of 1",
      "Europe/Berlin" },
    { "meetings are counted that were held by then, each once",
      "d1 meeting m1 starts 2025-01-02T09:00 completed @2025-01-02; "
      "d1 meeting m1 starts 2025-01-02T10:00 completed @2025-01-03; "
      "d1 meeting m2 starts 2025-01-02 scheduled @2025-01-02; "
      "d1 meeting m3 starts 2025-09-02 completed @2025-01-03; "
      "d1 created discovery @2025-01-05; d1 meeting m4 completed @2025-01-06",
      "at discovery to proposal by meetings",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 0 excluded 0 gone 0\n1: 0 of 1", NULL },
    { "opened and replied are of any e-mail by then",
      "d1 sent e1; d1 opened e1; d1 created discovery; d1 replied e1",
      "at discovery to proposal by opened by replied",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 0 excluded 0 gone 0\nyes,no: 0 of 1",
      NULL },
    { "an open of an e-mail that was not recorded is one", "d1 opened e9; d1 created discovery",
      "at discovery to proposal by opened",
      "all 0 of 1, 0 failed, 1 open, 0 already; immature 0 excluded 0 gone 0\nyes: 0 of 1", NULL },
    { "rows stand by n, then by the bytes of their values",
      "d1..d3 set tier %; d1..d3 created discovery; d4 created discovery; d5 created discovery",
      "at discovery to proposal by tier",
      "all 0 of 5, 0 failed, 5 open, 0 already; immature 0 excluded 0 gone 0\n"
      ": 0 of 2, 0 failed, 2 open, 0 already\n1: 0 of 1, 0 failed, 1 open, 0 already\n2: 0 of 1",
      NULL },
};

/* `got` begins with what is wanted; a line of it may be cut short. */
static void check_begins(const char *who, const char *got, const char *want)
{
    while (*want) {
        const size_t len = strcspn(want, "\n");

        if (strncmp(got, want, len) != 0)
            fail_msg("%s: \"%s\", wanted \"%s\"", who, got, want);
        want += len + (want[len] == '\n');
        got += strcspn(got, "\n");
        got += *got == '\n';
    }
}

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf got = { 0 }, want = { 0 };
    struct asked asked;

    ask_make(&asked, row->ask, row->zone);
    law_tell(&got, &want, &answer, row->story, &asked.question, &asked);
    check_begins("the recount", want.at, row->want);
    check_begins("the engine", got.at, row->want);
    assert_string_equal(got.at, want.at);
    bc_rules_free(asked.rules);
    bc_buf_release(&got);
    bc_buf_release(&want);
}

/* --- laws --- */

/* Another question at each turn. */
static void random_ask(struct asked *out, const struct law_world *world, size_t i, uint64_t *random)
{
    static const char *const keys[] = { "tier",     "icp_version", "owner",   "mood",
                                        "need",     "budget",      "icp",     "playbook",
                                        "campaign", "channel",     "arm:x1",  "arm:x2",
                                        "month",    "quarter",     "year",    "meetings",
                                        "opened",   "replied",     "icp_fit", "deal_type" };
    static const enum bc_anchor_kind anchors[] = { BC_ANCHOR_ENTRY, BC_ANCHOR_ENTRY,
                                                   BC_ANCHOR_ENROLMENT, BC_ANCHOR_LEAD };
    const uint64_t every = (UINT64_C(1) << world->rules->stage_n) - 1;

    *out = (struct asked){ .question = law_question(world, i) };
    out->ask = (struct bc_cohort_ask){
        .anchor = anchors[history_random(random, ARRAY_LEN(anchors))],
        .at = (UINT64_C(1) << history_random(random, 4)) | (history_random(random, 3) == 0),
        .experiment = history_random(random, 2) ? BC_STR("x1") : BC_STR("x2"),
        .to = history_random(random, every + 1) & history_random(random, every + 1),
        .slice = (unsigned)history_random(random, world->rules->slice_n),
        .since_us = history_random(random, 2)
                        ? INT64_MIN
                        : bc_zone_window_begin(world->rules->zone, out->question.as_of_us, 120),
        .mature = history_random(random, 2) ? BC_NOT_MATURE : (int32_t)history_random(random, 40),
        .late_values = history_random(random, 3) == 0,
        .by = out->by,
        .by_n = history_random(random, 3),
    };
    for (size_t k = 0; k < out->ask.by_n; k++)
        assert_true(
            bc_by_parse(&out->by[k], bc_str_of(keys[history_random(random, ARRAY_LEN(keys))])));
}

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    struct asked *asked = ask;

    random_ask(asked, world, i, random);
    *question = asked->question;
}

static void the_engine_answers_like_the_recount(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = law_world_open,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 40,
                                    .seed = 5,
                                    .draw = draw,
                                    .threads = { 1 } };
    struct asked asked;

    (void)state;
    law_like_recount(&law, &asked);
}

static void check_adds_up(const struct bc_cohorts *cohorts)
{
    struct bc_cohort sum = { 0 };

    for (size_t i = 0; i < cohorts->row_n; i++) {
        sum.n += cohorts->rows[i].n;
        sum.converted += cohorts->rows[i].converted;
        sum.failed += cohorts->rows[i].failed;
        sum.open += cohorts->rows[i].open;
        sum.already += cohorts->rows[i].already;
    }
    assert_int_equal(sum.n, cohorts->all.n);
    assert_int_equal(sum.converted, cohorts->all.converted);
    assert_int_equal(sum.failed, cohorts->all.failed);
    assert_int_equal(sum.open, cohorts->all.open);
    assert_int_equal(sum.already, cohorts->all.already);
    assert_int_equal(sum.n, sum.converted + sum.failed + sum.open);
}

/* What is listed of a row is what it counts. */
static void check_list(const struct law_world *world, const struct asked *asked,
                       const struct bc_cohort *row)
{
    const uint64_t counts[] = { [BC_COHORT_ALREADY] = row->already,
                                [BC_COHORT_CONVERTED] = row->converted,
                                [BC_COHORT_FAILED] = row->failed,
                                [BC_COHORT_OPEN] = row->open };
    struct bc_cohort_ask ask = asked->ask;

    ask.list = row->values;
    for (unsigned outcome = 0; outcome < ARRAY_LEN(counts); outcome++) {
        struct bc_cohorts *listed;

        ask.list_outcomes = BC_COHORT_BIT(outcome);
        listed = answered(world->timelines, &asked->question, &ask);
        if (ask.anchor != BC_ANCHOR_LEAD || outcome != BC_COHORT_OPEN)
            assert_int_equal(listed->deal_n, counts[outcome]);
        else /* of which some are of no deal */
            assert_in_range(listed->deal_n + listed->without_deal, counts[outcome], UINT64_MAX);
        for (size_t i = 1; i < listed->deal_n; i++)
            assert_true(bc_str_cmp(listed->deals[i - 1], listed->deals[i]) < 0);
        bc_cohorts_free(listed);
    }
}

static void rows_add_up_and_threads_change_nothing(void **state)
{
    struct bc_buf got = { 0 }, want = { 0 };
    uint64_t random = 6;

    (void)state;
    for (unsigned n = 0; n < LAW_WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (size_t i = 0; i < 12; i++) {
            struct bc_cohorts *cohorts;
            struct asked asked;

            random_ask(&asked, &world, i, &random);
            cohorts = answered(world.timelines, &asked.question, &asked.ask);
            check_adds_up(cohorts);
            if (cohorts->row_n)
                check_list(&world, &asked, &cohorts->rows[i % cohorts->row_n]);
            for (unsigned threads = 2; threads < 7; threads += 2) {
                recount_cohorts_print(&want, cohorts, asked.ask.by_n);
                asked.question.threads = threads;
                print_answer(&got, world.timelines, &asked.question, &asked);
                law_same("threads", n, &got, &want);
            }
            bc_cohorts_free(cohorts);
        }
        law_world_close(&world);
    }
    bc_buf_release(&got);
    bc_buf_release(&want);
}

static void known_at_a_prefix_it_is_the_prefixs_own_answer(void **state)
{
    static const struct law law = {
        .answer = &answer, .open = law_world_open, .world_n = LAW_WORLDS, .seed = 7, .draw = draw
    };
    struct asked asked;

    (void)state;
    law_known_at_prefix(&law, &asked);
}

static void check_conversion(const struct law_world *world, bc_rules *rules, int64_t as_of_us)
{
    const struct bc_metric_rule *metric = bc_rules_metric(rules, BC_STR("outreach_to_discovery"));
    const size_t at = (size_t)(metric - rules->metrics) * rules->slice_n;
    const struct bc_question question = { .rules = rules, .as_of_us = &as_of_us, .date_n = 1 };
    const struct bc_report_options options = { 0 };
    struct bc_report *report = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_report_make(&report, world->timelines, &question, &options, &err), &err);
    for (unsigned slice = 0; slice < rules->slice_n; slice++) {
        const struct bc_cohort_ask ask = { .at = metric->from,
                                           .to = metric->to,
                                           .slice = slice,
                                           .mature = BC_NOT_MATURE,
                                           .since_us = bc_zone_window_begin(rules->zone, as_of_us,
                                                                            metric->window_days) };
        struct bc_cohorts *cohorts = NULL;

        check_ok(bc_cohorts_make(&cohorts, world->timelines, &question, &ask, &err), &err);
        assert_int_equal(cohorts->all.n, report->cells[at + slice].n);
        assert_int_equal(cohorts->all.converted, report->cells[at + slice].hit);
        if (cohorts->all.n)
            assert_true(cohorts->all.low == report->cells[at + slice].low);
        bc_cohorts_free(cohorts);
    }
    bc_report_free(report);
}

static void without_keys_it_is_the_conversion_by_cohort(void **state)
{
    (void)state;
    for (unsigned n = 0; n < LAW_WORLDS; n++) {
        struct bc_buf yaml = rules_text();
        struct law_world world;
        bc_rules *rules;

        rules_text_put(&yaml, "outreach_to_discovery:", "basis:", "cohort");
        rules = rules_of_text(&yaml);
        law_world_open(&world, n);
        for (size_t i = 0; i < world.history.asked_n; i++)
            check_conversion(&world, rules, world.history.asked[i]);
        law_world_close(&world);
        bc_rules_free(rules);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 4] = {
        cmocka_unit_test(the_engine_answers_like_the_recount),
        cmocka_unit_test(rows_add_up_and_threads_change_nothing),
        cmocka_unit_test(known_at_a_prefix_it_is_the_prefixs_own_answer),
        cmocka_unit_test(without_keys_it_is_the_conversion_by_cohort),
    };
    size_t n = 4;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/cohorts", tests, NULL, NULL);
}
