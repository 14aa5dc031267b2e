/* tests/support/every_body.h - an event of each body in the schema, with every field filled. */
#ifndef BC_TESTS_SUPPORT_EVERY_BODY_H
#define BC_TESTS_SUPPORT_EVERY_BODY_H

#include "ledger/record/event.h"

/* With all of the envelope but seq and recordedAt. */
struct bc_event every_body_event(enum bc_body body);
/* Fails unless both have the same content. */
void every_body_check_same(const struct bc_event *a, const struct bc_event *b);

#endif
