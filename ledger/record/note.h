/* ledger/record/note.h - texts with signatures below them, as https://c2sp.org/signed-note has
 * them.
 *
 *   any text, also of several lines
 *
 *   - sales.example.com/ledger x08go/ZJkuBS9U...      (the first character is an em dash)
 *
 * Signatures are Ed25519 (RFC 8032) over the text with the end of its last line. A key has a name
 * and is written as one line of text, in the form that other tools for signed notes read too:
 *
 *   NAME+1f2e3d4c+ARpc2Q...                 the public key, to be given to those who check
 *   PRIVATE+KEY+NAME+1f2e3d4c+AYEKFA...     the private key */
#ifndef BC_LEDGER_RECORD_NOTE_H
#define BC_LEDGER_RECORD_NOTE_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

#define BC_NOTE_MOST            (1 << 20) /* bytes of a note */
#define BC_NOTE_SIGNATURES_MOST 100       /* below one text */
#define BC_NOTE_NAME_MOST       256       /* bytes of the name of a key that is read or made here */

struct bc_note_key {
    char name[BC_NOTE_NAME_MOST + 1];
    uint8_t public_key[32];
    uint8_t secret[32]; /* the seed of the private key */
    bool can_sign;      /* `secret` is there */
};

/* Makes a new key. BC_E_INPUT: a name that is empty or too long, is not UTF-8, or has blanks
 * (any that Unicode calls white space), control characters or a + in it. */
bc_status bc_note_key_make(struct bc_note_key *out, struct bc_str name, struct bc_err *err);
/* Reads a key, public or private; a line end after it is fine. BC_E_INPUT: it is not a key; the
 * message does not repeat it. */
bc_status bc_note_key_parse(struct bc_note_key *out, struct bc_str text, struct bc_err *err);
/* Adds the public key, or the private one of a key that can sign, without a line end. */
void bc_note_key_public(struct bc_buf *out, const struct bc_note_key *key);
void bc_note_key_private(struct bc_buf *out, const struct bc_note_key *key);
#define BC_NOTE_ID_LEN 9
/* What distinguishes keys of one name: `1f2e3d4c`. */
void bc_note_key_id(char out[BC_NOTE_ID_LEN], const struct bc_note_key *key);
/* Overwrites the key, for what had a private one. */
void bc_note_key_wipe(struct bc_note_key *key);

struct bc_note {
    struct bc_str text;       /* with the end of its last line */
    struct bc_str signatures; /* their lines; empty: the note is not signed */
};
/* Splits a note; the views point into `bytes`. A text without signatures is fine, and so are those
 * of unknown signers and kinds, if they have the form. BC_E_INPUT: too long, too many signatures,
 * no text (bc_lines_good), or the lines below its last empty line are no signatures. */
bc_status bc_note_parse(struct bc_note *out, struct bc_str bytes, struct bc_err *err);
/* What a mail or an editor did to the line ends of a note that cannot be read: a sentence, and
 * where (from 1). NULL: they are as they should be. */
const char *bc_note_line_fault(struct bc_str bytes, size_t *line, size_t *column);
/* Takes the name of the next signer off the front of `signatures`; false: there are no more. */
bool bc_note_signer(struct bc_str *signatures, struct bc_str *name);

/* Adds the text, which ends with a line end and is not empty, and the signature of a key. */
bc_status bc_note_sign(struct bc_buf *out, struct bc_str text, const struct bc_note_key *key,
                       struct bc_err *err);
/* BC_OK: the key signed this text. BC_DONE: there is no signature under that key's name and id.
 * BC_NO: one of these is not for this text, or not by this key, even if another one is. */
bc_status bc_note_check(const struct bc_note *note, const struct bc_note_key *key);

#endif
