#include "projections/deal/known.h"

/* Index of a seq, or n. */
static size_t find(const struct bc_known_apart *apart, uint64_t seq)
{
    size_t low = 0, high = apart->n;

    if (apart->n == 0 || seq < apart->seqs[0] || seq > apart->seqs[apart->n - 1])
        return apart->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (apart->seqs[middle] < seq)
            low = middle + 1;
        else
            high = middle;
    }
    return apart->seqs[low] == seq ? low : apart->n;
}

bool bc_known_asked_has(const struct bc_known *known, uint64_t seq,
                        const int64_t *source_recorded_us)
{
    if (known->apart) {
        size_t at = find(known->apart, seq);

        if (at < known->apart->n)
            return known->apart->groups[at] & known->apart->known;
    }
    if (known->last_seq && seq > known->last_seq)
        return false;
    if (!known->asked)
        return true;
    if (known->by_source && source_recorded_us)
        return *source_recorded_us <= known->us;
    return seq <= known->seq;
}
