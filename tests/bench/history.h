/* tests/bench/history.h - ten years of made-up sales as JSONL, the same for a seed on any machine.
 */
#ifndef BC_TESTS_BENCH_HISTORY_H
#define BC_TESTS_BENCH_HISTORY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define BENCH_EVENTS_MAX 100000000
#define BENCH_SEED_MAX   4095
#define BENCH_FEED       1000 /* events of a feed, and the fewest of a history */
#define BENCH_FEED_MAX   3650

/* Writes `events` events in the order in which they were recorded. False: there were too few, or
 * errno says what. Seeds have no id in common. */
bool bench_history_write(FILE *out, uint64_t events, uint64_t seed);
/* The thousand events that come in on the `feed`th day after those of the history. */
bool bench_history_feed(FILE *out, uint64_t events, uint64_t seed, unsigned feed);

#endif
