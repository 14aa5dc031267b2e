/* tools/import/csv/csv_map.h - what a table's columns and rows mean, as data.
 *
 * A map is YAML. Where a text is wanted, `{column}` in it stands for the row's cell, `{{` and `}}`
 * for a brace; where a column is wanted, its name alone.
 * What it may say is on the page `backcast help maps` (tools/cmd/maps.scd).
 *
 * An event is named, with its fields, as in the JSON form. A field is a text, or a map: { column,
 * crosswalk }, { day: column, formats } for a civil date, { list: column, split: ";" }, of which a
 * field for one text makes an event each, as `deal` does; an instant
 * is written as `time` is. A day is the one that the cell shows, by its own offset if it has one;
 * where a `zone` is given with the day, that zone's. A row that makes no event and is not skipped
 * is an error, as is an event whose time is missing. Where `properties` are given beside events
 * that have a `when`, a row that none of these names is taken for its properties, and such rows are
 * counted. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_MAP_H
#define BC_TOOLS_IMPORT_CSV_CSV_MAP_H

#include "ledger/record/event.h"
#include "tools/import/csv/csv_decode.h"
#include "tools/import/csv/csv_seen.h"
#include "tools/import/csv/csv_time.h"

#define CSV_COLUMN_MAX 4096
#define CSV_NO_COLUMN  SIZE_MAX

/* A text with cells in it. */
struct csv_piece {
    struct bc_str text;
    size_t column; /* or CSV_NO_COLUMN: the text itself */
};
struct csv_text {
    const struct csv_piece *pieces;
    size_t n; /* 0: nothing */
};

/* `values` of a crosswalk may be nested: the words of one column, then of another. */
enum csv_unmapped { CSV_UNMAPPED_ERROR, CSV_UNMAPPED_KEEP, CSV_UNMAPPED_SKIP };

struct csv_pair {
    struct bc_str from, to;
};
struct csv_crosswalk {
    const char *name;
    struct csv_pair *pairs; /* in byte order of `from` */
    size_t n;
    bool of_two; /* `from` is two words, with a NUL between */
    enum csv_unmapped unmapped;
};

enum csv_twice { CSV_TWICE_REFUSE, CSV_TWICE_FIRST, CSV_TWICE_SECOND };
enum csv_missing { CSV_MISSING_REFUSE, CSV_MISSING_FORWARD };

/* How a time is read. */
struct csv_time {
    size_t column; /* or CSV_NO_COLUMN: none was given */
    const struct csv_format *formats;
    size_t format_n;
    const bc_zone *zone; /* NULL: the formats include it */
    bool zone_of_day;    /* a day is that of `zone`, and not the one written in the cell */
    const struct bc_str *empty_as; /* cells that say no more than an empty one */
    size_t empty_n;
    int64_t at_us;            /* time of day of dates without one, or -1 */
    enum csv_twice twice;     /* of a local time that the zone's clock shows twice, */
    enum csv_missing missing; /* or not at all */
    bool fixed;               /* no column, but this instant: */
    int64_t fixed_us;
};

enum csv_value_kind {
    CSV_NOTHING,
    CSV_TEXT,
    CSV_TIME,
    CSV_DAY,
    CSV_LIST,
    CSV_EACH /* a list where one text is wanted: an event for each */
};
struct csv_value {
    enum csv_value_kind kind;
    struct csv_text text; /* text, list, each */
    const struct csv_crosswalk *crosswalk;
    struct csv_time time; /* time, day; empty_as for any kind */
    char split;           /* list, each */
    char decimal;         /* text: of a number, put as 1234.56; 0: it is no number */
};

/* Of a property that is a date, a value that is none. */
enum csv_no_day { CSV_NO_DAY_ERROR, CSV_NO_DAY_KEEP, CSV_NO_DAY_SKIP };

enum csv_ordered { CSV_AUTO, CSV_OLDEST_FIRST, CSV_NEWEST_FIRST, CSV_ORDER_BY };

enum csv_test {
    CSV_IN,
    CSV_NOT_IN,
    CSV_EMPTY,
    CSV_FILLED,
    CSV_MATCHES, /* one of the patterns, with * and ? */
    CSV_ANY,     /* of the conditions `of` */
    CSV_ALL,
    CSV_NONE
};
struct csv_clause {
    size_t column;
    enum csv_test test;
    const struct bc_str *values;
    size_t n;
    const struct csv_conditions *of;
};
struct csv_condition { /* all clauses hold */
    const struct csv_clause *clauses;
    size_t n;
};
struct csv_conditions { /* any holds */
    const struct csv_condition *any;
    size_t n;
};

/* What the events of a map have in common; each may override it. */
struct csv_about {
    struct csv_text deal, actor, system, ref, how;
    char split; /* the deal's cell is a list with this between, an event for each; 0: it is one */
    struct csv_time time, source_recorded;
};

struct csv_rule {
    const char *label; /* its part of the id */
    enum bc_body body;
    struct csv_value value[BC_FIELD_MAX + 1];
    unsigned each; /* the field that is CSV_EACH, or 0 */
    struct csv_about about;
    bool conditional;
    struct csv_conditions when;
    bool changes_only;
    bool once;       /* a deal's first only */
    bool initial;    /* the stage before a deal's first change */
    bool property;   /* a line of `properties` */
    bool skip_empty; /* an empty value of a property makes no event */
    enum csv_no_day no_day;
};

struct csv_column {
    struct bc_str name;
    size_t at, line; /* in the map, where it is first named */
    bool ignored;
    bool optional; /* where a table lacks it, all its cells are empty */
};

typedef struct csv_map csv_map;
struct csv_map {
    const char *path, *name;
    const char *prefix;  /* of its ids: "csv:NAME/" */
    const char *objects; /* the type of those that are cases, of an event log that has objects;
                            NULL: it does not say */
    char delimiter;      /* 0: it does not say */
    enum csv_encoding encoding;
    bool corrects;              /* what it says otherwise than before is a correction */
    bool snapshot;              /* its rows are all that there is to each of their deals */
    struct csv_column *columns; /* all that the map names */
    size_t column_n;
    struct csv_seen by_name; /* of each, its place there */
    const size_t *key;
    size_t key_n;   /* 0: a row is identified by its cells */
    bool exponents; /* an id or a number like 1.2E+11 is taken as it is */
    struct csv_conditions skip;
    enum csv_ordered order;
    size_t order_by;      /* a column */
    struct csv_time time; /* by which the table's order is found */
    const struct csv_crosswalk *crosswalks;
    size_t crosswalk_n;
    struct csv_rule *rules;
    size_t rule_n;
    bool has_events;               /* not properties alone */
    const struct csv_rule *change; /* where there is a rule for the stage before: the changes */
    bc_zone **zones;               /* owned */
    size_t zone_n, zone_cap;
    bc_arena *arena; /* owns everything above */
};

/* BC_E_INPUT: *err names the map's line and column, with a caret. BC_E_IO: it cannot be read. */
bc_status csv_map_open(csv_map **out, const char *path, struct bc_err *err);
/* Adds to an error about a map where it can be read what a map has. */
void csv_map_hint(struct bc_err *err);
/* The same from a text, without that; `path` is for messages. Keeps neither. */
bc_status csv_map_parse(csv_map **out, struct bc_str yaml, const char *path, struct bc_err *err);
/* Events are of this system, "xes", and not of "csv", where the map names none; so are the ids. */
void csv_map_system(csv_map *map, const char *system);
void csv_map_free(csv_map *map); /* NULL is fine */

/* A column's place among those of the map, or CSV_NO_COLUMN: it names no such one. */
size_t csv_map_column(const csv_map *map, struct bc_str name);
/* How the cells of such a column are read as times or dates; NULL: nowhere. */
const struct csv_time *csv_map_time(const csv_map *map, size_t column);
/* The first column that a text is made of, or CSV_NO_COLUMN. */
size_t csv_text_column(const struct csv_text *text);
/* What a crosswalk makes of a word; NULL: it has no entry. */
const struct bc_str *csv_crosswalk_find(const struct csv_crosswalk *crosswalk, struct bc_str word);
/* Whether it has none, and needs one. */
bool csv_crosswalk_lacks(const struct csv_crosswalk *crosswalk, struct bc_str word);

#endif
