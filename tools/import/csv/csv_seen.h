/* tools/import/csv/csv_seen.h - what was seen of many items, each identified by a digest. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_SEEN_H
#define BC_TOOLS_IMPORT_CSV_CSV_SEEN_H

#include "ledger/base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Half a SHA-256. */
struct csv_digest {
    uint64_t high, low;
};
struct csv_digest csv_digest_of(struct bc_str bytes);
bool csv_digest_same(struct csv_digest a, struct csv_digest b);

struct csv_sight {
    struct csv_digest of;
    struct csv_digest said; /* what it said last */
    int64_t number;         /* that goes with it: an instant, a line, a place in a list, a count */
    uint64_t times;         /* how often it was seen; 0: a free place */
};

/* `{ 0 }` is empty. */
struct csv_seen {
    struct csv_sight *sights;
    size_t n, cap; /* cap: 0 or a power of two */
};

/* NULL: not seen yet. Lives until the next csv_seen_add. */
struct csv_sight *csv_seen_find(const struct csv_seen *seen, struct csv_digest of);
/* It was seen once more, and says this now. */
void csv_seen_add(struct csv_seen *seen, struct csv_digest of, struct csv_digest said,
                  int64_t number);
void csv_seen_release(struct csv_seen *seen);

#endif
