/* tools/cmd/import_sheet_ask.h - where the table of `import sheet` is, and the clients that ask for
 * it. */
#ifndef BC_TOOLS_CMD_IMPORT_SHEET_ASK_H
#define BC_TOOLS_CMD_IMPORT_SHEET_ASK_H

#include "tools/cli/progress.h"
#include "tools/cmd/import_remote.h"
#include "tools/sheet/sheet_fetch.h"

/* Start with import_sheet_ask_init. */
struct import_sheet_ask {
    const struct cmd_env *env;
    struct import_remote *remote; /* the options; borrowed */
    struct sheet_address address;
    bool by_api;             /* with a token */
    http_client *clients[2]; /* of the address; or Sheets' and Drive's */
    char doing[160];         /* what the progress line says */
    struct progress progress;
    bc_arena *arena; /* of the address */
};

void import_sheet_ask_init(struct import_sheet_ask *ask, const struct cmd_env *env,
                           struct import_remote *remote);
void import_sheet_ask_release(struct import_sheet_ask *ask);

/* Reads the address. BC_E_USAGE: a token, or a base URL, would go where it is not for. */
bc_status import_sheet_ask_read(struct import_sheet_ask *ask, const char *address,
                                struct bc_err *err);
/* Makes the clients: nothing is asked yet. */
bc_status import_sheet_ask_open(struct import_sheet_ask *ask, struct bc_err *err);
/* Asks for the table. Of `source` address and clients are filled in here. */
bc_status import_sheet_ask_fetch(struct import_sheet_ask *ask, struct sheet_table *out,
                                 struct sheet_source source, struct bc_err *err);
/* Of all clients; only requests and retries are summed. */
struct http_counts import_sheet_ask_counts(const struct import_sheet_ask *ask);

#endif
