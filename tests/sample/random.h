/* tests/sample/random.h - numbers that are the same for a seed on any machine. */
#ifndef BC_TESTS_SAMPLE_RANDOM_H
#define BC_TESTS_SAMPLE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

/* splitmix64, by Sebastiano Vigna (prng.di.unimi.it/splitmix64.c, public domain). */
struct sample_random {
    uint64_t state;
};

uint64_t sample_next(struct sample_random *random);
/* From low to high, both included. */
int64_t sample_between(struct sample_random *random, int64_t low, int64_t high);
/* True `percent` times in a hundred. */
bool sample_chance(struct sample_random *random, unsigned percent);

#endif
