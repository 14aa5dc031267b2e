/* projections/activity/people.h - who did what in a window: events by kind, moves of deals, deals
 * touched; and which roles people hold.
 *
 * Counted are events of deals that are not gone at the question's one date and are in the slice,
 * and in a slice of every deal those of no deal. An event that was retracted did not happen; the
 * retraction did. Moves are between stages, so that neither a creation nor a stage in which a deal
 * was found is one; those that the rules do not know have no order. */
#ifndef BC_PROJECTIONS_ACTIVITY_PEOPLE_H
#define BC_PROJECTIONS_ACTIVITY_PEOPLE_H

#include "projections/report/question.h"

enum bc_people_by { BC_PEOPLE_BY_ACTOR, BC_PEOPLE_BY_SOURCE };

enum bc_person_move_kind {
    BC_PERSON_FORWARD, /* by the order of the rules, between stages of other kinds than lost */
    BC_PERSON_BACKWARD,
    BC_PERSON_LOST, /* to a stage of kind lost */
    BC_PERSON_REOPENED,
    BC_PERSON_MOVE_N
};

/* What is asked, beside the question's one date. Texts are borrowed. */
struct bc_people_ask {
    unsigned slice;   /* of the rules */
    int64_t since_us; /* the window begins after it; INT64_MIN: with the first event */
    enum bc_people_by by;
    bool list; /* the deals of what one did are wanted: of moves of a kind, */
    struct bc_str list_who;
    enum bc_person_move_kind list_move; /* or BC_PERSON_MOVE_N: of events of a kind, */
    enum bc_body list_body;             /* or BC_NO_BODY: of all events */
};

struct bc_person {
    struct bc_str who; /* "": nobody said who */
    uint64_t n;        /* events */
    uint64_t of[BC_BODY_END];
    uint64_t moves[BC_PERSON_MOVE_N];
    uint64_t deals;             /* that some event is about */
    const struct bc_str *roles; /* held at the date, in byte order; by source none */
    size_t role_n;
};

struct bc_people {
    struct bc_person *rows; /* in byte order; who did nothing and holds no role has none */
    size_t row_n, row_cap;
    struct bc_str *deals; /* those that are listed, in byte order */
    size_t deal_n;
    bc_arena *arena;
};

/* Reads the log from its beginning, beside a walk over the deals. It was opened with all that is
 * kept beside it (bc_ledger_open_all). The caller frees *out. */
bc_status bc_people_make(struct bc_people **out, bc_timelines *timelines,
                         const struct bc_question *question, const struct bc_people_ask *ask,
                         struct bc_err *err);
void bc_people_free(struct bc_people *people); /* NULL is fine */

#endif
