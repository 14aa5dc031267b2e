/* tests/tools/check/test_forger.c - a forger has evidence about several deals, of several heads and
 * of another ledger, every record of the log, and no key. Whatever is changed, dropped or
 * exchanged: what passes says only what is true, all of a deal's records and the retractions of
 * them.
 *
 * A file that passes is read again and held against the log that it is said to be about. */
#include "ledger/ledger.h"
#include "ledger/record/deal_tree.h"
#include "ledger/record/evidence.h"
#include "projections/timelines/deal_proof.h"
#include "tests/support/check.h"
#include "tests/support/command.h"
#include "tests/support/folder.h"
#include "tests/support/history.h"
#include "tools/check/check.h"

#include <stdio.h>
#include <stdlib.h>

enum { PATHS = 12, LINES_MOST = 400 };

static char folder[FOLDER_PATH];

/* A name in the folder; a few live at once. */
static const char *at(const char *name)
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

struct truth {
    struct bc_buf *records; /* by seq - 1 */
    struct bc_hash *roots;  /* of the log of each size, from 0 */
    size_t n;
    uint64_t *seqs; /* of d1 */
    size_t seq_n;
    struct bc_buf origin;
};

static struct truth truth;

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
    truth.n = bc_log_head(log)->size;
    truth.records = bc_calloc(truth.n, sizeof(*truth.records));
    truth.roots = bc_calloc(truth.n + 1, sizeof(*truth.roots));
    truth.roots[0] = bc_frontier_root(&frontier);
    check_ok(bc_cursor_open(&cursor, log, 1, truth.n, &err), &err);
    while (bc_cursor_next(cursor, &event, &stored, &err) == BC_OK) {
        bc_buf_add_str(&truth.records[event->seq - 1], stored);
        bc_frontier_add(&frontier, bc_hash_leaf(stored), NULL, NULL);
        truth.roots[event->seq] = bc_frontier_root(&frontier);
    }
    bc_cursor_free(cursor);
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    check_ok(bc_deal_proof_list(timelines, BC_STR("d1"), &truth.seqs, &truth.seq_n, &err), &err);
    bc_timelines_free(timelines);
    check_ok(bc_ledger_origin(&truth.origin, dir, &err), &err);
    bc_log_close(log);
}

/* Does a file that passed say nothing but the truth, and all of it? */
static bool is_true(struct bc_str file)
{
    struct bc_evidence evidence;
    struct bc_buf bytes = { 0 };
    size_t line, n = 0;
    bool good;

    if (bc_evidence_parse(&evidence, &line, file, NULL) < 0)
        return false;
    while (n < truth.seq_n && truth.seqs[n] <= evidence.head.size)
        n++;
    good = bc_str_eq(evidence.origin, bc_buf_str(&truth.origin)) &&
           bc_str_eq(bc_buf_str(&evidence.deal), BC_STR("d1")) && evidence.n == n &&
           evidence.head.size <= truth.n &&
           memcmp(&evidence.head.root, &truth.roots[evidence.head.size], BC_HASH_LEN) == 0;
    for (size_t i = 0; good && i < n; i++) {
        bc_evidence_bytes(&bytes, &evidence.records[i]);
        good = evidence.records[i].seq == truth.seqs[i] &&
               bc_str_eq(bc_buf_str(&bytes), bc_buf_str(&truth.records[truth.seqs[i] - 1]));
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
    const char *dir = at(name);

    return RUN(dir, cmd_init, "init") || record(dir, "e1", "d1", "outreach") ||
           record(dir, "e2", "d2", "outreach") || record(dir, "e3", "d1", "closed_won") ||
           retract(dir, "e4", "e3") || record(dir, "e5", "d1", "discovery");
}

/* Later than the first signed head. */
static int go_on(const char *name)
{
    const char *dir = at(name);

    return record(dir, "e6", "d3", "outreach") || retract(dir, "e7", "e2") ||
           record(dir, "e8", "d1", "proposal") || retract(dir, "e9", "e8");
}

static int setup(void **state)
{
    (void)state;
    folder_make(folder);
    if (make_ledger("l") || make_ledger("other") ||
        RUN(at("l"), cmd_head, "head", "keygen", at("key")) ||
        RUN(at("other"), cmd_head, "head", "keygen", at("other.key")) ||
        RUN(at("l"), cmd_head, "head", "sign", "--key", at("key"), "-o", at("old.head")) ||
        go_on("l") || go_on("other") ||
        RUN(at("l"), cmd_head, "head", "export", "-o", at("new.head")) ||
        RUN(at("l"), cmd_evidence, "evidence", "d1", "--key", at("key"), "-o", at("signed")) ||
        RUN(at("l"), cmd_evidence, "evidence", "d1", "--head", at("old.head"), "-o", at("old")) ||
        RUN(at("l"), cmd_evidence, "evidence", "d1", "--key", at("key"), "--since", at("old.head"),
            "-o", at("both")) ||
        RUN(at("l"), cmd_evidence, "evidence", "d1", "--since", at("old.head"), "-o",
            at("unsigned")) ||
        RUN(at("l"), cmd_evidence, "evidence", "d2", "--key", at("key"), "-o", at("d2")) ||
        RUN(at("other"), cmd_evidence, "evidence", "d1", "--key", at("other.key"), "-o",
            at("of-other")))
        return -1;
    learn(at("l"));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    for (size_t i = 0; i < truth.n; i++)
        bc_buf_release(&truth.records[i]);
    free(truth.records);
    free(truth.roots);
    free(truth.seqs);
    bc_buf_release(&truth.origin);
    folder_remove(folder);
    return 0;
}

/* --- whom a stranger trusts --- */

static const struct trust {
    const char *name, *key, *head;
} trusts[] = {
    { "the key", "key.pub", NULL },
    { "the old head", NULL, "old.head" },
    { "the new head", NULL, "new.head" },
    { "the key and the old head", "key.pub", "old.head" },
};

static int check(struct bc_str file, const struct trust *trust)
{
    const char *const argv[] = { "backcast-check",
                                 at("forged"),
                                 trust->key ? "--public-key" : "--head",
                                 at(trust->key ? trust->key : trust->head),
                                 trust->key && trust->head ? "--head" : NULL,
                                 trust->key && trust->head ? at(trust->head) : NULL,
                                 NULL };

    file_write(at("forged"), file);
    return run(NULL, check_evidence, argv);
}

static void must_fail_or_be_true(struct bc_str file, const struct trust *trust, const char *what)
{
    const int code = check(file, trust);

    if (code == 0 ? !is_true(file) : code != 1 && code != 3)
        fail_msg("%s, trusting %s: exit code %d:\n%.*s", what, trust->name, code, BC_STR_ARG(file));
}

/* --- what is honest passes --- */

static void honest_evidence_passes_by_whom_it_names(void **state)
{
    static const struct {
        const char *file;
        bool passes[ARRAY_LEN(trusts)];
    } rows[] = {
        { "signed", { true, false, true, false } },
        { "old", { true, true, false, true } },
        { "both", { true, false, true, true } }, /* by the old head alone not what came after */
        { "unsigned", { false, false, true, false } },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bc_buf file = { 0 };

        file_read(&file, at(rows[i].file));
        for (size_t k = 0; k < ARRAY_LEN(trusts); k++) {
            const int code = check(bc_buf_str(&file), &trusts[k]);
            if (code != (rows[i].passes[k] ? 0 : 1))
                fail_msg("%s, trusting %s: %d", rows[i].file, trusts[k].name, code);
        }
        assert_true(is_true(bc_buf_str(&file)));
        bc_buf_release(&file);
    }
}

/* --- lines --- */

struct lines {
    struct bc_buf text;
    struct bc_str at[LINES_MOST]; /* with their ends */
    size_t n;
};

static void lines_read(struct lines *lines, const char *name)
{
    struct bc_str rest, line;

    *lines = (struct lines){ 0 };
    file_read(&lines->text, at(name));
    rest = bc_buf_str(&lines->text);
    while (bc_line_take(&rest, &line)) {
        assert_true(lines->n < LINES_MOST);
        lines->at[lines->n++] = (struct bc_str){ line.at, line.len + 1 };
    }
}

/* The lines first..last-1 twice, or not at all. */
static void join_parts(struct bc_buf *out, const struct lines *lines, size_t first, size_t last,
                       unsigned times)
{
    out->len = 0;
    for (size_t i = 0; i < first; i++)
        bc_buf_add_str(out, lines->at[i]);
    for (unsigned k = 0; k < times; k++)
        for (size_t i = first; i < last; i++)
            bc_buf_add_str(out, lines->at[i]);
    for (size_t i = last; i < lines->n; i++)
        bc_buf_add_str(out, lines->at[i]);
}

static void put(struct bc_buf *out, const struct lines *lines, size_t i, struct bc_str line,
                size_t k, struct bc_str other)
{
    out->len = 0;
    for (size_t at_line = 0; at_line < lines->n; at_line++)
        bc_buf_add_str(out, at_line == i ? line : at_line == k ? other : lines->at[at_line]);
}

static const char *const files[] = { "signed", "old", "both" };
static const char *const donors[] = { "signed", "old", "both", "unsigned", "d2", "of-other" };
static const size_t trusted[] = { 0, 1, 3 };

static void lines_dropped_or_doubled(void **state)
{
    struct bc_buf forged = { 0 };

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct lines lines;

        lines_read(&lines, files[f]);
        for (size_t first = 0; first < lines.n; first++)
            for (size_t last = first + 1; last <= lines.n && last <= first + 9; last++)
                for (unsigned times = 0; times <= 2; times += 2) {
                    join_parts(&forged, &lines, first, last, times);
                    must_fail_or_be_true(bc_buf_str(&forged), &trusts[trusted[f]], "lines");
                }
        bc_buf_release(&lines.text);
    }
    bc_buf_release(&forged);
}

static void lines_exchanged_with_each_other(void **state)
{
    struct bc_buf forged = { 0 };

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct lines lines;

        lines_read(&lines, files[f]);
        for (size_t i = 0; i < lines.n; i++)
            for (size_t k = i + 1; k < lines.n; k++) {
                put(&forged, &lines, i, lines.at[k], k, lines.at[i]);
                must_fail_or_be_true(bc_buf_str(&forged), &trusts[trusted[f]], "exchanged");
            }
        bc_buf_release(&lines.text);
    }
    bc_buf_release(&forged);
}

/* Each line by lines of other files, of those of the same length first of all. */
static void lines_exchanged_with_those_of_other_files(void **state)
{
    struct bc_buf forged = { 0 };
    uint64_t random = 1;

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct lines lines, donor;

        lines_read(&lines, files[f]);
        for (size_t d = 0; d < ARRAY_LEN(donors); d++) {
            lines_read(&donor, donors[d]);
            for (size_t i = 0; i < lines.n; i++)
                for (size_t k = 0; k < donor.n; k++) {
                    if (bc_str_eq(donor.at[k], lines.at[i]) ||
                        (donor.at[k].len != lines.at[i].len && history_random(&random, 16)) ||
                        (donor.at[k].len == lines.at[i].len && history_random(&random, 4)))
                        continue;
                    put(&forged, &lines, i, donor.at[k], lines.n, donor.at[k]);
                    must_fail_or_be_true(bc_buf_str(&forged), &trusts[trusted[f]], "put in");
                }
            bc_buf_release(&donor.text);
        }
        bc_buf_release(&lines.text);
    }
    bc_buf_release(&forged);
}

/* --- sections --- */

/* The first line of each section, and the end. */
static size_t sections_of(size_t out[LINES_MOST + 1], const struct lines *lines)
{
    size_t n = 0;

    out[n++] = 0;
    for (size_t i = 1; i < lines->n; i++)
        if (lines->at[i - 1].len == 1 && lines->at[i].at[0] >= 'a' && lines->at[i].at[0] <= 'z')
            out[n++] = i;
    out[n] = lines->n;
    return n;
}

static void sections_exchanged_and_put_in(void **state)
{
    size_t parts[LINES_MOST + 1], others[LINES_MOST + 1];
    struct bc_buf forged = { 0 };

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct lines lines, donor;
        size_t part_n, other_n;

        lines_read(&lines, files[f]);
        part_n = sections_of(parts, &lines);
        for (size_t d = 0; d < ARRAY_LEN(donors); d++) {
            lines_read(&donor, donors[d]);
            other_n = sections_of(others, &donor);
            for (size_t i = 0; i < part_n; i++)
                for (size_t k = 0; k < other_n; k++)
                    for (size_t keep = 0; keep <= 1; keep++) { /* beside the one there, or for it */
                        forged.len = 0;
                        for (size_t l = 0; l < parts[i + keep]; l++)
                            bc_buf_add_str(&forged, lines.at[l]);
                        for (size_t l = others[k]; l < others[k + 1]; l++)
                            bc_buf_add_str(&forged, donor.at[l]);
                        for (size_t l = parts[i + 1]; l < lines.n; l++)
                            bc_buf_add_str(&forged, lines.at[l]);
                        must_fail_or_be_true(bc_buf_str(&forged), &trusts[trusted[f]], "section");
                    }
            bc_buf_release(&donor.text);
        }
        bc_buf_release(&lines.text);
    }
    bc_buf_release(&forged);
}

/* The file without the section `out`, a record, and with the number of records mended; its list
 * stays (0), goes (1), or is exchanged for a section of another file (2 and more). */
static void leave_out(struct bc_buf *forged, const struct lines *lines, size_t out,
                      const struct lines *donor, size_t list)
{
    size_t parts[LINES_MOST + 1], others[LINES_MOST + 1];
    const size_t part_n = sections_of(parts, lines);

    (void)sections_of(others, donor);
    forged->len = 0;
    bc_buf_printf(forged, "%.*s%.*srecords %c\n\n", BC_STR_ARG(lines->at[0]),
                  BC_STR_ARG(lines->at[1]), lines->at[2].at[8] - 1);
    for (size_t i = 1; i < part_n; i++) {
        const bool other = list > 0 && memcmp(lines->at[parts[i]].at, "list ", 5) == 0;

        if (i == out || (other && list == 1))
            continue;
        if (other)
            for (size_t l = others[list - 2]; l < others[list - 1]; l++)
                bc_buf_add_str(forged, donor->at[l]);
        else
            for (size_t l = parts[i]; l < parts[i + 1]; l++)
                bc_buf_add_str(forged, lines->at[l]);
    }
}

static void records_left_out_without_a_trace(void **state)
{
    size_t parts[LINES_MOST + 1], others[LINES_MOST + 1];
    struct bc_buf forged = { 0 };

    (void)state;
    for (size_t f = 0; f < ARRAY_LEN(files); f++) {
        struct lines lines, donor;

        lines_read(&lines, files[f]);
        lines_read(&donor, files[(f + 1) % ARRAY_LEN(files)]);
        for (size_t out = 1, n = sections_of(parts, &lines); out < n; out++) {
            if (memcmp(lines.at[parts[out]].at, "record ", 7) != 0)
                continue;
            for (size_t list = 0; list <= sections_of(others, &donor) + 1; list++) {
                leave_out(&forged, &lines, out, &donor, list);
                must_fail_or_be_true(bc_buf_str(&forged), &trusts[trusted[f]], "left out");
            }
        }
        bc_buf_release(&lines.text);
        bc_buf_release(&donor.text);
    }
    bc_buf_release(&forged);
}

/* --- a tree of one's own --- */

struct own_tree {
    struct bc_hash leaves[32];
    struct bc_buf records[32];
    size_t n;
};

static void own_add(struct own_tree *tree, struct bc_str bytes)
{
    bc_buf_add_str(&tree->records[tree->n], bytes);
    tree->leaves[tree->n++] = bc_hash_leaf(bytes);
}

static bc_status own_root(void *payload, unsigned level, uint64_t index, struct bc_hash *out,
                          struct bc_err *err)
{
    const struct own_tree *tree = payload;
    struct bc_frontier frontier = { 0 };

    (void)err;
    for (size_t i = 0; i < (size_t)1 << level; i++)
        bc_frontier_add(&frontier, tree->leaves[(index << level) + i], NULL, NULL);
    *out = bc_frontier_root(&frontier);
    return BC_OK;
}

static struct bc_head own_head(const struct own_tree *tree)
{
    struct bc_frontier frontier = { 0 };

    for (size_t i = 0; i < tree->n; i++)
        bc_frontier_add(&frontier, tree->leaves[i], NULL, NULL);
    return (struct bc_head){ tree->n, bc_frontier_root(&frontier) };
}

/* Evidence with proofs that all hold in a log of the forger's: the true one up to `keep` events,
 * then a forged win of d1; with all of d1's records up to there but `leave_out`. */
static void forge(struct bc_buf *out, size_t keep, uint64_t leave_out, bool win,
                  const struct bc_head *since, const char *forger_key)
{
    struct own_tree tree = { 0 };
    const struct bc_subtrees subtrees = { own_root, &tree };
    uint64_t seqs[32];
    size_t n = 0;
    struct bc_proof proof;
    struct bc_head head, deals;
    struct bc_buf text = { 0 }, won = { 0 };
    bc_deal_tree *lists = bc_deal_tree_new();

    for (size_t i = 0; i < keep; i++)
        own_add(&tree, bc_buf_str(&truth.records[i]));
    for (size_t i = 0; i < truth.seq_n && truth.seqs[i] <= keep; i++)
        if (truth.seqs[i] != leave_out)
            seqs[n++] = truth.seqs[i];
    if (win) { /* the record of another log that says so, under another seq: as stored, but for it
                */
        bc_buf_add_str(&won, bc_buf_str(&truth.records[2]));
        won.at[1] = (char)(keep + 1);
        memcpy(memmem(won.at, won.len, "e3", 2), "ex", 2);
        own_add(&tree, bc_buf_str(&won));
        seqs[n++] = keep + 1;
    }
    head = own_head(&tree);
    bc_evidence_begin(out, BC_STR("d1"), n);
    for (size_t i = 0; i < n; i++) {
        (void)bc_proof_inclusion(&proof, seqs[i], head.size, &subtrees, NULL);
        bc_evidence_record(out, seqs[i], bc_buf_str(&tree.records[seqs[i] - 1]), &proof);
    }
    bc_deal_tree_add(lists, BC_STR("d1"), seqs, n);
    deals = bc_deal_tree_head(lists);
    bc_deal_tree_prove(lists, 0, &proof);
    bc_evidence_list(out, 0, &proof);
    if (since) {
        (void)bc_proof_consistency(&proof, since->size, head.size, &subtrees, NULL);
        bc_evidence_since(out, bc_buf_str(&truth.origin), since, &proof);
    }
    bc_head_text(&text, bc_buf_str(&truth.origin), &head);
    bc_head_lines_add(&text, &(struct bc_head_lines){ .has_deals = true, .deals = deals });
    if (forger_key) {
        struct bc_note_key key;
        struct bc_buf note = { 0 };

        assert_int_equal(bc_note_key_make(&key, bc_str_of(forger_key), NULL), BC_OK);
        assert_int_equal(bc_note_sign(&note, bc_buf_str(&text), &key, NULL), BC_OK);
        bc_evidence_head(out, bc_buf_str(&note));
        bc_buf_release(&note);
    } else {
        bc_evidence_head(out, bc_buf_str(&text));
    }
    for (size_t i = 0; i < tree.n; i++)
        bc_buf_release(&tree.records[i]);
    bc_deal_tree_free(lists);
    bc_buf_release(&text);
    bc_buf_release(&won);
}

static void a_log_of_ones_own_passes_by_nobody_elses_word(void **state)
{
    static const struct {
        size_t keep;
        uint64_t leave_out;
        bool win, since;
    } rows[] = {
        { 5, 0, true, true },                          /* a win after the old head */
        { 9, 0, true, true },                          /* after the new one */
        { 5, 0, true, false },  { 9, 4, false, true }, /* a retraction left out */
        { 5, 4, false, false }, { 5, 1, false, true },
        { 9, 9, false, false }, { 4, 0, true, false }, /* the win for the event after */
    };
    const struct bc_head old = { 5, truth.roots[5] };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (int named = 0; named <= 1; named++)
            for (size_t t = 0; t < ARRAY_LEN(trusts); t++) {
                struct bc_buf forged = { 0 };
                char name[FOLDER_PATH];

                (void)snprintf(name, sizeof(name), "%.*s", BC_STR_ARG(bc_buf_str(&truth.origin)));
                forge(&forged, rows[i].keep, rows[i].leave_out, rows[i].win,
                      rows[i].since ? &old : NULL, named ? name : NULL);
                if (check(bc_buf_str(&forged), &trusts[t]) != 1)
                    fail_msg("row %zu, trusting %s, named %d:\n%.*s", i, trusts[t].name, named,
                             BC_STR_ARG(bc_buf_str(&forged)));
                bc_buf_release(&forged);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(honest_evidence_passes_by_whom_it_names),
        cmocka_unit_test(lines_dropped_or_doubled),
        cmocka_unit_test(lines_exchanged_with_each_other),
        cmocka_unit_test(lines_exchanged_with_those_of_other_files),
        cmocka_unit_test(sections_exchanged_and_put_in),
        cmocka_unit_test(records_left_out_without_a_trace),
        cmocka_unit_test(a_log_of_ones_own_passes_by_nobody_elses_word),
    };

    return cmocka_run_group_tests_name("tools/check/forger", tests, setup, teardown);
}
