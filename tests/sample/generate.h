/* tests/sample/generate.h - two years of a made-up sales team, as contract JSONL.
 *
 * The deals of a university membership, 2024-03-04 to 2026-03-29, each line with the instant at
 * which the ledger took it (for `import jsonl --keep-recorded-at`). In the first year brochures and
 * deadlines hardly lead to talks; the pivot of February 2025 changes the ICP and the message. */
#ifndef BC_TESTS_SAMPLE_GENERATE_H
#define BC_TESTS_SAMPLE_GENERATE_H

#include "ledger/base/mem.h"

#include <stdint.h>

/* The seed of the sample that is shipped. */
#define SAMPLE_SEED 188

/* The same bytes for a seed on any machine. */
void sample_generate(struct bc_buf *out, uint64_t seed);

#endif
