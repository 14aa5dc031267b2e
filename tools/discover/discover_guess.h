/* tools/discover/discover_guess.h - what a table is, and what its columns are, by their names and
 * by what stands in them. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_GUESS_H
#define BC_TOOLS_DISCOVER_DISCOVER_GUESS_H

#include "tools/discover/discover_names.h"
#include "tools/discover/discover_survey.h"

#define DISCOVER_NO_COLUMN SIZE_MAX

enum discover_shape {
    DISCOVER_HISTORY, /* a row a change of stage */
    DISCOVER_DEALS,   /* a row a deal, with its stage, or with a date for each */
    DISCOVER_LOG      /* a row a change of anything: what, and into what */
};

/* Why a column was taken for what it is. */
enum discover_why { DISCOVER_BY_NAME, DISCOVER_BY_WORDS, DISCOVER_ONLY_TIME, DISCOVER_BY_TITLE };

/* What only whole rows tell. */
struct discover_counts {
    uint64_t no_deal;           /* rows, */
    uint64_t blank;             /* of a history: those of a deal without a time and a stage */
    uint64_t no_time, no_stage; /* and of the others */
    bool rises, falls;          /* the times of one deal, from row to row */
    bool in_order;              /* a deal's rows are read from the oldest on */
    uint64_t at_once;           /* changes of stage at the instant of the deal's change before, */
    uint64_t at_once_line;      /* and the first of them */
    bool created_varies;        /* of one deal */
    uint64_t open_undated;      /* rows of a deal in a stage of which the table has no time */
    uint64_t closed_undated;    /* the same, won or lost */
    uint64_t no_dates;          /* rows of a deal, no stage said, with none of the stages' times */
    uint64_t time_missing;      /* rows whose stage has a column of its own, which is empty */
};

struct discover_guess {
    const struct discover_survey *survey;
    const bc_rules *rules;
    enum discover_shape shape;
    struct discover_named *named;  /* of each column; of no role: it is left out */
    struct discover_choice *times; /* of each, in which formats */
    size_t of[DISCOVER_ROLES];     /* the column taken for a role, or DISCOVER_NO_COLUMN */
    enum discover_why why[DISCOVER_ROLES];
    size_t time;                /* the column of the table's time, or DISCOVER_NO_COLUMN */
    size_t order_column;        /* one whose values tell day from month, or DISCOVER_NO_COLUMN */
    uint64_t stages_with_times; /* set of those that have a column of their own */
    struct discover_words stage_words; /* of a log: the values that are stages */
    struct discover_counts counts;
};

/* Borrows both. */
bc_status discover_guess(struct discover_guess *out, const struct discover_survey *survey,
                         const bc_rules *rules, struct bc_err *err);
void discover_guess_release(struct discover_guess *guess); /* a zeroed one is fine */

/* Whether a column has a role that is a time's. */
bool discover_is_time_role(const struct discover_named *named);

#endif
