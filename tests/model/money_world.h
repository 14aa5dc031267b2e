/* tests/model/money_world.h - random ledgers whose deals have amounts, currencies, companies,
 * contracts and targets, good and bad. */
#ifndef BC_TESTS_MODEL_MONEY_WORLD_H
#define BC_TESTS_MODEL_MONEY_WORLD_H

#include "tests/model/law_world.h"

/* A third of them measure both weights. */
void money_world_open(struct law_world *world, unsigned n);

#endif
