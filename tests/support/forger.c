/* tests/support/forger.c - the ledgers and files of a forger, made by the commands. */
#include "tests/support/forger.h"

#include "ledger/ledger.h"
#include "ledger/record/evidence.h"
#include "projections/timelines/deal_proof.h"
#include "tests/support/check.h"
#include "tests/support/command.h"
#include "tests/support/folder.h"
#include "tools/check/check.h"

#include <stdio.h>
#include <stdlib.h>

enum { PATHS = 12 };

static char folder[FOLDER_PATH];

/* A name in the folder; a few live at once. */
const char *forger_at(const char *name)
{
    static char paths[PATHS][FOLDER_PATH + 40];
    static size_t next;
    char *path = paths[next++ % PATHS];

    (void)snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
    return path;
}

static int run(const char *ledger, cmd_fn *command, const char *const argv[])
{
    const struct cmd_env env = { .now_us = INT64_C(1730000000000000),
                                 .rehearsed = true,
                                 .ledger_dir = ledger };

    return command_run(&env, command, argv, NULL, NULL);
}

#define RUN(ledger, command, ...) run(ledger, command, (const char *const[]){ __VA_ARGS__, NULL })

/* --- what is true --- */

struct forger_truth forger_truth;

static void learn(const char *dir)
{
    struct bc_err err = { 0 };
    bc_timelines *timelines = NULL;
    const struct bc_event *event;
    struct bc_frontier frontier = { 0 };
    bc_cursor *cursor = NULL;
    struct bc_str stored;
    bc_log *log = NULL;

    check_ok(bc_ledger_open(&log, dir, false, &err), &err);
    forger_truth.n = bc_log_head(log)->size;
    forger_truth.records = bc_calloc(forger_truth.n, sizeof(*forger_truth.records));
    forger_truth.roots = bc_calloc(forger_truth.n + 1, sizeof(*forger_truth.roots));
    forger_truth.roots[0] = bc_frontier_root(&frontier);
    check_ok(bc_cursor_open(&cursor, log, 1, forger_truth.n, &err), &err);
    while (bc_cursor_next(cursor, &event, &stored, &err) == BC_OK) {
        bc_buf_add_str(&forger_truth.records[event->seq - 1], stored);
        bc_frontier_add(&frontier, bc_hash_leaf(stored), NULL, NULL);
        forger_truth.roots[event->seq] = bc_frontier_root(&frontier);
    }
    bc_cursor_free(cursor);
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    check_ok(
        bc_deal_proof_list(timelines, BC_STR("d1"), &forger_truth.seqs, &forger_truth.seq_n, &err),
        &err);
    bc_timelines_free(timelines);
    check_ok(bc_ledger_origin(&forger_truth.origin, dir, &err), &err);
    bc_log_close(log);
}

/* Does a file that passed say nothing but the truth, and all of it? */
bool forger_is_true(struct bc_str file)
{
    struct bc_evidence evidence;
    struct bc_buf bytes = { 0 };
    size_t line, n = 0;
    bool good;

    if (bc_evidence_parse(&evidence, &line, file, NULL) < 0)
        return false;
    while (n < forger_truth.seq_n && forger_truth.seqs[n] <= evidence.head.size)
        n++;
    good = bc_str_eq(evidence.origin, bc_buf_str(&forger_truth.origin)) &&
           bc_str_eq(bc_buf_str(&evidence.deal), BC_STR("d1")) && evidence.n == n &&
           evidence.head.size <= forger_truth.n &&
           memcmp(&evidence.head.root, &forger_truth.roots[evidence.head.size], BC_HASH_LEN) == 0;
    for (size_t i = 0; good && i < n; i++) {
        bc_evidence_bytes(&bytes, &evidence.records[i]);
        good = evidence.records[i].seq == forger_truth.seqs[i] &&
               bc_str_eq(bc_buf_str(&bytes),
                         bc_buf_str(&forger_truth.records[forger_truth.seqs[i] - 1]));
    }
    bc_buf_release(&bytes);
    bc_evidence_release(&evidence);
    return good;
}

/* --- the world --- */

static int record(const char *ledger, const char *id, const char *deal, const char *stage)
{
    return RUN(ledger, cmd_record, "record", "stageChanged", "--deal", deal, "--id", id, "--to",
               stage, "--new", "--anyway", "--occurred-at", "2024-05-01T00:00:00Z");
}

static int retract(const char *ledger, const char *id, const char *event)
{
    return RUN(ledger, cmd_record, "record", "retracted", "--event", event, "--id", id,
               "--occurred-at", "2024-05-02T00:00:00Z");
}

static int make_ledger(const char *name)
{
    const char *dir = forger_at(name);

    return RUN(dir, cmd_init, "init") || record(dir, "e1", "d1", "outreach") ||
           record(dir, "e2", "d2", "outreach") || record(dir, "e3", "d1", "closed_won") ||
           retract(dir, "e4", "e3") || record(dir, "e5", "d1", "discovery");
}

/* Later than the first signed head. */
static int go_on(const char *name)
{
    const char *dir = forger_at(name);

    return record(dir, "e6", "d3", "outreach") || retract(dir, "e7", "e2") ||
           record(dir, "e8", "d1", "proposal") || retract(dir, "e9", "e8");
}

int forger_begin(void **state)
{
    (void)state;
    folder_make(folder);
    if (make_ledger("l") || make_ledger("other") ||
        RUN(forger_at("l"), cmd_head, "head", "keygen", forger_at("key")) ||
        RUN(forger_at("other"), cmd_head, "head", "keygen", forger_at("other.key")) ||
        RUN(forger_at("l"), cmd_head, "head", "sign", "--key", forger_at("key"), "-o",
            forger_at("old.head")) ||
        go_on("l") || go_on("other") ||
        RUN(forger_at("l"), cmd_head, "head", "export", "-o", forger_at("new.head")) ||
        RUN(forger_at("l"), cmd_evidence, "evidence", "d1", "--key", forger_at("key"), "-o",
            forger_at("signed")) ||
        RUN(forger_at("l"), cmd_evidence, "evidence", "d1", "--head", forger_at("old.head"), "-o",
            forger_at("old")) ||
        RUN(forger_at("l"), cmd_evidence, "evidence", "d1", "--key", forger_at("key"), "--since",
            forger_at("old.head"), "-o", forger_at("both")) ||
        RUN(forger_at("l"), cmd_evidence, "evidence", "d1", "--since", forger_at("old.head"), "-o",
            forger_at("unsigned")) ||
        RUN(forger_at("l"), cmd_evidence, "evidence", "d2", "--key", forger_at("key"), "-o",
            forger_at("d2")) ||
        RUN(forger_at("other"), cmd_evidence, "evidence", "d1", "--key", forger_at("other.key"),
            "-o", forger_at("of-other")))
        return -1;
    learn(forger_at("l"));
    return 0;
}

int forger_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < forger_truth.n; i++)
        bc_buf_release(&forger_truth.records[i]);
    free(forger_truth.records);
    free(forger_truth.roots);
    free(forger_truth.seqs);
    bc_buf_release(&forger_truth.origin);
    folder_remove(folder);
    return 0;
}

/* --- whom a stranger forger_trusts --- */

const struct forger_trust forger_trusts[FORGER_TRUSTS] = {
    { "the key", "key.pub", NULL },
    { "the old head", NULL, "old.head" },
    { "the new head", NULL, "new.head" },
    { "the key and the old head", "key.pub", "old.head" },
};

int forger_check(struct bc_str file, const struct forger_trust *trust)
{
    const char *const argv[] = { "backcast-check",
                                 forger_at("forged"),
                                 trust->key ? "--public-key" : "--head",
                                 forger_at(trust->key ? trust->key : trust->head),
                                 trust->key && trust->head ? "--head" : NULL,
                                 trust->key && trust->head ? forger_at(trust->head) : NULL,
                                 NULL };

    file_write(forger_at("forged"), file);
    return run(NULL, check_evidence, argv);
}

void forger_must_fail(struct bc_str file, const struct forger_trust *trust, const char *what)
{
    const int code = forger_check(file, trust);

    if (code == 0 ? !forger_is_true(file) : code != 1 && code != 3)
        fail_msg("%s, trusting %s: exit code %d:\n%.*s", what, trust->name, code, BC_STR_ARG(file));
}
