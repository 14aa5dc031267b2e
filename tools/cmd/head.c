/* tools/cmd/head.c - size and root of the log, which identify its state; to keep, to sign. */
#include "tools/show/head.h"

#include "projections/timelines/deal_proof.h"
#include "tools/ask/open.h"
#include "tools/ask/verify_all.h"
#include "tools/cli/head_file.h"
#include "tools/cli/opt.h"
#include "tools/cli/outfile.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/signing.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

static void print(const struct cmd_env *env, const struct bc_head *head, bool count, bool as_json)
{
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &head->root);
    if (as_json) {
        head_json(env, head);
    } else if (count) {
        fprintf(env->out, "%" PRIu64 "\n", head->size);
    } else {
        fprintf(env->out, "events  %" PRIu64 "\nroot    %s\n", head->size, root);
    }
}

static int show(const struct cmd_env *env, int argc, char **argv)
{
    const char *dir = NULL;
    bool count = false, json = false;
    const struct opt opts[] = {
        OPT_LEDGER(&dir),
        { "count", NULL, .flag = &count, .help = "print the number of events alone" },
        OPT_JSON(&json),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = opt_parse(opts, cmd_page("backcast head"), env, argc, argv, &err);

    if (rc == BC_OK && count && json)
        rc = bc_err_set(&err, BC_E_USAGE, "--count and --json do not go together");
    if (rc == BC_OK)
        rc = open_ledger(&log, env, dir, OPEN_READ, &err);
    if (rc == BC_OK)
        print(env, bc_log_head(log), count, json);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}

/* A head to give out: it vouches for its line of deals, so everything is verified first. */
static bc_status make_head(struct bc_buf *out, const struct cmd_env *env, const char *dir,
                           struct signing *signing, struct bc_err *err)
{
    struct bc_buf origin = { 0 };
    struct bc_head_lines lines = { .has_deals = true,
                                   .has_signed = signing != NULL,
                                   .signed_us = cmd_now_us(env) };
    bc_log *log = NULL;
    bc_status rc = signing ? signing_hold(signing, dir, err) : BC_OK;

    if (rc == BC_OK)
        rc = open_ledger(&log, env, dir, OPEN_READ_ALL, err);
    if (rc == BC_OK)
        rc = bc_ledger_origin(&origin, dir, err);
    if (rc == BC_OK)
        rc = verify_all(log, env, 0, err);
    if (rc == BC_OK)
        rc = bc_deals_head(&lines.deals, log, bc_log_head(log)->size, err);
    if (rc == BC_OK && signing) {
        rc = signing_sign(signing, out, env, log, dir, &lines, err);
    } else if (rc == BC_OK) {
        bc_head_text(out, bc_buf_str(&origin), bc_log_head(log));
        bc_head_lines_add(out, &lines);
    }
    bc_log_close(log);
    bc_buf_release(&origin);
    return rc;
}

static bc_status write_head(const struct cmd_env *env, const char *dir, struct signing *signing,
                            const char *output, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc = open_dir(&dir, env, dir, err);

    if (rc == BC_OK)
        rc = make_head(&text, env, dir, signing, err);
    if (rc == BC_OK)
        rc = outfile_write(env, output, bc_buf_str(&text), err);
    if (rc == BC_OK)
        fputs(verify_all_said, env->err);
    bc_buf_release(&text);
    return rc;
}

static int export_head(const struct cmd_env *env, int argc, char **argv)
{
    const char *dir = NULL, *output = NULL;
    const struct opt opts[] = {
        OPT_LEDGER(&dir),
        OPT_OUTPUT(&output),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast head export"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = write_head(env, dir, NULL, output, &err);
    return cmd_exit(env, rc, &err);
}

static int sign(const struct cmd_env *env, int argc, char **argv)
{
    const char *dir = NULL, *output = NULL, *path = NULL;
    bool first = false;
    const struct opt opts[] = {
        OPT_LEDGER(&dir),
        { "key", "FILE", .text = &path, .required = true, .writes = true,
          .help = "the private key, as `backcast head keygen` makes it" },
        OPT_FIRST(&first),
        OPT_OUTPUT(&output),
        { 0 },
    };
    struct signing signing = SIGNING_NONE;
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast head sign"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = signing_open(&signing, path, first, &err);
    if (rc == BC_OK)
        rc = write_head(env, dir, &signing, output, &err);
    signing_close(&signing);
    return cmd_exit(env, rc, &err);
}

/* A new file with the line in it; an existing one is never replaced. */
static bc_status write_new(const char *path, mode_t mode, struct bc_buf *line, struct bc_err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bc_status rc = BC_OK;

    if (fd < 0)
        return bc_err_errno(err, "write %s", path);
    bc_buf_add_byte(line, '\n');
    if (write(fd, line->at, line->len) != (ssize_t)line->len || fsync(fd) != 0)
        rc = bc_err_errno(err, "write %s", path);
    if (close(fd) != 0 && rc == BC_OK)
        rc = bc_err_errno(err, "write %s", path);
    if (rc < 0)
        (void)unlink(path);
    return rc;
}

/* "FILEsuffix" */
static bc_status write_beside(const char *path, const char *suffix, mode_t mode,
                              struct bc_buf *line, struct bc_err *err)
{
    struct bc_buf name = { 0 };
    bc_status rc;

    bc_buf_printf(&name, "%s%s%c", path, suffix, '\0');
    rc = write_new(name.at, mode, line, err);
    bc_buf_release(&name);
    return rc;
}

static void remove_beside(const char *path, const char *suffix)
{
    struct bc_buf name = { 0 };

    bc_buf_printf(&name, "%s%s%c", path, suffix, '\0');
    (void)unlink(name.at);
    bc_buf_release(&name);
}

/* The public key and KEY.signed first: whoever has the private key has them, too. */
static bc_status write_files(const char *path, struct bc_buf *secret, struct bc_buf *open_text,
                             struct bc_err *err)
{
    struct bc_buf memory = { 0 };
    bc_status rc = write_beside(path, ".pub", 0666, open_text, err);

    if (rc < 0)
        return rc;
    bc_buf_add(&memory, signing_nothing, strlen(signing_nothing) - 1);
    rc = write_beside(path, ".signed", 0600, &memory, err);
    if (rc == BC_OK) {
        rc = write_new(path, 0600, secret, err);
        if (rc < 0)
            remove_beside(path, ".signed");
    }
    if (rc < 0)
        remove_beside(path, ".pub");
    bc_buf_release(&memory);
    return rc;
}

static bc_status write_keys(const struct cmd_env *env, const char *path, struct bc_str name,
                            struct bc_err *err)
{
    struct bc_buf secret = { 0 }, open_text = { 0 };
    struct bc_note_key key = { 0 };
    bc_status rc = bc_note_key_make(&key, name, err);

    if (rc == BC_OK && access(path, F_OK) == 0)
        rc = bc_err_set(err, BC_E_IO, "%s is there already, and a key is never replaced", path);
    if (rc == BC_OK) {
        bc_buf_room(&secret, BC_NOTE_NAME_MOST + 128); /* so that growing leaves no copy */
        bc_note_key_private(&secret, &key);
        bc_note_key_public(&open_text, &key);
        rc = write_files(path, &secret, &open_text, err);
    }
    if (rc == BC_OK)
        fwrite(open_text.at, 1, open_text.len, env->out);
    if (secret.len)
        explicit_bzero(secret.at, secret.len);
    bc_note_key_wipe(&key);
    bc_buf_release(&secret);
    bc_buf_release(&open_text);
    return rc;
}

/* The name of a ledger, which must be one. */
static bc_status name_of_ledger(struct bc_buf *out, const struct cmd_env *env, const char *dir,
                                struct bc_err *err)
{
    bc_log *log = NULL;
    bc_status rc = open_dir(&dir, env, dir, err);

    if (rc == BC_OK)
        rc = open_ledger(&log, env, dir, OPEN_READ, err);
    if (rc == BC_OK)
        rc = bc_ledger_origin(out, dir, err);
    bc_log_close(log);
    return rc;
}

static int keygen(const struct cmd_env *env, int argc, char **argv)
{
    const char *dir = NULL, *path = NULL, *name = NULL;
    const struct opt opts[] = {
        { NULL, "FILE", .text = &path, .required = true, .writes = true, .help = "a new file" },
        { "name", "NAME", .text = &name,
          .help = "who signs (default: the ledger's own name, as others expect it); no blanks, no "
                  "+" },
        OPT_LEDGER(&dir),
        { 0 },
    };
    struct bc_buf origin = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast head keygen"), env, argc, argv, &err);

    if (rc == BC_OK && !name)
        rc = name_of_ledger(&origin, env, dir, &err);
    if (rc == BC_OK)
        rc = write_keys(env, path, name ? bc_str_of(name) : bc_buf_str(&origin), &err);
    bc_buf_release(&origin);
    return cmd_exit(env, rc, &err);
}

int cmd_head(const struct cmd_env *env, int argc, char **argv)
{
    static const struct cmd commands[] = {
        { "export", export_head },
        { "sign", sign },
        { "keygen", keygen },
        { 0 },
    };
    static const struct cmd_group group = { "backcast head", commands, cmd_pages };

    if (env->complete && argc == 2)
        cmd_candidates(env->complete, &group);
    for (const struct cmd *cmd = commands; cmd->name && argc > 1; cmd++)
        if (strcmp(argv[1], cmd->name) == 0)
            return cmd->run(env, argc - 1, argv + 1);
    return show(env, argc, argv);
}
