/* tools/http/http_clock.c - the system's time and chance. */
#include "tools/http/http.h"

#include <sys/random.h>
#include <time.h>

#define SECOND_US INT64_C(1000000)

static int64_t system_now(void *state)
{
    struct timespec t;

    (void)state;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * SECOND_US + t.tv_nsec / 1000;
}

static void system_sleep(void *state, int64_t us)
{
    struct timespec t = { us / SECOND_US, us % SECOND_US * 1000 };

    (void)state;
    nanosleep(&t, NULL); /* woken early, the caller looks at the clock again */
}

static double system_chance(void *state)
{
    uint32_t n = 0;

    (void)state;
    if (getrandom(&n, sizeof(n), GRND_NONBLOCK) != (ssize_t)sizeof(n))
        n = (uint32_t)system_now(NULL) * UINT32_C(2654435761); /* any spread will do */
    return n / 4294967296.0;
}

const struct http_clock http_clock_system = {
    .now_us = system_now,
    .sleep_us = system_sleep,
    .chance = system_chance,
};
