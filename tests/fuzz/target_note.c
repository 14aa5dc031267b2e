/* Signed notes, keys, heads, base64. Each has one form for one content; under the key no text
 * passes but the one that it signed. */
#include "ledger/base/base64.h"
#include "ledger/record/head.h"
#include "ledger/record/head_lines.h"
#include "ledger/record/note.h"
#include "tests/fuzz/fuzz.h"
#include "tools/cli/head_file.h"

static const char private_key[] =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
static const char *const signed_texts[] = {
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n",
    "PeterNeumann\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
};
enum { SIGNED_N = sizeof(signed_texts) / sizeof(signed_texts[0]) };
static struct bc_note_key key;

void fuzz_begin(void)
{
    struct bc_err err = { 0 };

    FUZZ_MUST(bc_note_key_parse(&key, bc_str_of(private_key), &err) == BC_OK, "%s", err.message);
}

/* The two notes, the keys, a note that another one signed as well. */
bool fuzz_made(struct bc_buf *out, size_t i)
{
    struct bc_err err = { 0 };

    if (i < SIGNED_N) {
        FUZZ_MUST(bc_note_sign(out, bc_str_of(signed_texts[i]), &key, &err) == BC_OK, "%s",
                  err.message);
    } else if (i == SIGNED_N) {
        bc_note_key_public(out, &key);
    } else if (i == SIGNED_N + 1) {
        bc_note_key_private(out, &key);
    } else if (i == SIGNED_N + 2) {
        (void)fuzz_made(out, 0);
        bc_buf_add_str(out, BC_STR("\xe2\x80\x94 other.example x08go/ZJkuBS9UG/SffcvIA=\n"));
    } else {
        return false;
    }
    return true;
}

static void check_head(struct bc_str text)
{
    struct bc_buf again = { 0 };
    struct bc_str origin, extensions;
    struct bc_head_lines lines, same;
    struct bc_head head;
    struct bc_err err = { 0 };

    if (bc_head_parse(&head, &origin, &extensions, text, &err) < 0)
        return;
    bc_head_text(&again, origin, &head);
    bc_buf_add_str(&again, extensions);
    FUZZ_MUST(bc_str_eq(bc_buf_str(&again), text), "a head has a second form");
    again.len = 0;
    if (bc_head_lines_read(&lines, extensions, &err) == BC_OK) {
        bc_head_lines_add(&again, &lines);
        FUZZ_MUST(bc_head_lines_read(&same, bc_buf_str(&again), &err) == BC_OK &&
                      bc_head_eq(&same.deals, &lines.deals) && same.signed_us == lines.signed_us,
                  "our own lines read otherwise");
    }
    bc_buf_release(&again);
}

static void check_signature(const struct bc_note *note)
{
    bool known = false;

    if (bc_note_check(note, &key) != BC_OK)
        return;
    for (size_t i = 0; i < SIGNED_N; i++)
        known = known || bc_str_eq(note->text, bc_str_of(signed_texts[i]));
    FUZZ_MUST(known, "a text passes that was never signed");
}

static void check_note(struct bc_str bytes)
{
    struct bc_str signatures, name;
    struct bc_buf words = { 0 };
    struct bc_note note;
    struct bc_err err = { 0 };

    if (bc_note_parse(&note, bytes, &err) < 0)
        return;
    FUZZ_MUST(note.text.len > 0 && note.text.at[note.text.len - 1] == '\n', "a text without end");
    FUZZ_MUST(note.text.len + (note.signatures.len ? 1 + note.signatures.len : 0) == bytes.len,
              "bytes of a note are neither text nor signatures");
    signatures = note.signatures;
    while (signatures.len)
        FUZZ_MUST(bc_note_signer(&signatures, &name), "a signature without a signer");
    (void)head_signatures(&words, &note, NULL);
    (void)head_signatures(&words, &note, &key);
    FUZZ_MUST(bc_str_utf8_fault(bc_buf_str(&words)) == words.len, "words that are no UTF-8");
    bc_buf_release(&words);
    check_signature(&note);
    check_head(note.text);
}

static void check_key(struct bc_str bytes)
{
    struct bc_buf again = { 0 };
    struct bc_note_key read;
    struct bc_err err = { 0 };

    if (bc_note_key_parse(&read, bytes, &err) < 0)
        return;
    if (read.can_sign)
        bc_note_key_private(&again, &read);
    else
        bc_note_key_public(&again, &read);
    FUZZ_MUST(again.len <= bytes.len && memcmp(again.at, bytes.at, again.len) == 0,
              "a key has a second form");
    for (size_t i = again.len; i < bytes.len; i++)
        FUZZ_MUST(bytes.at[i] == '\n' || bytes.at[i] == '\r', "more after a key than its end");
    bc_buf_release(&again);
    bc_note_key_wipe(&read);
}

static void check_base64(struct bc_str bytes)
{
    struct bc_buf read = { 0 }, again = { 0 };

    if (bc_base64_read(&read, bytes)) {
        bc_base64_add(&again, read.at, read.len);
        FUZZ_MUST(bc_str_eq(bc_buf_str(&again), bytes), "base64 has a second form");
    }
    bc_buf_release(&read);
    bc_buf_release(&again);
}

int fuzz_one(const uint8_t *data, size_t len)
{
    struct bc_str bytes = { (const char *)data, len };

    check_note(bytes);
    check_head(bytes);
    check_key(bytes);
    check_base64(bytes);
    return 0;
}
