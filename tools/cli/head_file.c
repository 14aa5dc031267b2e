/* tools/cli/head_file.c - reads small files whole, and checks their heads and keys. */
#include "tools/cli/head_file.h"

#include "tools/cli/input.h"
#include "tools/cli/text.h"

#include <sys/stat.h>

#define KEY_MOST 4096

bc_status file_read_whole(struct bc_buf *out, const char *path, size_t most, struct bc_err *err)
{
    struct input input = { 0 };
    bc_status rc = input_open(&input, path, err);

    if (rc < 0)
        return rc;
    rc = input_fill(&input, most + 1, err);
    if (rc == BC_OK)
        rc = bc_err_set(err, BC_E_INPUT, "%s is longer than %zu bytes", path, most);
    if (rc == BC_DONE) {
        bc_buf_add_str(out, input_rest(&input));
        rc = BC_OK;
    }
    input_close(&input);
    return rc;
}

bc_status head_file_read(struct head_file *out, const char *path, struct bc_err *err)
{
    struct head_file file = { 0 };
    struct bc_str extensions;
    size_t line = 1, column = 1;
    bc_status rc = file_read_whole(&file.bytes, path, BC_NOTE_MOST, err);

    if (rc == BC_OK) {
        rc = bc_note_parse(&file.note, bc_buf_str(&file.bytes), err);
        if (rc < 0)
            (void)bc_note_line_fault(bc_buf_str(&file.bytes), &line, &column);
        if (rc == BC_OK)
            rc = bc_head_parse(&file.head, &file.origin, &extensions, file.note.text, err);
        if (rc == BC_OK)
            rc = bc_head_lines_read(&file.lines, extensions, err);
        if (rc < 0)
            rc = bc_err_in(err, rc, "%s:%zu:%zu", path, line, column);
    }
    if (rc < 0) {
        head_file_release(&file);
        return rc;
    }
    *out = file;
    return BC_OK;
}

void head_file_release(struct head_file *file)
{
    bc_buf_release(&file->bytes);
    *file = (struct head_file){ 0 };
}

static bc_status read_key_file(struct bc_note_key *out, const char *path, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = file_read_whole(&text, path, KEY_MOST, err);

    if (rc == BC_OK) {
        rc = bc_note_key_parse(out, bc_buf_str(&text), err);
        if (rc < 0)
            rc = bc_err_in(err, rc, "%s:1:1", path);
    }
    if (text.len)
        explicit_bzero(text.at, text.len);
    bc_buf_release(&text);
    return rc;
}

static bc_status check_mode(const char *path, struct bc_err *err)
{
    struct stat status;

    if (stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_mode & 0077)
        return bc_err_set(err, BC_E_INPUT,
                          "others than its owner may read or change the private key %s: "
                          "chmod 600 closes it",
                          path);
    return BC_OK;
}

bc_status key_read_private(struct bc_note_key *out, const char *path, struct bc_err *err)
{
    struct bc_note_key key = { 0 };
    bc_status rc = read_key_file(&key, path, err);

    if (rc == BC_OK && !key.can_sign)
        rc = bc_err_in(
            err, bc_err_set(err, BC_E_INPUT, "this is a public key, expected the private one"),
            "%s:1:1", path);
    if (rc == BC_OK)
        rc = check_mode(path, err);
    if (rc == BC_OK)
        *out = key;
    bc_note_key_wipe(&key);
    return rc;
}

bc_status key_read_public(struct bc_note_key *out, const char *text, struct bc_err *err)
{
    struct bc_note_key key = { 0 };
    bc_status rc = BC_OK;

    if (bc_note_key_parse(&key, bc_str_of(text), NULL) < 0)
        rc = read_key_file(&key, text, err);
    if (rc == BC_OK && key.can_sign)
        rc = bc_err_set(err, BC_E_INPUT,
                        "--public-key is a private key, expected the public one (FILE.pub): "
                        "whoever gave it away should make a new one");
    if (rc == BC_OK)
        *out = key;
    bc_note_key_wipe(&key);
    return rc;
}

bool key_is_of_other(const struct bc_note_key *key, struct bc_str origin)
{
    const struct bc_str name = bc_str_of(key->name), mark = BC_STR(BC_LEDGER_NAMES);

    return name.len >= mark.len && memcmp(name.at, mark.at, mark.len) == 0 &&
           !bc_str_eq(name, origin);
}

bc_status key_is_for(struct bc_buf *out, const struct bc_note_key *key, const char *given,
                     struct bc_str origin)
{
    const bool other = key_is_of_other(key, origin);

    if (!other && bc_str_eq(origin, bc_str_of(given ? given : key->name)))
        return BC_OK;
    out->len = 0;
    bc_buf_add_str(out, BC_STR("the head is that of the ledger "));
    text_escape(out, origin);
    if (given && !other) {
        bc_buf_add_str(out, BC_STR(", not of the one that --origin names"));
        return BC_NO;
    }
    bc_buf_add_str(out, BC_STR(", the key is named for "));
    text_escape(out, bc_str_of(key->name));
    if (!other)
        bc_buf_add_str(out, BC_STR("; if whoever gave you the key told you that it signs for this "
                                   "ledger, name the ledger by --origin"));
    return BC_NO;
}

/* Is there a signature in the key's name? */
static bool bears_name(const struct bc_note *note, const struct bc_note_key *key)
{
    struct bc_str rest = note->signatures, name;

    while (bc_note_signer(&rest, &name))
        if (bc_str_eq(name, bc_str_of(key->name)))
            return true;
    return false;
}

static bc_status say_key(struct bc_buf *out, const struct bc_note *note,
                         const struct bc_note_key *key)
{
    const bc_status rc = bc_note_check(note, key);
    char id[BC_NOTE_ID_LEN];

    bc_note_key_id(id, key);
    bc_buf_printf(out, rc == BC_OK     ? "the head is signed by "
                       : rc == BC_DONE ? "the head is not signed by "
                                       : "the head is not what was signed by ");
    text_escape(out, bc_str_of(key->name));
    bc_buf_printf(out, ", key %s", id);
    if (rc == BC_DONE && bears_name(note, key))
        bc_buf_add_str(out, BC_STR(": its signature in that name is of another key"));
    return rc == BC_OK ? BC_OK : BC_NO;
}

bc_status head_signatures(struct bc_buf *out, const struct bc_note *note,
                          const struct bc_note_key *key)
{
    struct bc_str rest = note->signatures, name;

    if (key)
        return say_key(out, note, key);
    if (rest.len == 0) {
        bc_buf_add_str(out, BC_STR("the head is not signed"));
        return BC_OK;
    }
    bc_buf_add_str(out, BC_STR("the head bears the name of "));
    for (bool any = false; bc_note_signer(&rest, &name); any = true) {
        if (any)
            bc_buf_add_str(out, BC_STR(", "));
        text_escape(out, name);
    }
    bc_buf_add_str(out, BC_STR("; no signature was checked, as no --public-key is given"));
    return BC_OK;
}
