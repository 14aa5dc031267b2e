/* tests/model/closing_world.h - random ledgers whose deals have what is written down when they end:
 * more wins, learnings, artifacts, and the steps of a hand-off; and what was published. */
#ifndef BC_TESTS_MODEL_CLOSING_WORLD_H
#define BC_TESTS_MODEL_CLOSING_WORLD_H

#include "tests/model/law_world.h"

/* A random ledger with all that in it, and its log as events. */
struct closing_world {
    struct law_world of;
    struct events added, logged;
};

void closing_world_open(struct closing_world *world, unsigned n);
void closing_world_close(struct closing_world *world);

#endif
