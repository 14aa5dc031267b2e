/* tools/import/csv/csv_map_build.h - what the parts of the map's reader share. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_MAP_BUILD_H
#define BC_TOOLS_IMPORT_CSV_CSV_MAP_BUILD_H

#include "projections/yaml/fields.h"
#include "tools/import/csv/csv_map.h"

struct csv_build {
    csv_map *map;
    struct bc_fields in;
    size_t column_cap;
    struct csv_about about; /* the map's own */
};

/* csv_map_condition.c */
bc_status csv_build_conditions(struct csv_build *b, struct csv_conditions *out,
                               const struct bc_yaml *node);

/* csv_map_value.c: the parts that rows are read with */
size_t csv_build_column(struct csv_build *b, struct bc_str name, size_t at);
bc_status csv_build_column_of(struct csv_build *b, size_t *out, const struct bc_yaml *node);
bc_status csv_build_text(struct csv_build *b, struct csv_text *out, const struct bc_yaml *node);
/* Starts from what *out holds. A scalar is a column, a map may give each part. */
bc_status csv_build_time(struct csv_build *b, struct csv_time *out, const struct bc_yaml *node);
/* BC_E_INPUT: no zone where a format needs one, no time of day where a format lacks it. */
bc_status csv_build_time_check(struct csv_build *b, const struct csv_time *time,
                               const struct bc_yaml *node, bool day);
/* Texts, the empty one too. */
bc_status csv_build_words(struct csv_build *b, const struct bc_str **out, size_t *out_n,
                          const struct bc_yaml *node);
/* A civil date out of a column; `part` by number, each or NULL. */
enum { CSV_DAY_FORMATS, CSV_DAY_ZONE, CSV_DAY_EMPTY_AS, CSV_DAY_PARTS };
bc_status csv_build_day(struct csv_build *b, struct csv_value *out, size_t column,
                        const struct bc_yaml *const part[CSV_DAY_PARTS],
                        const struct bc_yaml *node);
/* { list: column, split: ";" } as a text and what stands between. */
bc_status csv_build_list(struct csv_build *b, struct csv_text *out, char *split,
                         const struct bc_yaml *list, const struct bc_yaml *by);
bc_status csv_build_value(struct csv_build *b, struct csv_value *out, enum bc_type type,
                          const struct bc_yaml *node);
bc_status csv_build_crosswalk_of(struct csv_build *b, const struct csv_crosswalk **out,
                                 const struct bc_yaml *node, bool of_two);

/* What stands before a number's fraction. */
bc_status csv_build_decimal(struct csv_build *b, char *out, const struct bc_yaml *node);

/* csv_map_crosswalk.c */
bc_status csv_build_crosswalks(struct csv_build *b, const struct bc_yaml *node);

/* csv_map_event.c: which events are made */
/* What an event, or the map, says of `deal`, `actor`, `source`, `time`, `source_recorded`; NULL
 * leaves what is there. */
bc_status csv_build_about(struct csv_build *b, struct csv_about *out, const struct bc_yaml *deal,
                          const struct bc_yaml *actor, const struct bc_yaml *source,
                          const struct bc_yaml *time, const struct bc_yaml *source_recorded);
bc_status csv_build_events(struct csv_build *b, const struct bc_yaml *events,
                           const struct bc_yaml *properties);

/* csv_map_initial.c: after the events, which it puts one before; `node` may be NULL */
bc_status csv_build_initial(struct csv_build *b, const struct bc_yaml *node);

#endif
