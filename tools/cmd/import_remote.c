#include "tools/cmd/import_remote.h"

#include "ledger/base/instant.h"

#include <sys/stat.h>
#include <unistd.h>

enum { GIVE_UP_MOST_MIN = 24 * 60 };

static bc_status fresh_token(void *payload, char **out, struct bc_err *err)
{
    const struct import_remote *remote = payload;

    return http_token_run(out, remote->token_command, remote->env->http_clock, err);
}

/* The first one: of a file, the environment, the command. */
static bc_status read_token(struct import_remote *remote, const char *variable,
                            struct http_opts *opts, struct bc_err *err)
{
    const char *given = remote->env->secret ? remote->env->secret(variable) : NULL;
    bc_status rc = BC_OK;

    if (opts->token)
        return BC_OK;
    if (remote->token_command) {
        opts->fresh_token = fresh_token;
        opts->fresh_payload = remote;
    }
    if (remote->token_file)
        rc = http_token_read(&remote->token, remote->token_file, err);
    else if (given && *given)
        remote->token = bc_strdup(bc_str_of(given));
    else if (remote->token_command)
        rc = fresh_token(remote, &remote->token, err);
    else if (opts->auth != HTTP_NO_TOKEN)
        return bc_err_set(err, BC_E_USAGE,
                          "no token; set $%s, or use --token-file or --token-command", variable);
    opts->token = remote->token;
    return rc;
}

/* It names what the account holds, whatever of that is nobody's text. */
static bc_status open_trace(struct outfile *out, const char *path, struct bc_err *err)
{
    bc_status rc = outfile_open(out, path, err);

    if (rc == BC_OK && !out->straight && fchmod(fileno(out->file), 0600) != 0)
        rc = bc_err_errno(err, "change the mode of %s", path);
    return rc == BC_OK ? outfile_place(out, err) : rc; /* it is read while the run goes on */
}

bc_status import_remote_client(http_client **out, struct import_remote *remote,
                               const struct cmd_env *env, const char *variable,
                               struct http_opts *opts, struct bc_err *err)
{
    uint64_t minutes = 0; /* the client's own default */
    bc_status rc = BC_OK;

    remote->env = env;
    opts->clock = env->http_clock;
    if (remote->give_up_after)
        rc = opt_number(&minutes, "give-up-after", remote->give_up_after, 1, GIVE_UP_MOST_MIN, err);
    opts->give_up_us = (int64_t)minutes * 60 * BC_SECOND_US;
    if (rc == BC_OK)
        rc = read_token(remote, variable, opts, err);
    if (rc == BC_OK && remote->trace_path) {
        rc = open_trace(&remote->trace, remote->trace_path, err);
        opts->trace = remote->trace.file;
    }
    return rc == BC_OK ? http_client_new(out, opts, err) : rc;
}

bc_status import_remote_end(struct import_remote *remote, bc_status rc, struct bc_err *err)
{
    http_token_free(remote->token);
    remote->token = NULL;
    if (remote->trace.file) {
        bc_status written = outfile_commit(&remote->trace, rc < 0 ? NULL : err);

        if (rc == BC_OK)
            rc = written;
    }
    return rc;
}

bc_status import_remote_check_account(const char *path, struct bc_err *err)
{
    if (access(path, F_OK) == 0)
        return bc_err_set(err, BC_E_INPUT,
                          "%s is there already; name another by --account, or remove it", path);
    return BC_OK;
}

bc_status import_remote_write_account(const char *path, const struct bc_buf *text,
                                      struct bc_err *err)
{
    struct outfile out = { 0 };
    bc_status rc = outfile_open(&out, path, err);

    if (rc == BC_OK && fwrite(text->at, 1, text->len, out.file) != text->len)
        rc = bc_err_errno(err, "write %s", path);
    if (rc == BC_OK)
        rc = outfile_commit(&out, err);
    outfile_release(&out);
    return rc;
}
