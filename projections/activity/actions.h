/* projections/activity/actions.h - which actions are open, for whom, and until when.
 *
 * An action is known by its id, whatever deals its events carry. It is open from its last decision
 * on, which tells its deal, owner, text and day, until it is closed after that. Left out are those
 * of a deal that is gone or outside the slice that is asked for; those of no deal are always there.
 *
 * What is said of actions is gathered deal by deal, in parts, and settled once all were seen:
 *
 *     walk.wants.kinds |= BC_ACTION_KINDS;                          or bc_walk_everything
 *     bc_action_notes_see(&part->notes, deal, there, as_of_us);     for each deal of a part
 *     bc_action_notes_join(&all, &part->notes);                     part by part
 *     bc_action_notes_alone(&all, none.facts, none.n, as_of_us);    those about no deal
 *     bc_actions_settle(&actions, &all, day);                       the open ones
 *     first = bc_actions_of(&actions, deal_id); */
#ifndef BC_PROJECTIONS_ACTIVITY_ACTIONS_H
#define BC_PROJECTIONS_ACTIVITY_ACTIONS_H

#include "projections/walk/walk.h"

struct bc_action {
    struct bc_str action, deal, owner, text; /* "": none */
    struct bc_str due;                       /* a day as it was told, or "" */
    bool late;                               /* that day is over */
    int64_t decided_us;                      /* last */
    uint64_t seq;                            /* of that decision */
};

/* What was said of actions; `{ 0 }` is empty. */
struct bc_action_note {
    struct bc_action action; /* of a closing only its id */
    int64_t at_us;
    uint64_t seq;
    bool closes, there;
};
struct bc_action_notes {
    struct bc_action_note *at;
    size_t n, cap;
    bc_arena *arena;
};

/* What a walk is to read, and bc_about_none_read of what is about no deal. */
#define BC_ACTION_KINDS (BC_FACT_BIT(BC_FACT_ACTION_DECIDED) | BC_FACT_BIT(BC_FACT_ACTION_CLOSED))

/* Keeps what a deal tells by an instant; `there`: it is not gone then, and is in the slice. */
void bc_action_notes_see(struct bc_action_notes *notes, const struct bc_deal *deal, bool there,
                         int64_t as_of_us);
/* The same of facts about no deal, in the fold's order. */
void bc_action_notes_alone(struct bc_action_notes *notes, const struct bc_fact_at *facts, size_t n,
                           int64_t as_of_us);
void bc_action_notes_join(struct bc_action_notes *notes, const struct bc_action_notes *part);
void bc_action_notes_release(struct bc_action_notes *notes);

/* Those that are open, by the bytes of their ids; `{ 0 }` is empty. Texts are lent by the notes. */
struct bc_actions {
    struct bc_action *at;
    size_t n;
    const struct bc_action **of_deals; /* for bc_actions_of */
    size_t of_deal_n;
};
/* `day`: the civil date of the instant, which is over for what is due before it. Puts the notes
 * into an order of its own. */
void bc_actions_settle(struct bc_actions *out, struct bc_action_notes *notes, int64_t day);
/* Of those of a deal the one decided last, or NULL. */
const struct bc_action *bc_actions_of(const struct bc_actions *actions, struct bc_str deal);
void bc_actions_release(struct bc_actions *actions);

#endif
