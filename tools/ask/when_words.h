/* tools/ask/when_words.h - days and periods as people say them: `last sunday`, `2025-q1`, `2 weeks
 * ago`, `end of last month`. */
#ifndef BC_TOOLS_ASK_WHEN_WORDS_H
#define BC_TOOLS_ASK_WHEN_WORDS_H

#include <stdint.h>

enum when_words {
    WHEN_WORDS_OTHER,  /* another form */
    WHEN_WORDS_DAY,    /* first and last are the same */
    WHEN_WORDS_PERIOD, /* a week, month, quarter or year of the calendar */
    WHEN_WORDS_UNCLEAR /* what may mean two days: `*why` says what of it, and what was expected */
};

struct when_days {
    int32_t first, last; /* may lie outside of the calendar (ledger/base/instant.h) */
};

/* Reads words with blanks or single dashes between them, in small letters or large:
 *
 *     monday          the last one up to today; `last monday` before today, `next monday` after it
 *     tomorrow
 *     2 weeks ago     days, weeks, months, quarters, years; `a` is 1
 *     last week       also `this` and `next`; weeks begin on Monday; month, quarter, year
 *     2025, 2025-03, march 2025, 2025-q1
 *     end of ...      of one of these periods its last day; `beginning of`, `start of`: its first
 *
 * Today is a day from 1970-01-01 to 9999-12-31. */
enum when_words when_words_read(struct when_days *out, const char **why, const char *text,
                                int32_t today);

#endif
