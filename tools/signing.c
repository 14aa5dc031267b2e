#include "tools/signing.h"

#include "ledger/ledger.h"
#include "ledger/prove.h"
#include "tools/head_file.h"
#include "tools/outfile.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

bc_status signing_open(struct signing *out, const char *key_path, struct bc_err *err)
{
    struct signing signing = { .key_path = key_path };
    bc_status rc = key_read_private(&signing.key, key_path, err);

    if (rc < 0)
        return rc;
    signing.lock = open(key_path, O_RDONLY | O_CLOEXEC);
    if (signing.lock < 0 || flock(signing.lock, LOCK_EX) != 0) {
        rc = bc_err_errno(err, "lock %s", key_path);
        signing_close(&signing);
        return rc;
    }
    *out = signing;
    bc_note_key_wipe(&signing.key);
    return BC_OK;
}

void signing_close(struct signing *signing)
{
    if (signing->lock >= 0)
        (void)close(signing->lock);
    signing->lock = -1;
    bc_note_key_wipe(&signing->key);
}

/* --- where it is remembered --- */

static void beside_key(struct bc_buf *out, const struct signing *signing, struct bc_str origin)
{
    bc_buf_printf(out, "%s.", signing->key_path);
    for (size_t i = 0; i < origin.len && i < 100; i++) {
        const char byte = origin.at[i];

        bc_buf_add_byte(out, isalnum((unsigned char)byte) || byte == '.' ? byte : '-');
    }
    bc_buf_add(out, ".signed", sizeof(".signed"));
}

static void in_ledger(struct bc_buf *out, const char *dir)
{
    bc_buf_printf(out, "%s/signed%c", dir, '\0');
}

/* --- against what was signed before --- */

/* BC_OK too where nothing was. */
static bc_status check_before(const char *path, bc_log *log, struct bc_str origin,
                              struct bc_err *err)
{
    struct head_file before = { 0 };
    bc_status rc;

    if (access(path, F_OK) != 0 && errno == ENOENT)
        return BC_OK;
    rc = head_file_read(&before, path, err);
    if (rc < 0)
        return rc;
    if (!bc_str_eq(before.origin, origin))
        rc = bc_err_set(err, BC_E_INPUT, "%s is the head of another ledger", path);
    else
        rc = bc_log_extends(log, &before.head, err);
    if (rc == BC_NO)
        rc = bc_err_set(err, BC_E_DAMAGED,
                        "this ledger does not go on from the head of %" PRIu64
                        " event%s that was signed before (%s): it was rolled back, or went its own "
                        "way; nothing is signed",
                        before.head.size, before.head.size == 1 ? "" : "s", path);
    head_file_release(&before);
    return rc;
}

static bc_status check_name(const struct signing *signing, struct bc_str origin, struct bc_err *err)
{
    if (!key_is_of_other(&signing->key, origin))
        return BC_OK;
    return bc_err_set(err, BC_E_INPUT,
                      "the key in %s is named for the ledger %s, this is %.*s; `backcast head "
                      "keygen` makes one for it",
                      signing->key_path, signing->key.name, BC_STR_ARG(origin));
}

/* --- signing --- */

static bc_status remember(const struct cmd_env *env, const char *key_side, const char *ledger_side,
                          struct bc_str note, struct bc_err *err)
{
    struct bc_err why = { 0 };
    bc_status rc = outfile_write(env, key_side, note, err);

    /* Who may only read the ledger may sign it: the key's side is enough to refuse by. */
    if (rc == BC_OK && outfile_write(env, ledger_side, note, &why) < 0)
        fprintf(env->err, "backcast: what was signed is not remembered in the ledger: %s\n",
                why.message);
    return rc;
}

bc_status signing_sign(struct signing *signing, struct bc_buf *out, const struct cmd_env *env,
                       bc_log *log, const char *dir, const struct bc_head_lines *lines,
                       struct bc_err *err)
{
    struct bc_buf origin = { 0 }, text = { 0 }, note = { 0 }, key_side = { 0 }, ledger_side = { 0 };
    bc_status rc = bc_ledger_origin(&origin, dir, err);

    if (rc == BC_OK) {
        beside_key(&key_side, signing, bc_buf_str(&origin));
        in_ledger(&ledger_side, dir);
        rc = check_name(signing, bc_buf_str(&origin), err);
    }
    if (rc == BC_OK)
        rc = check_before(key_side.at, log, bc_buf_str(&origin), err);
    if (rc == BC_OK)
        rc = check_before(ledger_side.at, log, bc_buf_str(&origin), err);
    if (rc == BC_OK) {
        bc_head_text(&text, bc_buf_str(&origin), bc_log_head(log));
        bc_head_lines_add(&text, lines);
        rc = bc_note_sign(&note, bc_buf_str(&text), &signing->key, err);
    }
    if (rc == BC_OK)
        rc = remember(env, key_side.at, ledger_side.at, bc_buf_str(&note), err);
    if (rc == BC_OK)
        bc_buf_add_str(out, bc_buf_str(&note));
    bc_buf_release(&origin);
    bc_buf_release(&text);
    bc_buf_release(&note);
    bc_buf_release(&key_side);
    bc_buf_release(&ledger_side);
    return rc;
}
