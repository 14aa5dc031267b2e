/* tools/check/check_heads.c - who vouches for the heads in an evidence file, and for the lists. */
#include "ledger/base/instant.h"
#include "ledger/record/deal_tree.h"
#include "tools/check/check_impl.h"
#include "tools/cli/text.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- signed --- */

static void say_signed(struct check_anchor *anchor, const struct bc_note_key *key)
{
    char at[BC_INSTANT_LEN];

    bc_note_key_id(anchor->key_id, key);
    bc_buf_add_str(&anchor->key_name, bc_str_of(key->name));
    bc_buf_printf(&anchor->by, "that the key %s of ", anchor->key_id);
    text_escape(&anchor->by, bc_str_of(key->name));
    bc_buf_add_str(&anchor->by, BC_STR(" signed"));
    if (!anchor->lines.has_signed)
        return;
    bc_instant_print(at, anchor->lines.signed_us);
    bc_buf_printf(&anchor->by, ", it says on %.10s at %.8s UTC", at, at + 11);
}

/* BC_OK: it is signed. */
static bc_status check_signature(struct check *check, const struct bc_note_key *key,
                                 const char *origin, const struct bc_note *note)
{
    struct bc_buf sentence = { 0 };
    bc_status rc = head_signatures(&sentence, note, key);

    if (rc == BC_OK)
        rc = key_is_for(&sentence, key, origin, check->evidence.origin);
    bc_buf_add_byte(&sentence, '\n');
    bc_buf_add_str(rc == BC_OK ? &check->words : &check->faults, bc_buf_str(&sentence));
    bc_buf_release(&sentence);
    return rc;
}

/* --- held --- */

/* Replaces a head of the file by the same one that you hold. */
static void hold(struct check_anchor *anchor, const struct head_file *held)
{
    if (!anchor->trusted) {
        anchor->trusted = true;
        anchor->lines = held->lines;
        anchor->by.len = 0;
        bc_buf_add_str(&anchor->by, BC_STR("whose head you hold"));
    } else if (!anchor->lines.has_deals) {
        anchor->lines = held->lines;
    }
}

static void check_held(struct check *check, const struct head_file *held)
{
    const struct bc_evidence *evidence = &check->evidence;

    if (!bc_str_eq(held->origin, evidence->origin)) {
        check_fault(check, "the head that you hold is that of another ledger");
    } else if (bc_head_eq(&held->head, &evidence->head)) {
        if (held->lines.has_deals && check->head.lines.has_deals && check->head.trusted &&
            !bc_head_eq(&held->lines.deals, &check->head.lines.deals))
            check_fault(check, "the head that you hold has another line of deals than the file's");
        hold(&check->head, held);
        bc_buf_add_str(&check->words, BC_STR("the head is the one that you hold\n"));
    } else if (evidence->has_since && bc_head_eq(&held->head, &evidence->since)) {
        hold(&check->earlier, held);
        bc_buf_add_str(&check->words, BC_STR("the earlier head is the one that you hold\n"));
    } else {
        check_fault(check, "the head that you hold is not in this file");
    }
}

/* --- both --- */

/* An earlier head vouches for nothing unless the log of the file's head begins with its events. */
static void check_since(struct check *check)
{
    const struct bc_evidence *evidence = &check->evidence;

    if (!evidence->has_since)
        return;
    if (bc_str_eq(evidence->since_origin, evidence->origin) &&
        bc_proof_holds_prefix(&evidence->since_proof, &evidence->since, &evidence->head)) {
        bc_buf_printf(&check->words,
                      "the log begins with the %" PRIu64 " event%s of the earlier "
                      "head\n",
                      evidence->since.size, text_plural(evidence->since.size));
        return;
    }
    check->earlier.trusted = false;
    check_fault(check,
                "the log of this head does not begin with the %" PRIu64
                " event%s of the earlier head",
                evidence->since.size, text_plural(evidence->since.size));
}

/* The key that must have signed the file's head. */
static void check_key(struct check *check, const struct bc_note_key *key, const char *origin,
                      const struct head_file *held)
{
    const struct bc_evidence *evidence = &check->evidence;
    /* A head that you hold need not be signed. */
    const bool in_file = !held || !bc_head_eq(&held->head, &evidence->head) ||
                         bc_note_check(&evidence->note, key) == BC_OK;

    if (check_signature(check, key, origin, in_file ? &evidence->note : &held->note) != BC_OK)
        return;
    check->head.trusted = true;
    check->head.lines = in_file ? evidence->lines : held->lines;
    say_signed(&check->head, key);
}

void check_heads(struct check *check, const struct bc_note_key *key, const char *origin,
                 const struct head_file *held)
{
    const struct bc_evidence *evidence = &check->evidence;

    check->head.head = evidence->head;
    check->earlier.head = evidence->since;
    if (key) {
        check_key(check, key, origin, held);
    } else {
        (void)head_signatures(&check->words, &evidence->note, NULL);
        bc_buf_add_byte(&check->words, '\n');
        if (origin && !bc_str_eq(evidence->origin, bc_str_of(origin)))
            check_fault(check, "the head is that of another ledger than --origin says");
    }
    if (held)
        check_held(check, held);
    check_since(check);
    if (!key && !held)
        check_fault(check, "nothing vouches for this head: give the --public-key that it is signed "
                           "with, or a --head that you hold");
}

/* --- the lists --- */

static void check_list(struct check *check, struct check_anchor *anchor,
                       const struct bc_evidence_list *list, const uint64_t *seqs)
{
    const struct bc_str deal = bc_buf_str(&check->evidence.deal);
    struct bc_hash leaf;
    size_t n = 0;

    if (!anchor->trusted || !anchor->lines.has_deals)
        return;
    while (n < check->evidence.n && seqs[n] <= anchor->head.size)
        n++;
    leaf = bc_deal_tree_leaf(deal, seqs, n);
    anchor->list_fits = list->is_there &&
                        bc_proof_holds_leaf(&list->proof, list->index, &leaf, &anchor->lines.deals);
    if (!list->is_there)
        check_fault(check,
                    "the file does not show that these are all records of the deal in the log of "
                    "%" PRIu64 " event%s, which that head can show",
                    anchor->head.size, text_plural(anchor->head.size));
    else if (!anchor->list_fits)
        check_fault(check,
                    "these are not the records of the deal in the log of %" PRIu64
                    " event%s: an event, or a retraction of one, was left out or put in",
                    anchor->head.size, text_plural(anchor->head.size));
}

void check_lists(struct check *check)
{
    const struct bc_evidence *evidence = &check->evidence;
    uint64_t *seqs = bc_calloc(evidence->n, sizeof(*seqs));

    for (size_t i = 0; i < evidence->n; i++)
        seqs[i] = evidence->records[i].seq;
    check_list(check, &check->head, &evidence->list, seqs);
    if (!(check->head.trusted && check->head.lines.has_deals))
        check_list(check, &check->earlier, &evidence->since_list, seqs);
    free(seqs);
}
