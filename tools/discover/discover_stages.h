/* tools/discover/discover_stages.h - which columns of a guess say a deal's stage, and what their
 * words mean. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_STAGES_H
#define BC_TOOLS_DISCOVER_DISCOVER_STAGES_H

#include "tools/discover/discover_guess.h"

/* The words of the column that says a deal's stage; NULL: none does. */
const struct discover_words *discover_stage_words(const struct discover_guess *guess);
/* Which column says whether a deal is won or lost: its status or its stage. */
size_t discover_closing(const struct discover_guess *guess);
/* The stage of the rules that a word means, or BC_NO_STAGE. */
int discover_stage_of(const struct discover_guess *guess, struct bc_str word);
/* Won, lost or what comes after. */
bool discover_is_closed(const struct discover_guess *guess, int stage);
/* Whether a column of its own has the times of a stage. */
bool discover_is_timed(const struct discover_guess *guess, int stage);
/* The column that says when a lost deal was lost, or DISCOVER_NO_COLUMN. */
size_t discover_lost_time(const struct discover_guess *guess);

#endif
