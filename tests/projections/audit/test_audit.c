/* projections/audit: the findings about the playbook's habits, each when it is and when it is not;
 * and who a finding is attributed to. (The usual kinds are told among the model's cases.) */
#include "projections/audit/audit.h"
#include "tests/model/cases.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/story.h"

#include <stdio.h>

static struct row {
    const char *name, *story;
    enum bc_finding_kind kind; /* the one looked for */
    const char *want; /* of each: deal, what it says, the event it names; `|` between them */
} rows[] = {
    { "a stage that was passed over is named", "d1 created enrichment; x: d1 moved discovery",
      BC_STAGE_SKIPPED, "d1 enrichment discovery outreach x" },
    { "several are named in their order", "d1 created enrichment; x: d1 moved closed_won",
      BC_STAGE_SKIPPED, "d1 enrichment closed_won outreach discovery proposal x" },
    { "a move back skips nothing", "d1 created enrichment; d1 moved outreach; d1 moved enrichment",
      BC_STAGE_SKIPPED, "" },
    { "nor does one to where no way leads", "d1 created outreach; d1 moved renewals",
      BC_STAGE_SKIPPED, "" },
    { "an allowed move skips nothing", "d1 created enrichment; d1 moved closed_lost",
      BC_STAGE_SKIPPED, "" },
    { "what was found later may have been seen between",
      "d1 created enrichment; d1 observed proposal", BC_STAGE_SKIPPED, "" },
    { "after the date nothing was skipped", "d1 created enrichment; d1 moved proposal @2025-04-01",
      BC_STAGE_SKIPPED, "" },
    { "enrichment was left without a qualification", "d1 created enrichment; x: d1 moved outreach",
      BC_UNQUALIFIED, "d1 enrichment outreach x" },
    { "a qualification before will do", "d1 created enrichment; d1 qualified; d1 moved outreach",
      BC_UNQUALIFIED, "" },
    { "one after is too late", "d1 created enrichment; x: d1 moved outreach; d1 qualified",
      BC_UNQUALIFIED, "d1 enrichment outreach x" },
    { "one that was retracted is none",
      "d1 created enrichment; q: d1 qualified; x: d1 moved outreach; retract q", BC_UNQUALIFIED,
      "d1 enrichment outreach x" },
    { "what is lost needs none", "d1 created enrichment; d1 moved closed_lost", BC_UNQUALIFIED,
      "" },
    { "a deal that moved before it was created",
      "x: d1 moved outreach @2025-01-01; d1 created enrichment @2025-01-05",
      BC_MOVED_BEFORE_CREATION, "d1 outreach x" },
    { "one that was found may have", "d1 moved outreach @2025-01-01; d1 found outreach @2025-01-05",
      BC_MOVED_BEFORE_CREATION, "" },
    { "a contract that ended before the deal was created",
      "d1 created renewals @2025-02-01; d1 set contract_end 2025-01-31", BC_DATE_BEFORE_CREATION,
      "d1 contract_end 2025-01-31" },
    { "on the day itself it is not before",
      "d1 created renewals @2025-02-01; d1 set contract_start 2025-02-01", BC_DATE_BEFORE_CREATION,
      "" },
    { "when one that was found began is not known",
      "d1 found closed_won @2025-02-01; d1 set contract_start 2024-02-01", BC_DATE_BEFORE_CREATION,
      "" },
    { "new business in renewals", "x: d1 created renewals type newbusiness", BC_TYPE_DOES_NOT_FIT,
      "d1 renewals newbusiness x" },
    { "existing business belongs there", "d1 created renewals type existingbusiness",
      BC_TYPE_DOES_NOT_FIT, "" },
    { "a deal of no type may", "d1 created renewals", BC_TYPE_DOES_NOT_FIT, "" },
    { "a type that was filled in later counts",
      "x: d1 created renewals; d1 set deal_type newbusiness @2025-06-01", BC_TYPE_DOES_NOT_FIT,
      "d1 renewals newbusiness x" },
    { "parked past its date", "d1 created enrichment; d1 set parked_until 2025-03-30",
      BC_PARKED_PAST_DATE, "d1 enrichment 2025-03-30" },
    { "on its date there is time yet", "d1 created enrichment; d1 set parked_until 2025-03-31",
      BC_PARKED_PAST_DATE, "" },
    { "parked in the instant in which it came counts",
      "d1 created enrichment; d1 moved outreach @2025-02-01; d1 set parked_until 2025-03-01 "
      "@2025-02-01",
      BC_PARKED_PAST_DATE, "d1 outreach 2025-03-01" },
    { "parked a microsecond before is parked no more",
      "d1 created enrichment; d1 set parked_until 2025-03-01 @2025-02-01T12:00; "
      "d1 moved outreach @2025-02-01T12:00:00.000001",
      BC_PARKED_PAST_DATE, "" },
    { "a deal that moved on is parked no more",
      "d1 created enrichment; d1 set parked_until 2025-03-01; d1 moved outreach",
      BC_PARKED_PAST_DATE, "" },
    { "a deal that is closed is parked no more",
      "d1 created enrichment; d1 moved closed_lost; d1 set parked_until 2025-03-01",
      BC_PARKED_PAST_DATE, "" },
    { "lost without a learning", "d1 created enrichment; d1 moved closed_lost; d1 lost price",
      BC_LOST_WITHOUT_LEARNING, "d1" },
    { "a learning at any time before will do",
      "d1 created enrichment; d1 learned price; d1 moved closed_lost", BC_LOST_WITHOUT_LEARNING,
      "" },
    { "one after the date does not",
      "d1 created enrichment; d1 moved closed_lost; d1 learned price @2025-04-01",
      BC_LOST_WITHOUT_LEARNING, "d1" },
    { "won without documents", "d1 found closed_won", BC_WON_WITHOUT_DOCUMENTS,
      "d1 agreement order handoff" },
    { "only what is missing is named", "d1 found closed_won; d1 signed a1; d1 handed issue1",
      BC_WON_WITHOUT_DOCUMENTS, "d1 order" },
    { "with all of them nothing is missing",
      "d1 found closed_won; d1 signed a1; d1 ordered o1; d1 handed issue1",
      BC_WON_WITHOUT_DOCUMENTS, "" },
    { "a deal that is gone has none", "d1 found closed_won; d1 deleted", BC_WON_WITHOUT_DOCUMENTS,
      "" },
};

/* An audit of a story at the end of 2025-03-31. */
struct audited {
    bc_log *log;
    bc_timelines *timelines;
    bc_rules *rules;
    struct bc_audit *audit;
};

/* By these rules, which it takes. */
static void audit_by(struct audited *audited, bc_log *log, bc_finding_set kinds, bc_rules *rules)
{
    const struct model_case asking = { 0 };
    struct recount_question asked;
    struct bc_question question;
    struct bc_err err = { 0 };

    *audited = (struct audited){ .log = log, .rules = rules };
    asked = model_case_question(&asking, audited->rules);
    question =
        (struct bc_question){ .rules = audited->rules, .as_of_us = &asked.as_of_us, .date_n = 1 };
    check_ok(bc_timelines_open(&audited->timelines, log, BC_FROM_CACHE, &err), &err);
    check_ok(bc_audit_make(&audited->audit, audited->timelines, &question, kinds, true, &err),
             &err);
}

static void audit(struct audited *audited, bc_log *log, bc_finding_set kinds)
{
    const struct model_case asking = { 0 };

    audit_by(audited, log, kinds, model_case_rules(&asking));
}

static void audited_release(struct audited *audited)
{
    bc_audit_free(audited->audit);
    bc_timelines_free(audited->timelines);
    bc_rules_free(audited->rules);
    bc_log_close(audited->log);
}

static bc_log *new_log(void)
{
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    return log;
}

static void add(struct bc_buf *out, struct bc_str text)
{
    if (text.len)
        bc_buf_printf(out, " %.*s", BC_STR_ARG(text));
}

static void add_finding(struct bc_buf *out, const struct bc_finding *finding)
{
    static const char *const missing[] = { "contract_start", "contract_end", "mrr",
                                           "agreement",      "order",        "handoff" };

    bc_buf_add_str(out, finding->deal);
    add(out, finding->from);
    add(out, finding->to);
    add(out, finding->stage);
    if (finding->kind == BC_DATE_BEFORE_CREATION)
        add(out, finding->property);
    add(out, finding->deal_type);
    add(out, finding->value);
    for (size_t i = 0; i < finding->skipped_n; i++)
        add(out, finding->skipped[i]);
    for (size_t i = 0; i < ARRAY_LEN(missing); i++)
        if (finding->missing >> i & 1)
            add(out, bc_str_of(missing[i]));
    add(out, finding->event);
}

static void check_findings(const struct audited *audited, enum bc_finding_kind kind,
                           const char *want)
{
    struct bc_buf text = { 0 };

    for (size_t i = 0; i < audited->audit->n; i++) {
        assert_int_equal(audited->audit->findings[i].kind, kind);
        if (i)
            bc_buf_printf(&text, " | ");
        add_finding(&text, &audited->audit->findings[i]);
    }
    bc_buf_add_byte(&text, '\0');
    assert_string_equal(text.at, want);
    bc_buf_release(&text);
}

static void told_case(void **state)
{
    const struct row *row = *state;
    struct audited audited;
    bc_log *log = new_log();

    story_append(log, row->story);
    audit(&audited, log, BC_FINDING_BIT(row->kind));
    check_findings(&audited, row->kind, row->want);
    audited_release(&audited);
}

/* Which stages are left with a qualification is a matter of the rules. */
static void the_rules_say_which_stage_is_left_qualified(void **state)
{
    static const char story[] =
        "d1 created enrichment; x: d1 moved outreach; y: d1 moved discovery";
    static const struct {
        const char *stage, *crm_ids, *want;
    } choices[] = {
        { "  enrichment:", "[]", "d1 enrichment outreach x" },
        { "  enrichment:", "[]\n    leaves_qualified: false", "" },
        { "  outreach:", "[]\n    leaves_qualified: true",
          "d1 enrichment outreach x | d1 outreach discovery y" },
    };
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
        struct bc_buf yaml = rules_text();
        struct audited audited;
        bc_log *log = new_log();

        rules_text_put(&yaml, choices[i].stage, "crm_ids:", choices[i].crm_ids);
        story_append(log, story);
        audit_by(&audited, log, BC_FINDING_BIT(BC_UNQUALIFIED), rules_of_text(&yaml));
        check_findings(&audited, BC_UNQUALIFIED, choices[i].want);
        audited_release(&audited);
    }
}

/* The kinds that were not wanted leave no trace, and the wanted ones are all there. */
static void only_what_is_asked_for_is_found(void **state)
{
    static const char story[] = "d1 created enrichment; d1 moved closed_won; d2 created proposal; "
                                "d2 moved closed_lost; pivot gut_feeling";
    size_t times[3] = { 0 };
    (void)state;

    for (int turn = 0; turn < 3; turn++) {
        const bc_finding_set kinds[] = { bc_findings_usual(),
                                         ~bc_findings_usual() & bc_findings_all(),
                                         bc_findings_all() };
        struct audited audited;
        bc_log *log = new_log();

        story_append(log, story);
        audit(&audited, log, kinds[turn]);
        times[turn] = audited.audit->n;
        for (size_t i = 0; i < audited.audit->n; i++)
            assert_true(kinds[turn] >> audited.audit->findings[i].kind & 1);
        audited_release(&audited);
    }
    assert_true(times[0] > 0 && times[1] > 0);
    assert_int_equal(times[0] + times[1], times[2]);
}

static void a_finding_is_laid_to_who_did_it(void **state)
{
    struct events events = { 0 };
    struct audited audited;
    struct bc_event *event;
    bc_log *log = new_log();
    (void)state;

    event = events_add(&events, BC_STAGE_CHANGED, "a", "d1", 1000, 1000);
    event->actor = BC_STR("ada");
    event->source_system = BC_STR("hubspot");
    events_set_text(&events, BC_STAGE_CHANGED_TO, "closed_lost");
    event = events_add(&events, BC_PROPERTY_CHANGED, "b", "d1", 2000, 2000);
    event->actor = BC_STR("ben");
    event->source_system = BC_STR("manual");
    events_set_text(&events, BC_PROPERTY_CHANGED_NAME, "contract_end");
    events_set_text(&events, BC_PROPERTY_CHANGED_VALUE, "soon");
    events_append(log, events.at, events.n);
    audit(&audited, log, bc_findings_all());
    assert_true(audited.audit->n >= 4);
    for (size_t i = 0; i < audited.audit->n; i++) {
        const struct bc_finding *finding = &audited.audit->findings[i];
        bool date = finding->kind == BC_BAD_DATE;

        assert_true(bc_str_eq(finding->actor, date ? BC_STR("ben") : BC_STR("ada")));
        assert_true(bc_str_eq(finding->source, date ? BC_STR("manual") : BC_STR("hubspot")));
    }
    audited_release(&audited);
    events_release(&events);
}

/* The told case that finds this kind, or NULL: of these rows, or of the model. */
static const char *told_case_of(enum bc_finding_kind kind)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (rows[i].kind == kind && rows[i].want[0])
            return rows[i].name;
    for (const struct model_group *const *group = model_groups; *group; group++)
        for (size_t i = 0; i < (*group)->n; i++)
            if (strcmp((*group)->at[i].ask, "audit") == 0 &&
                strstr((*group)->at[i].want, bc_finding_row(kind)->word))
                return (*group)->at[i].name;
    return NULL;
}

static void every_kind_is_told(void **state)
{
    (void)state;
    for (int kind = 0; kind < BC_FINDING_KIND_N; kind++)
        if (!told_case_of((enum bc_finding_kind)kind))
            fail_msg("no told case finds %s", bc_finding_row((enum bc_finding_kind)kind)->word);
}

int main(void)
{
    static const struct CMUnitTest alone[] = {
        cmocka_unit_test(the_rules_say_which_stage_is_left_qualified),
        cmocka_unit_test(only_what_is_asked_for_is_found),
        cmocka_unit_test(a_finding_is_laid_to_who_did_it),
        cmocka_unit_test(every_kind_is_told),
    };
    struct CMUnitTest tests[ARRAY_LEN(rows) + ARRAY_LEN(alone)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, told_case, NULL, NULL, &rows[i] };
    memcpy(tests + ARRAY_LEN(rows), alone, sizeof(alone));
    return _cmocka_run_group_tests("projections/audit/audit", tests, ARRAY_LEN(tests), NULL, NULL);
}
