/* tools/discover/discover_write.h - the parts of a map, each written from the guess. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_WRITE_H
#define BC_TOOLS_DISCOVER_DISCOVER_WRITE_H

#include "tools/discover/discover_draft.h"

/* discover_write_times.c */
/* The map's own `time`. */
void discover_write_time(struct discover_draft *draft);
/* "    time: closed_on" of an event, unless that is the map's own. */
void discover_write_time_of(struct discover_draft *draft, size_t column);
/* The cells that say that there is no time, "[n/a, \"\"]"; returns how many, or 0: only empty ones.
 */
size_t discover_add_nothing(struct discover_draft *draft, size_t column);
/* ", formats: [...]" of a property that is a day. */
void discover_add_day(struct discover_draft *draft, size_t column);

/* discover_write_words.c: what the source's words mean */
void discover_write_crosswalks(struct discover_draft *draft);
/* Which words of a column that says stages. */
enum discover_pick {
    DISCOVER_PICK_LOST,
    DISCOVER_PICK_CLOSED, /* won or lost, and no column of its own has their time */
    DISCOVER_PICK_OPEN,   /* neither */
    DISCOVER_PICK_ANY     /* of which no column of their own has the time */
};
/* Adds "[Won, Lost]", or nothing where there are none; returns how many. */
size_t discover_add_words(struct discover_draft *draft, size_t column, enum discover_pick pick);
/* How many there are. */
size_t discover_count_words(const struct discover_draft *draft, size_t column,
                            enum discover_pick pick);

/* discover_write_events.c */
void discover_write_events(struct discover_draft *draft);
/* discover_write_log.c: of a log of changes */
void discover_write_log(struct discover_draft *draft);
/* And the lines of its `skip_rows`. */
void discover_write_log_skipped(struct discover_draft *draft);

/* discover_write_columns.c: the deal, properties, and what gives nothing */
void discover_write_deal(struct discover_draft *draft);
void discover_write_skipped(struct discover_draft *draft);
void discover_write_properties(struct discover_draft *draft);
void discover_write_ignored(struct discover_draft *draft);

#endif
