/* What a question reads of the log itself is held against the hash tree where a figure hangs on it:
 * the rules that were published, the events that bound what --known-at lets through; and what is
 * kept about no deal has a sum of its own. Out of an altered log nothing is rebuilt. */
#include "ledger/ledger.h"
#include "ledger/log/log_impl.h"
#include "tests/support/check.h"
#include "tests/support/command.h"
#include "tests/support/folder.h"
#include "tools/cli/cmd.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARGS_MOST = 12, EVENTS = 300 };

static char folder[FOLDER_PATH], ledger[FOLDER_PATH + 16], sound[FOLDER_PATH + 16],
    file[FOLDER_PATH + 16];

static int code_of(cmd_fn *run, const char *const argv[])
{
    const struct cmd_env env = { .now_us = INT64_C(1750000000000000),
                                 .rehearsed = true,
                                 .ledger_dir = ledger };

    return command_run(&env, run, argv, NULL, NULL);
}

#define CODE(run, ...) code_of(run, (const char *const[]){ __VA_ARGS__, NULL })

/* --- a ledger: deals, an event an hour, rules published as the last --- */

static void write_events(struct bc_buf *out)
{
    for (int i = 0; i < EVENTS; i++)
        bc_buf_printf(out,
                      "{\"id\":\"e%d\",\"occurredAt\":\"2025-01-%02dT%02d:00:00Z\","
                      "\"recordedAt\":\"2025-01-%02dT%02d:00:00Z\",\"deal\":\"d%d\","
                      "\"dealCreated\":{\"stage\":\"discovery\",\"dealType\":\"newbusiness\"}}\n",
                      i, 1 + i / 24, i % 24, 1 + i / 24, i % 24, i);
}

static void write_rules(struct bc_buf *out)
{
    const struct cmd_env env = { .now_us = INT64_C(1750000000000000), .ledger_dir = ledger };
    char *printed = NULL;

    assert_int_equal(command_run(&env, cmd_rules,
                                 (const char *const[]){ "rules", "show", "default", NULL },
                                 &printed, NULL),
                     0);
    bc_buf_printf(out, "version: R1\n%s", strchr(strstr(printed, "version:"), '\n') + 1);
    free(printed);
}

static int make(void **state)
{
    struct bc_buf text = { 0 };

    (void)state;
    folder_make(folder);
    (void)snprintf(ledger, sizeof(ledger), "%s/ledger", folder);
    (void)snprintf(sound, sizeof(sound), "%s/sound", folder);
    (void)snprintf(file, sizeof(file), "%s/file", folder);
    write_events(&text);
    file_write(file, bc_buf_str(&text));
    assert_int_equal(CODE(cmd_init, "init"), 0);
    assert_int_equal(CODE(cmd_import, "import", "jsonl", file, "--keep-recorded-at"), 0);
    text.len = 0;
    write_rules(&text);
    file_write(file, bc_buf_str(&text));
    assert_int_equal(CODE(cmd_rules, "rules", "publish", file, "--effective", "2025-01-01"), 0);
    folder_copy(ledger, sound);
    bc_buf_release(&text);
    return 0;
}

static int unmake(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

/* --- altering it --- */

static void put(bc_log *log, enum bc_family family, struct bc_str key, struct bc_str value)
{
    struct bc_batch batch = { 0 };
    struct bc_err err = { 0 };

    bc_batch_add(&batch, family, value.at ? BC_PUT : BC_DELETE, key, value);
    check_ok(bc_store_write(bc_log_store(log), &batch, true, &err), &err);
    bc_batch_release(&batch);
}

static void put_record(bc_log *log, uint64_t seq, struct bc_str value)
{
    char key[BC_SEQ_LEN];

    bc_put_u64(key, seq);
    put(log, BC_LOG, (struct bc_str){ key, sizeof(key) }, value);
}

static void other_rules(bc_log *log)
{
    struct bc_buf record = { 0 };
    struct bc_err err = { 0 };
    char *at;

    check_ok(bc_log_record(log, EVENTS + 1, &record, &err), &err);
    at = memmem(record.at, record.len, "threshold: 0.25", 15);
    assert_non_null(at);
    memcpy(at, "threshold: 0.05", 15);
    put_record(log, EVENTS + 1, bc_buf_str(&record));
    bc_buf_release(&record);
}

/* Recorded a day later than it was. */
static void recorded_later(bc_log *log)
{
    struct bc_buf record = { 0 }, other = { 0 };
    struct bc_err err = { 0 };
    struct bc_str content;
    uint64_t seq;
    int64_t us;

    check_ok(bc_log_record(log, EVENTS / 2, &record, &err), &err);
    assert_true(bc_decode_prefix(&content, &seq, &us, bc_buf_str(&record)));
    bc_encode_prefix(&other, seq, us + INT64_C(86400000000));
    bc_buf_add_str(&other, content);
    put_record(log, EVENTS / 2, bc_buf_str(&other));
    bc_buf_release(&record);
    bc_buf_release(&other);
}

static void other_stage(bc_log *log)
{
    struct bc_buf record = { 0 };
    struct bc_err err = { 0 };

    check_ok(bc_log_record(log, 7, &record, &err), &err);
    memcpy(memmem(record.at, record.len, "discovery", 9), "discoverz", 9);
    put_record(log, 7, bc_buf_str(&record));
    bc_buf_release(&record);
}

static void facts_of_none_gone(bc_log *log)
{
    put(log, BC_TIMELINES, BC_STR(""), (struct bc_str){ 0 });
}

static void facts_of_none_of_a_deal(bc_log *log)
{
    struct bc_buf facts = { 0 };
    struct bc_err err = { 0 };

    check_ok(bc_store_get(bc_log_store(log), BC_TIMELINES, BC_STR("d1"), &facts, &err), &err);
    put(log, BC_TIMELINES, BC_STR(""), bc_buf_str(&facts));
    bc_buf_release(&facts);
}

/* --- and asking --- */

#define AS_OF "--as-of", "2025-01-31"

static struct row {
    const char *name;
    void (*alter)(bc_log *log);
    cmd_fn *run;
    const char *argv[ARGS_MOST];
} rows[] = {
    { "rules that were altered", other_rules, cmd_metrics, { "metrics", AS_OF, NULL } },
    { "rules that were altered, shown", other_rules, cmd_rules, { "rules", "show", NULL } },
    { "an event that was recorded later than it was",
      recorded_later,
      cmd_metrics,
      { "metrics", AS_OF, "--known-at", "2025-01-07T05:00:00Z", NULL } },
    { "a log that was altered is not rebuilt from", other_stage, cmd_rebuild, { "rebuild", NULL } },
    { "no facts about no deal, and the rules",
      facts_of_none_gone,
      cmd_rules,
      { "rules", "show", NULL } },
    { "no facts about no deal, and a history",
      facts_of_none_gone,
      cmd_history,
      { "history", "d1", NULL } },
    { "facts of a deal as those about none",
      facts_of_none_of_a_deal,
      cmd_history,
      { "history", "d1", NULL } },
};

static void row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    folder_remove(ledger);
    folder_copy(sound, ledger);
    assert_int_equal(code_of(row->run, row->argv), 0);
    check_ok(bc_ledger_open(&log, ledger, true, &err), &err);
    row->alter(log);
    bc_log_close(log);
    assert_int_equal(code_of(row->run, row->argv), 5);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/cmd/altered_log", tests, make, unmake);
}
