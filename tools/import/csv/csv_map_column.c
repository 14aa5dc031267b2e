/* tools/import/csv/csv_map_column.c - the columns of a map by their names. */
#include "tools/import/csv/csv_map.h"

size_t csv_map_column(const csv_map *map, struct bc_str name)
{
    const struct csv_sight *sight = csv_seen_find(&map->by_name, csv_digest_of(name));

    return sight ? (size_t)sight->number : CSV_NO_COLUMN;
}

static bool reads(const struct csv_time *time, size_t column)
{
    return time->format_n > 0 && !time->fixed && time->column == column;
}

static const struct csv_time *of_value(const struct csv_value *value, size_t column)
{
    if (value->kind != CSV_TIME && value->kind != CSV_DAY)
        return NULL;
    return reads(&value->time, column) ? &value->time : NULL;
}

static const struct csv_time *of_rule(const struct csv_rule *rule, size_t column)
{
    if (reads(&rule->about.time, column))
        return &rule->about.time;
    if (reads(&rule->about.source_recorded, column))
        return &rule->about.source_recorded;
    for (size_t i = 0; i <= BC_FIELD_MAX; i++)
        if (of_value(&rule->value[i], column))
            return of_value(&rule->value[i], column);
    return NULL;
}

const struct csv_time *csv_map_time(const csv_map *map, size_t column)
{
    const struct csv_time *found = reads(&map->time, column) ? &map->time : NULL;

    for (size_t i = 0; !found && column != CSV_NO_COLUMN && i < map->rule_n; i++)
        found = of_rule(&map->rules[i], column);
    return column == CSV_NO_COLUMN ? NULL : found;
}
