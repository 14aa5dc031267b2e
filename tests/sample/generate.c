#include "tests/sample/generate.h"

#include "tests/sample/names.h"
#include "tests/sample/stories.h"

#include <assert.h>

#define MEMBERS 18

/* Prospects come in at a walk, a little faster after the pivot. */
static int32_t days_to_next(struct sample_world *world, int32_t day)
{
    return (int32_t)sample_between(&world->random, day < SAMPLE_PIVOT_DAY ? 3 : 2,
                                   day < SAMPLE_PIVOT_DAY ? 11 : 8);
}

void sample_generate(struct bc_buf *out, uint64_t seed)
{
    struct sample_world world;
    int32_t day = SAMPLE_BEGIN_DAY + 1;
    unsigned name = 0;

    sample_world_init(&world, seed);
    for (; name < MEMBERS; name++)
        sample_member(&world, name, SAMPLE_BEGIN_DAY + 45 + (int32_t)name * 19);
    for (; day < SAMPLE_END_DAY; name++) {
        sample_prospect(&world, name, day);
        day += days_to_next(&world, day);
    }
    sample_odd(&world, name);
    sample_team(&world);
    assert(name + 9 <= SAMPLE_NAMES);
    sample_world_print(out, &world);
    sample_world_release(&world);
}
