#include "tools/signing.h"

#include "ledger/folder.h"
#include "ledger/ledger.h"
#include "ledger/prove.h"
#include "tools/head_file.h"

#include <ctype.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
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

/* A small file; both are read by their folder, which refuses what is no regular file. */
struct place {
    char folder[PATH_MAX], name[NAME_MAX + 1];
};

static const char in_ledger[] = "signed";

/* KEY.LEDGER.signed */
static bc_status beside_key(struct place *out, const char *key_path, struct bc_str origin,
                            struct bc_err *err)
{
    const char *slash = strrchr(key_path, '/');
    const char *base = slash ? slash + 1 : key_path;
    char ledger[128];
    size_t n = 0;

    for (; n < origin.len && n + 1 < sizeof(ledger); n++)
        ledger[n] =
            isalnum((unsigned char)origin.at[n]) || origin.at[n] == '.' ? origin.at[n] : '-';
    ledger[n] = '\0';
    if ((size_t)(base - key_path) >= sizeof(out->folder) ||
        (size_t)snprintf(out->name, sizeof(out->name), "%s.%s.signed", base, ledger) >=
            sizeof(out->name))
        return bc_err_set(err, BC_E_IO, "the name %s is too long to keep beside it what was signed",
                          key_path);
    (void)snprintf(out->folder, sizeof(out->folder), "%.*s",
                   slash > key_path ? (int)(slash - key_path) : 1, slash ? key_path : ".");
    return BC_OK;
}

/* --- against what was signed before --- */

static bc_status read_head(struct bc_head *out, struct bc_str text, struct bc_str origin,
                           struct bc_err *err)
{
    struct bc_note note;
    struct bc_str of;
    bc_status rc = bc_note_parse(&note, text, err);

    if (rc == BC_OK)
        rc = bc_head_parse(out, &of, NULL, note.text, err);
    if (rc == BC_OK && !bc_str_eq(of, origin))
        rc = bc_err_set(err, BC_E_INPUT, "this is the head of another ledger");
    return rc;
}

/* BC_OK too where nothing was. */
static bc_status check_before(const char *folder, const char *name, bc_log *log,
                              struct bc_str origin, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    struct bc_head before;
    bc_status rc = bc_folder_read(&text, folder, name, err);

    if (rc == BC_DONE) {
        bc_buf_release(&text);
        return BC_OK;
    }
    if (rc == BC_OK) {
        rc = read_head(&before, bc_buf_str(&text), origin, err);
        if (rc < 0)
            rc = bc_err_in(err, rc, "%s/%s:1:1", folder, name);
    }
    if (rc == BC_OK)
        rc = bc_log_extends(log, &before, err);
    if (rc == BC_NO)
        rc = bc_err_set(err, BC_E_DAMAGED,
                        "this ledger does not go on from the head of %" PRIu64
                        " event%s that was signed before (%s/%s): it was rolled back, or went its "
                        "own way; nothing is signed",
                        before.size, before.size == 1 ? "" : "s", folder, name);
    bc_buf_release(&text);
    return rc;
}

/* A key that bears the name of a ledger speaks for that one alone. */
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

static bc_status remember(const struct cmd_env *env, const struct place *beside, const char *dir,
                          struct bc_str note, struct bc_err *err)
{
    struct bc_err why = { 0 };
    bc_status rc = bc_folder_write(beside->folder, beside->name, note, err);

    /* Who may only read the ledger may sign it: the key's side is enough to refuse by. */
    if (rc == BC_OK && bc_folder_write(dir, in_ledger, note, &why) < 0)
        fprintf(env->err, "backcast: what was signed is not remembered in the ledger: %s\n",
                why.message);
    return rc;
}

bc_status signing_sign(struct signing *signing, struct bc_buf *out, const struct cmd_env *env,
                       bc_log *log, const char *dir, const struct bc_head_lines *lines,
                       struct bc_err *err)
{
    struct bc_buf origin = { 0 }, text = { 0 }, note = { 0 };
    struct place beside;
    bc_status rc = bc_ledger_origin(&origin, dir, err);

    if (rc == BC_OK)
        rc = check_name(signing, bc_buf_str(&origin), err);
    if (rc == BC_OK)
        rc = beside_key(&beside, signing->key_path, bc_buf_str(&origin), err);
    if (rc == BC_OK)
        rc = check_before(beside.folder, beside.name, log, bc_buf_str(&origin), err);
    if (rc == BC_OK)
        rc = check_before(dir, in_ledger, log, bc_buf_str(&origin), err);
    if (rc == BC_OK) {
        bc_head_text(&text, bc_buf_str(&origin), bc_log_head(log));
        bc_head_lines_add(&text, lines);
        rc = bc_note_sign(&note, bc_buf_str(&text), &signing->key, err);
    }
    if (rc == BC_OK)
        rc = remember(env, &beside, dir, bc_buf_str(&note), err);
    if (rc == BC_OK)
        bc_buf_add_str(out, bc_buf_str(&note));
    bc_buf_release(&origin);
    bc_buf_release(&text);
    bc_buf_release(&note);
    return rc;
}
