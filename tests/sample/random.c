#include "tests/sample/random.h"

uint64_t sample_next(struct sample_random *random)
{
    uint64_t z = (random->state += 0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

int64_t sample_between(struct sample_random *random, int64_t low, int64_t high)
{
    return low + (int64_t)(sample_next(random) % (uint64_t)(high - low + 1));
}

bool sample_chance(struct sample_random *random, unsigned percent)
{
    return sample_next(random) % 100 < percent;
}
