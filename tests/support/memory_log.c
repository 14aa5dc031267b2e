#include "tests/support/memory_log.h"

#include "ledger/base/mem.h"

#include <stdlib.h>

int memory_log_begin(void **state)
{
    struct memory_log *world = bc_calloc(1, sizeof(*world));

    if (bc_log_open(&world->log, bc_store_memory(), true, NULL, &world->err) < 0)
        return -1;
    *state = world;
    return 0;
}

int memory_log_end(void **state)
{
    struct memory_log *world = *state;

    bc_log_close(world->log);
    free(world);
    return 0;
}
