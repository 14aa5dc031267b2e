/* bench_generate EVENTS SEED [FEED] - prints a made-up history as JSONL, or with FEED the thousand
 * events that come in on the FEEDth day after it. */
#include "tests/bench/history.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int usage(void)
{
    fprintf(stderr,
            "usage: bench_generate EVENTS SEED [FEED]\n"
            "EVENTS from %d to %d, SEED from 0 to %d, FEED from 1 to %d\n",
            BENCH_FEED, BENCH_EVENTS_MAX, BENCH_SEED_MAX, BENCH_FEED_MAX);
    return 2;
}

/* False where the argument is no number from low to high. */
static bool number(uint64_t *out, const char *text, uint64_t low, uint64_t high)
{
    char *end;

    *out = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && *out >= low && *out <= high;
}

int main(int argc, char **argv)
{
    uint64_t events, seed, feed = 0;
    bool whole;

    if (argc < 3 || argc > 4 || !number(&events, argv[1], BENCH_FEED, BENCH_EVENTS_MAX) ||
        !number(&seed, argv[2], 0, BENCH_SEED_MAX) ||
        (argc == 4 && !number(&feed, argv[3], 1, BENCH_FEED_MAX)))
        return usage();
    errno = 0;
    whole = feed ? bench_history_feed(stdout, events, seed, (unsigned)feed)
                 : bench_history_write(stdout, events, seed);
    if (!whole || fflush(stdout) != 0) {
        fprintf(stderr, "bench_generate: %s\n", errno ? strerror(errno) : "too few events");
        return 1;
    }
    return 0;
}
