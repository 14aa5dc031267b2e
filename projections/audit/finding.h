/* projections/audit/finding.h - the kinds of findings, a row each. A new kind is a constant here, a
 * row in finding.c, and the code that finds it. */
#ifndef BC_PROJECTIONS_AUDIT_FINDING_H
#define BC_PROJECTIONS_AUDIT_FINDING_H

#include "projections/report/question.h"

/* In the order in which they are counted and listed; nothing else depends on it. */
enum bc_finding_kind {
    BC_START_NOT_ALLOWED,
    BC_MOVE_NOT_ALLOWED,
    BC_UNKNOWN_STAGE,
    BC_LOST_WITHOUT_REASON,
    BC_WON_WITHOUT_CONTRACT,
    BC_BAD_DATE, /* a contract date at A */
    BC_UNKNOWN_RED_LINE,
    BC_DATED_AFTER_RECORDED, /* whenever it is dated */
    BC_FROM_DIFFERS,         /* a change was told to come from another stage than it does */
    BC_UNKNOWN_WORD,   /* that costs a place in a figure; of a stage or red line it is theirs */
    BC_RENEWS_UNKNOWN, /* what it renews at A is no deal, whenever */
    BC_NEVER_CREATED,  /* something was done for it by A, and nothing tells of it, whenever */
    BC_CREATED_TWICE,
    BC_ARM_CHANGED, /* enrolled again, in another arm than the first one */
    BC_ENROLLED_AFTER_CONCLUSION,
    BC_TOO_MANY_RUNNING, /* experiments, at A */
    BC_NO_HYPOTHESIS,
    BC_CONCLUDED_WITHOUT_LEARNING,
    BC_UNKNOWN_METRIC,    /* of an experiment */
    BC_BAD_AMOUNT,        /* at A: a property that is to be one, or what an experiment cost */
    BC_BAD_INTERVAL,      /* at A: an end before its start */
    BC_BREACH_UNANSWERED, /* of a red line, by A */
    BC_STAGE_SKIPPED,     /* a move that is not allowed, where there is a path of allowed ones:
                             skipped has the stages on the shortest */
    BC_UNQUALIFIED, /* a stage whose exit needs a qualification was left for one that is not lost,
                       and none was recorded */
    BC_MOVED_BEFORE_CREATION,
    BC_DATE_BEFORE_CREATION, /* a contract date at A */
    BC_TYPE_DOES_NOT_FIT,    /* to a stage, by the rules */
    BC_PARKED_PAST_DATE, /* parked_until has come, and the deal has not moved since it was set */
    BC_LOST_WITHOUT_LEARNING, /* in a lost stage at A, no learning recorded by then */
    BC_WON_WITHOUT_DOCUMENTS, /* in a won stage at A */
    BC_FINDING_KIND_N
};

/* Sets of kinds: a bit each. */
typedef uint32_t bc_finding_set;
#define BC_FINDING_BIT(kind) ((bc_finding_set)1 << (kind))
_Static_assert(BC_FINDING_KIND_N <= 32, "a set has a bit for each kind");

/* What a finding may hold besides its deal and kind. */
enum bc_finding_cell {
    BC_CELL_NONE,
    BC_CELL_FROM, /* stages as named in the rules, if they are there; arms */
    BC_CELL_TO,
    BC_CELL_STAGE,
    BC_CELL_SKIPPED,  /* a list of stages */
    BC_CELL_MISSING,  /* a list: enum bc_missing */
    BC_CELL_FIELD,    /* what the word is: bc_word_field_name */
    BC_CELL_PROPERTY, /* empty in a finding about an experiment */
    BC_CELL_VALUE,    /* of the property, as it was set; the word */
    BC_CELL_START,    /* civil days as they were set */
    BC_CELL_END,
    BC_CELL_COSTS, /* what the word does not do */
    BC_CELL_DEAL_TYPE,
    BC_CELL_RED_LINE,
    BC_CELL_DATE, /* a civil day */
    BC_CELL_DAYS, /* within which the rules want a breach answered */
    BC_CELL_EXPERIMENT,
    BC_CELL_METRIC,
    BC_CELL_N,           /* how many experiments, */
    BC_CELL_EXPERIMENTS, /* and a list of them */
    BC_CELL_TOLD,        /* a stage that a change was told to come from, */
    BC_CELL_FOUND,       /* and the one that the deal was in; empty: none */
    BC_CELL_AT,          /* the event's instant */
    BC_CELL_EVENT,       /* the id of its event */
    BC_FINDING_CELL_N
};
/* "from", ..., "redLine"; and the other way round, or BC_CELL_NONE. */
const char *bc_finding_cell_key(enum bc_finding_cell cell);
enum bc_finding_cell bc_finding_cell_of(struct bc_str key);

#define BC_FINDING_CELL_MAX 6 /* cells of one kind, with the BC_CELL_NONE after the last */

struct bc_finding_row {
    const char *word; /* "start_not_allowed" */
    bool usual;       /* found by default; else about the playbook's habits */
    bool no_deal;     /* it is about no deal */
    enum bc_finding_cell cells[BC_FINDING_CELL_MAX]; /* what programs get, in this order */
    const char *sentence; /* for people, after the deal; {from} is the cell of that key */
};
/* It is static. */
const struct bc_finding_row *bc_finding_row(enum bc_finding_kind kind);
/* Do programs get that cell of it? */
bool bc_finding_has(enum bc_finding_kind kind, enum bc_finding_cell cell);

bc_finding_set bc_findings_usual(void);
bc_finding_set bc_findings_all(void);
/* The usual ones that are about a deal. */
bc_finding_set bc_findings_of_deals(void);
/* Those that read what no metric reads. */
bc_finding_set bc_findings_of_learning(void);

enum bc_missing {
    BC_MISSING_START = 1,
    BC_MISSING_END = 2,
    BC_MISSING_MRR = 4,
    BC_MISSING_AGREEMENT = 8, /* signed */
    BC_MISSING_ORDER = 16,
    BC_MISSING_HANDOFF = 32,
};
#define BC_MISSING_N 6
struct bc_missing_row {
    enum bc_missing bit;
    const char *word; /* "contract_start" */
};
extern const struct bc_missing_row bc_missing_rows[BC_MISSING_N];

#endif
