/* tools/import/csv/csv_summary.h - what is to be said of a table once it was read. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_SUMMARY_H
#define BC_TOOLS_IMPORT_CSV_CSV_SUMMARY_H

#include "tools/import/importer.h"

/* How often something was met, and where first. */
struct csv_times {
    uint64_t n, line;
};

struct csv_summary {
    struct csv_times unnamed;   /* rows that no `when` names, and that gave no event */
    struct csv_times bare;      /* and those that gave properties alone */
    bool newest_first;          /* found so, and taken from the last row to the first */
    struct csv_times at_once;   /* changes at the instant of another: the map gives no order */
    struct csv_times tie;       /* changes at the instant of another, that do not go on from it */
    struct csv_times from;      /* and the other changes that do not */
    struct csv_times beginning; /* changes of deals without one before, that name a stage before */
    struct csv_times other;     /* what the map takes once, and was said otherwise later */
    struct csv_times blanks;    /* rows with blanks around an id */
    uint64_t blank_line;        /* of the last of these; one row may make several events */
    struct csv_times no_number; /* amounts that are no numbers, taken as they are */
    struct csv_times either;    /* amounts as 12.500, taken with a decimal point */
    struct csv_times no_day;    /* dates that are none, left out as the map says */
};

void csv_times_add(struct csv_times *times, uint64_t line);
/* "3 events without a name (the first on line 7)", if it was met, and what is to be said then. */
void csv_times_tell(const struct csv_times *times, const char *note, const char *one,
                    const char *many, const char *rest, importer_say *say, void *to);
/* A sentence for each that was met. */
void csv_summary_tell(const struct csv_summary *summary, importer_say *say, void *to);

#endif
