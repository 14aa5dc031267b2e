/* tools/json/event_member.h - one member of an object after the other, as what it has to be.
 *
 * What is wrong is said here, less what keeps the line from being JSON: that json_parse says
 * better, and before all else. */
#ifndef BC_TOOLS_JSON_EVENT_MEMBER_H
#define BC_TOOLS_JSON_EVENT_MEMBER_H

#include "ledger/record/event.h"
#include "tools/json/json.h"
#include "tools/json/json_lines.h"

struct event_member {
    struct json_lines *lines;
    bc_arena *lists;
    struct bc_str key;           /* of the member under way */
    uint32_t key_column, column; /* of it and of its value */
    size_t *fault;               /* the column of what is wrong */
    struct bc_err *err;
};

/* Takes the key of an object's next member; `first` holds until there was one. BC_DONE: the object
 * ended. */
bc_status event_member_next(struct event_member *m, bool *first);
/* Whether the object had the key with this number before, which is a fault of its JSON. */
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
/* seq says nothing, but has to be what it claims to be. */
bc_status event_member_seq(struct event_member *m);

/* Takes what stands for no value at all. BC_DONE: there is one, of that type. */
bc_status event_member_absent(struct event_member *m, enum json_type *type);
/* The same, and all else is of the wrong type. */
bc_status event_member_absent_or(struct event_member *m, const char *expected);
/* The type of the value that comes next. False: it is none. */
bool event_member_type(enum json_type *type, const struct event_member *m);

/* Say what is wrong: the line is no JSON, the value is of another type, the key means nothing. */
bc_status event_member_no_json(struct event_member *m);
bc_status event_member_wrong_type(struct event_member *m, enum json_type type,
                                  const char *expected);
bc_status event_member_unknown(struct event_member *m, const char *where);

#endif
