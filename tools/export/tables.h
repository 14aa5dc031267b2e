/* tools/export/tables.h - what a ledger holds, as tables: those of every export, and all that the
 * metrics need, so that SQL alone makes each figure of them (tools/sql/).
 *
 * They are as known at the question's known-at under its rules. What stands over all time (visits,
 * standings, properties, meetings, e-mails) depends on no as-of date; what says how things are
 * (deals, anchors, experiments, findings) is as of the question's one date.
 *
 * A day is a number since 1970-01-01, in the zone of the rules; an instant belongs to the day at
 * whose end it has passed: `days` has the first instant of each. A run of days is first_day, which
 * is in it, and until_day, which is not: TABLES_ALWAYS and TABLES_NEVER where there is no such day.
 */
#ifndef BC_TOOLS_EXPORT_TABLES_H
#define BC_TOOLS_EXPORT_TABLES_H

#include "tools/ask/basis.h"

#define TABLES_ALWAYS (BC_DAY_MIN - 1)
#define TABLES_NEVER  (BC_DAY_MAX + 1)

enum column_type {
    COLUMN_TEXT,
    COLUMN_INTEGER,
    COLUMN_REAL,
    COLUMN_BOOL,
    COLUMN_INSTANT, /* microseconds since 1970, UTC; in `integer` */
};

struct table_column {
    const char *name;
    enum column_type type;
    bool null;    /* it may be */
    bool for_sql; /* a number that the views count with, and nobody reads: day 20178 */
};

struct table {
    const char *name;
    const char *what; /* "one row a visit of a deal to a stage" */
    const struct table_column *columns;
    size_t column_n;
    const char *key; /* the columns that no two rows share, with commas between; NULL: none */
};

/* The rows of a table come in a fixed order, but those of several in turn: from TABLE_DEALS to
 * TABLE_ANCHORS deal by deal. */
enum table_id {
    TABLE_BASIS,
    TABLE_ASKED,
    TABLE_DAYS,
    TABLE_SLICES,
    TABLE_STAGES,
    TABLE_METRIC_RULES,
    TABLE_METRIC_SETS,
    TABLE_DEALS,
    TABLE_STANDINGS,
    TABLE_VISITS,
    TABLE_PROPERTIES,
    TABLE_MEETINGS,
    TABLE_EMAILS,
    TABLE_ENROLMENTS,
    TABLE_ANCHORS,
    TABLE_EXPERIMENTS,
    TABLE_FINDINGS,
    TABLE_EVENTS,
    TABLE_N
};
#define TABLE_BIT(id) (UINT32_C(1) << (id))
#define TABLES_ALL    (TABLE_BIT(TABLE_N) - 1)

enum { TABLE_COLUMN_MAX = 24 };

extern const struct table tables[TABLE_N];
/* Its number by name, or TABLE_N. */
enum table_id tables_find(const char *name);

struct table_value {
    bool null;
    union {
        struct bc_str text; /* UTF-8 without U+0000 */
        int64_t integer;    /* and instants */
        double real;
        bool yes;
    };
};

/* Takes rows: a structure of the caller's begins with it. */
struct table_sink {
    /* `values` has one for each column, and lives for this call only, as do its texts. A negative
     * status ends the walk and is returned. */
    bc_status (*row)(struct table_sink *sink, const struct table *table,
                     const struct table_value *values, struct bc_err *err);
};

struct tables_ask {
    const struct basis *basis; /* has one date; was opened with typed.learning */
    const int32_t *asked;      /* days, ascending, each once */
    size_t asked_n;            /* at least one */
    uint32_t wanted;           /* TABLE_BIT() of each */
};

/* What this build does not know, and left out of `events`. */
struct tables_left {
    uint64_t bodies, fields;
};

/* Hands over every row of the tables that are wanted, in a fixed order, holding few at a time: one
 * walk over the deals, one over the log. */
bc_status tables_write(const struct tables_ask *ask, struct table_sink *sink,
                       struct tables_left *left, struct bc_err *err);

#endif
