/* tests/sample/names.h - universities that do not exist, and what people write about them. */
#ifndef BC_TESTS_SAMPLE_NAMES_H
#define BC_TESTS_SAMPLE_NAMES_H

#include "ledger/base/mem.h"
#include "tests/sample/random.h"

/* Universities differ for n below this. */
#define SAMPLE_NAMES 240

/* "brindlemoor"; "University of Brindlemoor". They live as long as the arena. */
const char *sample_slug(bc_arena *arena, unsigned n);
const char *sample_university(bc_arena *arena, unsigned n);
/* Whether it pays in euros; the others do in dollars. */
bool sample_pays_euros(unsigned n);

/* One of a list of texts that ends with NULL. */
const char *sample_pick(struct sample_random *random, const char *const *texts);

/* Why a deal is lost, and how often of a hundred that is the reason. */
struct sample_reason {
    const char *reason;
    unsigned percent;
    const char *notes[4], *learnings[4];
};
const struct sample_reason *sample_reason_early(struct sample_random *random);
const struct sample_reason *sample_reason_late(struct sample_random *random);

#endif
