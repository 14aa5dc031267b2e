/* projections/explain/reason.h - the kinds of reasons why a deal is not counted, a row each. A new
 * kind is a constant here, a row in reason.c, and the code that gives it. */
#ifndef BC_PROJECTIONS_EXPLAIN_REASON_H
#define BC_PROJECTIONS_EXPLAIN_REASON_H

#include "projections/report/question.h"

enum bc_reason_kind {
    BC_NOT_KNOWN,
    BC_NOT_YET, /* at: of its first event */
    BC_NOT_THERE,
    BC_NOT_IN_SLICE,  /* its deal type, empty for none */
    BC_NOT_OF_TYPE,   /* the same */
    BC_VALUE_MISSING, /* the property that must have one; event: unset by */
    BC_VALUE_THERE,   /* the property that must have none */
    BC_NO_STAGE_YET,
    BC_NOT_IN_STAGE, /* the stage that it is in; at: entered */
    BC_NO_START,     /* event: unset by */
    BC_NO_END,
    BC_BAD_START, /* what was set */
    BC_BAD_END,
    BC_NOT_BEGUN,     /* days until then */
    BC_ENDED,         /* days since then */
    BC_NOT_ENDED,     /* days until its end */
    BC_NOT_IN_BUCKET, /* days from the date to its end, negative: since */
    BC_NO_SERVICE,
    BC_RENEWED, /* the deal that renews it */
    BC_NEVER_ENTERED,
    BC_ENTRY_OUTSIDE,
    BC_ENTRY_FOUND,
    BC_ENTRY_INSIDE,
    BC_NEVER_IN,
    BC_STILL_IN,     /* at: entered */
    BC_LEFT_OUTSIDE, /* at: left; event: of the visit */
    BC_NO_BEGINNING, /* no entry into the first stage at or before the last one's */
    BC_NO_MEETING,
    BC_NOT_HELD,    /* the meeting's outcome */
    BC_WRONG_TYPE,  /* the meeting's type */
    BC_WRONG_STAGE, /* the stage when the meeting or e-mail was, empty for none; at: when */
    BC_OUTSIDE,     /* at: when the meeting or e-mail was */
    BC_NO_EMAIL,
    BC_REASON_KIND_N
};

/* What a reason has besides its kind and its event, if any. */
struct bc_reason_row {
    const char *word;  /* "unknown_deal" */
    const char *value; /* the key of its value, for programs: "dealType"; NULL: it has none */
    bool from_event;   /* the value is the property's, as the event set it */
    bool at, days, item;
    /* For people. In braces: the value by its key, "none" where it is empty; {days}, or for days
     * either way {days} and {side}: before or after. */
    const char *sentence;
};
/* It is static. */
const struct bc_reason_row *bc_reason_row(enum bc_reason_kind kind);

#endif
