/* projections/deal/deal.h - one deal, folded from its facts.
 *
 * The fold takes the facts that known-at lets through, drops retracted ones, orders the rest by
 * (occurred_us, seq), and turns them into visits, property settings, meetings and so on, over all
 * time. Nothing is cut off at an as-of date: that is up to the caller. (A property read backwards
 * depends on what was set after the date, so a fold that stopped there would be wrong.) */
#ifndef BC_PROJECTIONS_DEAL_DEAL_H
#define BC_PROJECTIONS_DEAL_DEAL_H

#include "projections/deal/fact_order.h"
#include "projections/deal/visible.h"
#include "projections/facts/facts.h"
#include "projections/rules/rules.h"

#define BC_NEVER INT64_MAX /* an instant that has not come */

struct bc_visit {
    int stage;                   /* of the rules, or BC_NO_STAGE */
    uint32_t word;               /* the stage's id as recorded */
    bool observed;               /* when it began is not known */
    int64_t entered_us, left_us; /* [entered, left); BC_NEVER: open */
    uint64_t seq;                /* of the event that it began with */
};

/* A property was set, or unset (value 0). */
struct bc_setting {
    int64_t occurred_us;
    uint64_t seq;
    uint32_t value;     /* as its fact's */
    struct bc_id128 id; /* BC_P_RENEWS */
};

/* The deal was removed, or came back. */
struct bc_presence {
    int64_t occurred_us;
    uint64_t seq;
    bool gone;
};

/* One version of a meeting or of an e-mail; those of one id are adjacent, in the fold's order. */
struct bc_activity {
    struct bc_id128 id;
    int64_t occurred_us;
    uint64_t seq;
    int64_t until_us;       /* when the next version came, or BC_NEVER */
    int64_t starts_us;      /* meeting */
    uint32_t type, outcome; /* meeting: numbers in the string table */
    uint32_t campaign;      /* e-mail: number in the string table */
    int64_t opened_us;      /* e-mail: the first open of its id, or BC_NEVER */
    uint64_t opened_seq;
};

/* An e-mail was opened. */
struct bc_open {
    struct bc_id128 id;
    int64_t occurred_us;
    uint64_t seq;
};

/* A pivot was decided, or decided not to be; only among the facts about no deal. */
struct bc_pivot {
    int64_t occurred_us;
    uint64_t seq;
    uint32_t red_line; /* number in the string table; 0: all of them */
    bool stay;         /* it resets nothing */
};

/* Something that happened; in the fold's order. */
struct bc_mark {
    int64_t occurred_us;
    uint64_t seq;
    uint32_t value; /* as its fact's */
};
struct bc_marks {
    struct bc_mark *at;
    size_t n, cap;
};

#define BC_NO_VISIT SIZE_MAX

/* A change of stage that was told to come from another stage than the deal was in. */
struct bc_from_differs {
    int64_t occurred_us;
    uint64_t seq;
    uint32_t told; /* the stage's id, a number in the string table */
    size_t found;  /* the index of the visit before, or BC_NO_VISIT */
};

struct bc_deal {
    struct bc_str id;
    int64_t begun_us; /* the first instant of its facts; events that make none may be earlier */
    struct bc_visit *visits;
    size_t visit_n, visit_cap;
    struct {
        struct bc_setting *at;
        size_t n, cap;
    } settings[BC_P_N];
    struct bc_presence *presences;
    size_t presence_n, presence_cap;
    struct bc_activity *meetings;
    size_t meeting_n, meeting_cap;
    struct bc_activity *emails;
    size_t email_n, email_cap;
    struct bc_pivot *pivots;
    size_t pivot_n, pivot_cap;
    uint64_t *reports; /* seqs of issued reports; only among the facts about no deal */
    size_t report_n, report_cap;
    struct bc_marks ahead;     /* events that are dated after they were recorded */
    struct bc_marks creations; /* begun, not found */
    struct bc_marks unlisted;  /* losses for a reason that is not listed */
    struct bc_marks misnamed; /* properties of a name that was meant for another; value: the name */
    bool is_told;             /* it was created or found, or stood in a stage, at some time */
    struct bc_mark activity;  /* where it was not, the first thing done for it; seq 0: nothing */
    struct bc_from_differs *froms;
    size_t from_n, from_cap;
    struct bc_open *opens; /* of any e-mail, sent or not; in the fold's order */
    size_t open_n, open_cap;
    int64_t opened_us;                 /* the first of them, or BC_NEVER */
    const struct bc_fact_at *learning; /* the facts of projections/facts/learning.h, if asked for */
    size_t learning_n;
    /* The first of each, or BC_NEVER. `created`: begun, not found. */
    int64_t service_ended_us, lost_us, created_us, qualified_us, learning_us, signed_us, ordered_us,
        handed_us;
    uint64_t service_ended_seq;
};

/* When a deal with all its facts, and those of the family learning, is there from: the first
 * instant of them. */
static inline int64_t bc_deal_begun(const struct bc_deal *deal)
{
    const bool learning = deal->learning_n && deal->learning[0].occurred_us < deal->begun_us;

    return learning ? deal->learning[0].occurred_us : deal->begun_us;
}

/* Folds one deal after another into the same memory. */
typedef struct bc_folder bc_folder;

/* `strings` and `rules` are borrowed, and must not grow while the folder is used. */
bc_folder *bc_folder_new(const bc_string_table *strings, const bc_rules *rules,
                         struct bc_visible visible);
void bc_folder_free(bc_folder *folder); /* NULL is fine */
/* Leaves out what the caller does not read; set before the first fold. */
void bc_folder_want(bc_folder *folder, const struct bc_wants *wants);
/* *out lives until the next call. BC_E_DAMAGED: these are no facts. */
bc_status bc_fold(bc_folder *folder, struct bc_str deal, struct bc_str facts,
                  const struct bc_deal **out, struct bc_err *err);

/* The same with what the deal has in the family learning, of the kinds that are wanted. */
bc_status bc_fold_learning(bc_folder *folder, struct bc_str deal, struct bc_str facts,
                           struct bc_str learning, const struct bc_deal **out, struct bc_err *err);

/* The visit that holds an instant (one of length zero holds none), or NULL. */
const struct bc_visit *bc_deal_visit_at(const struct bc_deal *deal, int64_t us);

/* The first visit, from index `i` on, that is an entry (not observed) into a stage of the set, or
 * NULL. */
const struct bc_visit *bc_deal_entry(const struct bc_deal *deal, size_t i, bc_stage_set stages);

#endif
