/* tools/discover/discover_formats.h - the ways in which tables are found to write times, and which
 * of them a column has. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_FORMATS_H
#define BC_TOOLS_DISCOVER_DISCOVER_FORMATS_H

#include "tools/import/csv/csv_time.h"

/* A set of formats: bit i for the i-th. */
typedef uint64_t discover_formats;

const struct csv_format *discover_format(unsigned which);
/* In which of them a cell is a time from 1990 to 2099, or a day of any year. */
discover_formats discover_formats_of(struct bc_str text);
/* Those of numbers: only a column's name tells them from other numbers. */
discover_formats discover_formats_numbers(void);

/* How often cells fit one set of formats, and an example. */
struct discover_fit {
    discover_formats set;
    uint64_t n;
    struct bc_str example;
};

#define DISCOVER_CHOICE_MOST 4
/* The fewest formats in which all cells are that are times at all. */
struct discover_choice {
    unsigned format[DISCOVER_CHOICE_MOST];
    size_t n;
    int first; /* 1: day before month, -1: month before day, 0: in no format that has both orders */
    const struct discover_fit *proof; /* cells that are times in that order only; NULL: none */
    bool both;                        /* and others are only in the other order */
};
/* `numbers`: those of numbers, too. */
struct discover_choice discover_choose(const struct discover_fit *fits, size_t n, bool numbers);
/* The same format in the other order, or itself where it has none. */
unsigned discover_turned(unsigned format);

#endif
