/* tools/cli/serving.h - what a command needs of the process that goes on until somebody ends it. */
#ifndef BC_TOOLS_CLI_SERVING_H
#define BC_TOOLS_CLI_SERVING_H

#include "ledger/base/err.h"

struct serving {
    /* From here on nothing but `wait` sees that the process is to end, also for threads that are
     * started after it; and as many files may be open as the system allows, for a browser's
     * connections are some. */
    void (*begin)(void);
    /* Returns at SIGINT, SIGTERM, and where the terminal goes away, SIGHUP. The next one ends the
     * process at once. */
    void (*wait)(void);
    /* The same for a process that has other work, at most for so long: whether it is to end. */
    bool (*ended)(unsigned wait_ms);
    /* Opens an address in the browser, without waiting for it. BC_E_IO: there is no xdg-open. */
    bc_status (*open)(const char *address, struct bc_err *err);
};

extern const struct serving serving_of_process;

#endif
