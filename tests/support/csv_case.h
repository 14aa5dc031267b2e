/* tests/support/csv_case.h - a table and a map as files, and what an importer makes of them. */
#ifndef BC_TESTS_SUPPORT_CSV_CASE_H
#define BC_TESTS_SUPPORT_CSV_CASE_H

#include "ledger/base/mem.h"

/* deal d, time t in UTC, stage s; then what a case adds. */
#define TIME "time: { column: t, formats: [rfc3339, \"%Y-%m-%d %H:%M\"], zone: UTC }\n"
#define DEAL "name: x\ndeal: \"{d}\"\n" TIME
#define MOVE "events:\n  - stageChanged: { to: \"{s}\" }\n"
#define AT   "2025-03-01T10:00:00Z"
/* What is said of changes that only their rows put in order. */
#define AT_ONCE(line)                                                                              \
    "order: 1 change has the day, or the instant, of its deal's change before it, and was taken "  \
    "as "                                                                                          \
    "the rows stand (line " line "); a time of day, `order` or `order_by` says which came first\n"
#define AT_ONCE_ALL(n, line)                                                                       \
    "order: " n " changes have the day, or the instant, of their deal's change before them, and "  \
    "were taken as the rows stand (the first on line " line "); a time of day, `order` or "        \
    "`order_by` says which came first\n"
/* Changes from a stage, column f. */
#define LOG                                                                                        \
    "crosswalks: { st: { values: { A: a, b: b } } }\nignore_columns: []\n"                         \
    "events:\n  - stageChanged: { to: \"{s}\", from: { column: f, crosswalk: st } }\n"             \
    "skip_rows: { c: never }\n"
/* What is said of an id. */
#define SHORT(id)                                                                                  \
    "\"" id "\" is an id in exponent form, whose last digits are lost; export the column as text " \
    "(`exponents: keep` takes it as it is)\n"

struct csv_case {
    const char *name, *map, *table, *want; /* @ in the table stands for a NUL */
};

/* Where the two files lie; made and removed with a group of tests. */
extern char csv_case_table[], csv_case_map[];
int csv_case_begin(void **state);
int csv_case_end(void **state);

void csv_case_write(const char *path, struct bc_str bytes);
/* Fails unless the events, or only their ids, and the faults are those wanted (import.h). */
void csv_case_check(const struct csv_case *made, bool ids);

#endif
