/* tools/show/unknown_notes.h - beside figures: what they miss, since the rules do not know its
 * words.
 */
#ifndef BC_TOOLS_SHOW_UNKNOWN_NOTES_H
#define BC_TOOLS_SHOW_UNKNOWN_NOTES_H

#include "projections/report/unknown.h"
#include "tools/ask/notes.h"

/* Adds a note "unknown_words" for each kind of such words, with how many there are. `slice` is that
 * of the rules which alone is shown, or -1: deal types cost nothing in a slice of every deal.
 * `when` begins each text: "on 2025-03-31, ", or "". */
void unknown_notes_add(struct notes *notes, const bc_rules *rules,
                       const struct bc_unknown_counts *unknown, int slice, const char *when);
/* The same beside an answer about one deal, from its counts alone. */
void unknown_notes_add_deal(struct notes *notes, const bc_rules *rules,
                            const struct bc_unknown_counts *unknown, int slice);

#endif
