/* tests/model/work_world.h - random ledgers in which people do things: actions decided and closed,
 * roles, owners and names, meetings to come, mails opened again; each by somebody, from somewhere.
 */
#ifndef BC_TESTS_MODEL_WORK_WORLD_H
#define BC_TESTS_MODEL_WORK_WORLD_H

#include "tests/model/law_world.h"

void work_world_open(struct law_world *world, unsigned n);

#endif
