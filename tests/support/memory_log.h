/* tests/support/memory_log.h - an empty log in memory, a fixture for cmocka. */
#ifndef BC_TESTS_SUPPORT_MEMORY_LOG_H
#define BC_TESTS_SUPPORT_MEMORY_LOG_H

#include "ledger/log/log.h"

struct memory_log {
    bc_log *log;
    struct bc_err err;
};
int memory_log_begin(void **state);
int memory_log_end(void **state);

#endif
