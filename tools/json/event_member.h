/* tools/json/event_member.h - reads the members of an object one by one, each as the type it must
 * have.
 *
 * Faults are reported here, except for faults of the JSON: json_parse reports those better, and
 * first. */
#ifndef BC_TOOLS_JSON_EVENT_MEMBER_H
#define BC_TOOLS_JSON_EVENT_MEMBER_H

#include "ledger/record/event.h"
#include "tools/json/json.h"
#include "tools/json/json_lines.h"

struct event_member {
    struct json_lines *lines;
    bc_arena *lists;
    struct bc_str key;           /* of the current member */
    uint32_t key_column, column; /* of it and of its value */
    size_t *fault;               /* the column of the fault */
    struct bc_err *err;
};

/* Takes the key of an object's next member; `first` is true until there was one. BC_DONE: the
 * object ended. */
bc_status event_member_next(struct event_member *m, bool *first);
/* Whether the object already had the key with this number, which is a fault of the JSON. */
static inline bool event_member_again(uint64_t *seen, unsigned number)
{
    const uint64_t bit = UINT64_C(1) << number;
    const bool before = *seen & bit;

    *seen |= bit;
    return before;
}

/* Take the member's value, which may be absent: "", null, [], false or 0. */
bc_status event_member_text(struct event_member *m, struct bc_str *out);
bc_status event_member_time(struct event_member *m, bool *set, int64_t *us);
bc_status event_member_bool(struct event_member *m, bool *out);
bc_status event_member_list(struct event_member *m, struct bc_value *out);
/* seq is ignored, but must be valid. */
bc_status event_member_seq(struct event_member *m);

/* Takes a value that counts as absent. BC_DONE: there is a real one, of that type. */
bc_status event_member_absent(struct event_member *m, enum json_type *type);
/* The same, but any other value is of the wrong type. */
bc_status event_member_absent_or(struct event_member *m, const char *expected);
/* The type of the next value. False: it is not one. */
bool event_member_type(enum json_type *type, const struct event_member *m);

/* Report a fault: the line is not JSON, the value is of another type, the key is unknown. */
bc_status event_member_no_json(struct event_member *m);
bc_status event_member_wrong_type(struct event_member *m, enum json_type type,
                                  const char *expected);
bc_status event_member_unknown(struct event_member *m, const char *where);

#endif
