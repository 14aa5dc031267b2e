/* tools/signing.h - signing heads, so that a key never signs two histories.
 *
 * https://c2sp.org/tlog-checkpoint: "A log MUST not sign any checkpoint which is inconsistent with
 * any checkpoint it previously signed." What was signed last is kept twice: beside the key, in
 * KEY.LEDGER.signed, and in the ledger's folder, in `signed`; a ledger that does not go on from
 * either is not signed. */
#ifndef BC_TOOLS_SIGNING_H
#define BC_TOOLS_SIGNING_H

#include "ledger/head_lines.h"
#include "ledger/log.h"
#include "ledger/note.h"
#include "tools/cmd.h"

struct signing {
    const char *key_path; /* borrowed */
    struct bc_note_key key;
    int lock; /* on the key's file while it signs; -1: none */
};

/* Reads the private key, and waits until no other process signs with it. */
bc_status signing_open(struct signing *out, const char *key_path, struct bc_err *err);
void signing_close(struct signing *signing); /* of one that signing_open filled */

/* Adds the head of a log, which was verified, with the lines and a signature. `dir` is its ledger.
 * Remembers the head before. BC_E_INPUT: the key is named for another ledger. BC_E_DAMAGED: a head
 * that was signed before is none that this log ever had. Words about what could not be remembered
 * in the ledger go to env->err. */
bc_status signing_sign(struct signing *signing, struct bc_buf *out, const struct cmd_env *env,
                       bc_log *log, const char *dir, const struct bc_head_lines *lines,
                       struct bc_err *err);

#endif
