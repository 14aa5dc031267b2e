#include "tools/import/csv/csv_seen.h"

#include "ledger/base/mem.h"
#include "ledger/record/merkle.h"

#include <stdlib.h>

struct csv_digest csv_digest_of(struct bc_str bytes)
{
    const struct bc_hash hash = bc_hash_bytes(bytes);
    struct csv_digest digest = { 0 };

    for (size_t i = 0; i < 8; i++) { /* byte by byte: ids must not depend on the machine */
        digest.high = digest.high << 8 | hash.at[i];
        digest.low = digest.low << 8 | hash.at[8 + i];
    }
    return digest;
}

bool csv_digest_same(struct csv_digest a, struct csv_digest b)
{
    return a.high == b.high && a.low == b.low;
}

/* The place of an item, or the free place where it belongs. The digest is random enough as a
 * hash. */
static struct csv_sight *place(const struct csv_seen *seen, struct csv_digest of)
{
    size_t i = of.low & (seen->cap - 1);

    while (seen->sights[i].times > 0 && !csv_digest_same(seen->sights[i].of, of))
        i = (i + 1) & (seen->cap - 1);
    return &seen->sights[i];
}

struct csv_sight *csv_seen_find(const struct csv_seen *seen, struct csv_digest of)
{
    struct csv_sight *sight = seen->cap ? place(seen, of) : NULL;

    return sight && sight->times > 0 ? sight : NULL;
}

static void grow(struct csv_seen *seen)
{
    struct csv_seen larger = { .n = seen->n, .cap = seen->cap ? seen->cap * 2 : 1024 };

    larger.sights = bc_calloc(larger.cap, sizeof(*larger.sights));
    for (size_t i = 0; i < seen->cap; i++)
        if (seen->sights[i].times > 0)
            *place(&larger, seen->sights[i].of) = seen->sights[i];
    free(seen->sights);
    *seen = larger;
}

void csv_seen_add(struct csv_seen *seen, struct csv_digest of, struct csv_digest said,
                  int64_t number)
{
    struct csv_sight *sight;

    if (seen->n >= seen->cap / 4 * 3)
        grow(seen);
    sight = place(seen, of);
    seen->n += sight->times == 0;
    sight->of = of;
    sight->said = said;
    sight->number = number;
    sight->times++;
}

void csv_seen_release(struct csv_seen *seen)
{
    free(seen->sights);
    *seen = (struct csv_seen){ 0 };
}
