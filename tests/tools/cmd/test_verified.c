/* What --verified and `report issue` promise: a cache that somebody altered so that its sums fit is
 * another answer to a question, but none to these; they end with 5, and nothing is put on record.
 */
#include "ledger/ledger.h"
#include "projections/timelines/timelines_impl.h"
#include "tests/support/check.h"
#include "tests/support/command.h"
#include "tests/support/folder.h"
#include "tools/cli/cmd.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARGS_MOST = 12 };

static char folder[FOLDER_PATH], ledger[FOLDER_PATH + 16], feed[FOLDER_PATH + 16];

static const char events[] =
    "{\"id\":\"1\",\"occurredAt\":\"2025-01-01T12:00:00Z\",\"deal\":\"d1\","
    "\"dealCreated\":{\"stage\":\"discovery\",\"dealType\":\"newbusiness\"}}\n"
    "{\"id\":\"2\",\"occurredAt\":\"2025-01-01T13:00:00Z\",\"deal\":\"d2\","
    "\"dealCreated\":{\"stage\":\"discovery\",\"dealType\":\"newbusiness\"}}\n";

struct answer {
    int code;
    char *out, *err;
};

static struct answer ask(cmd_fn *run, const char *const argv[])
{
    const struct cmd_env env = { .now_us = INT64_C(1750000000000000),
                                 .rehearsed = true,
                                 .ledger_dir = ledger };
    struct answer answer;

    answer.code = command_run(&env, run, argv, &answer.out, &answer.err);
    return answer;
}

static void release(struct answer *answer)
{
    free(answer->out);
    free(answer->err);
}

static void end_with(int code, cmd_fn *run, const char *const argv[])
{
    struct answer answer = ask(run, argv);

    if (answer.code != code)
        fail_msg("%s ended with %d, not %d: %s", argv[0], answer.code, code, answer.err);
    if (code == 5 && (answer.out[0] || !strstr(answer.err, "damaged")))
        fail_msg("%s printed \"%s\" and \"%s\"", argv[0], answer.out, answer.err);
    release(&answer);
}

static int make_ledger(void **state)
{
    (void)state;
    folder_make(folder);
    (void)snprintf(ledger, sizeof(ledger), "%s/ledger", folder);
    (void)snprintf(feed, sizeof(feed), "%s/feed", folder);
    file_write(feed, bc_str_of(events));
    end_with(0, cmd_init, (const char *[]){ "init", NULL });
    end_with(0, cmd_import, (const char *[]){ "import", "jsonl", feed, NULL });
    return 0;
}

static int remove_ledger(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

/* Takes the facts of d2 out of the cache. */
static void lose_a_deal(bool with_sum)
{
    struct bc_batch batch = { 0 };
    struct bc_position position;
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_ledger_open(&log, ledger, true, &err), &err);
    check_ok(bc_position_read(log, &position, &err), &err);
    bc_batch_add(&batch, BC_TIMELINES, BC_DELETE, BC_STR("d2"), (struct bc_str){ 0 });
    check_ok(bc_store_write(bc_log_store(log), &batch, true, &err), &err);
    bc_batch_clear(&batch);
    if (with_sum) {
        check_ok(bc_timelines_family_sum(&position.facts, log, BC_TIMELINES, &err), &err);
        bc_position_put(&batch, &position);
        check_ok(bc_store_write(bc_log_store(log), &batch, true, &err), &err);
    }
    bc_batch_release(&batch);
    bc_log_close(log);
}

#define ASK     "--as-of", "2025-01-31"
#define METRICS "metrics", ASK, "--slice", "new"

static struct question {
    const char *name;
    cmd_fn *run;
    const char *argv[ARGS_MOST];
} questions[] = {
    { "metrics", cmd_metrics, { METRICS, "--verified", NULL } },
    { "metrics for programs", cmd_metrics, { METRICS, "--json", "--verified", NULL } },
    { "series",
      cmd_series,
      { "series", "--from", "2025-01-05", "--to", "2025-01-26", "--csv", "--verified", NULL } },
    { "explain", cmd_explain, { "explain", "sqd", ASK, "--verified", NULL } },
    { "explain --not", cmd_explain, { "explain", "sqd", ASK, "--not", "d2", "--verified", NULL } },
    { "audit", cmd_audit, { "audit", ASK, "--verified", NULL } },
    { "history", cmd_history, { "history", "d1", ASK, "--verified", NULL } },
    { "diff", cmd_diff, { "diff", ASK, "--vs-as-of", "2025-01-02", "--verified", NULL } },
    { "cohorts", cmd_cohorts, { "cohorts", "--at", "outreach", ASK, "--verified", NULL } },
    { "signals", cmd_signals, { "signals", "--at", "outreach", ASK, "--verified", NULL } },
    { "experiments", cmd_experiments, { "experiments", ASK, "--verified", NULL } },
    { "leads", cmd_leads, { "leads", ASK, "--verified", NULL } },
    { "flow", cmd_flow, { "flow", "--from", "2025-01-20", ASK, "--verified", NULL } },
    { "members", cmd_members, { "members", ASK, "--verified", NULL } },
    { "revenue", cmd_revenue, { "revenue", ASK, "--verified", NULL } },
    { "deals", cmd_deals, { "deals", ASK, "--verified", NULL } },
    { "stages", cmd_stages, { "stages", ASK, "--verified", NULL } },
    { "paths", cmd_paths, { "paths", ASK, "--verified", NULL } },
    { "red-lines",
      cmd_red_lines,
      { "red-lines", "--from", "2025-01-05", ASK, "--verified", NULL } },
    { "learnings", cmd_learnings, { "learnings", ASK, "--verified", NULL } },
    { "handoff", cmd_handoff, { "handoff", ASK, "--verified", NULL } },
    { "review", cmd_review, { "review", ASK, "--verified", NULL } },
    { "review --monthly", cmd_review, { "review", "--monthly", ASK, "--verified", NULL } },
    { "people", cmd_people, { "people", ASK, "--verified", NULL } },
    { "versions", cmd_versions, { "versions", ASK, "--verified", NULL } },
    { "rules diff", cmd_rules, { "rules", "diff", "default", "latest", ASK, "--verified", NULL } },
    { "restate", cmd_restate, { "restate", "--verified", NULL } },
    { "report issue", cmd_report, { "report", "issue", "january", ASK, NULL } },
};

static void a_sum_that_was_not_written_anew_is_found_at_once(void **state)
{
    (void)state;
    lose_a_deal(false);
    end_with(5, cmd_metrics, (const char *[]){ METRICS, NULL });
    end_with(5, cmd_report, (const char *[]){ "report", "issue", "january", ASK, NULL });
}

/* What the flag is for. */
static void a_sum_that_was_written_anew_is_no_fault_to_a_question(void **state)
{
    struct answer before, after;

    (void)state;
    before = ask(cmd_metrics, (const char *[]){ METRICS, NULL });
    lose_a_deal(true);
    after = ask(cmd_metrics, (const char *[]){ METRICS, NULL });
    assert_int_equal(before.code, 0);
    assert_int_equal(after.code, 0);
    assert_string_not_equal(before.out, after.out);
    assert_null(strstr(after.out, "verified"));
    release(&before);
    release(&after);
    end_with(5, cmd_verify, (const char *[]){ "verify", NULL });
}

static void question_row(void **state)
{
    static const char *const count[] = { "head", "--count", NULL };
    const struct question *question = *state;
    struct answer before, after;

    end_with(0, question->run, question->argv);
    lose_a_deal(true);
    before = ask(cmd_head, count);
    end_with(5, question->run, question->argv);
    after = ask(cmd_head, count);
    assert_int_equal(before.code, 0);
    assert_string_equal(before.out, after.out); /* nothing was put on record */
    release(&before);
    release(&after);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test_setup_teardown(a_sum_that_was_not_written_anew_is_found_at_once,
                                        make_ledger, remove_ledger),
        cmocka_unit_test_setup_teardown(a_sum_that_was_written_anew_is_no_fault_to_a_question,
                                        make_ledger, remove_ledger),
    };
    struct CMUnitTest tests[ARRAY_LEN(others) + ARRAY_LEN(questions)];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        tests[n++] = others[i];
    for (size_t i = 0; i < ARRAY_LEN(questions); i++)
        tests[n++] = (struct CMUnitTest){ questions[i].name, question_row, make_ledger,
                                          remove_ledger, &questions[i] };
    return cmocka_run_group_tests_name("tools/cmd/verified", tests, NULL, NULL);
}
