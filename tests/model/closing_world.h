/* tests/model/closing_world.h - random ledgers whose deals have what is written down when they end:
 * more wins, learnings, artifacts, and the steps of a hand-off; and what was published. */
#ifndef BC_TESTS_MODEL_CLOSING_WORLD_H
#define BC_TESTS_MODEL_CLOSING_WORLD_H

#include "tests/model/law_world.h"

void closing_world_open(struct law_world *world, unsigned n);

#endif
