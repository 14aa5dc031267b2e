/* projections/explain/explain_not.h - why a figure does not count a deal.
 *
 * Every condition that kept the deal out is named, not only the first, and with each the event that
 * it rests on, where there is one. Where the metric looks at several things of a deal (meetings,
 * e-mails, visits), each is named with what kept it out. A deal that is counted has no reasons. */
#ifndef BC_PROJECTIONS_EXPLAIN_EXPLAIN_NOT_H
#define BC_PROJECTIONS_EXPLAIN_EXPLAIN_NOT_H

#include "projections/report/question.h"

/* What a reason holds beside its kind: in brackets. `at` is an instant. */
enum bc_reason_kind {
    BC_NOT_KNOWN,     /* no event about such a deal is known */
    BC_NOT_YET,       /* its first event is later than the date (at, event) */
    BC_NOT_THERE,     /* deleted, or merged into another (at, event) */
    BC_NOT_IN_SLICE,  /* value: its deal type, empty for none (event) */
    BC_NOT_OF_TYPE,   /* the metric counts other types; value: its deal type (event) */
    BC_VALUE_MISSING, /* value: the property that is to have one (event: unset by) */
    BC_VALUE_THERE,   /* value: the property that is to have none (event) */
    BC_NO_STAGE_YET,  /* it has no stage at the date */
    BC_NOT_IN_STAGE,  /* value: the stage that it is in (at: entered; event) */
    BC_NO_START,      /* contract_start is not set (event: unset by) */
    BC_NO_END,        /* contract_end is not set */
    BC_BAD_START,     /* contract_start is no date (value, event) */
    BC_BAD_END,       /* contract_end is no date (value, event) */
    BC_NOT_BEGUN,     /* the contract begins later (days until then, event) */
    BC_ENDED,         /* the contract has ended (days since then, event) */
    BC_NOT_ENDED,     /* the contract goes on (days until its end, event) */
    BC_NOT_IN_BUCKET, /* days from the date to its end, negative: since (event) */
    BC_NO_SERVICE,    /* the service has ended (at, event) */
    BC_RENEWED,       /* value: the deal that renews it */
    BC_NEVER_ENTERED, /* no entry into the stages up to the date */
    BC_ENTRY_OUTSIDE, /* entered, but not in the window (value: stage, at, event) */
    BC_ENTRY_FOUND,   /* found in the stage, when it came is not known (value, at, event) */
    BC_ENTRY_INSIDE,  /* came from another stage of the set (value, at, event) */
    BC_NEVER_IN,      /* never in the stage up to the date */
    BC_STILL_IN,      /* has not left the stage (value, at: entered, event) */
    BC_LEFT_OUTSIDE,  /* left, but before the window (value, at: left, event: of the visit) */
    BC_NO_BEGINNING,  /* no entry into the first stage at or before the last one's (at, event) */
    BC_NO_MEETING,    /* no meeting logged up to the date */
    BC_NOT_HELD,      /* value: the meeting's outcome (item, event) */
    BC_WRONG_TYPE,    /* value: the meeting's type (item, event) */
    BC_WRONG_STAGE,   /* value: the stage when the meeting or e-mail was (item, at, event) */
    BC_OUTSIDE,       /* the meeting or e-mail is not in the window (item, at, event) */
    BC_NO_EMAIL,      /* no e-mail sent up to the date */
    BC_REASON_KIND_N
};
/* "unknown_deal", ... */
const char *bc_reason_name(enum bc_reason_kind kind);

struct bc_reason {
    enum bc_reason_kind kind;
    struct bc_str item;  /* id of the meeting or e-mail */
    struct bc_str value; /* see the kinds */
    bool has_at, has_days;
    int64_t at_us;
    int32_t days;
    uint64_t seq;        /* of the event that it rests on, or 0 */
    struct bc_str event; /* its id */
};

struct bc_explanation_not {
    struct bc_str deal;
    bool counted;
    struct bc_reason *reasons;
    size_t n, cap;
    bc_arena *arena;
};

/* For one metric of the question's rules in one of their slices; the question has one date. The
 * caller frees *out. */
bc_status bc_explain_not(struct bc_explanation_not **out, bc_timelines *timelines,
                         const struct bc_question *question, size_t metric, size_t slice,
                         struct bc_str deal, struct bc_err *err);
void bc_explanation_not_free(struct bc_explanation_not *explanation); /* NULL is fine */

#endif
