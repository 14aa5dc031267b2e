#include "projections/yaml/yaml_text.h"
#include "tools/import/csv/csv_delimiter.h"
#include "tools/import/csv/csv_map_build.h"
#include "tools/import/csv/csv_place.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static bc_status read_delimiter(struct csv_build *b, const struct bc_yaml *node)
{
    if (node->kind != BC_YAML_SCALAR || !csv_delimiter_of(&b->map->delimiter, node->text))
        return bc_fields_fault(&b->in, node,
                               "expected comma, semicolon, tab, pipe or one ASCII character");
    return BC_OK;
}

static bc_status read_encoding(struct csv_build *b, const struct bc_yaml *node)
{
    static const char *const words[] = { "utf-8", "utf-16", "windows-1252" };
    unsigned word = 0;
    bc_status rc = bc_fields_word(&b->in, &word, node, "encoding", words, 3);

    b->map->encoding = CSV_UTF_8 + word;
    return rc;
}

static bc_status read_exponents(struct csv_build *b, const struct bc_yaml *node)
{
    static const char *const words[] = { "refuse", "keep" };
    unsigned word = 0;
    bc_status rc = bc_fields_word(&b->in, &word, node, "way with ids in exponent form", words, 2);

    b->map->exponents = word == 1;
    return rc;
}

/* What it means that rows come again. */
static bc_status read_again(struct csv_build *b, const struct bc_yaml *conflict,
                            const struct bc_yaml *table)
{
    static const char *const conflicts[] = { "error", "correct" };
    static const char *const tables[] = { "rows", "snapshot" };
    unsigned corrects = 0, whole = 0;
    bc_status rc = BC_OK;

    if (conflict)
        rc = bc_fields_word(&b->in, &corrects, conflict, "way with a conflict", conflicts, 2);
    if (rc == BC_OK && table)
        rc = bc_fields_word(&b->in, &whole, table, "kind of table", tables, 2);
    if (rc == BC_OK && conflict && !corrects && whole)
        rc = bc_fields_fault(&b->in, conflict, "a snapshot corrects; leave `on_conflict` out");
    b->map->corrects = corrects || whole;
    b->map->snapshot = whole;
    return rc;
}

static bc_status read_key(struct csv_build *b, const struct bc_yaml *node)
{
    size_t n = 0, *key;
    const struct bc_yaml *one = bc_fields_members(node, &n);
    bc_status rc = bc_fields_once(&b->in, node);

    key = bc_arena_alloc(b->map->arena, (n + 1) * sizeof(*key));
    for (size_t i = 0; rc == BC_OK && i < n; i++, one = one->next)
        rc = csv_build_column_of(b, &key[i], one);
    b->map->key = key;
    b->map->key_n = n;
    return rc;
}

/* Comes after all these: a column that something else names cannot be ignored. */
static bc_status read_ignored(struct csv_build *b, const struct bc_yaml *node)
{
    size_t n = 0, used = b->map->column_n;
    const struct bc_yaml *one = bc_fields_members(node, &n);
    bc_status rc = bc_fields_once(&b->in, node);

    for (size_t i = 0; rc == BC_OK && i < n; i++, one = one->next) {
        size_t column = 0;

        rc = csv_build_column_of(b, &column, one);
        if (rc == BC_OK && column < used)
            return bc_fields_fault(&b->in, one, "this column is used on line %zu",
                                   bc_yaml_line(b->in.source, b->map->columns[column].at));
        if (rc == BC_OK)
            b->map->columns[column].ignored = true;
    }
    return rc;
}

/* After all that may name them: one that nothing else names is misspelt. */
static bc_status read_optional(struct csv_build *b, const struct bc_yaml *node)
{
    csv_map *map = b->map;
    size_t n = 0, used = map->column_n;
    const struct bc_yaml *one = bc_fields_members(node, &n);
    bc_status rc = bc_fields_once(&b->in, node);

    for (size_t i = 0; rc == BC_OK && i < n; i++, one = one->next) {
        size_t column = 0;

        rc = csv_build_column_of(b, &column, one);
        if (rc == BC_OK && column >= used)
            return bc_fields_fault(&b->in, one, "nothing else in the map names this column");
        if (rc == BC_OK && map->order == CSV_ORDER_BY && column == map->order_by)
            return bc_fields_fault(&b->in, one, "the rows are ordered by this column");
        if (rc == BC_OK)
            map->columns[column].optional = true;
    }
    return rc;
}

enum {
    M_NAME,
    M_OBJECTS,
    M_DELIMITER,
    M_ENCODING,
    M_CONFLICT,
    M_TABLE,
    M_KEY,
    M_EXPONENTS,
    M_DEAL,
    M_ACTOR,
    M_SOURCE,
    M_TIME,
    M_RECORDED,
    M_IGNORE,
    M_OPTIONAL,
    M_CROSSWALKS,
    M_SKIP,
    M_ORDER,
    M_ORDER_BY,
    M_PROPERTIES,
    M_EVENTS,
    M_INITIAL,
    M_N
};

static bc_status read_name(struct csv_build *b, const struct bc_yaml *node)
{
    bc_status rc = bc_fields_text(&b->in, &b->map->name, node);

    if (rc < 0)
        return rc;
    for (const char *p = b->map->name; *p; p++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-", *p))
            return bc_fields_fault(&b->in, node, "expected letters, digits, `_`, `.` and `-` only");
    if (strlen(b->map->name) > 64)
        return bc_fields_fault(&b->in, node, "expected 64 bytes at most");
    return BC_OK;
}

/* After the events: where the map has no time of its own, that of the first event tells. */
static bc_status read_order(struct csv_build *b, const struct bc_yaml *order,
                            const struct bc_yaml *by)
{
    static const char *const words[] = { "auto", "oldest_first", "newest_first" };
    csv_map *map = b->map;
    unsigned word = 0;
    bc_status rc = BC_OK;

    map->time = b->about.time;
    for (size_t i = 0; i < map->rule_n && map->time.column == CSV_NO_COLUMN; i++)
        map->time = map->rules[i].about.time;
    if (order && by)
        return bc_fields_key_fault(&b->in, by, "a table has an `order` or is ordered by a column");
    if (order)
        rc = bc_fields_word(&b->in, &word, order, "order", words, 3);
    map->order = (enum csv_ordered)word;
    if (rc == BC_OK && by) {
        rc = csv_build_column_of(b, &map->order_by, by);
        map->order = CSV_ORDER_BY;
    }
    return rc;
}

static bc_status build(struct csv_build *b, const struct bc_yaml *root)
{
    static const struct bc_field_key keys[M_N] = {
        { "name", 0, BC_EVERY_KIND },
        { "objects", 0, 0 },
        { "delimiter", 0, 0 },
        { "encoding", 0, 0 },
        { "on_conflict", 0, 0 },
        { "table", 0, 0 },
        { "key", 0, 0 },
        { "exponents", 0, 0 },
        { "deal", 0, 0 },
        { "actor", 0, 0 },
        { "source", 0, 0 },
        { "time", 0, 0 },
        { "source_recorded", 0, 0 },
        { "ignore_columns", 0, 0 },
        { "optional_columns", 0, 0 },
        { "crosswalks", 0, 0 },
        { "skip_rows", 0, 0 },
        { "order", 0, 0 },
        { "order_by", 0, 0 },
        { "properties", 0, 0 },
        { "events", 0, 0 },
        { "initial", 0, 0 },
    };
    const struct bc_yaml *part[M_N] = { 0 };
    bc_status rc = bc_fields_take(&b->in, part, root, "the map", keys, M_N);

    if (rc == BC_OK && !part[M_EVENTS] && !part[M_PROPERTIES])
        rc = bc_fields_fault(&b->in, root, "a map needs `events` or `properties`");
    if (rc == BC_OK)
        rc = read_name(b, part[M_NAME]);
    if (rc == BC_OK && part[M_OBJECTS])
        rc = bc_fields_text(&b->in, &b->map->objects, part[M_OBJECTS]);
    if (rc == BC_OK && part[M_DELIMITER])
        rc = read_delimiter(b, part[M_DELIMITER]);
    if (rc == BC_OK && part[M_ENCODING])
        rc = read_encoding(b, part[M_ENCODING]);
    if (rc == BC_OK)
        rc = read_again(b, part[M_CONFLICT], part[M_TABLE]);
    if (rc == BC_OK && part[M_KEY])
        rc = read_key(b, part[M_KEY]);
    if (rc == BC_OK && part[M_EXPONENTS])
        rc = read_exponents(b, part[M_EXPONENTS]);
    if (rc == BC_OK)
        rc = csv_build_about(b, &b->about, part[M_DEAL], part[M_ACTOR], part[M_SOURCE],
                             part[M_TIME], part[M_RECORDED]);
    if (rc == BC_OK && part[M_CROSSWALKS])
        rc = csv_build_crosswalks(b, part[M_CROSSWALKS]);
    if (rc == BC_OK && part[M_SKIP])
        rc = csv_build_conditions(b, &b->map->skip, part[M_SKIP]);
    if (rc == BC_OK)
        rc = csv_build_events(b, part[M_EVENTS], part[M_PROPERTIES]);
    if (rc == BC_OK)
        rc = read_order(b, part[M_ORDER], part[M_ORDER_BY]);
    if (rc == BC_OK)
        rc = csv_build_initial(b, part[M_INITIAL]);
    if (rc == BC_OK && part[M_IGNORE])
        rc = read_ignored(b, part[M_IGNORE]);
    if (rc == BC_OK && part[M_OPTIONAL])
        rc = read_optional(b, part[M_OPTIONAL]);
    return rc;
}

/* The system where a map names none. */
static const struct csv_piece csv_system = { .text = { "csv", 3 }, .column = CSV_NO_COLUMN };

static struct csv_about about_nothing(void)
{
    static const struct csv_format rfc3339 = { .text = { "rfc3339", 7 },
                                               .has_zone = true,
                                               .has_time = true };
    const struct csv_time time = {
        .column = CSV_NO_COLUMN, .formats = &rfc3339, .format_n = 1, .at_us = -1
    };

    return (
        struct csv_about){ .system = { &csv_system, 1 }, .time = time, .source_recorded = time };
}

static void set_prefix(csv_map *map, const char *system)
{
    struct bc_buf prefix = { 0 };

    bc_buf_printf(&prefix, "%s:%s/", system, map->name);
    map->prefix = bc_arena_copy(map->arena, bc_buf_str(&prefix)).at;
    bc_buf_release(&prefix);
}

void csv_map_system(csv_map *map, const char *system)
{
    struct csv_piece *piece = bc_arena_alloc(map->arena, sizeof(*piece));

    *piece = (struct csv_piece){ .text = bc_str_of(system), .column = CSV_NO_COLUMN };
    for (size_t i = 0; i < map->rule_n; i++)
        if (map->rules[i].about.system.pieces == &csv_system)
            map->rules[i].about.system.pieces = piece;
    set_prefix(map, system);
}

static int place_cmp(const void *a, const void *b, void *columns)
{
    const struct csv_column *left = (struct csv_column *)columns + *(const size_t *)a,
                            *right = (struct csv_column *)columns + *(const size_t *)b;

    return (left->at > right->at) - (left->at < right->at);
}

/* In one walk, since a table may have many thousands of columns. */
static void find_lines(csv_map *map, struct bc_str yaml)
{
    size_t *sorted = bc_reallocarray(NULL, map->column_n, sizeof(*sorted)), at = 0, line = 1;

    for (size_t i = 0; i < map->column_n; i++)
        sorted[i] = i;
    if (map->column_n > 1)
        qsort_r(sorted, map->column_n, sizeof(*sorted), place_cmp, map->columns);
    for (size_t i = 0; i < map->column_n; i++) {
        struct csv_column *column = &map->columns[sorted[i]];

        line += csv_line_breaks((struct bc_str){ yaml.at + at, column->at - at });
        at = column->at;
        column->line = line;
    }
    free(sorted);
}

bc_status csv_map_parse(csv_map **out, struct bc_str yaml, const char *path, struct bc_err *err)
{
    const struct bc_yaml_source source = { path, yaml };
    const struct bc_yaml *root = NULL;
    csv_map *map = bc_calloc(1, sizeof(*map));
    struct csv_build b = { .map = map, .about = about_nothing() };
    bc_status rc;

    map->arena = bc_arena_new();
    map->path = bc_arena_copy(map->arena, bc_str_of(path)).at;
    b.in = (struct bc_fields){ .source = &source, .arena = map->arena, .err = err };
    rc = bc_yaml_read(&root, map->arena, &source, err);
    if (rc == BC_OK)
        rc = build(&b, root);
    if (rc < 0) {
        csv_map_free(map);
        return rc;
    }
    find_lines(map, yaml);
    set_prefix(map, "csv");
    *out = map;
    return BC_OK;
}

void csv_map_hint(struct bc_err *err)
{
    const size_t len = err ? strlen(err->message) : 0;

    if (err)
        snprintf(err->message + len, sizeof(err->message) - len,
                 "; `backcast help maps` says what a map has");
}

bc_status csv_map_open(csv_map **out, const char *path, struct bc_err *err)
{
    FILE *file = fopen(path, "rbe");
    struct bc_buf text = { 0 };
    bc_status rc;

    if (!file)
        return bc_err_errno(err, "open %s", path);
    /* One byte more than a document may have, so that the YAML reader refuses it. */
    text.len = fread(bc_buf_room(&text, BC_YAML_MAX + 1), 1, BC_YAML_MAX + 1, file);
    rc = ferror(file) ? bc_err_errno(err, "read %s", path)
                      : csv_map_parse(out, bc_buf_str(&text), path, err);
    if (rc == BC_E_INPUT)
        csv_map_hint(err);
    fclose(file);
    bc_buf_release(&text);
    return rc;
}

void csv_map_free(csv_map *map)
{
    if (!map)
        return;
    for (size_t i = 0; i < map->zone_n; i++)
        bc_zone_free(map->zones[i]);
    free(map->zones);
    free(map->columns);
    csv_seen_release(&map->by_name);
    bc_arena_free(map->arena);
    free(map);
}
