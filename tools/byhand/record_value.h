/* tools/byhand/record_value.h - what somebody typed for a field, as its value. */
#ifndef BC_TOOLS_BYHAND_RECORD_VALUE_H
#define BC_TOOLS_BYHAND_RECORD_VALUE_H

#include "ledger/base/instant.h"
#include "ledger/record/event.h"

struct record_reading {
    int64_t now_us;
    const bc_zone *zone; /* times without one are by its clocks */
    bc_arena *arena;     /* owns what the values point to */
};

/* The value of a text, field or day as typed, which must live as long as the value; an empty one is
 * absent. Of a list it is the only item. BC_E_USAGE (BC_E_INPUT: an instant that there is not) says
 * what was expected. */
bc_status record_value_read(struct bc_value *out, const struct bc_field *field, const char *text,
                            const struct record_reading *in, struct bc_err *err);
/* The value of a list. */
void record_value_list(struct bc_value *out, const char *const *texts, size_t n, bc_arena *arena);

/* When something happened. A date, of which *is_day tells, means the end of that day; while the day
 * is not over, it means now. Errors as above. */
bc_status record_when_read(int64_t *out_us, bool *is_day, const char *text,
                           const struct record_reading *in, struct bc_err *err);

#endif
