/* tools/cli/head_file.h - heads and keys as people keep them: in files. */
#ifndef BC_TOOLS_CLI_HEAD_FILE_H
#define BC_TOOLS_CLI_HEAD_FILE_H

#include "ledger/record/head.h"
#include "ledger/record/head_lines.h"
#include "ledger/record/note.h"

/* Adds what a file holds, or standard input for "-". BC_E_INPUT: more than `most` bytes. */
bc_status file_read_whole(struct bc_buf *out, const char *path, size_t most, struct bc_err *err);

/* A head, signed or not; the rest points into `bytes`. */
struct head_file {
    struct bc_buf bytes;
    struct bc_note note;
    struct bc_str origin;
    struct bc_head head;
    struct bc_head_lines lines;
};
bc_status head_file_read(struct head_file *out, const char *path, struct bc_err *err);
void head_file_release(struct head_file *file); /* a zeroed one is fine */

/* Reads the private key in a file, which nobody but its owner may read, and which is never repeated
 * in a message. */
bc_status key_read_private(struct bc_note_key *out, const char *path, struct bc_err *err);
/* Reads a public key: the text of one, or the file it is in. BC_E_INPUT for a private one, too:
 * whoever checks should never have been given it. */
bc_status key_read_public(struct bc_note_key *out, const char *text, struct bc_err *err);

/* Does the key bear the name of another ledger than `origin`? Such a key speaks for that one alone.
 */
bool key_is_of_other(const struct bc_note_key *key, struct bc_str origin);

/* May the key speak for the ledger `origin`? Either `given` (NULL: nothing) says that this ledger
 * is meant, or the key is named for it, as https://c2sp.org/tlog-proof binds keys to origins.
 * BC_NO: a sentence replaces what `out` holds. */
bc_status key_is_for(struct bc_buf *out, const struct bc_note_key *key, const char *given,
                     struct bc_str origin);

/* Adds a sentence about the signatures of a note: who signed it, and, with a key (or NULL), whether
 * that key did. BC_NO: it did not. */
bc_status head_signatures(struct bc_buf *out, const struct bc_note *note,
                          const struct bc_note_key *key);

#endif
