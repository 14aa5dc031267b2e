/* Signed notes are those of the Go tools and of C2SP: the published key makes the published
 * signature; whatever is not exactly a note or a key is none. */
#include "ledger/note.h"
#include "tests/support/check.h"

/* From the documentation of golang.org/x/mod/sumdb/note. */
static const char secret_text[] =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
static const char public_text[] =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
static const char signed_text[] =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\xe2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    "\n";

static struct bc_note_key read_key(const char *text)
{
    struct bc_note_key key;
    struct bc_err err = { 0 };

    check_ok(bc_note_key_parse(&key, bc_str_of(text), &err), &err);
    return key;
}

static struct bc_note read_note(const char *text)
{
    struct bc_note note;
    struct bc_err err = { 0 };

    check_ok(bc_note_parse(&note, bc_str_of(text), &err), &err);
    return note;
}

static void the_published_key_makes_the_published_signature(void **state)
{
    struct bc_note_key key = read_key(secret_text);
    struct bc_note note = read_note(signed_text);
    struct bc_buf again = { 0 };
    struct bc_err err = { 0 };

    (void)state;
    assert_true(key.can_sign);
    check_ok(bc_note_sign(&again, note.text, &key, &err), &err);
    bc_buf_add_byte(&again, '\0');
    assert_string_equal(again.at, signed_text);
    bc_buf_release(&again);
}

static void keys_are_printed_as_they_were_read(void **state)
{
    struct bc_note_key key = read_key(secret_text), half = read_key(public_text);
    struct bc_buf text = { 0 };

    (void)state;
    bc_note_key_private(&text, &key);
    bc_buf_add_byte(&text, '\n');
    bc_note_key_public(&text, &key);
    bc_buf_add_byte(&text, '\n');
    bc_note_key_public(&text, &half);
    bc_buf_add_byte(&text, '\0');
    assert_memory_equal(text.at, secret_text, strlen(secret_text));
    assert_memory_equal(text.at + strlen(secret_text) + 1, public_text, strlen(public_text));
    assert_string_equal(text.at + strlen(secret_text) + strlen(public_text) + 2, public_text);
    assert_false(half.can_sign);
    bc_buf_release(&text);
}

static void a_new_key_signs_and_no_other_key_does(void **state)
{
    struct bc_note_key key, other, known = read_key(public_text);
    struct bc_buf bytes = { 0 };
    struct bc_err err = { 0 };
    struct bc_note note;

    (void)state;
    check_ok(bc_note_key_make(&key, BC_STR("example.com/a"), &err), &err);
    check_ok(bc_note_key_make(&other, BC_STR("example.com/a"), &err), &err);
    check_ok(bc_note_sign(&bytes, BC_STR("a\n\nb\n"), &key, &err), &err);
    check_ok(bc_note_parse(&note, bc_buf_str(&bytes), &err), &err);
    assert_true(bc_str_eq(note.text, BC_STR("a\n\nb\n")));
    assert_int_equal(bc_note_check(&note, &key), BC_OK);
    assert_int_equal(bc_note_check(&note, &other), BC_DONE);
    assert_int_equal(bc_note_check(&note, &known), BC_DONE);
    bc_buf_release(&bytes);
}

static void any_other_byte_in_text_or_signature_is_found(void **state)
{
    struct bc_note_key key = read_key(public_text);
    size_t len = strlen(signed_text);
    char copy[sizeof(signed_text)];
    struct bc_note note = read_note(signed_text);

    (void)state;
    assert_int_equal(bc_note_check(&note, &key), BC_OK);
    for (size_t i = 0; i < len; i++) {
        memcpy(copy, signed_text, sizeof(copy));
        copy[i] ^= 1;
        if (bc_note_parse(&note, (struct bc_str){ copy, len }, NULL) == BC_OK &&
            bc_note_check(&note, &key) == BC_OK)
            fail_msg("byte %zu", i);
    }
}

static struct note_row {
    const char *name;
    struct bc_str bytes;
    bool good, is_signed;
} note_rows[] = {
    { "a text alone is a note without signatures", BYTES("a\nb\n"), true, false },
    { "nothing is no note", BYTES(""), false, false },
    { "a text without its last line end is none", BYTES("a\nb"), false, false },
    { "a control character is none", BYTES("a\rb\n"), false, false },
    { "a text that is not UTF-8 is none", BYTES("M\xfcller\n"), false, false },
    { "an empty line with nothing below it", BYTES("a\n\n"), false, false },
    { "below the empty line something else", BYTES("a\n\nb\n"), false, false },
    { "a signature", BYTES("a\n\n\xe2\x80\x94 n AAAAAAAA\n"), true, true },
    { "a signature by another kind of key", BYTES("a\n\n\xe2\x80\x94 n AAAAAAA=\n"), true, true },
    { "a signature too short for its key's id", BYTES("a\n\n\xe2\x80\x94 n AAAA\n"), false, false },
    { "a signature without its line end", BYTES("a\n\n\xe2\x80\x94 n AAAAAAAA"), false, false },
    { "a signature without a name", BYTES("a\n\n\xe2\x80\x94  AAAAAAAA\n"), false, false },
    { "a signature with a hyphen for the dash", BYTES("a\n\n- n AAAAAAAA\n"), false, false },
    { "a plus in the name", BYTES("a\n\n\xe2\x80\x94 n+m AAAAAAAA\n"), false, false },
    { "two signatures", BYTES("a\n\n\xe2\x80\x94 n AAAAAAAA\n\xe2\x80\x94 m AAAAAAAA\n"), true,
      true },
};

static void note_row(void **state)
{
    const struct note_row *row = *state;
    struct bc_note note = { 0 };
    bc_status rc = bc_note_parse(&note, row->bytes, NULL);

    assert_int_equal(rc, row->good ? BC_OK : BC_E_INPUT);
    assert_int_equal(note.signatures.len > 0, row->is_signed);
}

static struct key_row {
    const char *name, *text;
} key_rows[] = {
    { "nothing is no key", "" },
    { "a name alone", "PeterNeumann" },
    { "the id of another key",
      "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" },
    { "another name", "PeterNewmann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" },
    { "another kind of key", "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" },
    { "too few bytes", "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy" },
    { "a key without a name", "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" },
    { "something behind it",
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW x" },
    { "the mark of a private key in front of a public one",
      "PRIVATE+KEY+PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" },
};

static void key_row(void **state)
{
    const struct key_row *row = *state;
    struct bc_note_key key;
    struct bc_err err = { 0 };

    assert_int_equal(bc_note_key_parse(&key, bc_str_of(row->text), &err), BC_E_INPUT);
    assert_true(row->text[0] == '\0' || !strstr(err.message, row->text)); /* never repeated */
}

static void a_key_needs_a_name_without_blanks(void **state)
{
    static const char *const names[] = { "", "a b", "a+b", "a\nb", "\xff" };
    struct bc_note_key key;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        assert_int_equal(bc_note_key_make(&key, bc_str_of(names[i]), NULL), BC_E_INPUT);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(note_rows) + ARRAY_LEN(key_rows) + 5] = {
        cmocka_unit_test(the_published_key_makes_the_published_signature),
        cmocka_unit_test(keys_are_printed_as_they_were_read),
        cmocka_unit_test(a_new_key_signs_and_no_other_key_does),
        cmocka_unit_test(any_other_byte_in_text_or_signature_is_found),
        cmocka_unit_test(a_key_needs_a_name_without_blanks),
    };
    size_t n = 5;

    for (size_t i = 0; i < ARRAY_LEN(note_rows); i++)
        tests[n++] = (struct CMUnitTest){ note_rows[i].name, note_row, NULL, NULL, &note_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(key_rows); i++)
        tests[n++] = (struct CMUnitTest){ key_rows[i].name, key_row, NULL, NULL, &key_rows[i] };
    return cmocka_run_group_tests_name("ledger/note", tests, NULL, NULL);
}
