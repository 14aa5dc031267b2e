/* A forger without a key (tests/support/forger.h) who makes a log of their own; and what is honest
 * passes. */
#include "ledger/record/deal_tree.h"
#include "ledger/record/evidence.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tests/support/forger.h"

#include <stdio.h>

/* --- what is honest passes --- */

static void honest_evidence_passes_by_whom_it_names(void **state)
{
    static const struct {
        const char *file;
        bool passes[FORGER_TRUSTS];
    } rows[] = {
        { "signed", { true, false, true, false } },
        { "old", { true, true, false, true } },
        { "both", { true, false, true, true } }, /* by the old head alone not what came after */
        { "unsigned", { false, false, true, false } },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bc_buf file = { 0 };

        file_read(&file, forger_at(rows[i].file));
        for (size_t k = 0; k < FORGER_TRUSTS; k++) {
            const int code = forger_check(bc_buf_str(&file), &forger_trusts[k]);
            if (code != (rows[i].passes[k] ? 0 : 1))
                fail_msg("%s, trusting %s: %d", rows[i].file, forger_trusts[k].name, code);
        }
        assert_true(forger_is_true(bc_buf_str(&file)));
        bc_buf_release(&file);
    }
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
        own_add(&tree, bc_buf_str(&forger_truth.records[i]));
    for (size_t i = 0; i < forger_truth.seq_n && forger_truth.seqs[i] <= keep; i++)
        if (forger_truth.seqs[i] != leave_out)
            seqs[n++] = forger_truth.seqs[i];
    if (win) { /* the record of another log that says so, under another seq: as stored, but for it
                */
        bc_buf_add_str(&won, bc_buf_str(&forger_truth.records[2]));
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
        bc_evidence_since(out, bc_buf_str(&forger_truth.origin), since, &proof);
    }
    bc_head_text(&text, bc_buf_str(&forger_truth.origin), &head);
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
    const struct bc_head old = { 5, forger_truth.roots[5] };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (int named = 0; named <= 1; named++)
            for (size_t t = 0; t < FORGER_TRUSTS; t++) {
                struct bc_buf forged = { 0 };
                char name[FOLDER_PATH];

                (void)snprintf(name, sizeof(name), "%.*s",
                               BC_STR_ARG(bc_buf_str(&forger_truth.origin)));
                forge(&forged, rows[i].keep, rows[i].leave_out, rows[i].win,
                      rows[i].since ? &old : NULL, named ? name : NULL);
                if (forger_check(bc_buf_str(&forged), &forger_trusts[t]) != 1)
                    fail_msg("row %zu, trusting %s, named %d:\n%.*s", i, forger_trusts[t].name,
                             named, BC_STR_ARG(bc_buf_str(&forged)));
                bc_buf_release(&forged);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(honest_evidence_passes_by_whom_it_names),
        cmocka_unit_test(a_log_of_ones_own_passes_by_nobody_elses_word),
    };

    return cmocka_run_group_tests_name("tools/check/forger_log", tests, forger_begin, forger_end);
}
