/* tools/cmd/import_remote.h - what every import from a service has: the token, the client, the
 * trace of what goes over the wire. */
#ifndef BC_TOOLS_CMD_IMPORT_REMOTE_H
#define BC_TOOLS_CMD_IMPORT_REMOTE_H

#include "tools/cli/cmd.h"
#include "tools/cli/opt.h"
#include "tools/cli/outfile.h"
#include "tools/http/http.h"

/* `{ 0 }` and the options are ready. */
struct import_remote {
    const char *base_url, *token_file, *token_command, *trace_path, *give_up_after; /* options */
    const struct cmd_env *env;
    char *token; /* from a file or a command, or NULL */
    struct outfile trace;
};

#define OPT_REMOTE_TOKEN_FILE(to)                                                                  \
    {                                                                                              \
        "token-file", "FILE", .text = (to),                                                        \
                              .help = "the token; a file that only its owner can read"             \
    }
#define OPT_REMOTE_TOKEN_COMMAND(to)                                                               \
    {                                                                                              \
        "token-command", "CMD",                                                                    \
            .text = (to),                                                                          \
            .help =                                                                                \
                "a command, run by sh, whose first line is a fresh token: when one runs out, and " \
                "the first where none is given"                                                    \
    }
#define OPT_REMOTE_TRACE(to)                                                                       \
    {                                                                                              \
        "trace", "FILE", .text = (to), .writes = true,                                             \
                         .help = "write what went over the wire to FILE, without personal texts; " \
                                 "only its owner can read it"                                      \
    }

/* A client by these options and the rest of `opts`. The token is that of the file, of the
 * environment's `variable`, or of the command, in this order; none: BC_E_USAGE, unless opts->auth
 * is HTTP_NO_TOKEN; or that of `opts`, where it has one. `remote` outlives the client. */
bc_status import_remote_client(http_client **out, struct import_remote *remote,
                               const struct cmd_env *env, const char *variable,
                               struct http_opts *opts, struct bc_err *err);
/* After the client was freed: the trace is whole. Returns `rc`, or why the trace is not. */
bc_status import_remote_end(struct import_remote *remote, bc_status rc, struct bc_err *err);

/* Writes a first account file. BC_E_INPUT: it is there already. */
bc_status import_remote_write_account(const char *path, const struct bc_buf *text,
                                      struct bc_err *err);
bc_status import_remote_check_account(const char *path, struct bc_err *err);

#endif
