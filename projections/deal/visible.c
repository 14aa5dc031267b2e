#include "projections/deal/visible.h"

bool bc_visible_asked_has(const struct bc_visible *visible, uint64_t seq,
                          const int64_t *source_recorded_us)
{
    uint8_t group = visible->override ? bc_override_group(visible->override, seq) : 0;

    if (group)
        return group & visible->override->visible;
    if (visible->last_seq && seq > visible->last_seq)
        return false;
    if (!visible->asked)
        return true;
    if (visible->by_source && source_recorded_us)
        return *source_recorded_us <= visible->us;
    return seq <= visible->seq;
}
