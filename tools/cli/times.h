/* tools/cli/times.h - times as people read them: by the clocks of one zone in a whole answer, which
 * its basis names. What is for programs is in UTC, and printed elsewhere (ledger/base/instant.h).
 */
#ifndef BC_TOOLS_CLI_TIMES_H
#define BC_TOOLS_CLI_TIMES_H

#include "ledger/base/instant.h"

struct cmd_env;

/* `{ 0 }` and NULL are UTC. Whoever opens rules puts their zone here, and takes it away again. */
struct times {
    const bc_zone *zone; /* NULL: UTC */
    const bc_zone *own;  /* of who reads, whatever the rules' is; or NULL */
};

enum { TIMES_LEN = 40 };
/* `2025-03-31 09:30:00`; and then the offset where the clocks show that twice. A time that no
 * clock of the years 1970 to 9999 shows is in UTC, and says so with a Z; so is one of which the
 * offset has seconds, where there is one. */
void times_print(char out[TIMES_LEN], const struct times *times, int64_t us);
/* RFC 3339: `2025-03-31T09:30:00.000000+02:00`, in UTC with a Z. */
void times_print_exact(char out[TIMES_LEN], const struct times *times, int64_t us);
/* The same with as few digits as it takes. */
void times_print_short(char out[TIMES_LEN], const struct times *times, int64_t us);

/* "Europe/Berlin" */
const char *times_zone_name(const struct times *times);
/* Ends an answer that has no basis: "times in Europe/Berlin". */
void times_tell(const struct cmd_env *env);

#endif
