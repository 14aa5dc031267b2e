/* tests/model/money_world.h - random ledgers whose deals have amounts, currencies, companies,
 * contracts and targets, good and bad. */
#ifndef BC_TESTS_MODEL_MONEY_WORLD_H
#define BC_TESTS_MODEL_MONEY_WORLD_H

#include "tests/model/law_world.h"

/* A random ledger with money in it, and its log as events. */
struct money_world {
    struct law_world of;
    struct events added, logged;
};

/* A third of them measure both weights. */
void money_world_open(struct money_world *world, unsigned n);
void money_world_close(struct money_world *world);

#endif
