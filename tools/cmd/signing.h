/* tools/cmd/signing.h - signing heads, so that a key never signs two histories.
 *
 * https://c2sp.org/tlog-checkpoint: "A log MUST not sign any checkpoint which is inconsistent with
 * any checkpoint it previously signed." What a key signed last is kept beside it, in KEY.signed:
 *
 *   backcast signed 1
 *   backcast/ledger/0a1b... 48211 CsUYapGGPo4dkMgIAUqom...     a line a ledger: size and root
 *
 * and what was signed last of a ledger, by whatever key, in the ledger's folder, in `signed`. A
 * ledger that does not go on from both is not signed; nor is anything by a key whose KEY.signed is
 * missing, since a copy of a key without it could sign another history. */
#ifndef BC_TOOLS_CMD_SIGNING_H
#define BC_TOOLS_CMD_SIGNING_H

#include "ledger/log/log.h"
#include "ledger/record/head_lines.h"
#include "ledger/record/note.h"
#include "tools/cli/cmd.h"

struct signing {
    const char *key_path; /* borrowed */
    struct bc_note_key key;
    struct bc_buf memory; /* the contents of KEY.signed */
    int lock;             /* on the key's file while it signs; -1: none */
    int ledger_lock;      /* on the ledger's folder; -1: none */
};

/* The KEY.signed of a new key: nothing yet. */
extern const char signing_nothing[];

/* Reads the private key, which nobody else may read, waits until no other process signs with it,
 * and reads what it signed. BC_E_INPUT: KEY.signed is missing, unless this is the key's `first`
 * signature. */
bc_status signing_open(struct signing *out, const char *key_path, bool first, struct bc_err *err);
/* Waits until no other process signs this ledger. Called before it is opened, or what another has
 * signed meanwhile would seem to be ahead of it. */
bc_status signing_hold(struct signing *signing, const char *dir, struct bc_err *err);

#define SIGNING_NONE ((struct signing){ .lock = -1, .ledger_lock = -1 })
void signing_close(struct signing *signing); /* also of one that failed, or SIGNING_NONE */

/* The line of commands that sign. */
#define OPT_FIRST(first_)                                                                          \
    {                                                                                              \
        "first", NULL, .flag = (first_),                                                           \
                       .help = "the key has signed nothing yet, so that nothing is kept beside it" \
    }

/* Adds the head of a log, which was verified, with the lines and a signature. `dir` is its ledger.
 * Remembers the head before. BC_E_INPUT: the key is named for another ledger. BC_E_DAMAGED: this
 * log never had a head that was signed before. If the head cannot be stored in the ledger, a
 * message goes to env->err. */
bc_status signing_sign(struct signing *signing, struct bc_buf *out, const struct cmd_env *env,
                       bc_log *log, const char *dir, const struct bc_head_lines *lines,
                       struct bc_err *err);

#endif
