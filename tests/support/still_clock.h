/* tests/support/still_clock.h - time that does not advance unless somebody sleeps, and a chance
 * that is always one in two: for the wire, whose longest waits then take no time. */
#ifndef BC_TESTS_SUPPORT_STILL_CLOCK_H
#define BC_TESTS_SUPPORT_STILL_CLOCK_H

#include "tools/http/http.h"

/* `*now_us` is the time; it outlives the clock. */
struct http_clock still_clock(int64_t *now_us);
/* The same, but a minute passes at each reading: for a service that says nothing, while nobody
 * sleeps but in the kernel. */
struct http_clock leaping_clock(int64_t *now_us);

#endif
