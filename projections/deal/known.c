#include "projections/deal/known.h"

bool bc_known_asked_has(const struct bc_known *known, uint64_t seq,
                        const int64_t *source_recorded_us)
{
    uint8_t group = known->apart ? bc_known_group(known->apart, seq) : 0;

    if (group)
        return group & known->apart->known;
    if (known->last_seq && seq > known->last_seq)
        return false;
    if (!known->asked)
        return true;
    if (known->by_source && source_recorded_us)
        return *source_recorded_us <= known->us;
    return seq <= known->seq;
}
