/* projections/report/unknown.h - how many deals, meetings and losses say something in words that
 * the rules do not know, or have no deal type, at each date: what the figures miss. */
#ifndef BC_PROJECTIONS_REPORT_UNKNOWN_H
#define BC_PROJECTIONS_REPORT_UNKNOWN_H

#include "projections/deal/known_words.h"
#include "projections/deal/view.h"

/* Of deals that are there and have stood in a stage; and of what belongs to any deal that is there.
 * A meeting counts once for each of its deals. */
enum bc_unknown {
    BC_UNKNOWN_OF,      /* all deals that are counted */
    BC_UNKNOWN_NO_TYPE, /* those without a deal type, */
    BC_UNKNOWN_TYPE,    /* and with one that is in no slice of some types; where there are such */
    BC_UNKNOWN_OUTCOME, /* meetings of another outcome than any that is known */
    BC_UNKNOWN_MEETING, /* that would have counted by their stage, but for their type */
    BC_UNKNOWN_REASON,  /* losses */
    BC_UNKNOWN_N
};

/* At one date. */
struct bc_unknown_counts {
    uint64_t n[BC_UNKNOWN_N];
};

/* Sums over some deals, as differences from date to date. */
struct bc_unknown_tally {
    const struct bc_known_words *known; /* borrowed */
    bool typed;                         /* a slice is of some deal types */
    bool leaves_meetings;               /* no metric asks for any: their words cost nothing */
    size_t date_n;
    int64_t *at[BC_UNKNOWN_N];
};

void bc_unknown_init(struct bc_unknown_tally *tally, const struct bc_known_words *known,
                     size_t date_n);
void bc_unknown_release(struct bc_unknown_tally *tally);
/* Adds the deal of a view. */
void bc_unknown_add(struct bc_unknown_tally *tally, const struct bc_view *view);
void bc_unknown_join(struct bc_unknown_tally *tally, const struct bc_unknown_tally *part);
/* Fills the counts of each date. */
void bc_unknown_finish(const struct bc_unknown_tally *tally, struct bc_unknown_counts *out);

/* The counts of one deal alone, from its view, which is of one date. */
void bc_unknown_of_deal(struct bc_unknown_counts *out, const struct bc_view *view,
                        const bc_rules *rules, const bc_string_table *strings);

#endif
