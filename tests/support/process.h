/* tests/support/process.h - running this test program again as a process of its own.
 *
 * A fork alone will not do: RocksDB's threads do not come along. So the program is started anew,
 * and its main calls what the test wants the child to do. */
#ifndef BC_TESTS_SUPPORT_PROCESS_H
#define BC_TESTS_SUPPORT_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* Starts the program with these arguments, NULL at the end; its standard error is dropped. */
pid_t process_start(const char *const *args);
/* Waits for it. Its exit code, or -signal. */
int process_wait(pid_t child);
/* Whether it has ended; then *code is as above. */
bool process_ended(pid_t child, int *code);

#endif
