/* tools/import/csv/csv_map_column.c - the columns of a map by their names. */
#include "tools/import/csv/csv_map.h"

size_t csv_map_column(const csv_map *map, struct bc_str name)
{
    const struct csv_sight *sight = csv_seen_find(&map->by_name, csv_digest_of(name));

    return sight ? (size_t)sight->number : CSV_NO_COLUMN;
}
