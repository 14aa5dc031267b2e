/* tests/support/asking.h - requests to a fake HubSpot, with a clock that does not advance: for the
 * tests of tools/http. */
#ifndef BC_TESTS_SUPPORT_ASKING_H
#define BC_TESTS_SUPPORT_ASKING_H

#include "tests/support/fake_hubspot.h"
#include "tests/support/still_clock.h"

#define ASKING_SECOND_US INT64_C(1000000)
#define ASKING_OWNERS    "/crm/v3/owners?limit=500"

extern struct fake_hubspot asking_fake;

/* For cmocka's groups: the fake answers in between. */
int asking_begin(void **state);
int asking_end(void **state);

/* For a client of the fake, until the next call; `*now_us` is its time. */
struct http_opts asking_options(int64_t *now_us);
/* Receives an answer: counts it in the int that is its payload. */
bc_status asking_count(void *payload, const struct http_answer *answer, struct bc_err *err);

#endif
