#include "ledger/record/note.h"

#include "ledger/base/base64.h"
#include "ledger/record/head.h"

#include <stdio.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

enum {
    ID_LEN = 4,
    KEY_LEN = 32,
    SIGNATURE_LEN = 64,
    ED25519 = 1, /* the type of key, in its id and before its bytes */
};

static const char dash[] = "\xe2\x80\x94 "; /* an em dash and a blank, before each signature */
static const char private_mark[] = "PRIVATE+KEY+";

/* --- keys --- */

/* Of any length: a reader of a note must skip signers unknown to it. */
static bool name_is_good(struct bc_str name)
{
    if (name.len == 0 || bc_str_utf8_fault(name) < name.len)
        return false;
    for (size_t at = 0, len; at < name.len; at += len) {
        const uint32_t point = bc_str_char(name, at, &len);

        if (point < ' ' || point == '+' || bc_char_blank(point))
            return false;
    }
    return true;
}

static bool key_name_is_good(struct bc_str name)
{
    return name.len <= BC_NOTE_NAME_MOST && name_is_good(name);
}

static void key_id(char out[2 * ID_LEN + 1], uint8_t raw[ID_LEN], const struct bc_note_key *key)
{
    struct bc_buf what = { 0 };
    struct bc_hash hash;

    bc_buf_printf(&what, "%s\n%c", key->name, ED25519);
    bc_buf_add(&what, key->public_key, KEY_LEN);
    hash = bc_hash_bytes(bc_buf_str(&what));
    memcpy(raw, hash.at, ID_LEN);
    (void)snprintf(out, 2 * ID_LEN + 1, "%02x%02x%02x%02x", raw[0], raw[1], raw[2], raw[3]);
    bc_buf_release(&what);
}

void bc_note_key_id(char out[BC_NOTE_ID_LEN], const struct bc_note_key *key)
{
    uint8_t raw[ID_LEN];

    key_id(out, raw, key);
}

/* The public key of a secret one. */
static bool derive(struct bc_note_key *key)
{
    EVP_PKEY *pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, key->secret, KEY_LEN);
    size_t len = KEY_LEN;
    bool good = pair && EVP_PKEY_get_raw_public_key(pair, key->public_key, &len) == 1;

    EVP_PKEY_free(pair);
    return good;
}

static bc_status no_crypto(struct bc_err *err)
{
    return bc_err_set(err, BC_E_IO, "the system's OpenSSL offers no Ed25519 signatures");
}

static void set_name(struct bc_note_key *key, struct bc_str name)
{
    memcpy(key->name, name.at, name.len);
    key->name[name.len] = '\0';
}

bc_status bc_note_key_make(struct bc_note_key *out, struct bc_str name, struct bc_err *err)
{
    EVP_PKEY *pair;
    size_t len = KEY_LEN;
    bool good;

    if (!key_name_is_good(name))
        return bc_err_set(err, BC_E_INPUT,
                          "this is no name for a key, expected 1 to %d bytes without blanks or +",
                          BC_NOTE_NAME_MOST);
    pair = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    *out = (struct bc_note_key){ .can_sign = true };
    set_name(out, name);
    good = pair && EVP_PKEY_get_raw_private_key(pair, out->secret, &len) == 1 && derive(out);
    EVP_PKEY_free(pair);
    return good ? BC_OK : no_crypto(err);
}

/* "NAME+ID+BYTES" into its parts. */
static bool split_key(struct bc_str text, struct bc_str *name, struct bc_str *id,
                      struct bc_str *bytes)
{
    const char *first = text.len ? memchr(text.at, '+', text.len) : NULL;
    const char *end, *second;

    if (!first)
        return false;
    end = text.at + text.len;
    *name = (struct bc_str){ text.at, (size_t)(first - text.at) };
    second = memchr(first + 1, '+', (size_t)(end - first - 1));
    if (!second)
        return false;
    *id = (struct bc_str){ first + 1, (size_t)(second - first - 1) };
    *bytes = (struct bc_str){ second + 1, (size_t)(end - second - 1) };
    return true;
}

/* The text of a key without the prefix that marks it as private. */
static bool read_key(struct bc_note_key *key, struct bc_str text)
{
    struct bc_str name, id, bytes;
    struct bc_buf raw = { 0 };
    char want[2 * ID_LEN + 1];
    uint8_t unused[ID_LEN];
    bool good = split_key(text, &name, &id, &bytes) && key_name_is_good(name) &&
                bc_base64_read(&raw, bytes) && raw.len == 1 + KEY_LEN && raw.at[0] == ED25519;

    if (good) {
        set_name(key, name);
        memcpy(key->can_sign ? key->secret : key->public_key, raw.at + 1, KEY_LEN);
        good = !key->can_sign || derive(key);
    }
    if (good) {
        key_id(want, unused, key);
        good = bc_str_eq(id, bc_str_of(want));
    }
    if (raw.len)
        OPENSSL_cleanse(raw.at, raw.len);
    bc_buf_release(&raw);
    return good;
}

bc_status bc_note_key_parse(struct bc_note_key *out, struct bc_str text, struct bc_err *err)
{
    struct bc_str mark = BC_STR(private_mark);
    struct bc_note_key key = { 0 };

    while (text.len && (text.at[text.len - 1] == '\n' || text.at[text.len - 1] == '\r'))
        text.len--;
    if (text.len > mark.len && memcmp(text.at, mark.at, mark.len) == 0) {
        key.can_sign = true;
        text.at += mark.len;
        text.len -= mark.len;
    }
    if (!read_key(&key, text)) {
        bc_note_key_wipe(&key);
        return bc_err_set(err, BC_E_INPUT,
                          "this is no key, expected one line as backcast head keygen writes it");
    }
    *out = key;
    bc_note_key_wipe(&key);
    return BC_OK;
}

static void print_key(struct bc_buf *out, const struct bc_note_key *key, const uint8_t *bytes)
{
    uint8_t raw[1 + KEY_LEN] = { ED25519 }, unused[ID_LEN];
    char id[2 * ID_LEN + 1];

    key_id(id, unused, key);
    memcpy(raw + 1, bytes, KEY_LEN);
    bc_buf_printf(out, "%s+%s+", key->name, id);
    bc_base64_add(out, raw, sizeof(raw));
    OPENSSL_cleanse(raw, sizeof(raw));
}

void bc_note_key_public(struct bc_buf *out, const struct bc_note_key *key)
{
    print_key(out, key, key->public_key);
}

void bc_note_key_private(struct bc_buf *out, const struct bc_note_key *key)
{
    bc_buf_add_str(out, BC_STR(private_mark));
    print_key(out, key, key->secret);
}

void bc_note_key_wipe(struct bc_note_key *key)
{
    OPENSSL_cleanse(key, sizeof(*key));
}

/* --- notes --- */

/* The next signature's name and bytes, the key's id first; false: this is not one. */
static bool take_signature(struct bc_str *signatures, struct bc_str *name, struct bc_buf *bytes)
{
    struct bc_str mark = BC_STR(dash), line;
    const char *blank;

    if (!bc_line_take(signatures, &line) || line.len < mark.len ||
        memcmp(line.at, mark.at, mark.len) != 0)
        return false;
    line.at += mark.len;
    line.len -= mark.len;
    blank = memchr(line.at, ' ', line.len);
    if (!blank)
        return false;
    *name = (struct bc_str){ line.at, (size_t)(blank - line.at) };
    bytes->len = 0;
    return name_is_good(*name) &&
           bc_base64_read(bytes, (struct bc_str){ blank + 1, line.len - name->len - 1 }) &&
           bytes->len > ID_LEN;
}

/* The end of the text: the last empty line follows it. */
static size_t text_end(struct bc_str bytes)
{
    for (size_t i = bytes.len; i >= 2; i--)
        if (bytes.at[i - 1] == '\n' && bytes.at[i - 2] == '\n')
            return i - 1;
    return bytes.len;
}

const char *bc_note_line_fault(struct bc_str bytes, size_t *line, size_t *column)
{
    const char *fault = NULL;
    size_t at = 0, begin = 0;

    while (at < bytes.len && bytes.at[at] != '\r')
        at++;
    if (at + 1 < bytes.len && bytes.at[at + 1] == '\n')
        fault = "its lines end with CR LF, expected line ends of LF alone";
    else if (bytes.len && bytes.at[bytes.len - 1] != '\n')
        fault = "its last line has no line end";
    else if (bytes.len > 1 && bytes.at[bytes.len - 2] == '\n')
        fault = "it has an empty line, a line end too many, after its last line";
    if (!fault)
        return NULL;
    if (at == bytes.len)
        at -= bytes.at[at - 1] == '\n';
    *line = 1;
    for (size_t i = 0; i < at; i++)
        if (bytes.at[i] == '\n') {
            ++*line;
            begin = i + 1;
        }
    *column = at - begin + 1;
    return fault;
}

/* Such notes live for years in mails and repositories, which may change line ends: that is
 * distinguished from a forgery, if not mended. */
static bc_status no_note(struct bc_str bytes, struct bc_err *err)
{
    size_t line, column;
    const char *fault = bc_note_line_fault(bytes, &line, &column);

    if (fault)
        return bc_err_set(err, BC_E_INPUT, "this note was changed on its way: %s", fault);
    return bc_err_set(err, BC_E_INPUT,
                      "this is no note, expected lines of text, then an empty line and the "
                      "signatures, if any");
}

static bc_status check_signatures(struct bc_str signatures, struct bc_str bytes, struct bc_err *err)
{
    struct bc_buf raw = { 0 };
    struct bc_str name;
    bool good = signatures.len > 0;
    size_t n = 0;

    for (; good && signatures.len && n <= BC_NOTE_SIGNATURES_MOST; n++)
        good = take_signature(&signatures, &name, &raw);
    bc_buf_release(&raw);
    if (!good)
        return no_note(bytes, err);
    if (n > BC_NOTE_SIGNATURES_MOST)
        return bc_err_set(err, BC_E_INPUT, "this note has more than %d signatures",
                          BC_NOTE_SIGNATURES_MOST);
    return BC_OK;
}

bc_status bc_note_parse(struct bc_note *out, struct bc_str bytes, struct bc_err *err)
{
    struct bc_str signatures = { 0 };
    bc_status rc = BC_OK;
    size_t end;

    if (bytes.len > BC_NOTE_MOST)
        return bc_err_set(err, BC_E_INPUT, "this note is longer than %d bytes", BC_NOTE_MOST);
    if (!bc_lines_good(bytes))
        return no_note(bytes, err);
    end = text_end(bytes);
    if (end < bytes.len) {
        signatures = (struct bc_str){ bytes.at + end + 1, bytes.len - end - 1 };
        rc = check_signatures(signatures, bytes, err);
    }
    if (rc == BC_OK)
        *out = (struct bc_note){ { bytes.at, end }, signatures };
    return rc;
}

bool bc_note_signer(struct bc_str *signatures, struct bc_str *name)
{
    struct bc_buf bytes = { 0 };
    bool good = take_signature(signatures, name, &bytes);

    bc_buf_release(&bytes);
    return good;
}

bc_status bc_note_sign(struct bc_buf *out, struct bc_str text, const struct bc_note_key *key,
                       struct bc_err *err)
{
    EVP_PKEY *pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, key->secret, KEY_LEN);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    uint8_t bytes[ID_LEN + SIGNATURE_LEN];
    size_t len = SIGNATURE_LEN;
    char id[2 * ID_LEN + 1];
    bool good = pair && context && EVP_DigestSignInit(context, NULL, NULL, NULL, pair) == 1 &&
                EVP_DigestSign(context, bytes + ID_LEN, &len, (const uint8_t *)text.at, text.len);

    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pair);
    if (!good)
        return no_crypto(err);
    key_id(id, bytes, key);
    bc_buf_add_str(out, text);
    bc_buf_printf(out, "\n%s%s ", dash, key->name);
    bc_base64_add(out, bytes, sizeof(bytes));
    bc_buf_add_byte(out, '\n');
    return BC_OK;
}

static bool fits(struct bc_str text, const uint8_t *signature, const struct bc_note_key *key)
{
    EVP_PKEY *half = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key->public_key, KEY_LEN);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good = half && context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, half) == 1 &&
                EVP_DigestVerify(context, signature, SIGNATURE_LEN, (const uint8_t *)text.at,
                                 text.len) == 1;

    EVP_MD_CTX_free(context);
    EVP_PKEY_free(half);
    return good;
}

bc_status bc_note_check(const struct bc_note *note, const struct bc_note_key *key)
{
    const struct bc_str wanted = { key->name, strlen(key->name) };
    struct bc_str rest = note->signatures, name;
    struct bc_buf bytes = { 0 };
    char text[2 * ID_LEN + 1];
    uint8_t id[ID_LEN];
    bc_status rc = BC_DONE;

    key_id(text, id, key);
    /* One bad signature of a known key is enough to refuse the note. */
    while (rc != BC_NO && take_signature(&rest, &name, &bytes)) {
        if (!bc_str_eq(name, wanted) || memcmp(bytes.at, id, ID_LEN) != 0)
            continue;
        rc = bytes.len == sizeof(id) + SIGNATURE_LEN &&
                     fits(note->text, (const uint8_t *)bytes.at + ID_LEN, key)
                 ? BC_OK
                 : BC_NO;
    }
    bc_buf_release(&bytes);
    return rc;
}
