/* tools/ask/share_address.h - where a shared log is and as whom, as it is typed and as the
 * environment has it. */
#ifndef BC_TOOLS_ASK_SHARE_ADDRESS_H
#define BC_TOOLS_ASK_SHARE_ADDRESS_H

#include "ledger/share/joined.h"
#include "tools/cli/cmd.h"

/* As typed; NULL: not. */
struct share_typed {
    const char *address; /* "tls://one:4222,two:4222/NAME" */
    const char *replica, *ca_file, *creds_file, *nkey_file;
};

/* The lines of the commands that make a replica. */
#define OPT_SHARE_ADDRESS(typed)                                                                   \
    { NULL, "ADDRESS", .text = &(typed)->address, .required = true,                                \
      .help = "the shared log: tls://HOST:PORT,HOST:PORT/NAME; nats:// is unencrypted" },          \
        { "name", "REPLICA", .text = &(typed)->replica,                                            \
          .help = "what this replica is called (default: $BACKCAST_SHARE_NAME, or as the\n"        \
                  "machine is called)" },                                                          \
        { "ca", "FILE", .text = &(typed)->ca_file,                                                 \
          .help = "certificates that the servers' are checked against (default:\n"                 \
                  "$BACKCAST_SHARE_CA, or the system's)" },                                        \
        { "creds", "FILE", .text = &(typed)->creds_file,                                           \
          .help = "credentials of a user, which only its owner can read (default:\n"               \
                  "$BACKCAST_SHARE_CREDS)" },                                                      \
    {                                                                                              \
        "nkey", "FILE",                                                                            \
            .text = &(typed)->nkey_file,                                                           \
            .help = "the seed of a user's NKey, which only its owner can read (default:\n"         \
                    "$BACKCAST_SHARE_NKEY)"                                                        \
    }

/* All of it, with what the environment says where nothing is typed; paths become absolute. Texts
 * live in `arena`. BC_E_USAGE: the address or the name is none. BC_E_IO: a file is not there. */
bc_status share_address_read(struct bc_joined *out, const struct share_typed *typed,
                             const struct cmd_env *env, bc_arena *arena, struct bc_err *err);
/* A replica's files as the environment has them, in place of those that it was joined with. */
bc_status share_address_files(struct bc_joined *joined, const struct cmd_env *env, bc_arena *arena,
                              struct bc_err *err);
/* Adds "tls://one:4222,two:4222/NAME". */
void share_address_add(struct bc_buf *out, const struct bc_joined *joined);

#endif
