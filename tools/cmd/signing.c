#include "tools/cmd/signing.h"

#include "ledger/base/dir.h"
#include "ledger/base/umask.h"
#include "ledger/ledger.h"
#include "ledger/log/prove.h"
#include "tools/cli/head_file.h"
#include "tools/cli/text.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

const char signing_nothing[] = "backcast signed 1\n";

/* --- the key's memory: KEY.signed --- */

struct place {
    char folder[PATH_MAX], name[NAME_MAX + 1];
};

static bc_status beside_key(struct place *out, const char *key_path, struct bc_err *err)
{
    const char *slash = strrchr(key_path, '/');
    const char *base = slash ? slash + 1 : key_path;
    const int folder_len = slash > key_path ? (int)(slash - key_path) : 1;

    if ((size_t)snprintf(out->folder, sizeof(out->folder), "%.*s", folder_len,
                         slash ? key_path : ".") >= sizeof(out->folder) ||
        (size_t)snprintf(out->name, sizeof(out->name), "%s.signed", base) >= sizeof(out->name))
        return bc_err_set(err, BC_E_IO, "the name %s is too long", key_path);
    return BC_OK;
}

/* Takes a line "ORIGIN SIZE ROOT" off; an origin may have blanks. */
static bool take_signed(struct bc_str *rest, struct bc_str *origin, struct bc_head *head)
{
    struct bc_str line, size, root;
    const char *blank;

    if (!bc_line_take(rest, &line) || !(blank = memrchr(line.at, ' ', line.len)))
        return false;
    root = (struct bc_str){ blank + 1, (size_t)(line.at + line.len - blank) - 1 };
    line.len = (size_t)(blank - line.at);
    blank = line.len ? memrchr(line.at, ' ', line.len) : NULL;
    if (!blank)
        return false;
    size = (struct bc_str){ blank + 1, (size_t)(line.at + line.len - blank) - 1 };
    *origin = (struct bc_str){ line.at, (size_t)(blank - line.at) };
    return origin->len && bc_decimal_read(&head->size, size) && bc_hash_parse(&head->root, root);
}

/* The lines below the first one; false: this is no KEY.signed. */
static bool memory_lines(struct bc_str memory, struct bc_str *out)
{
    const struct bc_str first = BC_STR(signing_nothing);
    struct bc_str rest, origin;
    struct bc_head head;

    if (memory.len < first.len || memcmp(memory.at, first.at, first.len) != 0)
        return false;
    *out = rest = (struct bc_str){ memory.at + first.len, memory.len - first.len };
    while (rest.len)
        if (!take_signed(&rest, &origin, &head))
            return false;
    return true;
}

static bc_status read_memory(struct signing *signing, bool first, struct bc_err *err)
{
    struct bc_str lines;
    struct place place;
    bc_status rc = beside_key(&place, signing->key_path, err);

    if (rc == BC_OK)
        rc = bc_dir_read(&signing->memory, place.folder, place.name, err);
    if (rc == BC_DONE && first) {
        bc_buf_add_str(&signing->memory, BC_STR(signing_nothing));
        return BC_OK;
    }
    if (rc == BC_DONE)
        return bc_err_set(err, BC_E_INPUT,
                          "%s.signed is missing; it says what the key has signed, so that the key "
                          "never signs two histories: bring it along with the key, or give "
                          "--first for a key that has signed nothing yet",
                          signing->key_path);
    if (rc == BC_E_DAMAGED)
        return bc_err_set(err, BC_E_INPUT, "%s.signed is no regular file", signing->key_path);
    if (rc == BC_OK && !memory_lines(bc_buf_str(&signing->memory), &lines))
        return bc_err_set(err, BC_E_INPUT,
                          "%s.signed is not what was written there: what the key has signed is "
                          "unknown, so nothing is signed",
                          signing->key_path);
    if (rc == BC_OK && first && lines.len)
        return bc_err_set(err, BC_E_USAGE,
                          "%s.signed says what the key has signed: leave out --first",
                          signing->key_path);
    return rc;
}

bc_status signing_open(struct signing *out, const char *key_path, bool first, struct bc_err *err)
{
    struct stat status;
    bc_status rc;

    *out = (struct signing){ .key_path = key_path, .lock = -1, .ledger_lock = -1 };
    rc = key_read_private(&out->key, key_path, err);
    if (rc == BC_OK) {
        out->lock = open(key_path, O_RDONLY | O_CLOEXEC);
        if (out->lock < 0 || fstat(out->lock, &status) != 0)
            rc = bc_err_errno(err, "read %s", key_path);
        else if (!S_ISREG(status.st_mode))
            rc = bc_err_set(err, BC_E_INPUT,
                            "%s is no regular file: what a key has signed is kept beside its file",
                            key_path);
        else if (flock(out->lock, LOCK_EX) != 0)
            rc = bc_err_errno(err, "lock %s", key_path);
    }
    if (rc == BC_OK)
        rc = read_memory(out, first, err);
    if (rc < 0)
        signing_close(out);
    return rc;
}

bc_status signing_hold(struct signing *signing, const char *dir, struct bc_err *err)
{
    signing->ledger_lock = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (signing->ledger_lock < 0)
        return errno == ENOENT || errno == ENOTDIR ? BC_OK /* opening it reports more */
                                                   : bc_err_errno(err, "read %s", dir);
    return flock(signing->ledger_lock, LOCK_EX) == 0 ? BC_OK : bc_err_errno(err, "lock %s", dir);
}

void signing_close(struct signing *signing)
{
    if (signing->lock >= 0)
        (void)close(signing->lock);
    if (signing->ledger_lock >= 0)
        (void)close(signing->ledger_lock);
    signing->lock = signing->ledger_lock = -1;
    bc_buf_release(&signing->memory);
    bc_note_key_wipe(&signing->key);
}

/* --- against what was signed before --- */

static bc_status check_before(bc_log *log, const struct bc_head *before, const char *by,
                              struct bc_err *err)
{
    bc_status rc = bc_log_extends(log, before, err);

    if (rc == BC_NO)
        rc = bc_err_set(err, BC_E_DAMAGED,
                        "this ledger does not go on from the head of %" PRIu64
                        " event%s that was signed before (%s): it was rolled back, or went its own "
                        "way, and is not signed; if it is to go on from a backup, `backcast head "
                        "keygen` makes a new key, and those who check must be told",
                        before->size, text_plural(before->size), by);
    return rc;
}

/* By this key, of this ledger. */
static bc_status check_key(const struct signing *signing, bc_log *log, struct bc_str origin,
                           struct bc_err *err)
{
    struct bc_buf by = { 0 };
    struct bc_str rest = { 0 }, of;
    struct bc_head before;
    bc_status rc = BC_OK;

    (void)memory_lines(bc_buf_str(&signing->memory), &rest);
    bc_buf_printf(&by, "%s.signed%c", signing->key_path, '\0');
    while (rc == BC_OK && take_signed(&rest, &of, &before))
        if (bc_str_eq(of, origin))
            rc = check_before(log, &before, by.at, err);
    bc_buf_release(&by);
    return rc;
}

/* By any key, of this ledger. BC_OK also where nothing was signed. */
static bc_status check_ledger(bc_log *log, const char *dir, struct bc_str origin,
                              struct bc_err *err)
{
    struct bc_buf text = { 0 }, by = { 0 };
    struct bc_head before;
    struct bc_note note;
    struct bc_str of;
    bc_status rc = bc_ledger_signed_read(&text, dir, err);

    bc_buf_printf(&by, "%s/signed%c", dir, '\0');
    if (rc == BC_OK) {
        rc = bc_note_parse(&note, bc_buf_str(&text), err);
        if (rc == BC_OK)
            rc = bc_head_parse(&before, &of, NULL, note.text, err);
        if (rc == BC_OK && !bc_str_eq(of, origin))
            rc = bc_err_set(err, BC_E_INPUT, "this is the head of another ledger");
        rc = rc == BC_OK ? check_before(log, &before, by.at, err)
                         : bc_err_in(err, rc, "%s:1:1", by.at);
    }
    bc_buf_release(&text);
    bc_buf_release(&by);
    return rc == BC_DONE ? BC_OK : rc;
}

/* A key that bears the name of a ledger is valid for that one only. */
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

/* KEY.signed with the new line of this ledger. */
static void renew_memory(struct bc_buf *out, const struct signing *signing, struct bc_str origin,
                         const struct bc_head *head)
{
    struct bc_str rest = { 0 }, of, line;
    struct bc_head before;
    char root[BC_HASH_TEXT_LEN];

    bc_buf_add_str(out, BC_STR(signing_nothing));
    (void)memory_lines(bc_buf_str(&signing->memory), &rest);
    for (line = rest; take_signed(&rest, &of, &before); line = rest)
        if (!bc_str_eq(of, origin))
            bc_buf_add(out, line.at, line.len - rest.len);
    bc_hash_print(root, &head->root);
    bc_buf_add_str(out, origin);
    bc_buf_printf(out, " %" PRIu64 " %s\n", head->size, root);
}

static bc_status remember(const struct signing *signing, struct bc_str origin,
                          const struct bc_head *head, struct bc_err *err)
{
    struct bc_buf memory = { 0 };
    struct place place;
    bc_status rc = beside_key(&place, signing->key_path, err);

    renew_memory(&memory, signing, origin, head);
    if (rc == BC_OK && memory.len > BC_DIR_FILE_MOST)
        rc = bc_err_set(err, BC_E_IO, "%s.signed has no room for another ledger: make a key for it",
                        signing->key_path);
    bc_umask_ledger(0700); /* for its owner only, like the key */
    if (rc == BC_OK)
        rc = bc_dir_write(place.folder, place.name, bc_buf_str(&memory), err);
    bc_buf_release(&memory);
    if (rc == BC_E_IO)
        (void)bc_err_in(err, rc, "what the key signs must be kept beside it");
    return rc;
}

/* Whoever may only read the ledger may still sign it: KEY.signed is enough to refuse a second
 * history. */
static void remember_in_ledger(const struct cmd_env *env, const char *dir, struct bc_str note)
{
    struct bc_err why = { 0 };

    if (bc_ledger_signed_write(dir, note, &why) < 0)
        fprintf(env->err, "backcast: the signed head could not be stored in the ledger: %s\n",
                why.message);
}

bc_status signing_sign(struct signing *signing, struct bc_buf *out, const struct cmd_env *env,
                       bc_log *log, const char *dir, const struct bc_head_lines *lines,
                       struct bc_err *err)
{
    struct bc_buf origin = { 0 }, text = { 0 }, note = { 0 };
    bc_status rc = bc_ledger_origin(&origin, dir, err);
    const struct bc_str of = bc_buf_str(&origin);

    if (rc == BC_OK)
        rc = check_name(signing, of, err);
    if (rc == BC_OK)
        rc = check_key(signing, log, of, err);
    if (rc == BC_OK)
        rc = check_ledger(log, dir, of, err);
    if (rc == BC_OK) /* before there is a signature that a kill could leave behind */
        rc = remember(signing, of, bc_log_head(log), err);
    if (rc == BC_OK) {
        bc_head_text(&text, of, bc_log_head(log));
        bc_head_lines_add(&text, lines);
        rc = bc_note_sign(&note, bc_buf_str(&text), &signing->key, err);
    }
    if (rc == BC_OK) {
        remember_in_ledger(env, dir, bc_buf_str(&note));
        bc_buf_add_str(out, bc_buf_str(&note));
    }
    bc_buf_release(&origin);
    bc_buf_release(&text);
    bc_buf_release(&note);
    return rc;
}
