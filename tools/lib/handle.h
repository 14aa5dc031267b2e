/* tools/lib/handle.h - an opened ledger of the library, and a call with it.
 *
 * Each call has an env as a command has it, with streams into memory and the locale "C" for its
 * thread: so that nothing is printed, and numbers are read and written as everywhere else whatever
 * locale the process has chosen. */
#ifndef BC_TOOLS_LIB_HANDLE_H
#define BC_TOOLS_LIB_HANDLE_H

#include "ledger/base/mem.h"
#include "tools/ask/opened.h"
#include "tools/cli/cmd.h"
#include "tools/lib/backcast.h"

#include <locale.h>

struct backcast_ledger {
    char *dir; /* absolute, so that it stays where the process goes; NULL: it was not opened */
    struct backcast_options options;
    locale_t locale;
    struct opened opened;
    struct bc_buf message, remarks; /* each ends with a NUL */
    uint64_t *seqs;                 /* of the last append */
};

struct call {
    backcast_ledger *ledger;
    struct cmd_env env;
    locale_t before; /* of the thread */
    char *out, *said;
    size_t out_len, said_len;
};

/* Begins a call: forgets what the last one said. */
void call_begin(struct call *call, backcast_ledger *ledger);
/* The ledger as it is now, for call->env.opened: opened anew where it has changed. */
bc_status call_open(struct call *call, struct bc_err *err);
/* Ends it with the exit code of a command that ran with call->env, and returns it as a status.
 * Where something was printed to env->out, which nobody reads, *printed (unless NULL) is true. */
enum backcast_status call_end(struct call *call, int code, bool *printed);
/* Ends it, where no command ran. */
enum backcast_status call_end_as(struct call *call, bc_status rc, const struct bc_err *err);
/* Replaces the message of a call that has ended. */
void call_say(backcast_ledger *ledger, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
