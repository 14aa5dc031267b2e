/* The vectors that other programs of the same trade are tested with (tests/data/transparency):
 * proofs and notes are accepted and refused as they say. */
#include "ledger/record/head.h"
#include "ledger/record/note.h"
#include "ledger/record/proof.h"
#include "tests/support/check.h"

#include <stdlib.h>

#include <jansson.h>

#define FOLDER BC_SOURCE_DIR "/tests/data/transparency/"

enum { INCLUSION = 98, CONSISTENCY = 98, NOTES = 29 };

static struct bc_str text_of(const json_t *row, const char *key)
{
    const json_t *value = json_object_get(row, key);

    if (!json_is_string(value))
        fail_msg("%s is no text", key);
    return (struct bc_str){ json_string_value(value), json_string_length(value) };
}

/* A number, which is a string where it is beyond what readers of JSON accept. */
static uint64_t number_of(const json_t *row, const char *key)
{
    const json_t *value = json_object_get(row, key);

    if (json_is_string(value))
        return strtoull(json_string_value(value), NULL, 10);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        fail_msg("%s is no number", key);
    return (uint64_t)json_integer_value(value);
}

/* Some vectors have roots or garbage of a few bytes, which are no hash of ours; these are hashed,
 * so that what is checked is the proof and not their length. Of no bytes at all is nothing the
 * hash. */
static struct bc_hash hash_of(struct bc_str text)
{
    struct bc_hash hash;

    return bc_hash_parse(&hash, text) ? hash : bc_hash_leaf(text);
}

static void read_proof(struct bc_proof *out, const json_t *row)
{
    const json_t *hashes = json_object_get(row, "proof"), *hash;
    size_t i;

    out->n = 0;
    if (!json_is_array(hashes) && !json_is_null(hashes))
        fail_msg("there is no proof");
    json_array_foreach(hashes, i, hash)
    {
        assert_true(out->n < BC_PROOF_MOST);
        out->at[out->n++] = hash_of(bc_str_of(json_string_value(hash)));
    }
}

/* The one that we see in another way: RFC 6962 defines no proof from the empty tree; the source
 * refuses the question, C2SP's tlog-witness and we hold that it is the beginning of every tree. */
static const char from_nothing[] =
    "consistency/additional/size1-is-zero-and-size2-is-not-zero.json";

static void check_as_wanted(const json_t *row, bool holds)
{
    const json_t *refused = json_object_get(row, "wantErr");

    assert_true(json_is_boolean(refused));
    assert_int_equal(holds, !json_is_true(refused) ||
                                bc_str_eq(text_of(row, "file"), bc_str_of(from_nothing)));
}

static void inclusion_row(void **state)
{
    const json_t *row = *state;
    struct bc_head tree = { number_of(row, "treeSize"), hash_of(text_of(row, "root")) };
    struct bc_hash leaf = hash_of(text_of(row, "leafHash"));
    struct bc_proof proof;

    read_proof(&proof, row);
    check_as_wanted(row, text_of(row, "leafHash").len &&
                             bc_proof_holds_leaf(&proof, number_of(row, "leafIdx"), &leaf, &tree));
}

static void consistency_row(void **state)
{
    const json_t *row = *state;
    struct bc_head older = { number_of(row, "size1"), hash_of(text_of(row, "root1")) };
    struct bc_head newer = { number_of(row, "size2"), hash_of(text_of(row, "root2")) };
    struct bc_proof proof;

    read_proof(&proof, row);
    check_as_wanted(row, bc_proof_holds_prefix(&proof, &older, &newer));
}

static const char *name_of(bc_status rc)
{
    return rc == BC_OK ? "signed" : rc == BC_NO ? "forged" : rc == BC_DONE ? "unsigned" : "none";
}

static void note_row(void **state)
{
    const json_t *row = *state;
    struct bc_note note = { 0 };
    struct bc_err err = { 0 };
    struct bc_note_key key;
    struct bc_head head;
    struct bc_str origin;
    bc_status rc = bc_note_parse(&note, text_of(row, "note"), &err);
    bool is_head = rc == BC_OK && bc_head_parse(&head, &origin, NULL, note.text, NULL) == BC_OK;

    check_ok(bc_note_key_parse(&key, text_of(row, "key"), &err), &err);
    if (rc == BC_OK)
        rc = bc_note_check(&note, &key);
    assert_string_equal(name_of(rc), text_of(row, "want").at);
    assert_int_equal(is_head, json_object_get(row, "origin") != NULL);
    if (is_head) {
        assert_true(bc_str_eq(origin, text_of(row, "origin")));
        assert_true(head.size == number_of(row, "size"));
    }
}

/* Adds the rows of a file as tests: there must be as many as are expected. */
static void add_file(struct CMUnitTest *tests, size_t *n, size_t want, json_t *rows,
                     const char *label, CMUnitTestFunction run)
{
    json_t *row;
    size_t i;

    if (json_array_size(rows) != want) {
        print_error("%zu vectors, expected %zu\n", json_array_size(rows), want);
        abort();
    }
    json_array_foreach(rows, i, row)
    {
        tests[(*n)++] = (struct CMUnitTest){ json_string_value(json_object_get(row, label)), run,
                                             NULL, NULL, row };
    }
}

int main(void)
{
    json_t *inclusion = json_load_file(FOLDER "inclusion.json", JSON_REJECT_DUPLICATES, NULL);
    json_t *consistency = json_load_file(FOLDER "consistency.json", JSON_REJECT_DUPLICATES, NULL);
    json_t *notes = json_load_file(FOLDER "notes.json", JSON_REJECT_DUPLICATES, NULL);
    struct CMUnitTest tests[INCLUSION + CONSISTENCY + NOTES];
    size_t n = 0;
    int failed;

    add_file(tests, &n, INCLUSION, inclusion, "file", inclusion_row);
    add_file(tests, &n, CONSISTENCY, consistency, "file", consistency_row);
    add_file(tests, &n, NOTES, notes, "desc", note_row);
    failed = cmocka_run_group_tests_name("ledger/record/vectors", tests, NULL, NULL);
    json_decref(inclusion);
    json_decref(consistency);
    json_decref(notes);
    return failed;
}
