/* Signed notes are those of the Go tools and of C2SP: the published key makes the published
 * signature; whatever is not exactly a note or a key is none. */
#include "ledger/base/base64.h"
#include "ledger/record/note.h"
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

/* --- form --- */

#define MARK "\xe2\x80\x94 "

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
    { "a text with empty lines, and one at its end", BYTES("a\n\nb\n\n\n" MARK "n AAAAAAAA\n"),
      true, true },
    { "a line like a signature in the text", BYTES("a\n" MARK "n AAAA\n\n" MARK "n AAAAAAAA\n"),
      true, true },
    { "an empty line below a signature", BYTES("a\n\n" MARK "n AAAAAAAA\n\n"), false, false },
    { "a signature without bytes", BYTES("a\n\n" MARK "n \n"), false, false },
    { "a name alone", BYTES("a\n\n" MARK "n\n"), false, false },
    { "no blank after the dash", BYTES("a\n\n\xe2\x80\x94n AAAAAAAA\n"), false, false },
    { "an en dash", BYTES("a\n\n\xe2\x80\x93 n AAAAAAAA\n"), false, false },
    { "two blanks after the name", BYTES("a\n\n" MARK "n  AAAAAAAA\n"), false, false },
    { "a blank after the bytes", BYTES("a\n\n" MARK "n AAAAAAAA \n"), false, false },
    { "a blank before the dash", BYTES("a\n\n " MARK "n AAAAAAAA\n"), false, false },
    { "a word after the bytes", BYTES("a\n\n" MARK "n AAAAAAAA x\n"), false, false },
    { "bytes without their padding", BYTES("a\n\n" MARK "n AAAAAAA\n"), false, false },
    { "bits that nobody wrote", BYTES("a\n\n" MARK "n AAAAAAB=\n"), false, false },
    { "the alphabet of addresses", BYTES("a\n\n" MARK "n AAAAAA-_\n"), false, false },
    { "bytes that are not base64", BYTES("a\n\n" MARK "n AAAA!AAA\n"), false, false },
    { "a line end of Windows below", BYTES("a\n\n" MARK "n AAAAAAAA\r\n"), false, false },
    { "a name that is not UTF-8", BYTES("a\n\n" MARK "\xfc AAAAAAAA\n"), false, false },
    { "a signature below which something stands", BYTES("a\n\n" MARK "n AAAAAAAA\nb\n"), false,
      false },
    { "an empty text", BYTES("\n" MARK "n AAAAAAAA\n"), true, false }, /* all of it is text */
    { "a text of an empty line", BYTES("\n\n" MARK "n AAAAAAAA\n"), true, true },
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

/* What mails and editors make of a note is distinguished from a forgery, with its place. */
static struct fault_row {
    const char *name;
    struct bc_str bytes;
    const char *fault; /* NULL: none of that */
    size_t line, column;
} fault_rows[] = {
    { "CR LF", BYTES("ab\r\n\r\n" MARK "n AAAAAAAA\r\n"), "CR LF", 1, 3 },
    { "CR LF below", BYTES("a\n\n" MARK "n AAAAAAAA\r\n"), "CR LF", 3, 15 },
    { "a last line without its end", BYTES("a\n\n" MARK "n AAAA"), "no line end", 3, 11 },
    { "a text without its last line end", BYTES("a\nbc"), "no line end", 2, 3 },
    { "an empty line behind", BYTES("a\n\n" MARK "n AAAA\n\n"), "a line end too many", 4, 1 },
    { "a CR alone", BYTES("a\rb\n"), NULL, 0, 0 },
    { "nothing", BYTES(""), NULL, 0, 0 },
    { "a forged signature", BYTES("a\n\n- n AAAAAAAA\n"), NULL, 0, 0 },
};

static void fault_row(void **state)
{
    const struct fault_row *row = *state;
    struct bc_err err = { 0 };
    struct bc_note note;
    size_t line = 0, column = 0;
    const char *fault = bc_note_line_fault(row->bytes, &line, &column);

    assert_int_equal(bc_note_parse(&note, row->bytes, &err), BC_E_INPUT);
    assert_int_equal(!fault, !row->fault);
    assert_int_equal(line, row->line);
    assert_int_equal(column, row->column);
    assert_non_null(strstr(err.message, row->fault ? row->fault : "this is no note"));
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
    { "something after it",
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW x" },
    { "a key too long, with its id",
      "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==" },
    { "an unknown kind, with its id",
      "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" },
    { "a key of ECDSA",
      "rekor.sigstore.dev+c0d23d6a+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBc"
      "K5AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc=" },
    { "the id in capital letters",
      "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" },
    { "the mark of a private key before a public one",
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

/* The text "a", and below it `n` signatures of `name` with `len` bytes each. */
static struct bc_str a_note(struct bc_buf *out, const char *name, size_t n, size_t len)
{
    static const uint8_t bytes[1 << 20];

    out->len = 0;
    bc_buf_add_str(out, BC_STR("a\n\n"));
    for (size_t i = 0; i < n; i++) {
        bc_buf_printf(out, MARK "%s ", name);
        bc_base64_add(out, bytes, len);
        bc_buf_add_byte(out, '\n');
    }
    return bc_buf_str(out);
}

static struct name_row {
    const char *name, *key;
    bool good;
} name_rows[] = {
    { "an address", "example.com/foo", true },
    { "an umlaut", "M\xc3\xbcller", true },
    { "a character beyond 16 bits", "\xf0\x9f\x94\x91", true },
    { "a sharp sign", "a#b", true },
    { "U+007F, which no rule forbids", "a\x7f", true },
    { "U+00A1, next to a blank", "\xc2\xa1", true },
    { "U+180E, a blank of long ago", "a\xe1\xa0\x8e", true },
    { "U+200B, of no width and no blank", "a\xe2\x80\x8b", true },
    { "U+3001, next to a blank", "\xe3\x80\x81", true },
    { "no name", "", false },
    { "a plus", "a+b", false },
    { "a plus alone", "+", false },
    { "a blank", "a b", false },
    { "a blank at the end", "a ", false },
    { "not UTF-8", "\xff", false },
    { "half a character", "a\xe2\x80", false },
    { "a surrogate", "\xed\xa0\x80", false },
    { "U+0001", "a\x01", false },
    { "U+0009", "a\tb", false },
    { "U+000A", "a\nb", false },
    { "U+000B", "a\vb", false },
    { "U+000C", "a\fb", false },
    { "U+000D", "a\rb", false },
    { "U+0085", "a\xc2\x85", false },
    { "U+00A0",
      "\xc2\xa0"
      "a",
      false },
    { "U+1680", "a\xe1\x9a\x80", false },
    { "U+2000", "a\xe2\x80\x80", false },
    { "U+2001", "a\xe2\x80\x81", false },
    { "U+2002", "a\xe2\x80\x82", false },
    { "U+2003", "a\xe2\x80\x83", false },
    { "U+2004", "a\xe2\x80\x84", false },
    { "U+2005", "a\xe2\x80\x85", false },
    { "U+2006", "a\xe2\x80\x86", false },
    { "U+2007", "a\xe2\x80\x87", false },
    { "U+2008", "a\xe2\x80\x88", false },
    { "U+2009", "a\xe2\x80\x89", false },
    { "U+200A", "a\xe2\x80\x8a", false },
    { "U+2028", "a\xe2\x80\xa8", false },
    { "U+2029", "a\xe2\x80\xa9", false },
    { "U+202F", "a\xe2\x80\xaf", false },
    { "U+205F", "a\xe2\x81\x9f", false },
    { "U+3000",
      "a\xe3\x80\x80"
      "b",
      false },
};

/* A key's name and a signer's are under one rule. */
static void name_row(void **state)
{
    const struct name_row *row = *state;
    bc_status want = row->good ? BC_OK : BC_E_INPUT;
    struct bc_buf text = { 0 };
    struct bc_note_key key, again;
    struct bc_note note;

    assert_int_equal(bc_note_key_make(&key, bc_str_of(row->key), NULL), want);
    assert_int_equal(bc_note_parse(&note, a_note(&text, row->key, 1, 68), NULL), want);
    if (row->good) {
        text.len = 0;
        bc_note_key_private(&text, &key);
        assert_int_equal(bc_note_key_parse(&again, bc_buf_str(&text), NULL), BC_OK);
        assert_string_equal(again.name, row->key);
    }
    bc_buf_release(&text);
}

static struct size_row {
    const char *name;
    size_t name_len, n, len;
    bool good;
} size_rows[] = {
    { "a hundred signatures", 1, BC_NOTE_SIGNATURES_MOST, 68, true },
    { "one more", 1, BC_NOTE_SIGNATURES_MOST + 1, 68, false },
    { "many more", 1, 5000, 68, false },
    { "sixteen that no quantum computer forges", 20, 16, 4 + 5000, true },
    { "a name longer than a key of ours may have", 4000, 1, 68, true },
    { "a note of too many bytes", 1, 1, (size_t)BC_NOTE_MOST / 4 * 3, false },
};

static void size_row(void **state)
{
    const struct size_row *row = *state;
    struct bc_buf text = { 0 };
    char name[4001] = { 0 };
    struct bc_note note;

    memset(name, 'n', row->name_len);
    assert_int_equal(bc_note_parse(&note, a_note(&text, name, row->n, row->len), NULL),
                     row->good ? BC_OK : BC_E_INPUT);
    bc_buf_release(&text);
}

static void a_key_has_a_name_of_256_bytes_at_the_most(void **state)
{
    char name[BC_NOTE_NAME_MOST + 1];
    struct bc_note_key key;

    (void)state;
    memset(name, 'n', sizeof(name));
    assert_int_equal(bc_note_key_make(&key, (struct bc_str){ name, sizeof(name) }, NULL),
                     BC_E_INPUT);
    check_ok(bc_note_key_make(&key, (struct bc_str){ name, sizeof(name) - 1 }, NULL),
             &(struct bc_err){ 0 });
}

/* As golang.org/x/mod's own tests demand it. */
static void no_part_of_a_key_is_a_key_and_no_byte_of_it_another(void **state)
{
    static const char *const texts[] = { secret_text, public_text };
    struct bc_note_key key;

    (void)state;
    for (size_t t = 0; t < ARRAY_LEN(texts); t++) {
        size_t len = strlen(texts[t]);
        char copy[sizeof(secret_text)];

        memcpy(copy, texts[t], len + 1);
        for (size_t i = 0; i <= len; i++)
            for (size_t j = i + 1; j <= len; j++)
                if (i != 0 || j != len)
                    assert_int_equal(
                        bc_note_key_parse(&key, (struct bc_str){ copy + i, j - i }, NULL),
                        BC_E_INPUT);
        for (size_t i = 0; i < len; i++) {
            copy[i]++;
            assert_int_equal(bc_note_key_parse(&key, bc_str_of(copy), NULL), BC_E_INPUT);
            copy[i]--;
        }
    }
}

/* --- whose signature it is --- */

/* What may be on a signature's line, by the key "n" and by others. */
enum line {
    END,
    OURS,       /* the key's, for the text */
    STALE,      /* the key's, for another text */
    SHORT,      /* the key's, without its last byte */
    LONG,       /* the key's, and a byte more */
    COLLIDING,  /* under the key's name and id, another key's */
    SAME_NAME,  /* another key's of the same name */
    SAME_ID,    /* under another name with the key's id, for another text */
    OTHER_KIND, /* under the key's name, by a kind that nobody knows */
    STRANGER,   /* by somebody else, for another text */
};

static struct signers_row {
    const char *name;
    enum line lines[4];
    bc_status want;
} signers_rows[] = {
    { "the key's", { OURS }, BC_OK },
    { "the key's twice", { OURS, OURS }, BC_OK },
    { "none of the key", { STRANGER }, BC_DONE },
    { "the key's for another text", { STALE }, BC_NO },
    { "a good one, then a bad one", { OURS, STALE }, BC_NO },
    { "a bad one, then a good one", { STALE, OURS }, BC_NO },
    { "a byte too short", { SHORT }, BC_NO },
    { "a byte too long", { LONG }, BC_NO },
    { "a key with the same name and id", { COLLIDING }, BC_NO },
    { "the key's, then one with the same name and id", { OURS, COLLIDING }, BC_NO },
    { "a key with the same name", { SAME_NAME }, BC_DONE },
    { "a key with the same name before it", { SAME_NAME, OURS }, BC_OK },
    { "a key with the same id", { SAME_ID }, BC_DONE },
    { "a key with the same id before it", { SAME_ID, OURS }, BC_OK },
    { "another kind of key with the same name", { OTHER_KIND, OURS, OTHER_KIND }, BC_OK },
    { "strangers around", { STRANGER, OURS, STRANGER }, BC_OK },
    { "strangers around a bad one", { STRANGER, STALE, STRANGER }, BC_NO },
};

/* The bytes of a key's signature of a text: the id, then 64 of them. */
static void sign(struct bc_buf *out, const struct bc_note_key *key, struct bc_str text)
{
    struct bc_buf note = { 0 };
    struct bc_err err = { 0 };
    struct bc_str line;

    check_ok(bc_note_sign(&note, text, key, &err), &err);
    line = bc_buf_str(&note);
    line.len--; /* its line end */
    line.at += text.len + 1 + strlen(MARK) + strlen(key->name) + 1;
    line.len -= text.len + 1 + strlen(MARK) + strlen(key->name) + 1;
    out->len = 0;
    assert_true(bc_base64_read(out, line));
    bc_buf_release(&note);
}

static void add_line(struct bc_buf *out, enum line line, const struct bc_note_key *key,
                     const struct bc_note_key *namesake)
{
    const struct bc_str text = BC_STR("a\n"), other = BC_STR("b\n");
    struct bc_buf bytes = { 0 }, ours = { 0 };
    bool by_other = line == COLLIDING || line == SAME_NAME || line == STRANGER;
    bool stale = line == STALE || line == SAME_ID || line == STRANGER;

    sign(&bytes, by_other ? namesake : key, stale ? other : text);
    sign(&ours, key, text);
    if (line == COLLIDING)
        memcpy(bytes.at, ours.at, 4);
    else if (line == OTHER_KIND)
        bytes.at[0] = (char)~bytes.at[0];
    else if (line == SHORT)
        bytes.len--;
    else if (line == LONG)
        bc_buf_add_byte(&bytes, 0);
    bc_buf_printf(out, MARK "%s ", line == SAME_ID || line == STRANGER ? "m" : "n");
    bc_base64_add(out, bytes.at, bytes.len);
    bc_buf_add_byte(out, '\n');
    bc_buf_release(&bytes);
    bc_buf_release(&ours);
}

static void signers_row(void **state)
{
    const struct signers_row *row = *state;
    struct bc_note_key key, namesake;
    struct bc_buf bytes = { 0 };
    struct bc_err err = { 0 };
    struct bc_note note;

    check_ok(bc_note_key_make(&key, BC_STR("n"), &err), &err);
    check_ok(bc_note_key_make(&namesake, BC_STR("n"), &err), &err);
    bc_buf_add_str(&bytes, BC_STR("a\n\n"));
    for (size_t i = 0; i < ARRAY_LEN(row->lines) && row->lines[i] != END; i++)
        add_line(&bytes, row->lines[i], &key, &namesake);
    check_ok(bc_note_parse(&note, bc_buf_str(&bytes), &err), &err);
    assert_int_equal(bc_note_check(&note, &key), row->want);
    bc_buf_release(&bytes);
}

#define ADD_ROWS(row)                                                                              \
    for (size_t i = 0; i < ARRAY_LEN(row##s); i++)                                                 \
        tests[n++] = (struct CMUnitTest)                                                           \
        {                                                                                          \
            row##s[i].name, row, NULL, NULL, &row##s[i]                                            \
        }

int main(void)
{
    struct CMUnitTest tests[6 + ARRAY_LEN(note_rows) + ARRAY_LEN(fault_rows) + ARRAY_LEN(key_rows) +
                            ARRAY_LEN(name_rows) + ARRAY_LEN(size_rows) +
                            ARRAY_LEN(signers_rows)] = {
        cmocka_unit_test(the_published_key_makes_the_published_signature),
        cmocka_unit_test(keys_are_printed_as_they_were_read),
        cmocka_unit_test(a_new_key_signs_and_no_other_key_does),
        cmocka_unit_test(any_other_byte_in_text_or_signature_is_found),
        cmocka_unit_test(a_key_has_a_name_of_256_bytes_at_the_most),
        cmocka_unit_test(no_part_of_a_key_is_a_key_and_no_byte_of_it_another),
    };
    size_t n = 6;

    ADD_ROWS(note_row);
    ADD_ROWS(fault_row);
    ADD_ROWS(key_row);
    ADD_ROWS(name_row);
    ADD_ROWS(size_row);
    ADD_ROWS(signers_row);
    return cmocka_run_group_tests_name("ledger/record/note", tests, NULL, NULL);
}
